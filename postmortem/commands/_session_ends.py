"""What is said where a visit to a report, or a round of its questions, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem import wizard
from postmortem.commands._streams import answer, tell
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.commands._session import Session


def tell_saved(session: Session) -> None:
    """Say where all answers are: each was on disk before the next question came."""
    session.talk.warn()
    on, branch = session.entry.on, session.entry.branch
    if on and session.journal.trouble:
        return
    where = f"in {session.desk.shown(session.entry)}"
    if on:
        where = f"here, and not committed to {branch} yet"
    session.talk.prompts.say(f"All is saved {where}.", quiet=True)


def unchanged(session: Session) -> None:
    """Say that a report on a branch is as it was, and what can be done next."""
    name = session.entry.id
    said = f"{name}: nothing was changed\nnext: postmortem check {name}"
    answer(session.desk.env, said)


def later(session: Session) -> Exit:
    """Leave a report for later, and say how to go on with it."""
    rest = wizard.unanswered(session.sitting)
    session.journal.save(at=rest[0] if rest else None, part=None, typing="")
    said = f"go on with:\n  postmortem resume {session.entry.id}"
    tell(session.desk.env, said, exact=True)
    return Exit.DONE
