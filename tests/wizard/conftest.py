"""The forms that are asked: those of the shipped templates, and one with every kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem import markdown, shipped
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.templating import Source

NOW = datetime(2025, 5, 27, 9, 30, tzinfo=UTC)
CHOICES = {"severity": ("SEV-1", "SEV-2"), "status": ("draft", "in-review")}
EVERY = """\
---
name: every
first: [title]
---
# {{ title }}

## Weather

{{ field("weather", "What was the weather that day?", required=True) }}

## Facts

{{ field("note", "In one line?", kind="line") }}
{{ field("users", "How many users?", kind="number") }}
{{ field("planned", "Was it planned?", kind="yes/no") }}
{{ field("where", "Where?", kind="choice", choices=["east", "west"]) }}
{{ field("which", "Which?", kind="several", choices=["red", "green, blue"]) }}
{{ field("day", "Which day?", kind="date") }}
{{ field("noted", "When was it noted?", kind="moment") }}

## Guests

{% for each in field("guests", "Who came?", kind="list") %}
- {{ each }}
{% endfor %}

## Costs

{% for row in field("costs", "Costs?", kind="table", columns=["what", "how_much"]) %}
- {{ row.what }}: {{ row.how_much }}
{% endfor %}
"""
TIMELINE_ALONE = """\
---
name: alone
facts: [title]
---
# {{ title }}

## Timeline

{% for event in timeline %}
- {{ event.at | utc }} {{ event.text }}
{% endfor %}
"""

Load = Callable[[str], Asked]


def form(template: Template, zone: str = "America/New_York") -> Asked:
    """Return what an interview asks over a template."""
    return Asked(
        outline=template.outline, now=NOW, zone=zone, choices=CHOICES, confirmed=True
    )


def shipped_template(name: str) -> Template:
    """Return a template of ours."""
    source = Source(shipped.templates_folder() / "reports", trusted=True)
    return markdown.load(name, [source])


@pytest.fixture(scope="session")
def default() -> Template:
    """Return the default template."""
    return shipped_template("default")


@pytest.fixture(scope="session")
def asked(default: Template) -> Asked:
    """Return its form, on clocks of New York."""
    return form(default)


@pytest.fixture(scope="session")
def minimal() -> Asked:
    """Return a form with moments and without a timeline."""
    return form(shipped_template("minimal"))


@pytest.fixture(scope="session")
def every(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return a form with a field of each kind that a template can declare."""
    return form(_own(tmp_path_factory.mktemp("every"), "every", EVERY), "UTC")


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return a form with a timeline and without moments."""
    return form(_own(tmp_path_factory.mktemp("alone"), "alone", TIMELINE_ALONE), "UTC")


def _own(folder: Path, name: str, text: str) -> Template:
    (folder / f"{name}.md.j2").write_text(text, encoding="utf-8")
    return markdown.load(name, [Source(folder, trusted=True)])
