"""Lines that give a fact by its name: `**Severity:** SEV1`, tables of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from postmortem.markdown.adopting import hints
from postmortem.markdown.adopting.document import Document
from postmortem.markdown.adopting.names import (
    fact_name,
    heading_names,
    length_name,
    part_names,
)
from postmortem.markdown.blocks import LISTS, PARAGRAPH, TABLE, Block

_LABEL = re.compile(
    r"""
    (?: \[[ xX]\]\s+ )?
    (?: (?P<mark>\*\*|__) (?P<bold>[^*_:\uff1a\n]{1,80}?) \s* [:\uff1a]? \s* (?P=mark)
      | (?P<plain>[^*_:\uff1a\n|`\[\]<>{}.?!]{1,48}?) (?=\s*[:\uff1a]) )
    \s* (?P<colon>[:\uff1a]?) \s* (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1")
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s+|$)")
_CHOICES = re.compile(r"\s*(?:/|\|)\s*|,\s+")
_MOST_CHOICES, _LONGEST_CHOICE = 8, 24
_PAIR = 2
_SHORT = 6
"""Words that an unknown fact's value has at most."""
_REMARKS = ("todo", "tbd", "note", "nb", "e.g", "eg", "example", "warning", "hint")
_HEADS = ("field", "item", "key", "value", "detail", "details", "name", "property", "")


@dataclass(frozen=True, kw_only=True)
class Label:
    """A label, and what stands behind it."""

    said: str
    rest: str
    line: int
    bullet: bool
    bold: bool = True

    @property
    def asks(self) -> bool:
        """Tell whether what stands behind it tells what to write."""
        if len(self.rest) < _SHORT or self.choices:
            return False
        own = {each.casefold() for each in self.said.split()}
        words = {each.casefold().strip(".,") for each in self.rest.split()}
        told = self.rest.endswith(".") or bool(own & words)
        return hints.is_hint(self.rest) or (told and len(words) > 1)

    @property
    def asks_much(self) -> bool:
        """Tell whether it wants sentences, so that it is better off with a heading."""
        if not self.asks:
            return False
        return hints.is_long_hint(self.rest) or len(self.rest.split()) > _SHORT

    @property
    def is_example(self) -> bool:
        """Tell whether a value of some report stands behind it."""
        told = self.asks or hints.is_placeholder(self.rest)
        return bool(self.rest) and not told and not self.choices

    @property
    def is_lone(self) -> bool:
        """Tell whether it may as well be a line that announces what follows."""
        known = fact_name(self.said) or length_name(self.said)
        return not (known or self.bold or self.bullet or self.rest)

    @property
    def choices(self) -> tuple[str, ...]:
        """The few words from which a value is chosen, as in `P0 / P1 / P2`."""
        said = hints.words(self.rest).strip("[]<>(){}. ")
        found = tuple(each.strip() for each in _CHOICES.split(said))
        short = all(0 < len(each) <= _LONGEST_CHOICE for each in found)
        if self.rest[:1] in "[<{(" or "`" in self.rest:
            return ()
        words = all(re.fullmatch(r"[\w][\w .+-]*", each) for each in found)
        many = 1 < len(set(found)) == len(found) <= _MOST_CHOICES
        numbers = all(re.search(r"\d{2}|[YMD]{2}", each) for each in found)
        return found if short and words and many and not numbers else ()


def labels(document: Document, block: Block) -> list[Label]:
    """Return the labels of a block that holds nothing else; [] for any other."""
    line = document.line_of(block)
    if block.kind == PARAGRAPH:
        found = list(_lines(block.content, line))
    elif block.kind in LISTS:
        found = list(_items(document, block, line))
    elif block.kind == TABLE:
        found = list(_cells(block, line))
    else:
        found = []
    wanted = [each for each in found if each is not None]
    return wanted if len(wanted) == len(found) else []


def across(document: Document, block: Block) -> list[Label]:
    """Return the labels of a table with names in its head and values in one row."""
    heads = [hints.words(each).rstrip(":\uff1a ") for each in block.heads]
    rows = [cells for _, cells in block.rows if any(map(hints.words, cells))]
    known = sum(bool(fact_name(each) or length_name(each)) for each in heads)
    told = {*part_names(heads, "events"), *part_names(heads, "actions")}
    if not all(heads) or len(rows) > 1 or known < _PAIR or "text" in told:
        return []
    values = [hints.words(each) for each in rows[0]] if rows else []
    line = document.line_of(block)
    return [
        Label(said=said, rest=rest, line=line, bullet=True)
        for said, rest in zip_longest(heads, values[: len(heads)], fillvalue="")
    ]


def _lines(content: str, line: int) -> Iterator[Label | None]:
    lines = [each.strip().removesuffix("\\").strip() for each in content.split("\n")]
    first, *rest = [
        _label(each, line + at, bullet=False) for at, each in enumerate(lines)
    ]
    if first is not None and any(each is None for each in rest) and first.bold:
        yield _label(" ".join(lines), line, bullet=False)
        return
    yield first
    yield from rest


def _items(document: Document, block: Block, line: int) -> Iterator[Label | None]:
    for lines, start, end, _ in block.items:
        raw = document.lines[start:end]
        first = _MARKER.sub("", raw[0], count=1) if raw else " ".join(lines)
        said = "\n".join((first, *raw[1:])).strip()
        yield _label(said, line + start - block.start, bullet=True)


def _cells(block: Block, line: int) -> Iterator[Label | None]:
    """Yield the labels of a table in which names and values take turns."""
    heads = [hints.words(each) for each in block.heads]
    if len(heads) % 2 or (len(heads) > _PAIR and any(heads[1::2])):
        yield None
        return
    events, actions = (set(part_names(heads, kind)) for kind in ("events", "actions"))
    colons = all(each.endswith((":", "：")) for each in heads[::2]) or _bold(block)
    rows = [(line, heads)]
    rows += [
        (line + at - block.start, [hints.words(cell) for cell in cells])
        for at, cells in block.rows
    ]
    if {"at", "text"} <= events or (len(actions - {None}) > 1 and not colons):
        yield None
        return
    caption = len(heads) > _PAIR and not any(heads[1:])
    generic = all(each.casefold() in _HEADS for each in heads)
    for number, (at, cells) in enumerate(rows):
        if not any(cells) or (number == 0 and (caption or generic)):
            continue
        for said, rest in zip(cells[::2], cells[1::2], strict=False):
            if said or rest:
                yield _cell(said, rest, at, filled=not colons and bool(block.rows))


def _bold(block: Block) -> bool:
    """Tell whether all names are bold, below heads that say nothing."""
    said = [cell.strip() for _, cells in block.rows for cell in cells[::2]]
    named = [each for each in said if each]
    return bool(named) and not any(block.heads) and all(map(_BOLD.fullmatch, named))


def _cell(said: str, rest: str, line: int, *, filled: bool) -> Label | None:
    """Return a pair of cells as a label; None where they are a row of something."""
    name = said.rstrip(":： ")
    known = fact_name(name) or length_name(name)
    empty = not rest or hints.is_placeholder(rest) or hints.is_hint(rest)
    if not name or (filled and not known and not empty):
        return None
    return Label(said=name, rest=rest, line=line, bullet=True)


def _label(text: str, line: int, *, bullet: bool) -> Label | None:
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    bold = found["bold"] is not None
    said = " ".join((found["bold"] or found["plain"]).split())
    rest = found["rest"].strip()
    if not any(each.isalpha() for each in said) or (not found["colon"] and not bold):
        return None
    if said.casefold() in _REMARKS:
        return None
    made = Label(said=said, rest=rest, line=line, bullet=bullet, bold=bold)
    ended = found["colon"] or re.search(r"[:\uff1a]\s*(?:\*\*|__)", text) or not rest
    return made if ended and _gives_a_fact(made) else None


def _gives_a_fact(label: Label) -> bool:
    empty = not label.rest or hints.is_placeholder(label.rest)
    if empty or fact_name(label.said) or length_name(label.said):
        return True
    if label.bold and next(heading_names(label.said, near=False), None):
        return True
    short = len(hints.words(label.rest).split()) <= _SHORT
    if hints.is_emphasised(label.rest) or label.choices:
        return True
    return label.bold and (short or hints.is_long_hint(label.rest))
