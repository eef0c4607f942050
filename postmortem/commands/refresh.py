"""`postmortem refresh`: lines that are made from others, as they ought to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("refresh")
@click.argument("part", metavar="ID", type=ReportId())
@click.option("--check", is_flag=True, help="only say which lines are out of date")
@click.pass_obj
def command(env: Env, part: str, *, check: bool) -> Exit:
    """Bring the lines of a report up to date that are made from other lines.

    Such are durations and the line under the title. With --check nothing is written,
    and it ends with 1 when one is not what it should be.
    """
    from postmortem import markdown
    from postmortem.commands._desk import Desk
    from postmortem.commands._streams import answer
    from postmortem.commands._words import finding_line

    with Desk(env) as desk:
        opened = desk.open(part)
        if check:
            found = markdown.stale(opened.text, opened.template, path=opened.shown)
            for each in found:
                answer(env, finding_line(opened.shown, each))
            return Exit.FINDINGS if found else Exit.DONE
        text = markdown.refresh(opened.text, opened.template, path=opened.shown)
        answer(env, desk.save(opened, text, "refresh what is derived"))
    return Exit.DONE
