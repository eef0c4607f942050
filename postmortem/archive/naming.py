"""The id of a report: its day and a few words, given once, whatever becomes of them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from unicodedata import normalize

from postmortem import files
from postmortem.errors import PostmortemError, Refused

if TYPE_CHECKING:
    from postmortem.model import Report

_DATED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)-(?P<words>.+)", re.DOTALL)


def birth_id(report: Report, now: datetime) -> str:
    """Return the id that a new report gets: `2025-05-24-x-down`.

    The day is the one on which it began to hurt, else was noticed, else today, by the
    clocks of the report's zone, or in UTC when it has none.
    """
    moment = report.onset or report.detected
    at = (moment.at if moment else now).astimezone(_zone(report.zone))
    return f"{at.date().isoformat()}-{files.slug(report.title or '')}"


def checked_id(text: str) -> str:
    """Return an id that somebody chose, if it is fit to be a file's name.

    Raises Refused, with the nearest that is.
    """
    fit = _fit(text)
    if text != fit:
        message = f"{text!r} is no id: letters, digits and single hyphens are"
        raise Refused(message, hint=f"write it as {fit}")
    return fit


def compared(name: str) -> str:
    """Return an id as it is compared: in no case, however its letters are made.

    >>> compared("2025-05-24-X-Down")
    '2025-05-24-x-down'
    """
    return normalize("NFC", name).casefold()


def without_day(name: str) -> str:
    """Return the words of an id.

    >>> without_day("2025-05-24-x-down")
    'x-down'
    """
    found = _DATED.fullmatch(name)
    return found["words"] if found else name


def _fit(text: str) -> str:
    found = _DATED.fullmatch(text)
    if found:
        return f"{found['day']}-{files.slug(found['words'])}"
    return files.slug(text)


def _zone(name: str | None) -> tzinfo:
    if name:
        from postmortem import moments

        with suppress(PostmortemError):
            return moments.zone(name)
    return UTC
