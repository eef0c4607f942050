"""What a template does with each of its fields, and what in it cannot be read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortem.errors import PostmortemError, Problem
from postmortem.markdown import fields, trials
from postmortem.markdown.elsewhere import parts_of
from postmortem.markdown.fields import Field
from postmortem.markdown.mistakes import mistakes
from postmortem.markdown.outline import Outline, Rows
from postmortem.markdown.showing import Mistake, Shown, shown
from postmortem.markdown.template import Template

FACT, PLACED, DERIVED, ELSEWHERE = "fact", "placed", "derived", "not placed"
_HINT = "separate it from what stands beside it: a heading, a column, a word between"
RECORDS = 100
"""Generated records that a template is tried with, unless another number is asked."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a template does with one field of its form."""

    field: Field
    role: str
    """FACT, PLACED, DERIVED (shown, and never read from there) or ELSEWHERE."""
    where: str
    """The front matter, a heading, or what stands under which heading."""
    left: tuple[str, ...] = ()
    """For rows: the parts that have no place."""
    path: str | None = None
    line: int | None = None
    """Where the template first names it."""


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """All that can be said of a template without a report."""

    places: tuple[Place, ...]
    problems: tuple[Problem, ...]
    """The template's own, then what cannot be told apart, then what is lost."""


def inspect(template: Template, *, records: int = RECORDS, seed: int = 0) -> Inspection:
    """Say of each field what it is, find what is wrong, and try the laws.

    The laws are tried with that many generated records, the same for the same seed; a
    field that is named as wrong already is not named again. What
    fails while it renders is a problem too.
    """
    seen = shown(template)
    found = list(mistakes(template, seen))
    structure = [mistake.problem for mistake in found]
    structure.sort(key=lambda problem: (problem.path or "", problem.line or 0))
    lost = _lost(template, seen, found, records, seed)
    problems = dict.fromkeys((*template.problems, *structure, *lost))
    return Inspection(places=tuple(_places(template, seen)), problems=tuple(problems))


def places(template: Template) -> tuple[Place, ...]:
    """Say of each field of the form what the template does with it."""
    return tuple(_places(template, shown(template)))


def _lost(
    template: Template, seen: Shown, found: Sequence[Mistake], records: int, seed: int
) -> Iterator[Problem]:
    """Yield what the laws find besides mistakes that were found; nothing twice.

    A mistake that is about every field leaves nothing to try.
    """
    if not all(mistake.fields for mistake in found):
        return
    known = {name for mistake in found for name in mistake.fields}
    try:
        for loss in trials.losses(template, count=records, seed=seed, known=known):
            yield _problem(loss, template, seen)
    except PostmortemError as error:
        yield from error.problems


def _problem(loss: trials.Loss, template: Template, seen: Shown) -> Problem:
    places = (seen.line_of(name) for name in loss.fields)
    path, line = next((each for each in places if each), (template.path, None))
    return Problem(message=loss.message, path=path, line=line, hint=_HINT)


def _places(template: Template, seen: Shown) -> Iterator[Place]:
    outline = template.outline
    for name, known in outline.fields.items():
        role, where = _role(known, outline, seen)
        path, line = seen.line_of(name) or (None, None)
        left = _left(known, outline) if role == PLACED else ()
        yield Place(
            field=known, role=role, where=where, left=left, path=path, line=line
        )


def _role(known: Field, outline: Outline, seen: Shown) -> tuple[str, str]:
    if known.name == "title" and outline.title:
        return PLACED, "heading"
    if not known.in_body:
        return FACT, "front matter"
    for section in outline.sections:
        if section.text == known.name:
            return PLACED, f"text {_under(section.heading)}"
    homes = [rows for rows in outline.rows if rows.field == known.name]
    if homes:
        said = dict.fromkeys(_home(rows, outline) for rows in homes)
        return PLACED, "; ".join(said)
    last = f"under {outline.labels['elsewhere']!r}"
    return (DERIVED if seen.line_of(known.name) else ELSEWHERE), last


def _home(rows: Rows, outline: Outline) -> str:
    shape = "table" if rows.columns else "list"
    return f"{shape} {_under(outline.sections[rows.section].heading)}"


def _under(heading: str) -> str:
    return f"under {heading!r}" if heading else "above the first heading"


def _left(known: Field, outline: Outline) -> tuple[str, ...]:
    """Return the parts of a row that no place of the field shows."""
    if known.kind not in fields.ROW_KINDS or known.kind == fields.LIST:
        return ()
    placed = {
        part
        for rows in outline.rows
        if rows.field == known.name
        for part in parts_of(rows)
    }
    return tuple(part for part in known.parts if part not in placed)
