"""From a text and what reading it gave to the subject that the rules look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from postmortem.checks.subject import Subject
from postmortem.markdown import Outline, Reading


def subject_of(
    text: str,
    reading: Reading,
    outline: Outline,
    *,
    path: str,
    now: datetime,
    **more: Any,
) -> Subject:
    """Return the subject of a text that was read; `more` as Subject's fields."""
    given = (*reading.findings, *more.pop("given", ()))
    return Subject(
        path=path,
        text=text.replace("\r\n", "\n") if "\r\n" in text else text,
        report=reading.report,
        outline=outline,
        spans=reading.spans,
        given=given,
        now=now,
        **more,
    )
