"""Which day a text names: written out, without its year, or counted from another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta

from postmortem.moments.dating import Around, Day, coming, dates
from postmortem.moments.lengths import read_duration
from postmortem.moments.refusals import AmbiguousDay, NoDay, NoForm, NotATime, shown
from postmortem.moments.tokens import (
    MONTHS,
    RELATIVE,
    WEEKDAYS,
    Token,
    plain,
    tokens,
    unknown,
)

_YEAR_DIGITS = 4
_MONTHS_A_YEAR = 12
_COUNTS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AHEAD = re.compile(
    rf"""(?:
        (?:\+|in\s)\s*(?P<count>\d{{1,5}}) | in\s+(?P<said>{"|".join(_COUNTS)}|an|one)\b
      | (?:the\s+)?next(?=\s+(?:week|month|year)$)
    )\s*(?P<unit>[a-z]+)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MONTHS_IN = {
    **dict.fromkeys(("mo", "mos", "mth", "month", "months"), 1),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), _MONTHS_A_YEAR),
}
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_KINDS = ("ymd", "dmy", "month", "relative")


def day_read(text: str, today: date | None, near: date | None) -> date:
    """Return the one day that a text names, as `reading.read_day` has it."""
    try:
        found = _days(plain(text), text, today, near)
    except (NoForm, OverflowError) as error:
        raise _refusal(text) from error
    if len(found) > 1:
        raise AmbiguousDay(text, found)
    return found[0]


def named_day(found: list[Token], text: str) -> tuple[Day | None, list[Token]]:
    """Take what names the day out of the tokens; return it and the other tokens."""
    written = [each for each in found if each.kind in _KINDS]
    names = [each for each in found if each.kind == "weekday"]
    if len(written) > 1 or len(names) > 1:
        raise unknown(text, (written[1:] or names[1:])[0].text)
    if not written and not names:
        return None, found
    weekday = WEEKDAYS.index(names[0].text[:3].lower()) if names else None
    day, taken = _day(written[0], found, text) if written else (Day(), [])
    taken = [*written, *names, *taken]
    rest = [each for each in found if not any(each is one for one in taken)]
    return day._replace(weekday=weekday), rest


def _days(
    bare: str, text: str, today: date | None, near: date | None
) -> tuple[date, ...]:
    if found := _AHEAD.fullmatch(bare):
        return (_ahead(found, today, text),)
    if compact := _COMPACT.fullmatch(bare):
        year, month, number = (int(part) for part in compact.groups())
        return (_existing(year, month, number),)
    day, rest = named_day(list(tokens(bare)), text)
    if day is None or any(each.kind not in ("filler", "bracket") for each in rest):
        raise _refusal(text)
    if today and not near:
        return coming(day, today, text)
    return dates(day, time(), Around(near=near), text)


def _day(token: Token, found: list[Token], text: str) -> tuple[Day, list[Token]]:
    """Return what the token names, and the numbers that belong to it."""
    if token.kind == "relative":
        return Day(shift=RELATIVE[token.text.lower()]), []
    if token.kind == "ymd":
        year, month, day = (int(part) for part in _DIGITS.findall(token.text))
        return Day(dates=(_existing(year, month, day),)), []
    if token.kind == "dmy":
        return Day(dates=_either_way(token.text, text)), []
    month = MONTHS.index(token.text[:3].lower()) + 1
    numbers = _beside(token, found, text)
    number = int(_DIGITS.findall(numbers[0].text)[0])
    if len(numbers) == 1:
        said = f"{number} {MONTHS[month - 1].title()}"
        _existing(2000, month, number, said)  # a leap year has every day
        return Day(month_day=(month, number)), numbers
    return Day(dates=(_existing(int(numbers[1].text), month, number),)), numbers


def _beside(month: Token, found: list[Token], text: str) -> list[Token]:
    """Return the number of the day beside a month, and the year if it is there.

    `14 Jan 2020`, `Jan 14th, 2020`, and at the end as `git log` has it:
    `Sat May 24 13:05:00 2025`. The number before am or pm is an hour.
    """
    at = next(place for place, each in enumerate(found) if each is month)
    numbers = [
        each
        for place, each in enumerate(found)
        if each.kind == "number" and not _before_half(found, place)
    ]
    years = [each for each in numbers if _is_year(each)]
    around = found[at + 1 : at + 2] + found[max(at - 1, 0) : at]
    around += found[max(at - 2, 0) : max(at - 1, 0)]  # the 24th of May
    close = [
        each
        for each in around
        if each in numbers and not _is_year(each) and len(each.text) <= len("24th")
    ]
    if not close:
        raise unknown(text, month.text)
    return [close[0], *years[:1]]


def _before_half(found: list[Token], place: int) -> bool:
    return place + 1 < len(found) and found[place + 1].kind == "half"


def _is_year(token: Token) -> bool:
    return len(token.text) == _YEAR_DIGITS and token.text.isdecimal()


def _either_way(said: str, text: str) -> tuple[date, ...]:
    """Read `24.5.2025`, and `5/24/2025` in the one order that can be, or in both."""
    first, second, year = (int(part) for part in _DIGITS.findall(said))
    if len(said) - max(said.rfind(each) for each in "/-.") - 1 < _YEAR_DIGITS:
        raise NotATime(
            f"{shown(text)} does not say of which century",
            hint=f"write the date in full, as in 20{year:02}-12-31",
        )
    if "." in said or first > _MONTHS_A_YEAR:
        return (_existing(year, second, first),)
    if second > _MONTHS_A_YEAR:
        return (_existing(year, first, second),)
    both = (_existing(year, first, second), _existing(year, second, first))
    return tuple(dict.fromkeys(both))


def _ahead(found: re.Match[str], today: date | None, text: str) -> date:
    if today is None:
        raise NoDay(
            f"{shown(text)} does not say from which day",
            hint="write the date, as in 2025-05-24",
        )
    said = (found["said"] or "a").lower()
    spoken = _COUNTS.index(said) + 1 if said in _COUNTS else 1
    count, unit = int(found["count"] or spoken), found["unit"].lower()
    if months := _MONTHS_IN.get(unit):
        return _months_later(today, count * months)
    try:
        days = read_duration(f"{count} {unit}")
    except NotATime as error:
        raise _refusal(text) from error
    if days % timedelta(days=1):
        raise _refusal(text)
    return today + days


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    if day.year + years > date.max.year:
        raise OverflowError
    first = date(day.year + years, month + 1, 1)
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=min(day.day, last))


def _existing(year: int, month: int, day: int, said: str | None = None) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        said = said or f"{year:04}-{month:02}-{day:02}"
        raise NotATime(
            f"the calendar has no {said}",
            hint="mend the year, the month or the day",
        ) from error


def _refusal(text: str) -> NotATime:
    return NotATime(
        f"{shown(text)} is not a day",
        hint="write a day, as in 2026-12-01, +2w, in 2 weeks, tomorrow or friday",
    )
