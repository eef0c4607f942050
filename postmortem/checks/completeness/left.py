"""Sections that a placeholder alone fills: TODO, TBD, *to be filled in*.

Reading takes such a word for nothing, so no passage holds it. PM202 speaks of it, and
what else would call the section empty keeps quiet then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from postmortem.checks.grading import speaks
from postmortem.checks.masking import FILLER
from postmortem.checks.rules import once

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

MAY_WAIT = ("open_questions", "appendix")
"""Where a placeholder may stand."""
NEVER_NONE = ("summary", "what_happened", "factors")
"""What every incident has."""
_CODE = "PM202"
_OTHERS = ("PM201", "PM203", "PM204", "PM205", "PM206", "PM207", "PM208", "PM407")
"""The rules that would call such a section empty."""
_NOTHING = f" \n{FILLER}"
_WORD = re.compile(r"[\s_*]*(?P<word>TODO|TBD|TBC|[Tt]o be filled in)[\s_*.]*")

_OPENINGS = ("todo", "to-do", "tbd", "tbc", "fixme")
"""What is a placeholder in whatever case where a section or a row begins with it, and
a colon or a bracket follows."""
_BEFORE = " \t\n*_-+[]"
"""What may stand before that."""


@once
def left(subject: Subject) -> Mapping[str, tuple[int, int]]:
    """Return by field where its placeholder stands; empty where PM202 says less."""
    return dict(_left(subject)) if speaks(_CODE, subject, *_OTHERS) else {}


def opening(text: str) -> str:
    """Return the placeholder with which a text begins; not one in capitals.

    Those are found wherever they stand.

    >>> opening("Todo: the graphs"), opening("Todo lists were lost.")
    ('Todo', '')
    """
    begins = text.lstrip(_BEFORE)[:8]
    for word in _OPENINGS if begins[:1] in "tTfF" else ():
        said, behind = begins[: len(word)], begins[len(word) :].lstrip("*_")
        if said.casefold() == word and not said.isupper():
            near = behind.lstrip(" ") if word in ("tbd", "tbc") else behind
            return said if near.startswith((":", "(", "[")) else ""
    return ""


def _left(subject: Subject) -> Iterator[tuple[str, tuple[int, int]]]:
    spans = subject.spans
    for name in subject.outline.fields:
        if name in MAY_WAIT or subject.report.value(name) is not None:
            continue
        texts = [spans.texts[name]] if name in spans.texts else []
        for span in (*texts, *spans.placeholders.get(name, ())):
            start, end = subject.starts[span.start], subject.starts[span.end] - 1
            word = _WORD.match(subject.masked, start, max(start, end))
            if word and not subject.masked[word.end() : end].strip(_NOTHING):
                yield name, word.span("word")
