"""What is typed in the recording, how fast, and what it waits for.

The incident is the first of the samples: reconstructed from public reporting, with
times before 11:00 that are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_ENTER, _TAB, _INTERRUPT = "\r", "\t", "\x03"
_DOWN, _UP = "\x1b[B", "\x1b[A"
_PASTE = "\x1b[200~{}\x1b[201~"

_FASTEST, _SLOWEST = 50, 95
"""Milliseconds from one typed key to the next."""
_WORD_ENDS = 30
"""Milliseconds more behind a word."""
_READING = 0.5
"""Seconds from an answer to the next key, unless a step says another number."""


class Step(NamedTuple):
    """Keys that belong together, and what the terminal shows in the end."""

    keys: tuple[str, ...]
    """One after the other."""
    shows: str
    """Waited for; any part of the screen, whose rows have no blanks at their ends."""
    rest: float = 0.0
    """Seconds in which somebody reads, or thinks."""
    takes: float = 0.0
    """Seconds from the last key to what it shows."""

    def delays(self) -> Iterator[float]:
        """Yield the seconds before each key: the same in every run, yet uneven."""
        for at, key in enumerate(self.keys):
            before = self.keys[at - 1] if at else ""
            uneven = (ord(key[0]) * 31 + ord(before[:1] or " ") * 17 + at * 7) % 100
            typed = _FASTEST + (_SLOWEST - _FASTEST) * uneven // 100
            yield (typed + (_WORD_ENDS if before in (" ", ",") else 0)) / 1000


def _typed(text: str, shows: str = "", rest: float = _READING) -> Step:
    return Step(tuple(text), shows or text, rest)


def _pressed(key: str, shows: str, rest: float = _READING) -> Step:
    return Step((key,), shows, rest)


TITLE = "X down: failover did not take over"
ID = "2025-05-24-x-down-failover-did-not-take-over"
SUMMARY = "One data centre failed, and the failover that was to take over did not."
TIMELINE = (
    "9:05am one data centre fails; pages do not load",
    "9:06am the failover does not take over",
    "11:00am service has largely returned",
)

STEPS = (
    Step((), "$", 1.0),
    _typed(f'postmortem new "{TITLE}"'),
    Step((_ENTER,), " 2/6 ", 2.2, takes=0.4),
    _pressed(_DOWN, "» 1)", 0.8),
    _pressed(_DOWN, "» 2)", 0.7),
    _pressed(_UP, "» 1)", 0.6),
    _pressed(_ENTER, " 3/6 ", 1.0),
    _typed("w", "affected?  w\n", 0.7),
    _pressed(_TAB, "affected?  web", 0.3),
    _typed(", m", "web, m\n", 0.7),
    _pressed(_TAB, "web, mobile-api", 0.6),
    _pressed(_ENTER, " 4/6 ", 1.0),
    _typed("sat 2025-05-24 9:12am EDT", "= Sat 2025-05-24 09:12 EDT", 1.2),
    _typed(", customers report that pages do not load", "pages do not load\n", 1.2),
    _pressed(_ENTER, " 5/6 ", 1.0),
    _typed("11:00am EDT", "= Sat 2025-05-24 11:00 EDT", 1.0),
    _pressed(_ENTER, " 6/6 ", 1.0),
    _typed(SUMMARY),
    _pressed(_ENTER, f"{SUMMARY}\n\n", 0.3),
    _pressed(_ENTER, "What next?", 2.8),
    _pressed(_ENTER, "\n 1/1", 1.2),
    _pressed(_ENTER, "\n 2/1", 1.2),
    _pressed(_ENTER, "\n 3/1", 1.5),
    _pressed(_PASTE.format("\n".join(TIMELINE)), "= 3 events", 2.0),
    _pressed(_ENTER, "Another event?", 1.6),
    _pressed(_ENTER, " 1/3 ", 1.8),
    _pressed(_UP, "» 5)", 0.3),
    _pressed(_UP, "» 4)", 0.3),
    _pressed(_UP, "» 3)", 0.3),
    _pressed(_UP, "» 2)", 0.3),
    _pressed(_UP, "» 1)", 0.8),
    _pressed(_ENTER, " 2/3 ", 2.4),
    _pressed(_ENTER, " 3/3 ", 1.2),
    _pressed(_ENTER, "\n 4/1", 1.6),
    _typed("The failover should have wor", rest=1.2),
    _pressed(_INTERRUPT, f"postmortem resume {ID}\n$", 0.0),
)
