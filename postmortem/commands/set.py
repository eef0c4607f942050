"""`postmortem set`: one value or several, changed in the report where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.commands._opened import Opened
    from postmortem.env import Env
    from postmortem.model import Report


@click.command("set")
@click.argument("part", metavar="ID", type=ReportId())
@click.argument("assignments", metavar="FIELD=VALUE...", nargs=-1, required=True)
@click.pass_obj
def command(env: Env, part: str, assignments: Sequence[str]) -> Exit:
    """Change values of a report, and no other line of it.

    \b
    severity=SEV-2           set a value; nothing behind the = makes it not known
    impact=[]                known to be none
    services+=api            add to a list, or a paragraph to a text
    timeline+="14:02 text"   add a row: one line, or {at: 14:02, text: …}
    "actions+=Try it; owner: edge lead; due: +2w"   its parts on that line
    actions.A1.status=done   set a part of a row that has a key
    "What ended it=…"        call a field by the label that the form shows

    Times and dates may be written as in an answers file. zone=… holds for all the
    times beside it, wherever it stands; what the report says already does not move. A
    report on a branch gets a commit there.
    """  # noqa: D301 - the character \b, with which click leaves a paragraph as it is
    from postmortem import answers
    from postmortem.commands._desk import Desk
    from postmortem.commands._doubts import tell_doubts
    from postmortem.commands._streams import answer
    from postmortem.commands._unsaid import tell_unsaid
    from postmortem.errors import Problems

    with Desk(env) as desk:
        opened = desk.open(part)
        asked = desk.asked(opened.template)
        changed = answers.assign(opened.by_template.report, assignments, asked)
        if changed.problems:
            raise Problems(changed.problems)
        text = _text(opened, changed.report)
        named = ", ".join(sorted(changed.named))
        answer(env, desk.save(opened, text, f"set {named}"))
        tell_doubts(env, changed.report)
        tell_unsaid(desk, opened, text)
    return Exit.DONE


def _text(opened: Opened, report: Report) -> str:
    """Return the text with the values in it; as it is, where it has them already.

    Keys that rows were given on the way are no value that somebody set.
    """
    from postmortem.markdown.keying import as_they_were

    old = opened.by_template.report
    if as_they_were(old, report) == old:
        return opened.text
    return opened.with_report(report)
