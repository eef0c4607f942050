"""Lines that people copy out of a channel or a page: which begin a message, and when.

Slack and Teams put `Name  2:14 PM` above a message, Discord `Name — Today at 2:14 PM`;
notes and paging tools begin a line with the time; a status page ends with it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from postmortem import moments

_CLOCK = (
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\b\.?)?(?:\s(?:UTC|GMT|[A-Z]{2,4}T))?"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:today|yesterday|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|\d{{1,2}}\.?\s{_MONTH}(?:,?\s\d{{4}})?)"
)
_HEADER = re.compile(
    rf"(?P<name>\S.{{0,79}}?)(?P<gap>\s+[—–-]\s+|\t\s*|\s+)\[?"
    rf"(?P<time>(?:(?i:{_DATE}),?\s+(?:at\s+)?)?{_CLOCK})\]?\s*(?:\(edited\))?\s*"
)
_BRACKETED = re.compile(
    r"(?:\[(?P<a>[^\]\n]{3,48})\]|\((?P<b>[^)\n]{3,48})\))(?P<rest>.*)"
)
_LEAD = re.compile(r"[ \t]*(?:(?:[-*•‣◦+]|\d{1,3}[.)]|#{1,6}|>)[ \t]+|\|[ \t]*)*")
_BOLD = re.compile(r"\A(?:\*\*|__|`)(?P<time>[^*_`\n]{3,60})(?:\*\*|__|`)")
_JOINT = re.compile(r"\s*(?:[-–—:|>)\]]+|=>|->|→)?\s*")
_POSTED = re.compile(r"posted\s[^.]{1,40}\sago\.?\s*", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:today|yesterday|new(?: messages)?)", re.IGNORECASE)
_COUNTED = re.compile(r"\A(?:today|yesterday)\b,?\s*(?:at\s+)?", re.IGNORECASE)
_DAYLIKE = re.compile(
    rf"(?:[^\W\d_]{{3,9}},?\s+)?(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)?\s{_MONTH})"
    r"(?:,?\s+\d{4})?:?",
    re.IGNORECASE,
)
_HALF = re.compile(r"[ap]\.?\s?m\b", re.IGNORECASE)
_BADGE = re.compile(r"\s+(?:app|bot|workflow)\Z|:[a-z0-9_+-]+:", re.IGNORECASE)
_STATUS = re.compile(
    r"\s*(?:resolved|monitoring|identified|investigating|update|postmortem|scheduled"
    r"|in progress|completed|verifying)\b",
    re.IGNORECASE,
)
_PREPOSITIONS = {
    *("at", "by", "until", "till", "since", "around", "about", "from", "to", "before"),
    *("after", "on", "and", "between", "~", "was", "is", "approximately", "approx"),
}
_WORDS = 6
_LONG = 200
_SIMPLE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)(?=\s|$)"
)


class Head(NamedTuple):
    """The beginning of a message."""

    time: str
    author: str | None
    text: str
    """What stands behind the time on the same line."""


def head(line: str) -> Head | None:
    """Return the time, author and text that a line has; None for one without."""
    lead = _LEAD.match(line)
    rest = line[lead.end() if lead else 0 :].rstrip()
    if not any("0" <= each <= "9" for each in rest[:120]):
        return None
    if (found := _BRACKETED.match(rest)) and _is_time(
        inner := found["a"] or found["b"]
    ):
        return Head(inner, None, _behind(found["rest"]))
    if (found := _BOLD.match(rest)) and _is_time(found["time"].strip(" :")):
        return Head(found["time"].strip(" :"), None, _behind(rest[found.end() :]))
    size = found.end() if (found := _SIMPLE.match(rest)) else moments.leading(rest)
    if size:
        return Head(rest[:size].strip(), None, _behind(rest[size:]))
    return _header(rest)


def status_time(line: str) -> str | None:
    """Return the time of a line that is nothing else, as status pages have it below."""
    rest = _POSTED.sub("", line.strip(), count=1)
    return rest if rest and _is_time(rest) else None


def is_status(line: str) -> bool:
    """Tell whether a line begins as the updates of a status page do."""
    return bool(_STATUS.match(line))


def is_relative(line: str) -> bool:
    """Tell whether a line is a heading that counts from a day nobody knows."""
    return bool(_RELATIVE.fullmatch(_bare(line)))


def relative_day(line: str, copied: date | None) -> date | None:
    """Return the day that such a heading means, where it is known when it was copied.

    >>> relative_day("--- Yesterday ---", date(2025, 5, 24))
    datetime.date(2025, 5, 23)
    """
    bare = _bare(line).lower()
    if copied is None or bare.startswith("new"):
        return None
    return copied - timedelta(days=1) if bare == "yesterday" else copied


def unrelated(time: str) -> str:
    """Return a time without the day that counts from one nobody knows.

    >>> unrelated("Yesterday at 2:14 PM"), unrelated("2:14 PM")
    ('2:14 PM', '2:14 PM')
    """
    return _COUNTED.sub("", time, count=1)


def day_said(line: str) -> str | None:
    """Return what a heading says of the day, if it is one: `Saturday, May 24th`."""
    bare = _bare(line)
    return bare.rstrip(":") if _DAYLIKE.fullmatch(bare) else None


def _header(rest: str) -> Head | None:
    found = _HEADER.fullmatch(rest) if len(rest) < _LONG else None
    if not found:
        return None
    name = _BADGE.sub("", found["name"]).strip(" |,")
    words = name.split()
    wide = len(found["gap"]) > 1 or found["gap"] == "\t"
    if not words or len(words) > _WORDS or name[-1] in ".:;,!?=<>(":
        return None
    if words[-1].lower() in _PREPOSITIONS or not any(map(str.isalpha, name)):
        return None
    if not wide and not (_HALF.search(found["time"]) and _is_name(words)):
        return None
    return Head(found["time"], name, "")


def _is_name(words: list[str]) -> bool:
    return len(words) == 1 or all(not word[0].islower() for word in words)


def _is_time(text: str) -> bool:
    text = text.strip()
    return bool(text) and moments.leading(text) == len(text)


def _behind(rest: str) -> str:
    joint = _JOINT.match(rest)
    return rest[joint.end() if joint else 0 :].rstrip(" |").strip()


def _bare(line: str) -> str:
    return line.strip().strip("-—–=*#_ \t")
