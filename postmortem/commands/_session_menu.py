"""What can be done next with a report that is there, as a menu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem import wizard
from postmortem.commands._log_offer import lines_told
from postmortem.commands._writing import not_known
from postmortem.errors import PostmortemError
from postmortem.prompts import Option

if TYPE_CHECKING:
    from postmortem.commands._session import Session
    from postmortem.env import Env


def options(session: Session) -> tuple[Option, ...]:
    """Return what is offered: of questions as long as some are open."""
    return tuple(_options(session))


def _options(session: Session) -> Iterator[Option]:
    env, report = session.desk.env, session.record.report
    rest = not_known(report, session.template.outline) or "a few facts"
    on = session.entry.branch
    if wizard.unanswered(session.sitting):
        yield Option("go on", "go on", f"{rest}, each can wait")
    if not session.entry.on and (lines := lines_told(env, report)):
        meaning = f"from your log or exports: {lines}"
        yield Option("timeline", "timeline", meaning)
    yield Option("all", "all fields", "see them with their state, and open any")
    yield Option("show", "show", "read the report as it is")
    yield Option("editor", "editor", f"open it in {_editor_name(env)}")
    submitted = f"commit it on {on}" if on else "commit it for review"
    yield Option("submit", "submit", submitted)
    yield Option("later", "later", "leave it; `postmortem resume` goes on")


def _editor_name(env: Env) -> str:
    try:
        return env.editor[0].rpartition("/")[2]
    except PostmortemError:
        return "the editor"
