"""Diagrams in Mermaid, which forges draw: https://mermaid.js.org.

A label holds letters, digits and harmless marks; every other character of ASCII is
written as an entity (`#58;`), so that no text ends a label, a line or the fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from postmortem import moments
from postmortem.markdown import inline, when
from postmortem.markdown.shaping.panel import Panel, listed, said
from postmortem.markdown.when import When
from postmortem.templating import TemplateMistake

MOST = 200
"""Rows that one diagram draws: the drawing tools have a limit of their own."""
LONGEST = 80
"""Characters of a row's text in a diagram; the whole of it stands at its home."""

_UNKNOWN = "?"
_HARMLESS = frozenset(" .,+-/()'!?~")
_TAKEN = frozenset("\ufb02\u00b6")
"""Letters with which Mermaid marks entities while it draws."""
_KEY = re.compile(r"[A-Z]\d{1,6}")
_KEYS = re.compile(r"\b[A-Z]\d{1,6}\b")


def mermaid_timeline(events: object, zone: str = "UTC") -> Panel:
    """Draw events as a timeline, day by day, by the clocks of a zone."""
    by = "mermaid_timeline"
    rows = _mappings(listed(events, by), by)
    if not rows:
        return Panel.of(by, ())
    try:
        clocks = moments.zone(str(zone))
    except moments.Unreadable as error:
        raise TemplateMistake(error.problem.message, hint=error.problem.hint) from error
    lines = ["timeline", f"    title {label(f'Times in {zone}')}"]
    day = ""
    for row in rows[:MOST]:
        told = when.from_iso(str(row.get("at") or ""))
        today = _day(told, clocks) or day or _UNKNOWN
        if today != day:
            day = today
            lines.append(f"    section {label(day)}")
        kind = said(row, "kind", by) if row.get("kind") else ""
        text = _cut(": ".join(filter(None, (kind, said(row, "text", by)))))
        lines.append(f"        {_period(told, clocks)} : {label(text)}")
    return Panel.of(by, _fenced([*lines, *_more(rows, "        {} : {}")]))


def mermaid_graph(factors: object) -> Panel:
    """Draw which factor came from which; nothing where none names its cause.

    Factors that stand apart are not drawn.
    """
    by = "mermaid_graph"
    rows = _mappings(listed(factors, by), by)[:MOST]
    nodes: dict[str, Mapping[str, Any]] = {}
    for number, row in enumerate(rows, 1):
        key = str(row.get("key") or "")
        fits = _KEY.fullmatch(key) and key not in nodes
        nodes[key if fits else f"n{number}"] = row
    arrows = dict.fromkeys(
        f"{cause} --> {name}"
        for name, row in nodes.items()
        for cause in _KEYS.findall(str(row.get("cause") or ""))
        if cause in nodes
    )
    if not arrows:
        return Panel.of(by, ())
    linked = {name for arrow in arrows for name in arrow.split(" --> ")}
    boxes = [
        f'    {name}["{_box(row, by)}"]'
        for name, row in nodes.items()
        if name in linked
    ]
    return Panel.of(
        by, _fenced(["flowchart TD", *boxes, *(f"    {arrow}" for arrow in arrows)])
    )


def label(text: str) -> str:
    """Return text that means nothing but itself in a diagram; `?` for none.

    >>> label('a "b": <c>')
    'a #34;b#34;#58; #60;c#62;'
    """
    shown = "".join(each for each in text if each.isprintable() or each.isspace())
    return "".join(map(_drawn, " ".join(shown.split()))) or _UNKNOWN


def _drawn(character: str) -> str:
    if character.isascii():
        plain = character.isalnum() or character in _HARMLESS
        return character if plain else f"#{ord(character)};"
    return f"#{ord(character)};" if character in _TAKEN else character


def _mappings(rows: Sequence[Any], by: str) -> list[Mapping[str, Any]]:
    if any(isinstance(row, str) for row in rows):
        raise TemplateMistake(f"{by} takes rows with parts, and these are plain texts")
    return list(rows)


def _cut(text: str) -> str:
    """Return Markdown as plain words, shortened."""
    plain = " ".join(inline.plain(text).split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"


def _box(row: Mapping[str, Any], by: str) -> str:
    """Return what stands in the box of a factor."""
    told = [said(row, part, by) for part in ("key", "kind", "text") if row.get(part)]
    return " · ".join(label(_cut(part)) for part in told if part) or _UNKNOWN


def _day(told: When, zone: tzinfo) -> str:
    return moments.shown_in(told.at, zone).date().isoformat() if told.at else ""


def _period(told: When, zone: tzinfo) -> str:
    """Say when an event was; words do not begin like a command of the diagram."""
    if told.at is not None:
        about = "~" if told.approximate else ""
        clock = moments.span(told.at, told.until, zone, with_date=False)
        return label(about + clock)
    words = label(_cut(told.said or ""))
    return f"#{ord(words[0])};{words[1:]}" if words[0].isalpha() else words


def _more(rows: Sequence[object], layout: str) -> Iterator[str]:
    """Say how many rows a diagram leaves out."""
    if len(rows) > MOST:
        yield layout.format(_UNKNOWN, f"and {len(rows) - MOST} more")


def _fenced(lines: Iterable[str]) -> list[str]:
    return ["```mermaid", *lines, "```"]
