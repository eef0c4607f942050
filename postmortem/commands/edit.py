"""`postmortem edit`: the interview over a report that is there, or a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit, Missing

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.commands._session import Session
    from postmortem.env import Env


@click.command("edit")
@click.argument("report", metavar="ID", type=ReportId())
@click.argument("fields", metavar="[FIELD]...", nargs=-1)
@click.option("--missing", is_flag=True, help="ask for all that is not known yet")
@click.option("--editor", is_flag=True, help="open the report in your editor")
@click.option("--plain", is_flag=True, help="ask in plain lines, without colours")
@click.pass_obj
def command(
    env: Env,
    report: str,
    fields: tuple[str, ...],
    *,
    missing: bool,
    editor: bool,
    plain: bool,
) -> Exit:
    """Answer questions of a report again: all of them, or a field by its name.

    Each answer is in the file when it is given, and no other line changes. A report on
    a branch gets a commit there when you are done.
    """
    from postmortem.commands._consent import somebody
    from postmortem.commands._desk import Desk
    from postmortem.commands._drafts import drafts_of
    from postmortem.commands._interview import draft_of
    from postmortem.commands._session import Session
    from postmortem.commands._talk import Talk
    from postmortem.commands._unsaid import tell_unseen

    if ((missing or editor) and fields) or (missing and editor):
        raise click.UsageError("--missing, --editor and fields are three ways to go")
    with Desk(env) as desk:
        entry = desk.archive.find(report)
        if not somebody(env):
            hint = f"postmortem set {report} FIELD=VALUE changes a value without asking"
            raise Missing("there is nobody to ask: this is no terminal", hint=hint)
        opened = desk.opened(entry)
        names = _named(desk, opened.template.outline.name, fields)
        tell_unseen(desk, opened)
        talk = Talk(env, plain=plain)
        with drafts_of(env).open(draft_of(desk, entry)) as journal:
            session = Session(desk, talk, journal, entry)
            return _held(session, names, missing=missing, editor=editor)


def _held(
    session: Session, names: tuple[str, ...], *, missing: bool, editor: bool
) -> Exit:
    from postmortem import wizard

    if editor:
        return session.editor()
    if missing:
        return session.ask(wizard.unanswered(session.sitting))
    return session.ask(names) if names else session.overview()


def _named(desk: Desk, template: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that are meant, by their names, labels, or words of a label.

    Raises Problems for those that the form does not have, with the nearest.
    """
    from postmortem.answers import field_meant, nearest_field
    from postmortem.answers.asked import OURS
    from postmortem.errors import Problem, Problems

    known = desk.asked(desk.template(template)).fields
    found, problems = [], []
    for word in fields:
        name = field_meant(word, known)
        if name in OURS or name is None:
            near = nearest_field(word, known)
            hint = f"did you mean {near}?" if near else "`postmortem edit ID` lists all"
            problems.append(Problem(message=f"there is no field {word!r}", hint=hint))
        else:
            found.append(name)
    if problems:
        raise Problems(tuple(problems))
    return tuple(found)
