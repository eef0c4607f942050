"""The interview over a form: what is asked when, what is understood, and where next.

It knows neither files nor git nor a terminal: it asks through `prompts`, and keeps what
is said through a `Record`.
"""

from __future__ import annotations

from postmortem.wizard.overview import (
    LEAVE,
    ask_which,
    fields_of,
    open_line,
    state,
)
from postmortem.wizard.sitting import Change, Heard, Record, Sitting, Spoken
from postmortem.wizard.walking import ask, roam, unanswered, walk

__all__ = [
    "LEAVE",
    "Change",
    "Heard",
    "Record",
    "Sitting",
    "Spoken",
    "ask",
    "ask_which",
    "fields_of",
    "open_line",
    "roam",
    "state",
    "unanswered",
    "walk",
]
