"""A list at a terminal: each line fits into it, and no cell is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.archive import Entry
from postmortem.commands import _listing

LONG = "2025-05-24-x-down-failover-did-not-take-over-in-two-regions"
TITLE = "X down: the failover did not take over in two regions"


def _entry(id_: str, title: str, status: str = "draft") -> Entry:
    front = {"severity": "SEV-2", "status": status}
    return Entry(id=id_, path=Path(f"/r/{id_}.md"), title=title, front=front)


ENTRIES = (_entry(LONG, TITLE), _entry("2025-06-01-y", "Y is slow", "in-review"))


@pytest.mark.parametrize("width", [80, 78, 60])
def test_long_ids_leave_the_facts_a_line_of_their_own(width: int) -> None:
    """Their columns stand below each other, and no word of them is broken."""
    assert _listing.columns(ENTRIES, width).splitlines() == [
        LONG,
        f"  SEV-2  draft      {_listing.cut(TITLE, width - 20)}",
        "2025-06-01-y",
        "  SEV-2  in-review  Y is slow",
    ]


def test_a_narrow_terminal_has_whole_lines() -> None:
    """At 40 columns nothing but an id that is longer than that is broken."""
    entries = (_entry("2025-05-24-x-down", TITLE), ENTRIES[1])
    shown = _listing.columns(entries, 40)

    assert shown.splitlines() == [
        "2025-05-24-x-down",
        "  SEV-2  draft      X down: the failove…",
        "2025-06-01-y",
        "  SEV-2  in-review  Y is slow",
    ]


@pytest.mark.parametrize("width", [100, 120, 200, None])
def test_there_is_one_line_where_a_title_has_room(width: int | None) -> None:
    """A pipe has no width, and gets all of it."""
    shown = _listing.columns(ENTRIES, width).splitlines()

    assert len(shown) == 2
    assert all(len(line) <= (width or 1000) for line in shown)
    assert shown[0].startswith(f"{LONG}  SEV-2  draft      X down: the fail")


def test_files_that_share_an_id_are_told_by_their_names() -> None:
    """Two lines that are alike would say that there is one report, twice."""
    one, two = (
        Entry(id=id_, path=Path(f"/reports/{name}.md"), title="It was slow")
        for id_, name in (("slow", "slow"), ("Slow", "copy"))
    )

    first, second = _listing.columns((one, two), None).splitlines()

    assert "(in slow.md; another file has this id too)" in first
    assert "(in copy.md; another file has this id too)" in second
