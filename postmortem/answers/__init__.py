"""Answers that somebody wrote into a file, or typed as `field=value`, as a record.

The template's form says what can be answered. Whatever is wrong is said at once, each
mistake with its place and what to write instead.
"""

from __future__ import annotations

from postmortem.answers.asked import Answered, Asked, missing, unknown
from postmortem.answers.assigning import assign, zone_assigned
from postmortem.answers.labels import field_meant, field_named, nearest_field
from postmortem.answers.notes import Notes
from postmortem.answers.reading import read, template_named
from postmortem.answers.row_changes import Rows
from postmortem.answers.schemas import schema

__all__ = [
    "Answered",
    "Asked",
    "Notes",
    "Rows",
    "assign",
    "field_meant",
    "field_named",
    "missing",
    "nearest_field",
    "read",
    "schema",
    "template_named",
    "unknown",
    "zone_assigned",
]
