"""`postmortem upgrade`: old reports brought along to their template as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId, shapes
from postmortem.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.commands._moving import Move
    from postmortem.commands._older import Older
    from postmortem.env import Env


@click.command("upgrade")
@click.argument("part", metavar="ID", type=ReportId(), required=False)
@click.option("--all", "every", is_flag=True, help="every report that is behind")
@click.option("--dry-run", is_flag=True, help="show the difference, write nothing")
@click.option("--yes", is_flag=True, help="do not ask")
@shapes("text", "json", about="how to say what was done")
@click.pass_obj
def command(
    env: Env, part: str | None, *, every: bool, dry_run: bool, yes: bool, shape: str
) -> Exit:
    """Lay a report out by its template as it is now.

    The template that wrote it is found in the history of the repository, by the content
    hash in the report. What only the template changed is changed; what only you changed
    stays; what both changed stands between git's marks: it ends with 1 then, and
    `submit` refuses them. The difference is shown first.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._json import mistakes_as
    from postmortem.commands._moving import Wishes, carried_out
    from postmortem.commands._older import Older

    if (part is None) != every:
        raise click.UsageError("name one report, or all of them with --all")
    wishes = Wishes(dry_run=dry_run, yes=yes, shape=shape)
    with mistakes_as(env, shape), Desk(env) as desk, Older(desk) as older:
        if part is None:
            moves, refused = _every(desk, older)
        else:
            moves, refused = _one(desk, older, desk.archive.find(part)), False
        done = carried_out(desk, moves, wishes)
        return Exit.COULD_NOT if refused else done


def _one(desk: Desk, older: Older, entry: Entry) -> list[Move]:
    """Work one report out; nothing where it is as its template is now."""
    from shlex import quote

    from postmortem.commands._moving import is_current, worked_out
    from postmortem.commands._streams import tell
    from postmortem.errors import Missing, Refused

    reference = entry.fact("template")
    shown = desk.shown(entry)
    convert = f"postmortem convert {quote(entry.id)} --template NAME"
    if not reference:
        hint = f"`{convert}` gives it one"
        raise Refused("the report names no template", path=shown, hint=hint)
    name = reference.split()[0]
    template = older.now(name)
    if template is None:
        hint = f"`{convert}` gives it another one"
        raise Missing(f"its template {name!r} is not here", path=shown, hint=hint)
    if is_current(template, reference):
        tell(desk.env, f"{shown} is laid out by {reference} as it is now")
        return []
    return [worked_out(desk, older, entry, template, later=True)]


def _every(desk: Desk, older: Older) -> tuple[Sequence[Move], bool]:
    """Work all reports out; say which cannot be, and whether there are any."""
    from postmortem.commands._streams import tell
    from postmortem.errors import PostmortemError

    moves: list[Move] = []
    refused = False
    for entry in desk.archive.entries():
        try:
            moves += _one(desk, older, entry)
        except PostmortemError as error:
            refused = True
            tell(desk.env, str(error))
    return moves, refused
