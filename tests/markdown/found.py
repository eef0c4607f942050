"""What the tests of what the laws found at length begin with."""

from __future__ import annotations

from datetime import UTC, datetime

from postmortem import markdown
from postmortem.model import Report
from tests.laws import template

AT = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def written(name: str, **values: object) -> tuple[Report, str]:
    """Return a canonical record and its text."""
    record = Report()
    for field, value in values.items():
        record = record.with_value(field, value)
    record = markdown.canonical(record, template(name))
    return record, markdown.write(record, template(name))
