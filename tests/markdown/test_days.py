"""What is said when the day or the zone of rows is told twice, and differently."""

from __future__ import annotations

import pytest

from postmortem import markdown

AGAINST = {
    "the report names 2026-08-19 and 2026-08-25": (
        "# Review of 25 August 2026\n\n**Date:** 2026-08-19\n\n## Timeline (UTC)\n"
    ),
    "above it stand 2026-08-19 and 2026-08-25": (
        "# Outage\n\n## Timeline (UTC, 25 August 2026)\n\n2026-08-19\n"
    ),
    "the report names 2026-08-19 and 2026-09-02": (
        "# Outage\n\n**Date:** 2026-09-02\n\nOn 19 August 2026 it broke.\n\n"
        "## Timeline (UTC)\n"
    ),
    "what the heading names is not one zone": (
        "# Outage of 2026-08-19\n\n## Timeline (BST)\n"
    ),
    "the heading and the line above it name two": (
        "# Outage\n\n## Timeline (UTC)\n\n2026-08-19, CEST.\n"
    ),
}


@pytest.mark.parametrize("why", AGAINST)
def test_it_is_said_why_a_day_or_a_zone_is_not_taken(why: str) -> None:
    """The finding names what stands against each other, and the shortest way out."""
    text = f"{AGAINST[why]}\n- 13:40: the deploy\n"

    *_, found = markdown.read(text).findings  # of the heading first, if it is unclear

    assert found.message.endswith(f": {why}")
    assert found.hint
    assert found.hint.endswith("in a heading above the rows: 2025-05-24 (UTC)")


def test_times_of_two_nights_are_no_news_of_a_day() -> None:
    """A date above can be of either, so it is said of each row."""
    text = (
        "# Outage\n\n**Date:** 2026-08-19\n\n## Timeline (UTC)\n\n"
        "- 23:50: the deploy\n- 00:05: the first page\n"
    )

    said = [each.message for each in markdown.read(text).findings]

    why = "not all times are of 2026-08-19, which the report names"
    assert said == [
        f"'{time}' does not say of which day: {why}" for time in ("23:50", "00:05")
    ]


def test_of_a_known_day_the_zone_is_asked_about() -> None:
    """The row above says the day, so the finding is not about that."""
    text = (
        "# Outage\n\nOn May 31, 2022 no mail was sent.\n\n## Timeline\n\n"
        "All times are PST.\n\n- `May 31` the deploy\n- `07:35` the first page\n"
    )

    (found,) = markdown.read(text).findings

    assert found.message.startswith("'07:35' could be Tue 2022-05-31 07:35 PDT")
    assert found.hint == "write 2022-05-31T07:35-07:00 or 2022-05-31T07:35-08:00"


def test_the_first_day_alone_is_not_called_another_one() -> None:
    """Nothing said a day before it, and a weekday below it may be of a later one."""
    text = "# Outage\n\n## Timeline (UTC)\n\n- 2022-05-31: a\n- Wed 07:35: b\n"

    (found,) = markdown.read(text).findings

    assert found.message == "'Wed 07:35' does not say of which day"


def test_what_the_finding_proposes_is_read() -> None:
    """One heading above the rows gives both."""
    text = "# Outage\n\n## Timeline\n\n### 2025-05-24 (UTC)\n\n- 13:40: the deploy\n"

    report, _, findings = markdown.read(text)

    assert findings == ()
    assert report.timeline
    assert report.timeline[0].at is not None
    assert report.timeline[0].at.isoformat() == "2025-05-24T13:40:00+00:00"
