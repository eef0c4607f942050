"""How a row is written and read back: literal text, parts, and what may be absent.

A part's value may hold the separators of its own pattern: the writer then puts an empty
comment behind each, which the reader does not take for a separator and takes out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from postmortem.markdown import details
from postmortem.markdown.inline import BREAK
from postmortem.moments.zones import abbreviations

LITERAL, PART, DETAILS = "literal", "part", "details"
DERIVED, OPTIONAL = "derived", "optional"

_EMPHASIS = re.compile(r"(?:\\\*)+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
"""Marks of emphasis in an escaped literal: `*` anywhere, `_` at the edge of a word."""
_SQUARE = re.compile(r"\\[\[\]]")
"""A bracket in an escaped literal: formatters escape those that make no link."""
_NOT_BROKEN = f"(?!{re.escape(BREAK)})"
_BALANCED = r"(?:[^()]|[()]<!---->|\((?!<!---->)(?:[^()]|\([^()]*\))*\))*"
_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_INSTANT = rf"(?:(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}}) )?{_CLOCK}"
_OFFSET = rf"(?: (?:UTC(?:[+-]\d\d:\d\d)?|(?:{'|'.join(abbreviations())})\b))?"
_ISO = r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)"
_TIME = rf"~?(?:{_INSTANT}{_OFFSET}(?: ?- ?{_INSTANT}{_OFFSET})?|{_ISO}(?:/{_ISO})?)"
_AT = rf"(?:{_TIME}|\?|.*?{re.escape(BREAK)})?"
_LOOKS: Mapping[tuple[str, str], str] = {
    ("key", ""): r"(?:[A-Z][A-Z0-9]*-?\d+)?",
    ("status", "box"): "[ xX]?",
    ("at", ""): _AT,
    ("at", "utc"): _AT,
    ("at", "local"): _AT,
}
"""What a part looks like that is told from its neighbours by its look."""


class Piece(msgspec.Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """A piece of a row's pattern."""

    kind: str
    text: str = ""
    """The literal text, or the part's name."""
    filter: str = ""
    parts: tuple[str, ...] = ()
    """The parts of a details group."""
    pieces: tuple[Piece, ...] = ()
    """What an optional group holds."""


Line = tuple[Piece, ...]


class _Way(NamedTuple):
    """How the lines of one pattern are read."""

    regex: re.Pattern[str]
    """With a group for each of `groups`."""
    groups: tuple[Piece, ...]
    targets: frozenset[str]
    before: bool
    """A line may have lost a blank at its start, as the parts there are empty."""
    behind: bool


class Item(msgspec.Struct, frozen=True):
    """The pattern of one row: its first line and the lines that may follow."""

    first: Line
    rest: tuple[Line, ...] = ()


def looks(part: str, filter_name: str, said: str) -> bool:
    """Tell whether a part's value looks as its pattern expects, without a break."""
    look = _LOOKS.get((part, filter_name))
    return look is None or re.fullmatch(look, said) is not None


def names(line: Line) -> Iterator[str]:
    """Yield the parts that a line holds."""
    for piece in line:
        match piece.kind:
            case "part":
                yield piece.text
            case "details":
                yield from piece.parts
            case "optional":
                yield from names(piece.pieces)


def separators(line: Line) -> Iterator[str]:
    """Yield the literal texts of a line that a value could be mistaken for."""
    for piece in line:
        match piece.kind:
            case "literal":
                yield piece.text.strip(" ") or piece.text
            case "details":
                yield " ("
            case "optional":
                yield from separators(piece.pieces)


def read(line: Line, text: str) -> dict[str, str] | None:
    """Read the parts out of one line or cell; None where it does not fit."""
    way = _way(line)
    found = way.regex.fullmatch(text)
    if way.behind:
        found = _fuller(found, way.regex.fullmatch(f"{text} "))
    if way.before:
        found = _fuller(found, way.regex.fullmatch(f" {text}"))
    if found is None:
        return None
    parts: dict[str, str] = {}
    for number, piece in enumerate(way.groups, 1):
        said = found[number]
        if said is None:
            continue
        if piece.text in way.targets and said[:1] == "<" and said[-1:] == ">":
            said = re.sub(r"\\([<>])", r"\1", said[1:-1])
        if piece.kind == DETAILS:
            parts |= {
                name: value
                for name, value in details.read(said, piece.parts).items()
                if not parts.get(name)
            }
        else:
            kept = said if piece.text == "at" else said.replace(BREAK, "")
            value = unboxed(kept.strip(), piece.filter)
            if value or piece.text not in parts:
                parts[piece.text] = value
    return parts


def _fuller(
    found: re.Match[str] | None, padded: re.Match[str] | None
) -> re.Match[str] | None:
    """Return the match that takes more of the line for literal text, less for parts."""
    if found is None or padded is None:
        return found or padded
    taken = [sum(len(said.strip()) for said in m.groups("")) for m in (found, padded)]
    return padded if taken[1] < taken[0] else found


def unboxed(said: str, filter_name: str) -> str:
    """Undo what an invertible filter did to a part; times stay as said."""
    if filter_name == "box":
        return "done" if said in ("x", "X") else ""
    return said


def read_item(item: Item, lines: Sequence[str]) -> dict[str, str] | None:
    """Read a list item's lines; lines that no pattern claims are wrapped text."""
    joined: list[str] = []
    rest: dict[str, str] = {}
    for number, line in enumerate(lines):
        found = None
        if number:
            for pattern in item.rest:
                found = read(pattern, line.strip())
                if found is not None:
                    break
        if found is not None:
            rest |= {name: value for name, value in found.items() if value}
        elif joined:
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
    first = read(item.first, joined[0] if joined else "")
    return None if first is None else {**first, **rest}


@lru_cache(maxsize=512)
def _way(line: Line) -> _Way:
    targets = _targets(line)
    return _Way(
        regex=re.compile("".join(_source(line, targets)), re.DOTALL),
        groups=tuple(_groups(line)),
        targets=targets,
        before=_gap(line, 0),
        behind=_gap(line[::-1], -1),
    )


def _targets(line: Line) -> frozenset[str]:
    """Return the parts that a line shows as what a link goes to."""
    found: set[str] = set()
    before = ""
    for piece in line:
        if piece.kind == OPTIONAL:
            found |= _targets(piece.pieces)
        elif piece.kind == PART and before.endswith("]("):
            found.add(piece.text)
        before = piece.text if piece.kind == LITERAL else ""
    return frozenset(found)


def _gap(line: Line, edge: int) -> bool:
    """Tell whether a line may lose a blank at an edge where its parts are empty."""
    for at, piece in enumerate(line):
        first = piece.pieces[edge] if piece.kind == OPTIONAL else piece
        if first.kind == DETAILS:
            return at > 0 and edge == 0
        if first.kind == LITERAL and first.text[edge] == " ":
            return at > 0
        if piece.kind == LITERAL:
            return False
    return False


def _source(line: Line, targets: Collection[str]) -> Iterator[str]:
    for piece in line:
        match piece.kind:
            case "literal":
                escaped = re.escape(piece.text).replace("\\ ", " +")
                escaped = _EMPHASIS.sub(_either, escaped)
                escaped = _SQUARE.sub(r"\\\\?\g<0>", escaped)
                yield f"{escaped}{_NOT_BROKEN if piece.text.strip() else ''}"
            case "part":
                look = _LOOKS.get((piece.text, piece.filter), ".*?")
                if piece.text in targets:
                    look = rf"(?:<(?:[^<>\\]|\\.)*>|{look})"
                yield f"({look})"
            case "details":
                yield rf"(?: +\({_NOT_BROKEN}({_BALANCED})\))?"
            case "derived":
                yield ".*?"
            case "optional":
                inner = "".join(_source(piece.pieces, targets))
                yield f"(?:{inner})?"


def _either(found: re.Match[str]) -> str:
    """Return what emphasis looks like after a formatter chose its marks."""
    many = len(found[0].replace("\\", ""))
    return {1: "[*_]", 2: r"(?:\*\*|__)"}.get(many, found[0])


def _groups(line: Line) -> Iterator[Piece]:
    for piece in line:
        if piece.kind in (PART, DETAILS):
            yield piece
        elif piece.kind == OPTIONAL:
            yield from _groups(piece.pieces)
