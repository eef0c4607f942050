"""Reports from before this tool: what is put into them leaves their rows alone."""

from __future__ import annotations

import difflib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from postmortem import markdown
from postmortem.model import Action, Event, Factor, Report, keyed
from tests.laws import template

TABLE = """\
# The cache was purged

## Timeline

- 2019-03-04 10:02 UTC the cache is purged

## Contributing factors

* No keys, no limits

## Action items

| Action | Type | Owner | Ticket |
|:-------|------|-------|--------|
| Purge by key only | prevent | edge lead | WEB-77 **DONE** |
| Alert on the hit rate | detect | edge lead | WEB-78 |

Reviewed by everyone.
"""
LIST = """\
# Search was stale

## Timeline

| Time (UTC) | What |
|---|---|
| 2019-05-04 10:02 | no documents |

## Action items

1. [SEARCH-882](https://example.com/882) dead-letter queue - Search lead - Done
2. Be more careful with migrations (everyone)

### Long term

| What | Who |
|---|---|
| Replace the queue | platform lead |
"""
AT = datetime(2019, 3, 5, 12, 0, tzinfo=UTC)
EDITS: dict[str, dict[str, Any]] = {
    "severity": {"severity": "SEV-3"},
    "title": {"title": "Another"},
    "several facts": {"owner": "edge lead", "services": ("shop",), "status": "draft"},
    "a text": {"lucky": "It was at night."},
    "nothing": {},
}


def _put(text: str, report: Report) -> list[str]:
    """Put a record into a text; return the lines that went, and those that came."""
    new = markdown.rewrite(text, report, template("default"))
    lines = difflib.unified_diff(text.split("\n"), new.split("\n"), n=0, lineterm="")
    said = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return [line for line in said if len(line) > 1]


def _read(text: str) -> Report:
    return markdown.read(text, template("default")).report


@pytest.mark.parametrize("text", [TABLE, LIST], ids=["table", "list"])
@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("lettered", [False, True], ids=["as read", "with keys"])
def test_rows_stay_as_they_are_when_something_else_changes(
    text: str, name: str, *, lettered: bool
) -> None:
    """No line of theirs goes, even if somebody gave all rows keys on the way."""
    report = _read(text).replace(**EDITS[name])
    report = keyed(report) if lettered and EDITS[name] else report

    told = _put(text, report)

    gone = [line for line in told if line.startswith("-")]
    assert gone == ([f"-{text.splitlines()[0]}"] if name == "title" else [])
    assert not any("**A" in line or "**F" in line for line in told)


@pytest.mark.parametrize("text", [TABLE, LIST], ids=["table", "list"])
def test_an_event_is_added_and_moved_beside_rows_without_keys(text: str) -> None:
    """A row of the timeline is the one line that changes."""
    read = _read(text)
    (first,) = read.timeline or ()
    more = read.replace(timeline=(first, Event(text="it is over", at=AT)))
    later = read.replace(timeline=(first.replace(at=AT),))

    assert [line[0] for line in _put(text, more)] == ["+"]
    assert [line[0] for line in _put(text, later)] == ["-", "+"]


@pytest.mark.parametrize("text", [TABLE, LIST], ids=["table", "list"])
def test_what_is_derived_is_refreshed_without_keys(text: str) -> None:
    """Nothing about rows is asked for: nothing of theirs is written or refused."""
    assert markdown.refresh(text, template("default")) == text


@pytest.mark.parametrize("text", [TABLE, LIST], ids=["table", "list"])
def test_a_row_that_is_added_alone_has_a_key(text: str) -> None:
    """It goes beside the table that has no column for it; the table stays."""
    read = _read(text)
    more = Action(text="Watch it", owner="edge lead", due=date(2027, 1, 1))
    wanted = read.replace(actions=(*(read.actions or ()), more))

    for report in (wanted, keyed(wanted)):
        (line,) = _put(text, report)
        key = f"A{len(wanted.actions or ())}"
        assert line == f"+- [ ] **{key}** Watch it (edge lead, due 2027-01-01)"


def test_a_row_that_changes_gains_its_key_alone() -> None:
    """The rows around it keep their lines; its own is written with a key."""
    read = _read(LIST)
    first, second, third = read.actions or ()
    second = second.replace(text="Practise migrations", owner="search lead")

    told = _put(LIST, read.replace(actions=(first, second, third)))

    assert told == [
        "-2. Be more careful with migrations (everyone)",
        "+2. [ ] **A2** Practise migrations (search lead)",
    ]


def test_a_row_of_a_table_without_keys_changes_in_its_cell() -> None:
    """No column can hold a key, and none is worth moving the table for."""
    read = _read(TABLE)
    first, second = read.actions or ()

    told = _put(TABLE, read.replace(actions=(first, second.replace(owner="shop lead"))))

    assert told == [
        "-| Alert on the hit rate | detect | edge lead | WEB-78 |",
        "+| Alert on the hit rate | detect | shop lead | WEB-78 |",
    ]


def test_rows_that_move_into_a_list_have_keys() -> None:
    """Where no cell can hold a change, a list is written, and no head is left over."""
    read = _read(TABLE)
    first, second = read.actions or ()
    done = second.replace(status="done", due=date(2019, 4, 1))

    new = markdown.rewrite(
        TABLE, read.replace(actions=(first, done)), template("default")
    )

    assert [row.key for row in _read(new).actions or ()] == ["A1", "A2"]
    assert "****" not in new
    assert "|" not in new


def test_what_a_cell_says_beside_a_day_stays_or_goes_with_it() -> None:
    """An action that is done in the cell of its day is open again by that cell."""
    text = TABLE.replace("Ticket |", "Due |").replace("WEB-78", "2019-04-01 (done)")
    first, second = _read(text).actions or ()
    reopened = second.replace(status="open")

    assert (second.status, second.due) == ("done", date(2019, 4, 1))
    assert _put(text, _read(text).replace(actions=(first, reopened))) == [
        "-| Alert on the hit rate | detect | edge lead | 2019-04-01 (done) |",
        "+| Alert on the hit rate | detect | edge lead | 2019-04-01 |",
    ]


def test_keys_alone_are_given_where_nothing_else_is_asked_for() -> None:
    """A record that differs by its keys asks for them."""
    text = "# A\n\n## Action items\n\n- Try it\n- Watch it\n"

    assert _put(text, keyed(_read(text))) == [
        *("-- Try it", "-- Watch it"),
        *("+- [ ] **A1** Try it", "+- [ ] **A2** Watch it"),
    ]


def test_a_row_taken_out_leaves_its_twin_alone() -> None:
    """Of rows that are called the same, the other one keeps its line."""
    text = (
        "# A\n\n## Action items\n\n- Try it (one lead, P1)\n- Try it (two lead, P2)\n"
    )
    rows = _read(text).actions or ()

    told = _put(text, keyed(_read(text).replace(actions=rows[1:])))

    assert told == ["-- Try it (one lead, P1)"]


def test_a_template_is_named_where_something_is_laid_out_by_it() -> None:
    """Neither a title nor a row makes somebody's layout one of ours."""
    read = _read(TABLE)

    renamed = markdown.rewrite(
        TABLE, read.replace(title="Another"), template("default")
    )
    rated = markdown.rewrite(TABLE, read.replace(severity="SEV-3"), template("default"))
    lucky = markdown.rewrite(TABLE, read.replace(lucky="Yes."), template("default"))

    assert renamed == TABLE.replace("The cache was purged", "Another")
    assert "\ntemplate: default" in rated
    assert "\ntemplate: default" in lucky


def test_factors_keep_their_lines_too() -> None:
    """One more has the next key, the one above it none."""
    read = _read(TABLE)
    more = (*(read.factors or ()), Factor(text="No alarm", kind="contributing"))

    assert _put(TABLE, read.replace(factors=more)) == [
        "+* **F2** contributing: No alarm"
    ]
