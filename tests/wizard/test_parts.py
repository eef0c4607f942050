"""Rows are asked for the parts that they lack, one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Action, Event, Factor, Moment
from postmortem.prompts import KEEP
from tests.wizard.held import ALL, BACK, Kept, begun, held

POWER = Factor(key="F1", text="power", kind="trigger", evidence="log")
SILENT = Factor(key="F2", text="a silent checker", kind="safeguard", cause="F1")


def test_factors_are_asked_for_their_kinds_behind_the_last(
    asked: Asked,
) -> None:
    """Five whys are a chain: a line below a factor names the one it came from."""
    made = held(
        asked,
        "factors",
        *("power", "evidence: building log", "a silent checker"),
        *("cause: F1, evidence: assumed", "nobody tried it", "cause: F2", ""),
        *("trigger", "safeguard", "root"),
    )

    assert made.report.factors == (
        Factor(key="F1", text="power", kind="trigger", evidence="building log"),
        Factor(
            key="F2",
            text="a silent checker",
            kind="safeguard",
            evidence="assumed",
            cause="F1",
        ),
        Factor(key="F3", text="nobody tried it", kind="root", cause="F2"),
    )
    assert "F3  root: nobody tried it  (from F2)" in made.said


def test_an_action_is_asked_for_what_makes_it_a_promise(asked: Asked) -> None:
    """In the order of who, when and what; a day is said with its weekday."""
    made = held(
        asked,
        "actions",
        "checkers in three buildings",
        *("type: prevent, priority: P1", "factor: F2, link: OPS-1", ""),
        *("edge traffic lead", "+2w", "the test site moves"),
        record=begun(factors=(POWER, SILENT)),
    )

    assert made.report.actions == (
        Action(
            key="A1",
            text="checkers in three buildings",
            owner="edge traffic lead",
            due=date(2025, 6, 10),
            type="prevent",
            priority="P1",
            done_when="the test site moves",
            factor="F2",
            link="OPS-1",
        ),
    )
    asking = made.script.asked[4]
    assert asking.progress == "A1 1/3"
    assert asking.text == "Who? One person or role.  (checkers in three buildings)"
    due = made.script.asked[5].understood
    assert due is not None
    assert due("fri") == "Fri 2025-05-30"
    assert due("TBD") == ""
    with pytest.raises(PostmortemError, match="soonish"):
        due("soonish")


def test_every_part_can_be_left_open(asked: Asked) -> None:
    """Enter goes on, and where there is no factor nobody is asked for one."""
    made = held(asked, "actions", "a", "", *[""] * 3)

    assert made.report.actions == (Action(key="A1", text="a"),)
    again = held(asked, "actions", "A1", *[KEEP] * 8, "", record=made.record)
    assert not any("Which factor" in each for each in again.questions)


def test_the_parts_of_the_other_rows_can_wait(asked: Asked) -> None:
    """`/` leaves the parts of one row, and of all behind it."""
    made = held(asked, "actions", "a", "b", "", "x", ALL, "")

    assert made.report.actions == (
        Action(key="A1", text="a", owner="x"),
        Action(key="A2", text="b"),
    )


def test_a_row_that_was_gone_through_is_not_asked_again(asked: Asked) -> None:
    """Nor are those that were pasted together."""
    made = held(asked, "actions", "a", "A1", *[KEEP] * 8, "b\nc", "")

    assert len(made.report.actions or ()) == 3


def test_a_line_says_more_of_the_row_above_it(asked: Asked) -> None:
    """Of an event, too, and while it is typed nothing else is taken for it."""
    made = held(
        asked,
        "timeline",
        *("2025-05-24 9:05 power is lost", "source: building log", "", *[""] * 5),
    )

    assert [each.source for each in made.report.timeline or ()] == ["building log"]


def test_one_can_go_back_among_the_parts(asked: Asked) -> None:
    """The part before stands with what was said, and can be said anew."""
    made = held(asked, "actions", "a", "", "x", BACK, "y", ALL, "")

    assert made.given[2:5] == ["", "", "x"]
    assert made.report.actions == (Action(key="A1", text="a", owner="y"),)


def test_a_row_is_gone_through_again(asked: Asked) -> None:
    """With what is known in place; keeping it all changes nothing."""
    done = Action(key="A1", text="a", owner="x", due=date(2025, 6, 1), type="ours")
    record = begun(actions=(done,))

    made = held(asked, "actions", "A1", *[KEEP] * 8, "", record=record)

    assert made.record.puts == []
    assert made.given[1:9] == ["open", "a", "x", "2025-06-01", "ours", "", "", ""]


def test_a_part_is_cleared_by_an_empty_answer(asked: Asked) -> None:
    """Who deletes an owner says that there is none yet."""
    record = begun(actions=(Action(key="A1", text="a", owner="x", type="detect"),))

    made = held(
        asked, "actions", "A1", KEEP, KEEP, "", KEEP, "", ALL, "", record=record
    )

    assert made.report.actions == (Action(key="A1", text="a"),)


def test_what_a_row_is_called_cannot_be_cleared(asked: Asked) -> None:
    """A row without a text says nothing."""
    record = begun(actions=(Action(key="A1", text="a"),))

    with pytest.raises(PostmortemError, match="has to say something"):
        held(asked, "actions", "A1", KEEP, "", record=record)


def test_an_event_is_gone_through_by_its_time(asked: Asked) -> None:
    """It is read by the clocks of the report, and moves to where it belongs."""
    start = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
    record = begun(
        onset=Moment(at=start),
        timeline=(Event(text="a", at=start), Event(text="b", at=start)),
    )

    made = held(
        asked,
        "timeline",
        *("1", "9:10", "alert", "A", "logs", "", ""),
        ALL,
        "",
        record=record,
    )

    assert made.report.timeline == (
        Event(text="b", at=start, kind="onset"),
        Event(text="A", at=start.replace(minute=10), kind="alert", source="logs"),
    )
    assert made.given[1] == "2025-05-24 09:05"


def test_the_time_of_an_event_is_said_while_it_is_typed(asked: Asked) -> None:
    """As an instant, like that of a new line."""
    rows = (Event(text="a", at=datetime(2025, 5, 24, 13, 5, tzinfo=UTC)),)

    made = held(asked, "timeline", "1", ALL, ALL, "", record=begun(timeline=rows))

    when = made.script.asked[1].understood
    assert when is not None
    assert when("9:10") == "Sat 2025-05-24 09:10 EDT = 13:10 UTC"
    assert when("9:05") == ""


def test_the_wording_of_a_time_stays(asked: Asked) -> None:
    """Going through an event whose time is told in words does not lose them."""
    early = Event(text="a", said="early that morning")

    made = held(
        asked, "timeline", "1", *[KEEP] * 5, "", record=begun(timeline=(early,))
    )

    assert made.report.timeline == (early,)


def test_a_factor_cannot_come_from_itself(asked: Asked) -> None:
    """Nor from what came from it: a chain of whys has an end."""
    record = begun(factors=(POWER, SILENT, Factor(key="F3", text="x", cause="F2")))

    first = held(asked, "factors", "F1", *[KEEP] * 3, "", record=record)

    assert first.record.puts == []
    with pytest.raises(PostmortemError, match=r"it is none of F1, $"):
        held(asked, "factors", "F2", *[KEEP] * 3, "F3", record=record)


def test_a_row_of_a_table_is_asked_for_its_other_cells(every: Asked) -> None:
    """By the names of its columns."""
    made = held(every, "costs", "cloud", "", "12 EUR")

    assert made.report.value("costs") == ({"what": "cloud", "how_much": "12 EUR"},)
    assert made.questions[2] == "How much?"


def test_a_half_typed_part_is_gone_on_with(asked: Asked) -> None:
    """Whoever was stopped at an owner is asked for that owner first."""
    actions = (Action(key="A1", text="a"), Action(key="A2", text="b", due=date.min))
    record = begun(actions=actions)
    record.waiting, record.words = "actions A2 owner", "edge tra"

    made = held(asked, "actions", KEEP, ALL, "", record=record)

    assert made.given[0] == "edge tra"
    assert made.record.opens[0] == "actions A2 owner"
    assert (made.report.actions or ())[1].owner == "edge tra"


def test_half_words_of_a_row_that_is_gone_are_shown(asked: Asked) -> None:
    """Nothing can take them, and nobody has to type them again."""
    record = Kept(waiting="actions A2 owner", words="edge tra")

    made = held(asked, "actions", "", record=record)

    assert made.script.said[0] == "that row is gone; you had typed:\nedge tra"


@pytest.mark.parametrize(
    "said, day",
    [
        ("June 6", date(2025, 6, 6)),
        ("6 June", date(2025, 6, 6)),
        ("Jan 6", date(2026, 1, 6)),
        ("2025-06-06", date(2025, 6, 6)),
        ("2027-06-06", date(2027, 6, 6)),
        ("+2w", date(2026, 12, 5)),
        ("fri", date(2026, 11, 27)),
    ],
)
def test_a_day_without_its_year_is_the_next_after_the_incident(
    asked: Asked, said: str, day: date
) -> None:
    """The year is said; what counts from now counts from now."""
    later = replace(asked, now=datetime(2026, 11, 21, 9, tzinfo=UTC))
    onset = Moment(at=datetime(2025, 5, 24, 13, 5, tzinfo=UTC))

    made = held(later, "actions", "a", "", "", said, "", record=begun(onset=onset))

    assert [each.due for each in made.report.actions or ()] == [day]
    fresh = held(later, "actions", "a", "", *[""] * 3, record=begun(onset=onset))
    understood = fresh.script.asked[3].understood
    assert understood is not None
    past = " (that is past)" if day < later.now.date() else ""
    assert understood(said) == f"{day:%a %Y-%m-%d}{past}"


def test_what_is_no_day_is_refused_with_days(asked: Asked) -> None:
    """A clock would be no example."""
    made = held(asked, "actions", "a", "", "", "", "")
    understood = made.script.asked[3].understood

    assert understood is not None
    with pytest.raises(PostmortemError) as refused:
        understood("next sprint")
    assert "as in 2026-12-01, +2w, in 2 weeks, tomorrow or friday" in str(refused.value)
    assert "14:32" not in str(refused.value)
