"""A misspelt name is found wherever it stands, with the right one, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.errors import Problems
from postmortem.templating import Source

BAD = """\
# {{ titel }}

{% for action in actions %}
- **{{ action.key }}** {{ action.txt }}{% if action.done_wen %} x{% endif %}
{% endfor %}

{% for event in timeline if event.knd == "x" %}
- {{ event.at | utc }} {{ event.text }}
{% endfor %}

{{ field("hosts", "Which?", kind="table", columns=["name", "role"]) and "" }}
{% for host in hosts %}
- {{ host.nmae }}
{% endfor %}

{{ sumary }}
"""
TOLD = [
    (1, "no field is called 'titel'", "did you mean 'title'?"),
    (4, "a row of actions has no 'txt'", "did you mean 'text'?"),
    (4, "a row of actions has no 'done_wen'", "did you mean 'done_when'?"),
    (7, "a row of timeline has no 'knd'", "did you mean 'kind'?"),
    (13, "a row of hosts has no 'nmae'", "did you mean 'name'?"),
    (16, "no field is called 'sumary'", "did you mean 'summary'?"),
]


def _load(folder: Path, text: str) -> markdown.Template:
    (folder / "ours.md.j2").write_text(text, encoding="utf-8")
    return markdown.load("ours", (Source(path=folder, trusted=True),))


def test_every_name_is_looked_at_before_anything_runs(tmp_path: Path) -> None:
    """SEC-UNDEF: of fields and the parts of their rows, in the order of lines."""
    with pytest.raises(Problems) as raised:
        _load(tmp_path, BAD)

    found = raised.value.problems
    assert [(each.line, each.message, each.hint) for each in found] == TOLD


OTHERS = {
    "two loops": """
{% for row in actions %}- {{ row.key }} {{ row.text }}
{% endfor %}
{% for row in durations %}- {{ row.length }}
{% endfor %}
""",
    "a list": """
{% for row in actions %}- {{ row.key }} {{ row.text }}
{% endfor %}
{% for row in [{"a": 1}] %}- {{ row.a }}
{% endfor %}
""",
    "two fields": """
{% for row in factors %}- {{ row.evidence }}
{% endfor %}
{% for row in timeline %}- {{ row.at }}
{% endfor %}
""",
    "groups": """
{% for name, rows in timeline | groupby("kind") %}{{ name }}{% endfor %}
""",
    "a method": """
{% for row in actions %}{% for part in row.items() %}x{% endfor %}{% endfor %}
""",
    "a macro": """
{% macro line(row) %}{{ row.length }}{% endmacro %}
{% for row in actions %}{{ row.key }}{% endfor %}
{% for each in durations %}{{ line(each) }}{% endfor %}
""",
}


@pytest.mark.parametrize("body", OTHERS.values(), ids=OTHERS)
def test_what_may_be_something_else_is_left_alone(tmp_path: Path, body: str) -> None:
    """Only what no row can have is a mistake."""
    made = _load(tmp_path, f"# {{{{ title }}}}\n\n{body}")

    assert made.name == "ours"
