"""What `new`, `edit` and `resume` share: journals, and an interview over a record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postmortem import wizard
from postmortem.commands._drafts import drafts_of
from postmortem.commands._hints import Hints
from postmortem.commands._known import Known
from postmortem.drafts import Draft, key_of

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.commands._talk import Talk
    from postmortem.markdown import Template
    from postmortem.wizard import Record, Sitting


def draft_of(desk: Desk, entry: Entry) -> Draft:
    """Return the draft of a report: the one that is kept, else a new one."""
    root = desk.place.root
    key = key_of(root, entry.id)
    kept = drafts_of(desk.env).find(key)
    return kept or Draft(
        key=key,
        root=str(root),
        report=entry.id,
        path=desk.shown(entry),
        title=entry.title,
    )


def sitting_of(desk: Desk, talk: Talk, template: Template, record: Record) -> Sitting:
    """Return an interview over a record, in the form of a template."""
    severities = desk.place.settings.severities
    meanings = {each.name: each.meaning or "" for each in severities}
    return wizard.Sitting(
        prompts=talk.prompts,
        record=record,
        asked=replace(desk.asked(template), confirmed=True),
        meanings={"severity": meanings},
        words=Known(desk).words,
        heard=Hints(desk, talk, template),
    )
