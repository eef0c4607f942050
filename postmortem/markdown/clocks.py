"""The zone and the day that a section's times are told in, wherever that is said."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.markdown.blocks import PARAGRAPH
from postmortem.markdown.cut import Cut
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Rows
from postmortem.markdown.synonyms import plain_heading
from postmortem.model import Moment

_DAYS = re.compile(r"\d{4}[-/]\d\d[-/]\d\d")


def heading_zone(into: Gathering, here: Cut) -> tzinfo | None:
    """Return the zone that a heading names, or a remark about times just below it."""
    found = zone_in(into, here.heading, here.line)
    for block in here.blocks[:2]:
        if found is None and block.kind == PARAGRAPH:
            text = block.content
            if re.search(r"\btimes?\b", text, re.IGNORECASE):
                found = zone_in(into, text, block.start)
    return found


def zone_in(into: Gathering, text: str, line: int) -> tzinfo | None:
    """Return the zone that a text names; one that nobody knows is a finding."""
    try:
        return moments.column_zone(text)
    except PostmortemError as error:
        first = error.problems[0]
        at = into.body + line + 1
        column = into.lines[at - 1].find(text) + 1 if text else 1
        into.report("PM101", first.message, at, max(column, 1), hint=first.hint)
        return None


def filter_zone(home: Rows) -> tzinfo | None:
    """Return the zone that the template's own time filter prints in."""
    lines = [item.first for item in home.items]
    lines += [line for column in home.columns for line in column.patterns]
    filters = {piece.filter for line in lines for piece in line if piece.text == "at"}
    return moments.zone("UTC") if "utc" in filters else None


def gone(home: Rows | None, head: str) -> bool:
    """Tell whether a head of times no longer names the zone that the template's does.

    Whoever took it out may have meant other clocks, so the template's is not assumed.
    """
    for column in home.columns if home else ():
        if any(piece.text == "at" for line in column.patterns for piece in line):
            same = plain_heading(column.head) == plain_heading(head)
            told = "(" in head and not _names_zone(head)
            return same and not told and _names_zone(column.head)
    return False


def _names_zone(text: str) -> bool:
    try:
        return moments.column_zone(text) is not None
    except PostmortemError:
        return True


def near(into: Gathering, here: Cut) -> datetime | None:
    """Return an instant of the day that the times of a section are of."""
    day = _day_in(into, here.heading)
    if day is not None:
        return day
    for name in ("onset", "detected", "resolved"):
        value = into.given.get(name)
        if isinstance(value, Moment):
            return value.at
    return _day_in(into, str(into.extra.get("date") or ""))


def _day_in(into: Gathering, text: str) -> datetime | None:
    """Return noon of a day that a heading or fact names, in its zone; else None."""
    day = day_of(text)
    if day is None:
        return None
    zone = into.zone or moments.zone("UTC")
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def day_of(text: str) -> date | None:
    """Return the day that a heading or line names, whole or in a part of it."""
    if not any(character.isdigit() for character in text):
        return None
    bare = text.strip("()#*_ :")
    for said in (
        bare,
        *_DAYS.findall(bare),
        *re.split(r"[()]|\s[-\u2013\u2014]\s", bare),
    ):
        try:
            return moments.read_day(said.strip(" :,"))
        except PostmortemError:
            continue
    return None
