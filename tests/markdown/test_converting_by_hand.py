"""What people put beside values is in a report that another template lays out too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from postmortem import markdown
from postmortem.markdown.transfer import transfer
from tests.laws import NAMES, template

FACTS = "status: draft\nseverity: SEV-2\n---\n\n# Cache\n\n"
ITEMS = """## Action items

- [ ] **A1** Fix it (on-call) <!-- the auditor | objects -->
- [ ] **A2** Buy it (lead) <!-- one --> <!-- two -->
  - Team: web
- [x] **A3** Plan it <!-- three -->
  - sure?
"""
HOWIE = """## How we got here

### Timeline (UTC)

- **2025-05-24 13:05** purge\\
  source: slack <!-- one -->
  - in doubt
- **2025-05-24 13:15** alarm <!-- two -->
"""


def _never(_file: Sequence[str], _old: Sequence[str], _new: Sequence[str]) -> list[str]:
    raise AssertionError("nothing here needs a merge")


def _moved(text: str, old: str | None, new: str) -> str:
    known = template(old) if old else None
    return transfer(text, template(new), known, _never).text


@pytest.mark.parametrize("other", NAMES)
@pytest.mark.parametrize(
    "name, body", [("default", ITEMS), ("howie", HOWIE)], ids=["actions", "events"]
)
def test_a_comment_at_the_end_of_an_item_goes_along(
    name: str, body: str, other: str
) -> None:
    """It has a column where rows are a table, and comes back to the item's end."""
    text = f"---\ntemplate: {name}\n{FACTS}{body}"

    there = _moved(text, name, other)
    back = _moved(there, other, name)

    found = [line for line in body.splitlines() if "<!--" in line]
    assert all(line in back.splitlines() for line in found)
    for line in found:
        comment = line[line.index("<!--") :].partition(" <!-- two")[0]
        assert comment in there.replace("\\|", "|")
    was, now = (markdown.read(each, template(name)).report for each in (text, back))
    assert (was.actions, was.timeline) == (now.actions, now.timeline)


@pytest.mark.parametrize("name", NAMES)
def test_so_does_one_of_a_report_without_a_template(name: str) -> None:
    """A report that no template of ours wrote loses no comment either."""
    moved = _moved(f"---\n{FACTS}{ITEMS}", None, name).replace("\\|", "|")

    for comment in ("the auditor | objects", "one", "two", "three"):
        assert moved.count(f"<!-- {comment} -->") == 1
