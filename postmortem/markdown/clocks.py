"""The zone and the day that a section's times are told in, wherever that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.markdown.blocks import PARAGRAPH, Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Rows
from postmortem.markdown.synonyms import plain_heading
from postmortem.model import Moment

if TYPE_CHECKING:
    from postmortem.moments.remarks import Remark

_LONGEST_REMARK = 120
_SOME_DAYS = (date(2000, 1, 1), date(2000, 7, 1))
_DAYS = re.compile(r"\d{4}[-/]\d\d[-/]\d\d")


class Said(NamedTuple):
    """What a line above rows says of them."""

    line: int
    day: date | None
    zone: tzinfo | None


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


def near(into: Gathering, here: Cut) -> date | None:
    """Return the day that the times of a section are of, or an instant of it."""
    day = heading_day(here)
    if day is not None:
        return day
    for name in ("onset", "detected", "resolved"):
        value = into.given.get(name)
        if isinstance(value, Moment):
            return value.at
    return day_of(str(into.extra.get("date") or ""))


def heading_day(here: Cut) -> date | None:
    """Return the day that a heading names, whole, in a part of it or within it."""
    return day_of(here.heading) or day_within(here.heading)


def day_within(text: str) -> date | None:
    """Return the one day that a text writes out somewhere."""
    if not any(map(str.isdigit, text)):
        return None
    return moments.day_in(text)


def said_by(here: Cut) -> Said | None:
    """Return what a heading says of the rows below it, if that is a day."""
    day = heading_day(here)
    return Said(here.line, day, None) if day else None


def lines_of(here: Cut) -> Iterator[Said]:
    """Yield the lines of a cut that say of rows below them when they were."""
    for block in here.blocks:
        if said := remark_of(block):
            zone = zone_of(block.content) if said.zone else None
            yield Said(block.start, said.day, zone)


def remark_of(block: Block) -> Remark | None:
    """Return what a paragraph says that is about the times below it alone."""
    text = block.content
    if block.kind != PARAGRAPH or len(text) > _LONGEST_REMARK:
        return None
    told = any(character.isdigit() for character in text)
    return moments.remark(text) if told or "ime" in text or "eit" in text else None


def zone_of_first(times: Iterable[str], near: date | None) -> tzinfo | None:
    """Return the zone that the first of these times names, if none names another.

    What is no time at all tells nothing, unless it names a zone.
    """
    found: tzinfo | None = None
    first = True
    for text in times:
        try:
            named = _names_its_own(text, near)
        except moments.NoZone:
            named = False
        except moments.NoForm:
            if zone_of(text) is None:
                continue
            return None
        except PostmortemError:
            return None
        if first and named:
            found = zone_of(text)
        elif named and (found is None or zone_of(text) != found):
            return None
        first = False
    return found


def _names_its_own(text: str, near: date | None) -> bool:
    """Tell whether a time names its zone; raises Ambiguous where that may be two.

    Without a day it can be of winter and of summer, where `CET` may mean two zones. A
    day without its year can be several, but no day twice.
    """
    try:
        days = (near,) if near is not None else _SOME_DAYS
        return all(moments.read(text, near=day).zone_given for day in days)
    except moments.Ambiguous as error:
        told = [span.at.date() for _, span in error.options if span.day_given]
        if not told or len(set(told)) < len(told):
            raise
    return True


def zone_of(text: str) -> tzinfo | None:
    """Return the one zone that a text names."""
    try:
        return moments.column_zone(text)
    except PostmortemError:
        return None


def day_of(text: str) -> date | None:
    """Return the day that a heading or line names, whole or in a part of it."""
    if not any(map(str.isdigit, text)):
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
