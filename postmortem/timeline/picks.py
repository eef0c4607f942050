"""A list to choose from in an editor, as git's interactive rebase has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from postmortem import moments
from postmortem.escape import single_line
from postmortem.model import MOMENTS
from postmortem.timeline.choosing import ranked
from postmortem.timeline.events import kind_of
from postmortem.timeline.folding import Group

PICK, DROP = "pick", "drop"
VERBS = (PICK, DROP, *(each for each in MOMENTS if each != "published"))

_SHORT = {"p": PICK, "d": DROP}
_LONGEST = 160
_LINE = re.compile(r"(?P<verb>\S+)\s+(?P<number>\S+)")
_BROKEN = "# ! "
"""How a line begins that says what is wrong."""


@dataclass(frozen=True)
class Broken:
    """A line that says nothing that can be done."""

    line: int
    """1-based."""
    why: str


@dataclass(frozen=True)
class Picked:
    """What was chosen: places of groups, with a moment where one was named."""

    chosen: Mapping[int, str]
    """By place; `pick` or a moment's name."""
    broken: tuple[Broken, ...] = ()


def listed(groups: Sequence[Group], zone: tzinfo, named: str) -> str:
    """Return the list: likely ones first and picked, the rest below and dropped."""
    at = {id(group): number for number, group in enumerate(groups, 1)}
    likely, rest = ranked(groups)
    lines = [
        f"# {len(groups)} candidates; times are those of {single_line(named)}.",
        "#",
        "# The word before a line says what becomes of it:",
        "# p, pick = take it; d, drop = leave it; a moment's name = take it as that:",
        f"# {', '.join(VERBS[2:])}.",
        "# A word may be shortened. A line that is taken away is dropped, lines may be",
        "# in any order, and what stands behind the number is for you alone.",
    ]
    for verb, heading, part in (
        (PICK, "Likely", likely),
        (DROP, "The rest", rest),
    ):
        if part:
            lines += ["", f"# {heading} ({len(part)})"]
            lines += _lines(part, verb, at, zone)
    return "\n".join(lines) + "\n"


def read(text: str, many: int) -> Picked:
    """Read a list back; `many` is how many candidates there are.

    What it does not say is dropped. Lines that cannot be read are told, all at once.
    """
    chosen: dict[int, str] = {}
    seen: dict[int, int] = {}
    broken: list[Broken] = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        try:
            verb, place = _meant(bare, many, seen)
        except ValueError as error:
            broken.append(Broken(number, str(error)))
            continue
        seen[place] = number
        if verb != DROP:
            chosen[place] = verb
    return Picked(chosen, tuple(broken))


def marked(text: str, broken: Sequence[Broken]) -> str:
    """Return a list with what is wrong said above each line that is."""
    why = {each.line: each.why for each in broken}
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if number in why:
            lines.append(f"{_BROKEN}{single_line(why[number])}")
        if not line.startswith(_BROKEN):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _meant(line: str, many: int, seen: Mapping[int, int]) -> tuple[str, int]:
    found = _LINE.match(line)
    if found is None:
        raise ValueError(f"{_cut(line)!r} is no word with a number behind it")
    verb = _verb(found["verb"])
    number = found["number"]
    if not (number.isascii() and number.isdecimal() and 0 < int(number) <= many):
        raise ValueError(f"{_cut(number)!r} is no number from 1 to {many}")
    place = int(number) - 1
    if place in seen:
        raise ValueError(f"{number} stands on line {seen[place]} already")
    return verb, place


def _verb(said: str) -> str:
    word = said.casefold()
    if word in _SHORT:
        return _SHORT[word]
    fits = [each for each in VERBS if each.startswith(word)]
    if word in VERBS or len(fits) == 1:
        return word if word in VERBS else fits[0]
    if fits:
        raise ValueError(f"{_cut(said)!r} can be {' or '.join(fits)}")
    raise ValueError(f"{_cut(said)!r} is none of {', '.join(VERBS)}")


def _lines(
    groups: Sequence[Group], verb: str, at: Mapping[int, int], zone: tzinfo
) -> list[str]:
    lines: list[str] = []
    day = ""
    named: dict[tuple[str, ...], str] = {}
    for group in groups:
        here = _here(group.at, zone)
        date, clock = here[:10], here[11:19]
        if date != day:
            day = date
            lines.append(f"# {date}")
        told = _shown(group.lead.text[: _LONGEST * 2])[:_LONGEST]
        called = kind_of(group)
        kind = f"{called}: " if called else ""
        sources = named.get(group.sources)
        if sources is None:
            sources = named[group.sources] = single_line(", ".join(group.sources))
        lines.append(f"{verb} {at[id(group)]} {clock}  {kind}{told}  ({sources})")
    return lines


def _here(at: datetime, zone: tzinfo) -> str:
    try:
        return at.astimezone(zone).isoformat(" ", "seconds")
    except OverflowError:  # at an end of the calendar
        return moments.shown_in(at, zone).isoformat(" ", "seconds")


def _shown(text: str) -> str:
    """Return text on one line; most of fifty thousand are that already."""
    return text if text.isascii() and text.isprintable() else single_line(text)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - enough of it
