"""What the rules find in a judged sentence, put where it belongs in a report."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from postmortem import checks, markdown, shipped
from postmortem.checks import subject_of
from postmortem.model import Action, Event, Factor, Report
from postmortem.settings import Settings
from postmortem.templating import Source
from tests.checks.judged import LANGUAGE, Judged, Score, score, sentences

_NOW = datetime(2025, 6, 1, tzinfo=UTC)
_PEOPLE = ("Bob", "Alice", "Ana")
_GERMAN = (
    "Die Seite und der Dienst, mit dem die Kunden bezahlen, war in der Nacht nicht da,"
    " und das wurde von einer Probe gemeldet."
)
"""What makes a report of one sentence a report in German."""


@cache
def measured(name: str) -> Score:
    """Return how the rules fare on one of the sets."""
    return score([(it, codes(it)) for it in sentences(name)])


def codes(judged: Judged) -> frozenset[str]:
    """Return the codes that the rules about wording give a sentence in its field."""
    template = _template()
    text = markdown.write(_report(judged), template)
    subject = subject_of(
        text,
        markdown.read(text, template),
        template.outline,
        path="judged.md",
        now=_NOW,
        settings=Settings(people=_PEOPLE),
    )
    found = {each.code for each in checks.check(subject)}
    return frozenset(found & LANGUAGE)


def _report(judged: Judged) -> Report:
    rows = {
        "timeline": (Event(text=judged.text, at=_NOW),),
        "factors": (Factor(text=judged.text),),
        "actions": (Action(text=judged.text),),
    }
    value = rows.get(judged.field, judged.text)
    around = Report(title="Uploads late", appendix=_GERMAN if judged.german else None)
    return markdown.canonical(around.with_value(judged.field, value), _template())


@cache
def _template() -> markdown.Template:
    folder = shipped.templates_folder() / "reports"
    return markdown.load("default", (Source(path=folder, trusted=True),))
