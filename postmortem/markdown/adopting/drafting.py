"""From the parts of a document to the sections and the front matter of a template."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from postmortem import yamls
from postmortem.markdown.adopting import forms, titles
from postmortem.markdown.adopting.document import DEEPEST, Document, Part, read
from postmortem.markdown.adopting.layout import Section
from postmortem.markdown.adopting.names import fact_name, heading_names
from postmortem.markdown.adopting.notes import Adopted, Notes
from postmortem.markdown.adopting.sections import Drafter
from postmortem.markdown.adopting.sorting import Sorted, is_filled, sort
from postmortem.markdown.adopting.words import DAYS
from postmortem.markdown.foreign import facts
from postmortem.markdown.outline import LABELS
from postmortem.markdown.synonyms import plain_heading

_ELSEWHERE = plain_heading(LABELS["elsewhere"])

_FIRST = ("title", "severity", "services", "detected", "resolved")
_TOLD = ("summary", "what_happened", "impact")
_DESCRIBING = ("name", "description", "about")
_TITLE = "title"


def adopt(text: str, *, name: str, origin: str = "a document") -> Adopted:
    """Make a template of a team's own document; `origin` is for its description.

    The text is Markdown, or the YAML of a forge's issue form. What was decided is in
    the guesses, by lines of the document. Raises PostmortemError for a text that is
    too large.
    """
    notes = Notes()
    document = read(forms.markdown(text) or text, notes)
    sorted_ = [(part, sort(document, part, notes)) for part in document.parts]
    drafter = Drafter(document, notes, filled=is_filled(document, sorted_))
    drafter.has_onset = _has_onset(sorted_)
    about, prefix = _front(document, notes)
    sections = [*_draft(drafter, sorted_, prefix)]
    _tell_apart(sections, notes)
    if document.env.get("references"):
        why = "links are written out where they stand"
        for label, link in document.env["references"].items():
            notes.left_out(1, f"[{label}]: {link.get('href')}", why)
    body = "\n".join(line for section in sections for line in section.lines())
    called = _called(sections, notes)
    head = _front_matter(notes, name, about or f"Made from {origin}.", called)
    return Adopted(
        text=f"{head}\n{body.strip()}\n",
        guesses=tuple(sorted(notes.guesses, key=lambda guess: guess.line)),
        known=tuple({**notes.known, **notes.fronted}),
        declared=tuple(notes.declared),
        problems=tuple(notes.problems),
    )


def _draft(
    drafter: Drafter, found: Sequence[tuple[Part, Sorted]], prefix: str
) -> Iterator[Section]:
    """Yield the sections of the template; the title's is among them."""
    title = _title_of(drafter.document)
    if title is None:
        yield Section(level=1, heading=prefix, line=1, title=True)
        drafter.notes.guess(1, "no heading", "title", "a report has one above all")
    _lower(drafter.document, title, drafter.notes)
    for part, each in found:
        if part is title:
            said, why = titles.prefix(part.heading)
            became = f"# {said} {{{{ title }}}}".replace("  ", " ")
            drafter.notes.guess(part.line, f"# {part.heading}", became, why)
            made = Section(level=1, heading=said or prefix, line=part.line, title=True)
            yield from drafter.top(part, each, made)
        elif part.level == 0:
            made = Section(level=0, heading="", line=1)
            yield from drafter.top(part, each, made)
        else:
            yield from drafter.sections(part, each)


def _has_onset(found: Iterable[tuple[Part, Sorted]]) -> bool:
    """Tell whether something other than a mere date says when it began."""
    said = [part.heading for part, _ in found if part.level]
    said += [label.said for _, each in found for label in each.labels]
    return any(
        fact_name(each) == "onset" and plain_heading(each) not in DAYS for each in said
    )


def _title_of(document: Document) -> Part | None:
    """Return the part under the title: the first heading, when it asks for naught."""
    first = document.parts[1] if len(document.parts) > 1 else None
    if first is None or first.level != 1:
        return None
    asks = next(heading_names(first.heading), None) is not None
    return None if asks and not titles.prefix(first.heading)[0] else first


def _lower(document: Document, title: Part | None, notes: Notes) -> None:
    """Put other headings of level 1, and what is below them, one level down."""
    lowered = False
    for part in document.parts[1:]:
        if part.level == 1 and part is not title:
            lowered = True
            why = "a report has one heading of level 1, its title"
            notes.guess(part.line, f"# {part.heading}", f"## {part.heading}", why)
        elif part is title:
            lowered = False
        if lowered:
            part.level = min(part.level + 1, DEEPEST)


def _front(document: Document, notes: Notes) -> tuple[str, str]:
    """Return the description and the title's beginning that front matter gives."""
    if document.front is None:
        return "", ""
    entries: Mapping[str, yamls.Node] = document.front.entries
    known = dict(facts(entries))
    about = prefix = ""
    for key, node in entries.items():
        said = node.value if isinstance(node.value, str) else ""
        line = (node.key or node).line
        shown = f"{key}: {said or node.tree() or ''}"
        name = next((name for name, each in known.items() if each is node), None)
        name = name or fact_name(key)
        if key.casefold() in _DESCRIBING and said:
            about = " ".join(said.split())
            notes.guess(line, shown, "description", "it says what it is for")
        elif name == _TITLE:
            prefix = titles.prefix(said)[0] if said else ""
            became = f"# {prefix} {{{{ title }}}}".replace("  ", " ")
            notes.guess(line, shown, became, "a report's title is its first heading")
        elif name is not None:
            notes.fronted[name] = None
            notes.guess(line, shown, name, "a fact of every report")
        else:
            notes.left_out(line, shown, "no fact of a report is called so")
    return about, prefix


def _tell_apart(sections: Sequence[Section], notes: Notes) -> None:
    """Give headings of the same words at the same place a number."""
    taken: set[tuple[str, ...]] = set()
    ways: list[tuple[int, tuple[str, ...]]] = []
    for section in sections:
        while ways and ways[-1][0] >= section.level:
            ways.pop()
        above = ways[-1][1] if ways else ()
        for heading in _numbered(section.heading):
            way = (*above, f"{section.level} {plain_heading(heading)}")
            if way not in taken and plain_heading(heading) != _ELSEWHERE:
                break
        if heading != section.heading:
            why = "another one is called so"
            notes.guess(section.line, section.heading, f"heading {heading!r}", why)
            section.heading = heading
        taken.add(way)
        ways.append((section.level, way))


def _numbered(heading: str) -> Iterator[str]:
    """Yield a heading, and then the same with numbers that comparing it keeps."""
    yield heading
    plain = plain_heading(heading)
    bare = re.split(r"(?<!\])\s*[(\uff08]", heading, maxsplit=1)[0]
    remark = heading[len(bare) :]
    for count in itertools.count(2):
        for said in (f"{bare.rstrip(' :.?')} {count}{remark}", f"Section {count}"):
            if plain_heading(said) != plain:
                yield said
                break


def _called(sections: Sequence[Section], notes: Notes) -> str:
    """Return what the title's heading calls a write-up; "" where it is as usual."""
    title = next((each for each in sections if each.title), None)
    called = titles.called(title.heading) if title else ""
    if title and called:
        became = f"labels: postmortem: {called}"
        notes.guess(title.line, title.heading, became, "your word for a write-up")
    return called


def _front_matter(notes: Notes, name: str, about: str, called: str) -> str:
    told = [each for each in _TOLD if each in notes.known][:1]
    first = [*_FIRST, *told]
    lines = [
        "---",
        f"name: {yamls.scalar(name)}",
        "version: 1",
        f"description: {yamls.scalar(about)}",
        f"first: [{', '.join(first)}]",
    ]
    lines += _mapping("labels", {"postmortem": called} if called else {})
    lines += _mapping("prompts", notes.prompts)
    if notes.hidden:
        lines.append("fields:")
        for each, options in notes.hidden.items():
            said: Mapping[str, Any] = options
            lines.append(f"  {each}:")
            lines += [f"    {key}: {yamls.scalar(said[key])}" for key in said]
    return "\n".join([*lines, "---"])


def _mapping(key: str, said: Mapping[str, str]) -> list[str]:
    rows = [f"  {name}: {yamls.scalar(text)}" for name, text in said.items()]
    return [f"{key}:", *rows] if rows else []
