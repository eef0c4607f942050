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
        assert there.replace("\\|", "|").count(comment) == 1
    was, now = (markdown.read(each, template(name)).report for each in (text, back))
    assert (was.actions, was.timeline) == (now.actions, now.timeline)


@pytest.mark.parametrize("name", NAMES)
def test_so_does_one_of_a_report_without_a_template(name: str) -> None:
    """A report that no template of ours wrote loses no comment either."""
    moved = _moved(f"---\n{FACTS}{ITEMS}", None, name).replace("\\|", "|")

    for comment in ("the auditor | objects", "one", "two", "three"):
        assert moved.count(f"<!-- {comment} -->") == 1


TEXT = "The cache was purged.\n"
ROWS = """| Time (UTC) | Event | Source |
| --- | --- | --- |
| 2025-05-24 13:05 | purge | |
"""


@pytest.mark.parametrize(
    "heading, body, there",
    [
        ("Summary <!-- draft -->", TEXT, "## What happened <!-- draft -->"),
        ("Summary {#sum}", TEXT, "## What happened {#sum}"),
        ("Summary (by on-call)", TEXT, "## What happened (by on-call)"),
        ("Summary (1) <!-- 2 -->", TEXT, "## What happened (1) <!-- 2 -->"),
        ("Summary (Overview)", TEXT, "## What happened"),
        ("Executive summary", TEXT, "## What happened"),
        ("2. **Summary**", TEXT, "## What happened"),
        ("Revisions (legal)", "_None._\n", "### Revisions (legal)"),
        ("Appendix <!-- later -->", "_Not known yet._\n", "## Appendix <!-- later -->"),
        ("Timeline (as paged)", ROWS, "### Timeline (as paged)"),
        ("Timeline (CET)", ROWS, "### Timeline"),
        ("Timeline of events", ROWS, "### Timeline"),
        ("Timeline <!-- CET? -->", ROWS, "### Timeline\n\n<!-- CET? -->"),
        ("Timeline (UTC, as paged)", ROWS, "### Timeline\n\n<!-- (UTC, as paged) -->"),
    ],
)
def test_what_a_heading_says_besides_its_name_goes_along(
    heading: str, body: str, there: str
) -> None:
    """The section's other name goes; the zone of events does, as each has its own."""
    text = f"---\ntemplate: default\n{FACTS}## {heading}\n\n{body}"

    moved = _moved(text, "default", "minimal")

    assert f"\n{there}\n\n" in f"{moved}\n"


def test_a_heading_without_a_template_keeps_its_comment_too() -> None:
    """What is hidden stays hidden, in the title as well."""
    title = "# Cache <!-- one -->"
    text = f"---\nstatus: draft\n---\n\n{title}\n\n## Overview <!-- two -->\n\n{TEXT}"

    moved = _moved(text, None, "default")

    assert f"\n{title}\n\n" in moved
    assert f"\n## Summary <!-- two -->\n\n{TEXT}" in moved


def test_a_heading_that_cannot_say_more_is_left_to_a_person() -> None:
    """A field that no other template knows is known by its whole heading."""
    heading = "## Recurrence (as the lead had it)"
    text = f"---\ntemplate: atlassian\n{FACTS}{heading}\n\n{TEXT}"
    asked: list[tuple[list[str], ...]] = []

    def asking(
        file: Sequence[str], old: Sequence[str], new: Sequence[str]
    ) -> list[str]:
        asked.append((list(file), list(old), list(new)))
        return list(new)

    transfer(text, template("minimal"), template("atlassian"), asking)

    assert asked == [([heading], ["## Recurrence"], ["### recurrence"])]


@pytest.mark.parametrize("said", ["_Not known yet._", "TBD", "_None._"])
@pytest.mark.parametrize("heading", ["Timeline", "Revisions", "Open questions"])
@pytest.mark.parametrize("old", ["default", None])
def test_a_comment_where_rows_are_not_known_goes_along(
    said: str, heading: str, old: str | None
) -> None:
    """Who is to fill a table in is said as often as before."""
    named = f"template: {old}\n" if old else ""
    text = f"---\n{named}{FACTS}## {heading}\n\n{said} <!-- legal has it -->\n"

    for name in ("minimal", "howie"):
        assert _moved(text, old, name).count("<!-- legal has it -->") == 1


@pytest.mark.parametrize("cell", ["<!-- legal -->", "<!-- legal --> |", "legal |"])
def test_a_cell_under_no_head_is_left_to_a_person(cell: str) -> None:
    """Markdown shows nothing of it, and no new table has a place for it."""
    row = ROWS.splitlines()[-1]
    text = f"---\ntemplate: default\n{FACTS}## Timeline\n\n{ROWS}".rstrip()
    asked: list[str] = []

    def asking(
        file: Sequence[str], _old: Sequence[str], new: Sequence[str]
    ) -> list[str]:
        asked.extend(file)
        return list(new)

    transfer(f"{text} {cell}\n", template("howie"), template("default"), asking)

    assert f"{row} {cell}" in asked
