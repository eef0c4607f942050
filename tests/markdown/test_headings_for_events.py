"""Events that are headings in an old report: what stands below them is never lost."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.history.merging import merged
from postmortem.markdown import Template
from postmortem.markdown.transfer import Transferred, transfer
from postmortem.model import Event
from tests.laws import template

BRIEF = """\
# Search was stale

## Timeline

### 2026-03-04 10:02 UTC

The index is full.

### 2026-03-04 10:40 UTC

The alert pages.
"""
BELOW = {
    "paragraph": "It took a while to find.",
    "quote": "> No space left on the disk",
    "list": "- on both nodes",
    "code": "```\ndf -h\n```",
}
LATER = Event(text="the disk is larger", at=datetime(2026, 3, 4, 12, tzinfo=UTC))


def _more(said: str) -> str:
    return BRIEF.replace("is full.\n", f"is full.\n\n{said}\n")


def _with_one_more(text: str) -> str:
    report = markdown.read(text, template("default")).report
    rows = (*(report.timeline or ()), LATER)
    return markdown.rewrite(text, report.replace(timeline=rows), template("default"))


@pytest.mark.parametrize("said", BELOW.values(), ids=BELOW)
def test_events_that_say_more_are_not_moved(said: str) -> None:
    """A table has no place for it; so nothing is written, and the line is named."""
    with pytest.raises(Refused) as refused:
        _with_one_more(_more(said))

    (problem,) = refused.value.problems
    assert problem.line == 5
    assert "below this event" in problem.message


def test_events_that_say_no_more_are_moved() -> None:
    """They are all in the table, with the new one."""
    new = _with_one_more(BRIEF)

    report = markdown.read(new, template("default")).report
    said = [event.text for event in report.timeline or ()]
    assert said == ["The index is full.", "The alert pages.", LATER.text]
    assert "###" not in new.split("## Detection")[0]


@pytest.mark.parametrize("said", BELOW.values(), ids=BELOW)
def test_a_fact_leaves_them_alone(said: str) -> None:
    """No line of theirs changes with the front matter."""
    text = _more(said)
    report = markdown.read(text, template("default")).report

    new = markdown.rewrite(text, report.replace(owner="edge lead"), template("default"))

    assert new.endswith(text)


@pytest.mark.parametrize("name", ["default", "sre", "minimal"])
@pytest.mark.parametrize("said", BELOW.values(), ids=BELOW)
def test_another_template_asks_a_person_about_them(name: str, said: str) -> None:
    """Git's marks hold both: the lines as they are, and the rows of the template."""
    made = _laid_out(_more(said), template(name))

    assert Counter(_words(_more(said))) - Counter(_words(made.text)) == Counter()
    assert made.conflicts == 1


def test_events_that_say_no_more_need_nobody() -> None:
    """All that they say is in the rows."""
    made = _laid_out(BRIEF, template("default"))

    assert made.conflicts == 0
    assert "###" not in made.text.split("## Detection")[0]


@pytest.mark.parametrize("front", ["Search: stale *again*", "Search was stale"])
def test_another_title_of_the_front_matter_stays(front: str) -> None:
    """One that says what the heading does is there twice, and goes."""
    text = f"---\ntitle: '{front}'\n---\n\n{BRIEF}"

    made = _laid_out(text, template("default"))

    assert (front in made.text.split("\n# ", maxsplit=1)[0]) == ("again" in front)
    assert "\n# Search was stale\n" in made.text


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.replace("UTC", "").replace("###", ""))


def _laid_out(text: str, made: Template) -> Transferred:
    return transfer(
        text,
        made,
        None,
        lambda ours, base, theirs: merged(ours, base, theirs, ("ours", "", "new")),
    )
