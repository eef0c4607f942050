"""A line in bold that somebody wrote is no headline of ours, and stays with all below.

The headline is known by its marks alone, so that it could be any line in bold.
"""

from __future__ import annotations

import pytest

from postmortem import markdown
from tests.laws import template

OLD = """\
# Search was stale

**Summary**

Search gave old answers.

**What is next**

- Purge by key only
"""
OURS = """\
---
template: default
severity: SEV-1
status: draft
---
# Search was stale

**SEV-1 · draft**

The numbers are preliminary.

**Customers do not get this link**

It has names in it.

## Summary

Search gave old answers.
"""
TEMPLATES = ("default", "minimal", "sre", "pagerduty", "atlassian", "aws-coe")


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("title", ["", "# Search was stale\n\n"])
def test_a_fact_takes_no_line_of_an_old_report(name: str, title: str) -> None:
    """Headings in bold are no headline, nor is what stands between them part of one."""
    text = f"{title}{OLD.split(chr(10), 2)[2]}"
    report = markdown.read(text, template(name)).report

    new = markdown.rewrite(text, report.replace(severity="SEV-2"), template(name))

    assert [line for line in text.splitlines() if line not in new.splitlines()] == []


@pytest.mark.parametrize("severity", ["SEV-2", "P1", None])
def test_a_remark_in_bold_stays_beside_the_headline(severity: str | None) -> None:
    """The headline changes, and no line around it."""
    report = markdown.read(OURS, template("default")).report

    new = markdown.rewrite(OURS, report.replace(severity=severity), template("default"))

    said = f"**{severity} · draft**" if severity else "**draft**"
    front = f"severity: {severity}\n" if severity else ""
    wanted = OURS.replace("**SEV-1 · draft**", said)
    assert new == wanted.replace("severity: SEV-1\n", front)


@pytest.mark.parametrize(
    "line",
    [
        *("**SEV-2 · in-review**", "**SEV-7 · draft**", "**SEV-2  ·  draft**"),
        *("**SEV-2 · noticed 2026-03-03 10:02 UTC · draft**", "**P1 · final**"),
    ],
)
def test_a_headline_that_is_out_of_date_is_written_anew(line: str) -> None:
    """Whoever edits the facts by hand leaves it behind; it is known by what it says."""
    text = OURS.replace("**SEV-1 · draft**", line)

    new = markdown.refresh(text, template("default"))
    found = markdown.stale(text, template("default"))

    assert new == OURS
    assert [each.line for each in found] == [8]


@pytest.mark.parametrize("facts", ["severity: SEV-1\nstatus: draft\n", ""])
def test_a_remark_is_no_headline_where_that_was_taken_out(facts: str) -> None:
    """Somebody took it out by hand; what is left in bold is theirs."""
    text = OURS.replace("**SEV-1 · draft**\n\n", "")
    text = text.replace("severity: SEV-1\nstatus: draft\n", facts)

    assert markdown.stale(text, template("default")) == ()
    assert markdown.refresh(text, template("default")) == text


def test_what_stands_between_durations_stays() -> None:
    """They are each known by their form, and so is not what somebody put between."""
    text = OURS + (
        "\n## Timeline\n\n"
        "- Time to detect: 5 min (detected - onset)\n"
        "- measured by hand, with a watch\n"
        "- Time to resolve: 9 min (resolved - onset)\n"
    )

    new = markdown.refresh(text, template("default"))

    assert new == text.replace(
        "- Time to detect: 5 min (detected - onset)\n", ""
    ).replace("- Time to resolve: 9 min (resolved - onset)\n", "")
