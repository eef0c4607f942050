"""`postmortem rename`: another title in the same file, or another id for the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.commands._opened import Opened
    from postmortem.env import Env


@click.command("rename")
@click.argument("part", metavar="ID", type=ReportId())
@click.argument("title", required=False)
@click.option("--id", "new", metavar="NEW", help="move it and its attachments")
@click.pass_obj
def command(env: Env, part: str, title: str | None, new: str | None) -> Exit:
    """Give a report another title; with --id its file another name.

    An id stays what it was at birth, whatever becomes of the title, so that links to
    the report hold. With --id it changes all the same: the old one is noted in the
    report under `aliases`, and still finds it.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._streams import answer

    if title is None and new is None:
        raise click.UsageError("name a new title, or a new id with --id")
    with Desk(env) as desk:
        opened = desk.open(part)
        text = _titled(opened, title) if title is not None else opened.text
        if new is not None and new != opened.entry.id:
            answer(env, _moved(desk, opened, text, new))
        else:
            answer(env, desk.save(opened, text, "rename"))
    return Exit.DONE


def _titled(opened: Opened, title: str) -> str:
    from postmortem.errors import Refused

    line = " ".join(title.split())
    if not line:
        raise Refused("a report has a title", hint="write what broke, in one line")
    report = opened.by_template.report.replace(title=line)
    return opened.with_report(report)


def _moved(desk: Desk, opened: Opened, text: str, new: str) -> str:
    """Move the file; return a line that says where it is now."""
    from postmortem import yamls
    from postmortem.archive import checked_id
    from postmortem.archive.moving import relinked
    from postmortem.commands._checking_baseline import rename_known
    from postmortem.errors import Refused
    from postmortem.markdown.fields import STANDARD

    entry, wanted = opened.entry, checked_id(new)
    others = [each for each in desk.archive.entries() if each.id == wanted]
    if others:
        message = f"{wanted} is the id of another report"
        raise Refused(message, path=desk.shown(others[0]), hint="choose another one")
    aliases = [each for each in entry.aliases if each != wanted]
    changes = {"id": wanted, "aliases": [*aliases, entry.id]}
    text = yamls.splice(text, changes, order=tuple(STANDARD), path=opened.shown)
    text = relinked(text, entry.path.stem, wanted)
    moved = desk.archive.move(entry, wanted, text, opened.snapshot)
    known = rename_known(desk, entry, moved)
    also = f"; {known} knows it by that name" if known else ""
    return f"moved {opened.shown} to {desk.shown(moved)}{also}"
