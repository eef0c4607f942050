"""Actions that say whose they are elsewhere than an owner stands: above their list.

As in `**Platform team**` or `### Edge & search leads` over the items of each of them.
Nothing is written into the record by that; it is only not said that nobody has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.checks.actions.owners import has_role, is_nobody
from postmortem.checks.rules import once

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_LINE = re.compile(
    r"\s*(?P<head>\#{2,6}\s+)?(?P<mark>\*\*|__)?(?P<said>[^*_#\n]{2,60}?)"
    r"(?P<colon>:)?(?(mark)(?P=mark):?)\s*"
)
_LEAD = re.compile(r"\s*(?P<mark>\*\*|__)(?P<said>[^*_#\n]{2,60})(?P=mark)\s+\S.*:")
"""A paragraph that begins with a name, and goes on with the list below it."""
_FILE = Path(__file__).with_name("areas.toml")
_INITIALS = re.compile("[A-Z]{2,3}")
_JOINED = re.compile(r"\s*(?:[,;&+/]|\s[-\u2013\u2014]\s|\b(?:and|und|via)\b)\s*")
_ADDED = re.compile(r"\s+(?:\([^()]*\)|[-\u2013\u2014]\s[a-z].*)\Z")
"""What is added to a name: `RK (with help)`, `RK - for next week`."""
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
"""One to three words, each with a capital."""
_ITEM = re.compile(r" ?(?:[-*+]|\d+[.)])\s|(?: {2}|\t)\s*\S")
_SAYS = re.compile(
    r"(?:\A|[.;:!?)]\s+|\s[-\u2013\u2014]\s+)[*_`]*"
    r"@[\w-]+(?:(?:,| and| &) @[\w-]+)*[*_`]*,? (?:will|(?:is|are) going to|to)\b"
)

_Known = dict[int, Sequence[re.Match[str]]]


def has_somebody(subject: Subject, number: int) -> bool:
    """Tell whether somebody stands above the list of an action, or in its words."""
    text = (subject.report.actions or ())[number].text
    if "@" in text and _SAYS.search(text):
        return True
    return any(map(is_somebody, above(subject, number)))


def above(subject: Subject, number: int) -> Sequence[re.Match[str]]:
    """Return what may be a name above the list of an action: `said`, and its marks."""
    rows = subject.spans.rows.get("actions", ())
    if number >= len(rows) or rows[number].container.shape != "list":
        return ()
    body = subject.spans.body
    line = body + rows[number].start
    cuts = (body + cut.line for cut in subject.spans.sections.values())
    top = max((cut for cut in cuts if cut < line), default=body - 1)
    return _nearest(subject.lines, line, top, _known(subject))


@once
def _known(subject: Subject) -> _Known:
    """Return what is known above the items of lists, by the line of each."""
    del subject
    return {}


def _nearest(
    lines: Sequence[str], start: int, top: int, known: _Known
) -> Sequence[re.Match[str]]:
    """Look for it from a line upwards, as far as an item of which it is known."""
    line = start
    nearest: Sequence[re.Match[str]] = ()
    while line > top + 1 and line not in known:
        line -= 1
        if not lines[line].strip() or _ITEM.match(lines[line]):
            continue
        first = _first(lines, line, top)
        found = list(_names(lines[first : line + 1]))
        bold = any(it["mark"] for it in found)
        if bold or first == top + 1 or not _ITEM.match(lines[first - 1]):
            nearest = found
            break
        line = first
    known[start] = known.get(line, nearest)
    return known[start]


def _first(lines: Sequence[str], line: int, top: int) -> int:
    """Return where the paragraph begins, or the rest of an item, that a line ends."""
    while line > top + 1 and not lines[line].startswith("#"):
        before = lines[line - 1]
        if not before.strip() or before.startswith("#") or _ITEM.match(before):
            break
        line -= 1
    return line


def _names(lines: Sequence[str]) -> Iterator[re.Match[str]]:
    """Yield what may be a name in the paragraph above a list: a line, or its start."""
    last = _LINE.fullmatch(unescape(lines[-1]))
    first = _LINE.fullmatch(unescape(lines[0])) if len(lines) > 1 else None
    lead = _LEAD.fullmatch(unescape(" ".join(lines).rstrip()))
    yield from filter(None, (last, first if first and first["mark"] else None, lead))


@cache
def _areas() -> frozenset[str]:
    """Return what actions are grouped by that is nobody, in small letters."""
    import tomllib

    read = tomllib.loads(_FILE.read_text("utf-8"))
    return frozenset(word for words in read["areas"].values() for word in words)


def is_somebody(line: re.Match[str]) -> bool:
    """Tell whether a line is the name of a person, some people, a role or a team.

    One word that is no line in bold may be of anything: `### Networking`.
    """
    said = _ADDED.sub("", line["said"].strip())
    told = line.groupdict()
    if is_nobody(said) or not any(map(told.get, ("mark", "head", "colon"))):
        return False
    if said.startswith("@") or has_role(said):
        return True
    parts = _JOINED.split(said)
    if not told["mark"] and len(parts) == 1 and not _INITIALS.fullmatch(said):
        return False
    return all(
        _NAME.fullmatch(part)
        and _areas().isdisjoint(part.casefold().split())
        and not is_nobody(part)
        for part in parts
    )
