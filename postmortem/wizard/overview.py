"""All fields with their state, from which any is opened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from postmortem import answers, moments
from postmortem.answers.asked import OURS
from postmortem.markdown import Field, Outline
from postmortem.markdown.fields import MOMENT, ROW_KINDS
from postmortem.model import Moment
from postmortem.prompts import Move, Option, Question
from postmortem.wizard.facts import wanted
from postmortem.wizard.given import written
from postmortem.wizard.row_words import cut
from postmortem.wizard.sitting import Sitting

LEAVE = ""
_TOP = 2
"""The level of the headings by which fields are grouped."""


def ask_which(
    sitting: Sitting, extra: tuple[Option, ...] = (), *, last: str = ""
) -> str:
    """Show every field with its state; return the name of the one that is chosen.

    `extra` are other things to do, offered behind the fields. LEAVE is to go on. The
    cursor is at the field that was opened `last`, else at the first that is not known.
    """
    fields = fields_of(sitting)
    groups = _groups(sitting, fields)
    options = [
        Option(
            value=each.name,
            label=each.label or each.name,
            meaning=state(sitting, each),
            mark=_mark(sitting, each),
            aside=_aside(each),
            group=groups[each.name],
        )
        for each in fields
    ]
    many = len(answers.unknown(sitting.report, sitting.asked.outline))
    left = f"{many} field{'' if many == 1 else 's'} not known yet."
    question = Question(
        text=f"Which one? {left if many else 'All that readers see is known.'}",
        given=last
        or next(
            (it.name for it in fields if sitting.report.value(it.name) is None), LEAVE
        ),
        help="A field that is chosen is asked again; nothing else is changed.",
        keys="Enter opens it · < done",
    )
    sitting.record.opened("")
    done = Option(LEAVE, "done", "leave it as it is", group="")
    said = sitting.prompts.choose(question, (*options, *extra, done))
    return LEAVE if isinstance(said, Move) else said


def open_line(sitting: Sitting, width: int = 76) -> str:
    """Name in one line the fields that a reader sees to be not known yet."""
    open_ones = answers.unknown(sitting.report, sitting.asked.outline)
    names = [each.label or each.name for each in open_ones]
    if not names:
        return ""
    said = f"{len(names)} not known yet: {', '.join(names)}"
    while len(said) > width and len(names) > 1:
        names.pop()
        said = f"{len(open_ones)} not known yet: {', '.join(names)} …"
    return said


def fields_of(sitting: Sitting) -> tuple[Field, ...]:
    """Return the fields that a person can answer, in the order of the form."""
    return tuple(each for name, each in sitting.form.items() if name not in OURS)


def state(sitting: Sitting, known: Field) -> str:
    """Say in a few words what is known of a field."""
    value = sitting.report.value(known.name)
    if value is None:
        return "not known yet, and required" if wanted(known) else "not known yet"
    if value == ():
        return "none"
    if known.kind in ROW_KINDS:
        return _many(value)
    if isinstance(value, Moment):
        about = "about " if value.approximate else ""
        return f"{about}{moments.describe(value.at, sitting.zone)}"
    return cut(written(sitting, known))


def _many(rows: tuple[Any, ...]) -> str:
    return f"{len(rows)} row{'' if len(rows) == 1 else 's'}"


def _aside(known: Field) -> str:
    """Return a field's name, where its label does not say it already."""
    label = (known.label or known.name).casefold().replace(" ", "_")
    return "" if label == known.name else known.name


def _mark(sitting: Sitting, known: Field) -> str:
    value = sitting.report.value(known.name)
    if value is None:
        return "[!]" if wanted(known) else "[ ]"
    return "[-]" if value == () else "[x]"


def _groups(sitting: Sitting, fields: Sequence[Field]) -> Mapping[str, str]:
    """Return the heading for each field: its section's, where that has several."""
    homes = {each.name: _home(sitting.asked.outline, each) for each in fields}
    sizes = Counter(homes.values())
    return _apart(
        {name: home if sizes[home] > 1 else "Report" for name, home in homes.items()}
    )


def _apart(groups: Mapping[str, str]) -> Mapping[str, str]:
    """Have a heading stand but once: fields that come back to it have a free row."""
    made: dict[str, str] = {}
    seen: set[str] = set()
    before = ""
    for name, group in groups.items():
        if group != before:
            before = group
            shown = "" if group in seen else group
            seen.add(group)
        made[name] = shown
    return made


def _home(outline: Outline, known: Field) -> str:
    """Return the heading under which a reader finds a field."""
    if known.kind == MOMENT:
        return "Moments"
    if not known.in_body:
        return "Facts"
    places = [at for at, it in enumerate(outline.sections) if it.text == known.name]
    places += [rows.section for rows in outline.rows if rows.field == known.name]
    if not places:
        return "Report"
    section = outline.sections[places[0]]
    while section.parent is not None and section.level > _TOP:
        section = outline.sections[section.parent]
    return section.heading
