"""Filling the timeline in the middle of an interview: from the log, or from exports."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError
from postmortem.prompts import Question

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._talk import Talk
    from postmortem.env import Env

_LOG, _GIT = "--log", "--git"


def fill(env: Env, entry: Entry, talk: Talk) -> None:
    """Ask where from, let somebody choose, and put it into the report's file.

    Whoever leaves it is back where they came from, and nothing was added.
    """
    from postmortem.commands._timeline_asked import Ask
    from postmortem.commands._timeline_import import imported

    question = Question(
        text="What is the timeline filled from?",
        given=_LOG,
        help="Files, folders and zips, --log for your log, --git for the commits here.",
    )
    said = talk.prompts.line(question)
    if not isinstance(said, str):
        return
    try:
        words = shlex.split(said)
        ask = Ask(
            files=[word for word in words if word not in (_LOG, _GIT)],
            log="" if _LOG in words else None,
            repository="." if _GIT in words else None,
            plain=talk.plain,
        )
        imported(env, entry.id, ask)
    except PostmortemError as error:
        talk.prompts.say(str(error))
    except ValueError:  # a quote without its other half
        talk.prompts.say(f"{said!r} names no files")
