"""Somebody who types, for tests that end it: `python -m tests.drafts.typist STATE HOW`.

Says on stdout, a line each: `typed COUNT MOMENT` for what was handed over, `saved
COUNT` for answers that are on disk; moments are of the monotonic clock.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from postmortem.drafts import Draft, Drafts, Journal

KEY = "typed"
WORDS = "It stopped at nine, and nobody saw why.\n"
PAUSE = 0.002
ANSWER = 500
"""After how many letters an answer is complete."""


def main(state: str, how: str) -> None:
    """Type in one of the ways below."""
    drafts = Drafts(Path(state) / "drafts", lambda: datetime.now(UTC))
    WAYS[how](drafts.open(drafts.find(KEY) or Draft(key=KEY, root="/repo")))


def typed(count: int) -> str:
    """Return the first letters of what is typed."""
    return (WORDS * (count // len(WORDS) + 1))[:count]


def for_ever(journal: Journal) -> NoReturn:
    """Type on and on, an answer after the other; whoever started this ends it."""
    answers, count = journal.draft.answers, 0
    while True:
        count += 1
        journal.typing(typed(count))
        _say("typed", count, time.monotonic())
        time.sleep(PAUSE)
        if count == ANSWER:
            answers = (*answers, ("summary", typed(count)))
            journal.save(answers=answers, typing="")
            _say("saved", len(answers))
            count = 0


def letters(journal: Journal) -> NoReturn:
    """Type one answer without an end, and say how long each letter took to take."""
    for count in itertools.count(1):
        text = typed(count)
        start = time.monotonic()
        journal.typing(text)
        end = time.monotonic()
        _say("typed", count, end, end - start)
        time.sleep(PAUSE)
    raise AssertionError


def with_signals(journal: Journal) -> None:
    """Type a few words, wait for a signal, and leave by the exception that it is."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise)
    with journal:
        for count in range(1, 31):
            journal.typing(typed(count))
        _say("typed", 30, time.monotonic())
        time.sleep(60)


def and_leave(journal: Journal) -> None:
    """Type a few words and end the program, forgetting the journal."""
    journal.typing(typed(30))
    _say("typed", 30, time.monotonic())


def and_hold(journal: Journal) -> None:
    """Save what was said and wait, having the draft open."""
    journal.save(title="theirs")
    _say("saved", 0)
    time.sleep(60)


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode("ascii"))


WAYS: dict[str, Callable[[Journal], None]] = {
    "for-ever": for_ever,
    "letters": letters,
    "signals": with_signals,
    "leave": and_leave,
    "hold": and_hold,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
