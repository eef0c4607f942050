"""What a report has already is known again, though somebody worked on it."""

from __future__ import annotations

import pytest

from postmortem.model import Event
from tests.timeline.made import alert, heaps, instant, said, texts

TEXT = "rolled back the api to version 4.1 on all hosts"


def row(
    text: str = TEXT,
    minutes: float = 0,
    source: str = "slack #incident",
    link: str | None = None,
) -> Event:
    """Return a row of a report."""
    return Event(at=instant(minutes), text=text, source=source, link=link)


@pytest.mark.parametrize(
    "edited",
    [
        row(),
        row("we rolled back the **api** to version 4.1"),
        row("Rolled back the API to version 4.1 on all hosts.", source="chat"),
        row("rollback of the api to 4.1", minutes=0),
        row("something else", link="https://example.com/p1"),
    ],
    ids=["as it was", "a few words", "marks and source", "its source", "its link"],
)
def test_a_row_edited_by_hand_is_the_same(edited: Event) -> None:
    """Its instant, and its source, link or text, still say which it was."""
    record = alert(
        0.4, "slack #incident", text=TEXT, same="", link="https://example.com/p1"
    )

    sifted = heaps([record], (edited,))

    assert sifted.offered == ()
    assert [place for _, place in sifted.known] == [0]


@pytest.mark.parametrize(
    "other",
    [
        row("the graphs look as usual to everybody", source="#incident"),
        row(minutes=3),
        Event(text=TEXT, source="slack #incident"),
    ],
    ids=["other words", "another time", "no time"],
)
def test_another_row_is_another_event(other: Event) -> None:
    """It is offered."""
    sifted = heaps([said(0.4, TEXT)], (other,))

    assert texts(sifted.offered) == [TEXT]


def test_a_row_stands_for_one_event() -> None:
    """Of two that say the same, the one that the report lacks is offered."""
    records = [said(0, TEXT, "slack #a"), said(2, TEXT, "slack #a")]

    sifted = heaps(records, (row(minutes=2, source="slack #a"),))

    assert [group.at for group in sifted.offered] == [instant(0)]


def test_a_row_stands_for_one_of_two_in_its_minute() -> None:
    """The other one is offered."""
    records = [
        alert(minutes, "log", text=TEXT, same="", id=f"r{minutes}")
        for minutes in (0.2, 0.6)
    ]

    sifted = heaps(records, (row(source="log"),))

    assert (len(sifted.offered), len(sifted.known)) == (1, 1)


def test_a_time_written_to_the_second_is_meant_to_the_second() -> None:
    """The precision of the row decides."""
    records = [said(0.25, "restarting", "log"), said(0.75, "starting", "log")]
    rows = (Event(at=instant(0.75), text="restarted it", source="log"),)

    sifted = heaps(records, rows)

    assert texts(sifted.offered) == ["restarting"]


def test_about_a_time_is_within_minutes() -> None:
    """A row of which somebody wrote `~` is near."""
    rows = (row(minutes=4).replace(approximate=True),)

    assert heaps([said(0, TEXT)], rows).offered == ()
