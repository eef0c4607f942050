"""The standard fields: their kinds, labels, questions, and the order they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from postmortem import model

LINE, TEXT, NUMBER, CHOICE, SEVERAL = "line", "text", "number", "choice", "several"
DATE, MOMENT, YES_NO, LIST, TABLE = "date", "moment", "yes/no", "list", "table"
EVENTS, FACTORS, ACTIONS, REVISIONS = "events", "factors", "actions", "revisions"
LINES = "lines"
"""Several short texts, open-ended: services, tags, reviewers."""

ROW_KINDS = (LIST, TABLE, EVENTS, FACTORS, ACTIONS, REVISIONS)
BODY_KINDS = (TEXT, *ROW_KINDS)
DECLARABLE = (
    LINE,
    TEXT,
    NUMBER,
    CHOICE,
    SEVERAL,
    DATE,
    MOMENT,
    YES_NO,
    LIST,
    TABLE,
)
"""The kinds that a template may give to a field of its own."""


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question."""

    name: str
    kind: str = TEXT
    label: str = ""
    """What it is called in a list of fields, and its heading where it has none."""
    question: str = ""
    reason: str = ""
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """The columns of a table, in the order in which they are asked."""

    @property
    def in_body(self) -> bool:
        """Tell whether its home is the body; else it is the front matter."""
        return self.kind in BODY_KINDS

    @property
    def parts(self) -> tuple[str, ...]:
        """The names that one of its rows has, in their usual order; () for no rows."""
        return self.columns if self.kind == TABLE else PARTS.get(self.kind, ())


PARTS: Mapping[str, tuple[str, ...]] = {
    EVENTS: ("at", "kind", "text", "source", "link"),
    FACTORS: ("key", "kind", "text", "evidence", "cause"),
    ACTIONS: (
        "key",
        "status",
        "text",
        "owner",
        "due",
        "type",
        "priority",
        "factor",
        "link",
        "done_when",
    ),
    REVISIONS: ("on", "text"),
    LIST: ("text",),
}

ROW_TYPES: Mapping[str, Any] = {
    EVENTS: model.Event,
    FACTORS: model.Factor,
    ACTIONS: model.Action,
    REVISIONS: model.Revision,
}


def _fields(*rows: tuple[str, str, str, str]) -> Mapping[str, Field]:
    return {
        name: Field(name=name, kind=kind, label=label, question=question)
        for name, kind, label, question in rows
    }


STANDARD: Mapping[str, Field] = _fields(
    ("id", LINE, "Id", "Under which id is it filed?"),
    ("template", LINE, "Template", "Which template lays it out?"),
    ("title", LINE, "Title", "What broke, in one line?"),
    ("status", CHOICE, "Status", "How far is the write-up?"),
    ("severity", CHOICE, "Severity", "How bad was it?"),
    ("audience", LINE, "Audience", "Who may read it?"),
    ("services", LINES, "Services", "Which services were affected?"),
    ("tags", LINES, "Tags", "Which tags should it be found under?"),
    ("owner", LINE, "Owner", "Who sees the write-up through to the end?"),
    ("reviewers", LINES, "Reviewers", "Who reviews it?"),
    ("zone", LINE, "Zone", "In which time zone do you give times?"),
    (
        "onset",
        MOMENT,
        "Onset",
        "When did users first feel it? (Not when the fault began.)",
    ),
    ("detected", MOMENT, "Detected", "When was it noticed, and how?"),
    ("acknowledged", MOMENT, "Acknowledged", "When did somebody take it on?"),
    ("declared", MOMENT, "Declared", "When was the incident declared?"),
    ("identified", MOMENT, "Identified", "When was it clear what to do?"),
    (
        "mitigated",
        MOMENT,
        "Mitigated",
        "When was the worst over for most users, even if not all was well?",
    ),
    (
        "resolved",
        MOMENT,
        "Resolved",
        "When was it back to normal, and how do we know?",
    ),
    ("closed", MOMENT, "Closed", "When did the watch end?"),
    ("published", MOMENT, "Published", "When was the write-up published?"),
    ("related", LINES, "Related", "Which other reports belong to it?"),
    ("retired", LINES, "Retired keys", "Which keys are gone for good?"),
    (
        "summary",
        TEXT,
        "Summary",
        "What happened, in three sentences that anybody can follow?",
    ),
    (
        "impact",
        TEXT,
        "Impact",
        "Who was hit, how many, for how long, fully or partly? Measured or estimated?",
    ),
    (
        "background",
        TEXT,
        "Background",
        "What does a reader from another team need to know first?",
    ),
    (
        "detection",
        TEXT,
        "How it was noticed",
        "How was it noticed, and what could have noticed it earlier?",
    ),
    (
        "response",
        TEXT,
        "What slowed us",
        "What made it take as long as it did? Give minutes.",
    ),
    ("recovery", TEXT, "What ended it", "What ended it, and how do we know?"),
    (
        "what_happened",
        TEXT,
        "What happened",
        "What set it off, and how did one thing lead to the next, in order?",
    ),
    ("trigger", TEXT, "Trigger", "Which event set it off?"),
    (
        "root_causes",
        TEXT,
        "Root causes",
        "Which conditions made it possible for the trigger to do harm?",
    ),
    ("safeguards_held", TEXT, "Safeguards that held", "Which safeguards held?"),
    (
        "safeguards_failed",
        TEXT,
        "Safeguards that failed",
        "What was there to stop this, and what did it do instead?",
    ),
    ("went_well", TEXT, "What went well", "What went well?"),
    ("was_hard", TEXT, "What was hard", "What was hard?"),
    ("lucky", TEXT, "Where we were lucky", "Where were we lucky?"),
    ("lessons", TEXT, "Lessons learned", "What do we know now that we did not before?"),
    ("timeline", EVENTS, "Timeline", "What happened when? One line an event."),
    (
        "factors",
        FACTORS,
        "Contributing factors",
        "What contributed to it, to its size or to its length? One line each.",
    ),
    (
        "actions",
        ACTIONS,
        "Action items",
        "What will be different, by whom, until when, and how will anybody see it?",
    ),
    (
        "open_questions",
        LIST,
        "Open questions",
        "What do we not know yet, and ought to?",
    ),
    ("revisions", REVISIONS, "Revisions", "What was changed after it was final?"),
    (
        "appendix",
        TEXT,
        "Appendix",
        "Which logs, graphs or links support it, and which words need explaining?",
    ),
)

FRONT_MATTER = tuple(
    name for name, field in STANDARD.items() if not field.in_body and name != "title"
)
"""The keys of the front matter in the order in which they are written."""

BODY = tuple(name for name, field in STANDARD.items() if field.in_body)


def everything(form: Mapping[str, Field]) -> dict[str, Field]:
    """Return a form's fields and, behind them, the standard ones it leaves out."""
    left = {name: each for name, each in STANDARD.items() if name not in form}
    return {**form, **left}
