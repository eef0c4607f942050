"""What people write beside the parts of rows stays there, or the change is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.model import Report
from tests.laws import template

TABLE = """\
# The cache was purged

## Action items

| # | Action | Owner | Cost | Remark |
| --- | --- | --- | --- | --- |
| A1 | Purge by key | edge lead | 12k | ask finance |
| A2 | Buy a disk | web lead | 3k | slow |
"""
ITEM = """\
# The cache was purged

## Action items

- [ ] **A1** Purge by key (edge lead, due end of June)
- [ ] **A2** Buy a disk (web lead, due 2026-07-01)
"""
DUE = """\
# The cache was purged

## Action items

| # | Action | Owner | Due |
| --- | --- | --- | --- |
| A1 | Purge by key | edge lead | in the third quarter |
"""
EVENTS = """\
# The cache was purged

## Timeline

| Time (UTC) | Event | Source | Remark |
| --- | --- | --- | --- |
| 2026-03-04 10:02 | the purge | chat | asked for |
| 2026-03-04 10:05 | the alert | probe | late |
"""
NOTED = """\
# The cache was purged

## Timeline

- 2026-03-04 10:02 UTC the purge
  - it was asked for
- 2026-03-04 10:05 UTC the alert
"""
REMARKED = """\
# The cache was purged

## Timeline

- 2026-03-04 10:02 UTC the purge <!-- sure? -->
- 2026-03-04 10:05 UTC the alert

## Action items

**Edge**

- Purge by key

**Web**

- Buy a disk
"""
AMONG = """\
# The cache was purged

## Timeline

2026-03-04 10:02 UTC the purge

It really begins here, when the change is merged.

2026-03-04 10:05 UTC the alert
"""


def _put(text: str, name: str, rows: Sequence[Any]) -> str:
    report = _read(text).with_value(name, tuple(rows))
    return markdown.rewrite(text, report, template("default"), path="a.md")


def _read(text: str) -> Report:
    return markdown.read(text, template("default")).report


def _rows(text: str, name: str) -> tuple[Any, ...]:
    rows: tuple[Any, ...] = _read(text).value(name) or ()
    return rows


def test_cells_of_their_own_are_not_left_behind_in_a_table() -> None:
    """No column holds the status; a list would hold it, and not the cells."""
    first, *others = _rows(TABLE, "actions")

    with pytest.raises(Refused):
        _put(TABLE, "actions", [first.replace(status="done"), *others])


def test_a_day_that_cannot_be_read_is_not_wiped() -> None:
    """In an item it holds the change up, and the day is named; not another item's."""
    first, second = _rows(ITEM, "actions")

    with pytest.raises(Refused, match="'end of June' is no due that can be read"):
        _put(ITEM, "actions", [first.replace(status="done"), second])
    new = _put(ITEM, "actions", [first, second.replace(status="done")])
    later = first.replace(due=second.due)

    assert new == ITEM.replace("- [ ] **A2**", "- [x] **A2**")
    assert "(edge lead, due 2026-07-01)" in _put(ITEM, "actions", [later, second])


def test_a_cell_that_cannot_be_read_stays() -> None:
    """Another cell of its row changes."""
    (action,) = _rows(DUE, "actions")

    new = _put(DUE, "actions", [action.replace(owner="web lead")])

    assert "| A1 | Purge by key | web lead | in the third quarter |" in new


@pytest.mark.parametrize("text", [EVENTS, NOTED], ids=["cells", "notes"])
def test_what_hangs_on_a_row_goes_with_it(text: str) -> None:
    """Its time is another, so that it passes the row below it."""
    first, second = _rows(text, "timeline")
    moved = first.replace(at=first.at + timedelta(minutes=15))

    new = _put(text, "timeline", [second, moved])

    said = [line for line in new.splitlines() if "the purge" in line or "asked" in line]
    assert "".join(said).count("10:17") == 1
    assert "asked for" in said[-1]
    assert new.index("the alert") < new.index("the purge") < new.index("asked for")


def test_what_stands_below_a_row_holds_up_its_end() -> None:
    """It is no part of the record, so nobody has seen it go."""
    with pytest.raises(Refused, match="what stands below this event"):
        _put(NOTED, "timeline", _rows(NOTED, "timeline")[1:])


def test_a_row_more_leaves_remarks_and_the_rows_of_other_fields() -> None:
    """A list with a remark becomes no table; who has which action is as it was."""
    rows = _rows(REMARKED, "timeline")
    told = rows[0].replace(text="it is over", at=datetime(2026, 3, 5, tzinfo=UTC))

    new = _put(REMARKED, "timeline", [*rows, told])
    with pytest.raises(Refused):
        _put(REMARKED, "timeline", [*rows, told.replace(source="chat")])

    line = "- 2026-03-05 00:00 UTC it is over\n"
    assert new == REMARKED.replace("the alert\n", f"the alert\n{line}")


def test_text_among_events_is_not_torn_from_them() -> None:
    """They cannot move into a table without it."""
    rows = _rows(AMONG, "timeline")

    with pytest.raises(Refused, match="what stands below this event"):
        _put(AMONG, "timeline", [*rows, rows[0].replace(text="again")])
