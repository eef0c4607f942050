"""The form of the default template, answered on a fixed day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem import markdown, shipped
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.templating import Source

NOW = datetime(2025, 5, 27, 9, 30, tzinfo=UTC)
CHOICES = {
    "severity": ("SEV-1", "SEV-2", "SEV-3"),
    "status": ("draft", "in-review", "final"),
}
OWN = """\
# {{ title }}

## Weather

{{ field("weather", "What was the weather that day?", required=True) }}

## Facts

{{ field("users", "How many users?", kind="number") }}
{{ field("planned", "Was it planned?", kind="yes/no") }}
{{ field("where", "Where?", kind="choice", choices=["east", "west"]) }}
{{ field("which", "Which?", kind="several", choices=["red", "blue"]) }}
{{ field("day", "Which day?", kind="date") }}
{{ field("noted", "When was it noted?", kind="moment") }}
{{ field("note", "In one line?", kind="line") }}

## Costs

{% for row in field("costs", "Costs?", kind="table", columns=["what", "how_much"]) %}
- {{ row.what }}: {{ row.how_much }}
{% endfor %}
"""


@pytest.fixture(scope="session")
def template() -> Template:
    """Return the default template."""
    return markdown.load("default", [_shipped()])


@pytest.fixture(scope="session")
def asked(template: Template) -> Asked:
    """Return its form with a team's words, in UTC."""
    return Asked(outline=template.outline, now=NOW, zone="UTC", choices=CHOICES)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return the form of a template with fields of each kind that it can declare."""
    folder: Path = tmp_path_factory.mktemp("templates")
    (folder / "own.md.j2").write_text(OWN, encoding="utf-8")
    template = markdown.load("own", [Source(folder, trusted=True)])
    return Asked(outline=template.outline, now=NOW, zone="Europe/Berlin")


def _shipped() -> Source:
    return Source(shipped.templates_folder() / "reports", trusted=True)
