"""Facts of the front matter, and the lines that show them: labels, and headings."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.markdown import inline
from postmortem.markdown.adopting import hints, loops
from postmortem.markdown.adopting.document import DEEPEST, Document, Part, plain
from postmortem.markdown.adopting.homes import Homes, asking, usual
from postmortem.markdown.adopting.labels import Label
from postmortem.markdown.adopting.layout import (
    Own,
    Section,
    declaration,
    escaped,
    fixed,
    shown_fact,
    shown_length,
)
from postmortem.markdown.adopting.names import (
    fact_name,
    heading_names,
    is_rows,
    length_name,
)
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.adopting.sorting import RULE, Sorted
from postmortem.markdown.adopting.words import DAYS
from postmortem.markdown.blocks import Block
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.synonyms import plain_heading

_FEW = 6
_LABEL = "a label for it"
_ONE = "it is one report's"


class Facts(Homes):
    """Gives facts the lines that show them."""

    def __init__(self, document: Document, notes: Notes, *, filled: bool) -> None:
        super().__init__(document, notes)
        self.filled = filled
        """Whether the document is one report, and not a form."""
        self.has_onset = False
        """Whether some label says when it began, so that a date is only a date."""

    def own(self, found: Sorted, made: Section, *, shown: bool = True) -> list[Label]:
        """Keep fixed text and labels; return the labels that want a heading.

        Unless they are `shown`, labels are facts of the front matter alone.
        """
        deeper = []
        for each in found.order:
            if isinstance(each, Block):
                made.own.append(fixed(self.document, each))
            elif made.level < DEEPEST and self.wants_heading(each):
                deeper.append(each)
            else:
                line = self.label(each, shown=shown)
                if line and shown:
                    made.own.append(line)
        return deeper

    def footer(self, found: Sorted, made: Section) -> None:
        """Keep the text behind rows or a rule, unless it is one report's."""
        for block in found.behind:
            if self.filled:
                self.example(block, _ONE)
            elif block.kind == RULE and any("{{" in each for each in made.home[:1]):
                self.example(block, "a rule could be taken for a part of an answer")
            elif block.kind == RULE:
                made.below.append(Own(lines=["---"]))
            else:
                made.below.append(fixed(self.document, block))

    def wants_heading(self, label: Label) -> bool:
        """Tell whether a label's answer is a text or has rows."""
        if length_name(label.said) or self.notes.is_free(self.fact_of(label.said)):
            return False
        return self.body_name(label) is not None or label.asks_much

    def body_name(self, label: Label) -> str | None:
        """Return the field of the body that a label is for, unless a heading is."""
        names = heading_names(label.said, near=False)
        return next(
            (
                each
                for each in names
                if self.notes.is_free(each) and each not in self.document.headed
            ),
            None,
        )

    def fact_of(self, said: str) -> str | None:
        """Return the fact that a label or heading is a name of."""
        name = fact_name(said)
        day = name == "onset" and plain_heading(said) in DAYS
        return None if day and self.has_onset else name

    def label(self, label: Label, *, shown: bool) -> Own | None:
        """Return the line of a label with the value that it is for."""
        length, name = length_name(label.said), self.fact_of(label.said)
        if length and shown:
            value = shown_length(length)
            why = "durations are derived from moments"
            self.notes.guess(label.line, label.said, length, why)
        elif name is not None and self.notes.is_free(name):
            value = shown_fact(name, label.said)
            self.take(label.line, label.said, name, self.asked(label, name), _LABEL)
            self.tell_rest(label, f"prompts: {name}")
        else:
            value = self.declared(label, shown=shown)
        if label.rest and not label.asks and not label.choices:
            why = _ONE if label.is_example else "a value takes its place"
            self.notes.left_out(label.line, label.rest, why)
        said = inline.canonical(label.said)
        mark = f"**{said}:**" if label.bold or label.bullet else f"{said}:"
        begun = escaped(mark if mark[0] == "*" else inline.at_start(mark))
        return Own(lines=[f"{begun} {value}"], label=True, bullet=label.bullet)

    def asked(self, label: Label, name: str) -> str:
        """Return a label's own words for a standard fact; "" when it has none."""
        if label.choices:
            return f"{STANDARD[name].question} ({hints.words(label.rest)})"
        return hints.question([label.rest]) if label.asks else ""

    def tell_rest(self, label: Label, became: str) -> None:
        """Note where what stands behind a label asks."""
        if label.asks or label.choices:
            why = "it says what to write"
            self.notes.guess(label.line, label.rest, became, why)

    def declared(self, label: Label, *, shown: bool) -> str:
        """Return the expression that declares and shows a fact of the team's own."""
        name = self.notes.named(label.said, label.line)
        asked = hints.question([label.rest]) if label.asks else asking(label.said)
        day = "date" if plain_heading(label.said) in DAYS else "line"
        kind = "choice" if label.choices else day
        called = label.said if label.said != usual(name) else ""
        why = "a label that no standard fact has"
        self.notes.guess(label.line, label.said, f"{name} (declared, {kind})", why)
        of = "choices" if label.choices and shown else "question"
        if label.asks or of == "choices":
            self.tell_rest(label, f"{of} of {name}")
        if not shown:
            self.notes.hidden[name] = {"kind": "line", "question": asked}
            return ""
        choices = {"choices": label.choices} if label.choices else {}
        call = declaration(name, asked, label=called, kind=kind, **choices)
        return f'{{{{ {call} or "?" }}}}'

    def promoted(self, deeper: list[Label], level: int) -> Iterator[Section]:
        """Yield a section for each label whose answer is a text or has rows."""
        for label in deeper:
            heading = plain(label.said, self.document.env)
            made = Section(level=max(level, 1) + 1, heading=heading, line=label.line)
            name = self.body_name(label)
            asked = hints.question([label.rest]) if label.asks else ""
            why = "a label whose answer is longer than a line"
            if name is not None and is_rows(name):
                made.home = loops.standard(name, None, self.document, self.notes)
                self.take(label.line, label.said, name, asked, why)
            else:
                self.text(label.line, made, name, asked, why)
            if asked:
                self.tell_asked(label.line, label.rest)
            elif label.rest:
                self.notes.left_out(label.line, label.rest, _ONE)
            yield made

    def is_fact(self, part: Part, found: Sorted) -> bool:
        """Tell whether a heading is a fact's, with little below it."""
        if part.has_parts or found.tables or found.labels:
            return False
        if self.fact_of(part.heading) is None:
            return False
        words = " ".join(self.document.raw(each) for each in found.fixed)
        listed = all(self.answers(each, []) for each in found.lists)
        return listed and len(words.split()) <= _FEW

    def fact(self, part: Part, found: Sorted, made: Section) -> None:
        """Show a fact below its heading."""
        name = self.fact_of(part.heading)
        asked = hints.question(self.hints_of(found))
        if name is not None and self.notes.is_free(name):
            self.take(part.line, part.heading, name, asked, "a fact")
            line = shown_fact(name, part.heading)
            self.tell_hints(found)
        else:
            name = self.notes.named(part.heading, part.line)
            call = declaration(name, asked, label=part.heading, kind="line")
            line = f'{{{{ {call} or "?" }}}}'
            why = "a second heading for a fact"
            self.notes.guess(part.line, part.heading, f"{name} (declared)", why)
            self.question = (f"question of {name}", asked)
            self.tell_hints(found)
        made.own.append(Own(lines=[line], label=True))
        for block in (*found.fixed, *found.lists):
            self.example(block, "a value takes its place")
        self.footer(found, made)
        self.tell_places(found)
