"""Where a field lives below its heading: alone, or in a loop; and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem.markdown.adopting import hints, loops
from postmortem.markdown.adopting.document import DEEPEST, Document, Part, plain
from postmortem.markdown.adopting.labels import Label
from postmortem.markdown.adopting.layout import (
    Section,
    declaration,
)
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.adopting.sorting import Sorted, items
from postmortem.markdown.blocks import COMMENT, LISTS, PARAGRAPH, Block

_LONGEST_QUESTION = 240
_ROWS = "rows are filled in for each report"
_ONE = "it is one report's"
_ASKS = "it says what to write"
_SENTENCE = re.compile(r"(?<=[.?!\u3002\uff1f])\s+")


class Homes:
    """Gives each field its place, and takes note of it."""

    def __init__(self, document: Document, notes: Notes) -> None:
        self.document, self.notes = document, notes
        self.question = ("", "")
        """Where the words of the section at hand ask, and what they ask there."""

    # fields below a heading

    def text(
        self, line: int, made: Section, name: str | None, asked: str, why: str
    ) -> None:
        """Give a section a text: a standard one, or one of the template's own."""
        if asked and made.heading.endswith(("?", "？")):
            asked = f"{asking(made.heading)} {asked}"
        if name is not None:
            made.home = [f"{{{{ {name} }}}}"]
            self.take(line, _headed(made), name, asked, why)
            return
        name = self.notes.named(made.heading or "introduction", line)
        first, rest = _cut(asked or asking(made.heading))
        self.question = (f"question of {name}", asked)
        label = made.heading if made.heading != usual(name) else ""
        made.home = [f"{{{{ {declaration(name, first, label=label, reason=rest)} }}}}"]
        self.notes.guess(line, _headed(made), f"{name} (declared)", why)

    def table(
        self, line: int, made: Section, block: Block, asked: str, why: str
    ) -> None:
        """Give a section a table of the template's own."""
        name = self.notes.named(made.heading, line)
        label = made.heading if made.heading != usual(name) else ""
        if asked:
            self.question = (f"question of {name}", asked)
        made.home = loops.declared(name, asked, label, block, self.document)
        self.notes.guess(line, _headed(made), f"{name} (declared, a table)", why)
        self.example(block, _ROWS)

    def listed(self, line: int, made: Section, why: str) -> None:
        """Give a section a list of the template's own."""
        name = self.notes.named(made.heading, line)
        label = made.heading if made.heading != usual(name) else ""
        made.home = loops.own_list(name, asking(made.heading), label)
        self.notes.guess(line, _headed(made), f"{name} (declared, a list)", why)

    def more(self, part: Part, block: Block) -> Iterator[Section]:
        """Yield a section for one more table below a heading that has a field."""
        line = self.document.line_of(block)
        if part.level >= DEEPEST:
            why = "its heading has a field, and no deeper one is left"
            self.notes.left_out(line, self.document.raw(block), why)
            return
        heads = [plain(each, self.document.env) for each in block.heads]
        heading = ", ".join(each for each in heads if each) or f"{part.heading}, table"
        made = Section(level=max(part.level, 1) + 1, heading=heading, line=line)
        why = "a table beside a text has a heading of its own"
        self.table(line, made, block, "", why)
        yield made

    def take(self, line: int, said: str, name: str, asked: str, why: str) -> None:
        """Note the place of a standard field, and the document's words for it."""
        self.notes.known[name] = None
        if asked:
            self.notes.prompts[name] = asked
            self.question = (f"prompts: {name}", asked)
        self.notes.guess(line, said, name, why)

    # what is left out, and what is asked

    def example(self, block: Block, why: str) -> None:
        """Note a block that is only an example, and what of it asks."""
        line, raw = self.document.line_of(block), self.document.raw(block)
        if block.kind not in LISTS:
            if not self.tell_asked(line, self.said(block)):
                self.notes.left_out(line, raw, why)
            return
        found = [*zip(items(self.document, block), block.items, strict=True)]
        if not any(self.is_asked(said) for said, _ in found):
            self.notes.left_out(line, raw, why)
            return
        for said, (_, start, _, _) in found:
            at = line + start - block.start
            if not self.tell_asked(at, said):
                self.notes.left_out(at, said, why)

    def is_asked(self, said: str) -> bool:
        """Tell whether a piece of the document is in the question of its section."""
        asked = hints.question([said]) if self.question[1] else ""
        return bool(asked) and asked in self.question[1]

    def tell_asked(self, line: int, said: str) -> bool:
        """Note where a piece of the document asks, if it does."""
        asked = self.is_asked(said)
        if asked:
            self.notes.guess(line, said, self.question[0], _ASKS)
        return asked

    def tell_hints(self, found: Sorted) -> None:
        """Note where the hints below a heading ask."""
        for block in found.hints:
            self.tell_asked(self.document.line_of(block), self.said(block))

    def tell_places(self, found: Sorted) -> None:
        """Note the placeholders that an answer takes the place of."""
        for block in found.places:
            self.example(block, "an answer takes its place")

    def said(self, block: Block) -> str:
        """Return the Markdown of a hint."""
        return block.content if block.kind == PARAGRAPH else self.document.raw(block)

    def hints_of(self, found: Sorted) -> list[str]:
        """Return the hints below a heading."""
        return [self.said(block) for block in found.hints]

    def answers(self, block: Block, asked: list[str]) -> bool:
        """Tell whether a list holds the place of an answer; its hints are `asked`."""
        said = items(self.document, block)
        told = [each for each in said if not hints.is_placeholder(each)]
        if not all(map(hints.is_hint, told)):
            return False
        asked += told
        return True

    def place(self, each: Label | Block) -> int:
        """Return the line at which something stands."""
        return each.line if isinstance(each, Label) else self.document.line_of(each)

    def restore(self, found: Sorted) -> None:
        """Keep hints as fixed text, where nothing asks."""
        for block in found.hints:
            if block.kind != COMMENT or hints.words(self.said(block)):
                found.keep(block)
        found.hints.clear()


def _cut(asked: str) -> tuple[str, str]:
    """Return a question that fits a line or two, and what is left of it."""
    if len(asked) <= _LONGEST_QUESTION:
        return asked, ""
    first: list[str] = []
    rest = _SENTENCE.split(asked)
    while rest and (not first or len(" ".join([*first, rest[0]])) < _LONGEST_QUESTION):
        first.append(rest.pop(0))
    return " ".join(first), " ".join(rest)


def asking(said: str) -> str:
    """Return the words of a heading or label as a question."""
    words = hints.words(said).rstrip(" :.：")
    return words if words.endswith(("?", "？")) else f"{words}?" if words else ""


def usual(name: str) -> str:
    """Return the label that a field has without one of its own."""
    return name.replace("_", " ").capitalize()


def _headed(made: Section) -> str:
    return f"{'#' * made.level} {made.heading}".strip()
