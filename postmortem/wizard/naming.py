"""Events that are moments: those at the instant that was told are named after it."""

from __future__ import annotations

from postmortem.answers.row_kinds import without
from postmortem.markdown.fields import MOMENT
from postmortem.model import Event, Moment, Report
from postmortem.wizard.row_words import cut
from postmortem.wizard.sitting import Sitting


def name_events(sitting: Sitting) -> None:
    """Name the events that stand at the instant of a moment, and say which.

    One is named only where no other event is that moment already, and where it stands
    alone at that instant.
    """
    names = [name for name, it in sitting.form.items() if it.kind == MOMENT]
    found = [(name, event) for name in names if (event := _of(sitting.report, name))]
    if not found or not sitting.put("timeline", "", lambda it: _named(it, names)):
        return
    rows = sitting.report.timeline or ()
    for name, event in found:
        text = without(event.text, name)
        if any(it.kind == name and it.text == text for it in rows):
            said = f"{name}, as you told it, is: {cut(text)}"
            sitting.prompts.say(said, quiet=True)


def _named(report: Report, names: list[str]) -> Report:
    for name in names:
        if event := _of(report, name):
            rows = tuple(
                each.replace(kind=name, text=without(each.text, name))
                if each is event
                else each
                for each in report.timeline or ()
            )
            report = report.replace(timeline=rows)
    return report


def _of(report: Report, name: str) -> Event | None:
    """Return the event that is a moment and is not named after it; None for none."""
    moment, rows = report.value(name), report.timeline or ()
    if not isinstance(moment, Moment) or any(it.kind == name for it in rows):
        return None
    here = [it for it in rows if it.at == moment.at]
    return here[0] if len(here) == 1 and not here[0].kind else None
