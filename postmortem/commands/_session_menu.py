"""What can be done next with a report that is there, as a menu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem import answers, wizard
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
    on = session.entry.branch
    if many := len(wizard.unanswered(session.sitting)):
        yield Option("go on", "go on", _questions(session, many))
    if not session.entry.on and (lines := lines_told(env, report)):
        meaning = f"from your log or exports: {lines}"
        yield Option("timeline", "timeline", meaning)
    yield Option("all", "all fields", "see them with their state, and open any")
    yield Option("show", "show", "read the report as it is")
    yield Option("editor", "editor", f"open it in {_editor_name(env)}")
    submitted = f"commit it on {on}" if on else "commit it for review"
    yield Option("submit", "submit", submitted)
    yield Option("later", "later", "leave it; `postmortem resume` goes on")


def _questions(session: Session, many: int) -> str:
    """Say how many questions there are, and how many fields are not known yet.

    An owner is asked for though no reader misses one, and so is a timeline that was
    begun; a moment is picked in the timeline, and no question by itself.
    """
    outline = session.template.outline
    rest = not_known(session.record.report, outline)
    if many == len(answers.unknown(session.record.report, outline)):
        return f"{rest}, each can wait"
    asked = f"{many} question{'' if many == 1 else 's'}, each can wait"
    return f"{asked} ({rest})" if rest else asked


def _editor_name(env: Env) -> str:
    try:
        return env.editor[0].rpartition("/")[2]
    except PostmortemError:
        return "the editor"
