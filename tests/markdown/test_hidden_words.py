"""A comment within the words of a row stays hidden when the row is written anew."""

from __future__ import annotations

import pytest

from postmortem import markdown
from postmortem.model import Report
from tests.laws import template

FACTS = "---\ntemplate: default\nstatus: draft\nseverity: SEV-2\n---\n\n# Cache\n\n"
TABLE = "| Time (UTC) | Event | Source |\n| --- | --- | --- |\n"


def _done(item: str, **changes: str) -> str:
    text = f"{FACTS}## Action items\n\n{item}\n"
    report = _read(text)
    actions = tuple(each.replace(**changes) for each in report.actions or ())
    new = markdown.rewrite(text, report.replace(actions=actions), template("default"))
    return new.split("## Action items\n\n")[1].strip()


def _read(text: str) -> Report:
    return markdown.read(text, template("default")).report


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] **A1** Page <!-- the auditor objects --> for real (on-call)",
        "- [ ] **A1** Page <!-- see (it): *now* | then --> for real (on-call)",
        "- [ ] **A1** <!-- first --> page (on-call) <!-- last -->",
        "- [ ] **A1** Page <!-- x --> it <!-- x -->",
        "- [ ] **A1** Page `<!-- code -->` (on-call)",
        "- [ ] **A1** Page \\<!-- shown --> (on-call)",
    ],
)
def test_a_comment_within_an_item_stays_as_it_is(item: str) -> None:
    """Another value of the row changes no comment."""
    assert _done(item, status="done") == item.replace("[ ]", "[x]")


def test_a_comment_of_words_that_are_gone_stays_at_the_end() -> None:
    """It was not asked for to take it out."""
    item = "- [ ] **A1** Page <!-- the auditor objects --> now (on-call)"

    assert _done(item, text="Page later") == (
        "- [ ] **A1** Page later (on-call) <!-- the auditor objects -->"
    )


@pytest.mark.parametrize("words", ["purge <!-- a \\| b --> done", "<!-- a --> purge"])
def test_a_comment_within_a_cell_stays_hidden(words: str) -> None:
    """So it is in a table."""
    text = f"{FACTS}## Timeline\n\n{TABLE}| 2025-05-24 13:05 | {words} | |\n"
    report = _read(text)
    timeline = tuple(each.replace(source="chat") for each in report.timeline or ())

    new = markdown.rewrite(text, report.replace(timeline=timeline), template("default"))

    assert new.endswith(f"| 2025-05-24 13:05 | {words} | chat |\n")
