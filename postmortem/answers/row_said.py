"""What the pieces of a line say of a row: by their names, or by what they look like.

    fix it; owner: edge lead; P0; prevents F2
    fix it (edge lead, due +2w, P0, F2, prevent)

`;` stands between two pieces, a comma where a part's name is behind it. The brackets
are read as a report's are. What is no part of a row is one that says so: it never
becomes the end of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from postmortem.errors import Refused
from postmortem.markdown import Field, details, loose
from postmortem.markdown.fields import ACTIONS, FACTORS
from postmortem.markdown.inline import BREAK
from postmortem.model import ACTION_TYPES, FACTOR_KINDS
from postmortem.templating import nearest

UNCLEAR = "no part of it"
"""The part that is a piece of which nobody can tell what it is."""
TWICE = "said twice"
"""The part that is a piece which says again what another one says otherwise."""

_NAME = r"[^\W\d][\w -]{0,30}?"
_NAMED = re.compile(rf"(?P<name>{_NAME})\s*:\s*(?P<said>.*)")
_BETWEEN = re.compile(
    rf"\s*;(?:\s+|$|(?=P\d\b|F\d|{_NAME}\s*:\s))|,\s+(?=(?P<name>{_NAME})\s*:\s)"
)
_COMMA = re.compile(r",\s+")
_ANSWERS = re.compile(
    rf"(?P<type>{'|'.join(ACTION_TYPES)})(?:s|es)?(?:\s*:)?(?:\s+(?P<factor>F\d+))?",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"(?:(?:came\s+)?from\s*:?\s+)?(?P<cause>F\d+)", re.IGNORECASE)
_FROM = re.compile(r"\s+\((?P<origin>from\s+F\d+)\)\s*$", re.IGNORECASE)
_SHORT = re.compile(r"[pf]\d+")
_BEHIND: Mapping[str, tuple[str, ...]] = {
    FACTORS: ("kind", "evidence", "cause"),
    ACTIONS: (
        *("owner", "due", "type", "priority", "link", "done_when", "factor"),
        "status",
    ),
}
"""The parts that a line can say behind a row's words."""
_SENTENCES = ("done_when", "evidence")
"""Parts in which a comma is one of a sentence."""
_NOT_BEHIND = ("text", "key")
_WHOSE = {ACTIONS: "an action", FACTORS: "a factor"}
_HINTS = {
    ACTIONS: "owner: …, due: +2w, prevent, P0, F2, link: …, done when: …",
    FACTORS: "trigger, evidence: …, from F2",
}


class Part(NamedTuple):
    """One part of a row, as it was said."""

    name: str
    said: str
    line: int
    """1-based, in what was typed."""


class Unclear(NamedTuple):
    """A part that is none, and what to say of it."""

    part: Part
    message: str
    hint: str


def whole(line: str, known: Field, number: int) -> tuple[str, list[Part]]:
    """Return a row's own words of a line, and the parts that it says behind them."""
    spots = list(_separators(line, known))
    _, *said = _cut(line, spots)
    first = next((at for at, it in enumerate(said) if _begins(it, known)), len(said))
    own = line[: spots[first].start()] if first < len(said) else line
    words, parts = _bracketed(own.rstrip(), known, number)
    for piece in said[first:]:
        parts += _piece(piece, known, number)
    return words, _once([_behind(part) for part in parts])


def more(line: str, known: Field, number: int) -> list[Part]:
    """Return the parts that a line alone says of the row above it; none for a row."""
    said = _cut(line.strip(), list(_separators(line.strip(), known)))
    found = _NAMED.fullmatch(said[0])
    own = found and found["said"] and _part_named(found["name"], known, known.parts)
    relation = known.kind == ACTIONS and _ANSWERS.fullmatch(said[0])
    if not own and not (relation and relation["factor"]):
        return []
    return _once([part for piece in said for part in _piece(piece, known, number)])


def unclear(parts: Sequence[Part], known: Field) -> list[Unclear]:
    """Return what to say of the pieces that are no parts, or the same one again."""
    found: list[Unclear] = []
    for part in parts:
        if part.name == UNCLEAR:
            message = f"{part.said!r} is no part of {_WHOSE[known.kind]}"
            found.append(Unclear(part, message, _hint(part.said, known)))
        elif part.name == TWICE:
            message = f"{part.said!r} says again what is said already"
            found.append(Unclear(part, message, "leave one of them out"))
    return found


def refuse_unclear(parts: Sequence[Part], known: Field) -> None:
    """Raise Refused for the first piece that is no part, or the same one again."""
    for _, message, hint in unclear(parts, known):
        raise Refused(message, hint=hint)


def plain(name: str) -> str:
    """Return a part's name without what its spellings differ by."""
    return re.sub(r"[\s_-]+", " ", name).casefold().strip()


def _separators(line: str, known: Field) -> Iterator[re.Match[str]]:
    for found in _BETWEEN.finditer(line):
        if not found["name"] or _part_named(found["name"], known):
            yield found


def _cut(line: str, spots: Sequence[re.Match[str]]) -> list[str]:
    starts = [0, *(spot.end() for spot in spots)]
    ends = [*(spot.start() for spot in spots), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


def _begins(piece: str, known: Field) -> bool:
    """Tell whether parts begin with a piece: it is one, or means to be."""
    if _recognised(_COMMA.split(piece)[0], known):
        return True
    found = _NAMED.fullmatch(piece)
    return bool(found and (_part_named(found["name"], known) or _near(piece, known)))


def _behind(part: Part) -> Part:
    """Return a part as it is behind a row's words: none that is its words or key."""
    if part.name not in _NOT_BEHIND:
        return part
    return part._replace(name=UNCLEAR, said=f"{part.name}: {part.said}")


def _piece(piece: str, known: Field, number: int) -> list[Part]:
    """Return what stands between two separators."""
    if not piece.strip():
        return []
    found = _NAMED.fullmatch(piece.strip())
    name = found and _part_named(found["name"], known, known.parts)
    if found and name and not found["said"]:
        return []
    if found and name in _SENTENCES:
        return [Part(str(name), found["said"], number)]
    first, *others = _COMMA.split(found["said"] if found and name else piece.strip())
    parts = [Part(name, first, number)] if name else _own(first, known, number)
    for other in others:
        own = _recognised(other, known)
        last = parts[-1]
        if last.name in (UNCLEAR, *own) or (not own and last.name == name):
            parts[-1] = last._replace(said=f"{last.said}, {other}")
        else:
            parts += _own(other, known, number)
    return parts


def _own(piece: str, known: Field, number: int) -> list[Part]:
    found = _recognised(piece, known) or {UNCLEAR: piece}
    return [Part(name, said, number) for name, said in found.items()]


def _recognised(piece: str, known: Field) -> dict[str, str]:
    """Return the parts that a piece without a name is, by what it looks like."""
    bare = piece.strip()
    bare = bare.upper() if _SHORT.fullmatch(bare) else bare
    if known.kind == FACTORS:
        if origin := _ORIGIN.fullmatch(bare):
            return {"cause": origin["cause"].upper()}
        word = bare.casefold()
        return {"kind": word} if word in FACTOR_KINDS else _assumed(word)
    if answers := _ANSWERS.fullmatch(bare):
        factor = {"factor": answers["factor"].upper()} if answers["factor"] else {}
        return {"type": answers["type"].casefold(), **factor}
    found = details.read(bare, _BEHIND[ACTIONS])
    return {} if "owner" in found else found


def _assumed(word: str) -> dict[str, str]:
    return {"evidence": word} if word == "assumed" else {}


def _bracketed(words: str, known: Field, number: int) -> tuple[str, list[Part]]:
    """Take the parts out of the brackets at the end, as they are read in a report."""
    if known.kind == FACTORS:
        tail = _FROM.search(words)
        parts = _own(tail["origin"], known, number) if tail else []
        return (words[: tail.start()] if tail else words), parts
    found = loose.action([words]) if words.endswith(")") else {"text": words}
    text = found.pop("text")
    if not found.keys() - {"key"} or not text:
        return words, []
    found.pop("key", None)
    if BREAK not in words and "owner" in found:
        first, *others = _COMMA.split(found["owner"])
        found |= {"owner": first, UNCLEAR: ", ".join(others)}
    parts = [Part(name, said, number) for name, said in found.items() if said]
    return words[: words.index(text) + len(text)].rstrip(), parts


def _once(parts: Sequence[Part]) -> list[Part]:
    """Leave out what is said again alike; mark what is said again otherwise."""
    found: dict[str, Part] = {}
    others: list[Part] = []
    for part in parts:
        first = found.setdefault(part.name, part)
        if first is not part and (part.name == UNCLEAR or part.said != first.said):
            name = UNCLEAR if part.name == UNCLEAR else TWICE
            others.append(part._replace(name=name))
    return [*found.values(), *others]


def _part_named(
    name: str, known: Field, parts: Sequence[str] | None = None
) -> str | None:
    """Return the part of that name: one that a line can say behind a row's words."""
    own = _BEHIND[known.kind] if parts is None else parts
    return next((part for part in own if plain(part) == plain(name)), None)


def _near(piece: str, known: Field) -> str | None:
    """Return the name that a piece which names no part means to begin with."""
    found = _NAMED.fullmatch(piece.strip())
    names = [part.replace("_", " ") for part in _BEHIND[known.kind]]
    return nearest(plain(found["name"]), names) if found else None


def _hint(piece: str, known: Field) -> str:
    near = _near(piece, known)
    return f"did you mean {near}: …?" if near else f"write {_HINTS[known.kind]}"
