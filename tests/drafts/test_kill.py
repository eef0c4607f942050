"""Whenever the program is ended, what was typed half a second before is there.

`POSTMORTEM_KILLS=200 python -m pytest tests/drafts/test_kill.py` kills it that often.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts
from tests.drafts.conftest import Start
from tests.drafts.typist import ANSWER, KEY, typed
from tests.files.folders import names

KILLS = int(os.environ.get("POSTMORTEM_KILLS", "8"))
UNSAVED = 0.5
"""Seconds of typing that may be lost, as promised."""


def _line(typist: subprocess.Popen[bytes]) -> list[str]:
    """Return the next words that are said; none at the end."""
    assert typist.stdout is not None
    return typist.stdout.readline().decode().split()


def _found(state: Path) -> Draft:
    drafts = Drafts(state / "drafts", lambda: datetime.now(UTC))
    draft = drafts.find(KEY)
    assert drafts.problems == ()
    assert draft is not None
    return draft


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_loses_half_a_second(state: Path, start: Start, seed: int) -> None:
    """Every answer that was saved is there, and every letter but the last ones."""
    typist = start("for-ever")
    said = [_line(typist)]
    time.sleep(UNSAVED + random.Random(seed).uniform(0, 2))  # noqa: S311
    killed = time.monotonic()
    typist.kill()
    said += iter(lambda: _line(typist), [])

    draft = _found(state)
    answers = letters = 0
    for kind, count, *at in said:
        if kind == "saved":
            answers, letters = int(count), 0
        elif float(at[0]) <= killed - UNSAVED:
            letters = int(count)
    one_more = len(draft.answers) == answers + 1  # saved, and killed before it said so
    assert len(draft.answers) == answers or one_more
    assert set(draft.answers) <= {("summary", typed(ANSWER))}
    assert len(draft.typing) >= letters or one_more
    assert draft.typing == typed(len(draft.typing))


def test_what_was_killed_is_gone_on_with(state: Path, start: Start) -> None:
    """The kernel frees the lock, and nothing lies about afterwards."""
    typist = start("for-ever")
    _line(typist)
    time.sleep(UNSAVED)
    typist.kill()
    typist.wait()

    drafts = Drafts(state / "drafts", lambda: datetime.now(UTC))
    with drafts.open(_found(state)) as journal:
        words = journal.draft.typing
        journal.save(typing=f"{words} and more")

    assert _found(state).typing == f"{words} and more"
    assert names(drafts.folder) == [f"{KEY}.0.json", f"{KEY}.1.json"]


@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_loses_nothing(state: Path, start: Start, number: str) -> None:
    """Leaving by an exception saves the last letter, at once."""
    typist = start("signals")
    _line(typist)
    at = time.monotonic()
    typist.send_signal(getattr(signal, number))
    typist.wait(timeout=10)

    assert time.monotonic() - at < 2
    assert _found(state).typing == typed(30)


def test_a_program_that_just_ends_loses_nothing(state: Path, start: Start) -> None:
    """The thread that saves keeps nobody waiting, and what it was given is saved."""
    typist = start("leave")
    _line(typist)
    typist.wait(timeout=10)

    assert typist.returncode == 0
    assert _found(state).typing == typed(30)
