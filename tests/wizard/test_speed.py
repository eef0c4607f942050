"""What an answer means is said while it is typed, on a long report too."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Event, Moment
from tests.wizard.held import Kept, begun, held

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
LINE = "9:12am EDT support passes on several hundred complaints of some minutes"
PASTED = "\n".join(f"- 1{at % 10}:{at:02} event {at} of many" for at in range(60))


def _long() -> Kept:
    rows = tuple(
        Event(text=f"event {at}", at=START + timedelta(minutes=at)) for at in range(100)
    )
    return begun(onset=Moment(at=START), timeline=rows)


def test_a_key_costs_less_than_a_frame(asked: Asked) -> None:
    """Each letter of a line behind sixty pasted ones, with a hundred events there.

    It is our own work that counts, whatever else the machine does.
    """
    made = held(asked, "timeline", *[""] * 5, record=_long())
    understood = made.question(0).understood
    assert understood is not None
    understood(PASTED)
    lengths = []

    for end in range(1, len(LINE)):
        began = time.process_time()
        with suppress(PostmortemError):
            understood(f"{PASTED}\n{LINE[:end]}")
        lengths.append(time.process_time() - began)

    assert sorted(lengths)[len(lengths) // 2] < 0.005


def test_a_record_that_changes_is_read_anew(asked: Asked) -> None:
    """What was understood of lines before is not believed of another report."""
    record = _long()
    made = held(asked, "timeline", *[""] * 5, record=record)
    understood = made.question(0).understood
    assert understood is not None

    assert understood("9:12 a") == "Sat 2025-05-24 09:12 EDT = 13:12 UTC"
    moved = Moment(at=START + timedelta(days=1))
    record.report = record.report.replace(onset=moved)

    assert understood("9:12 a") == "Sun 2025-05-25 09:12 EDT = 13:12 UTC"
