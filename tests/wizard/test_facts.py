"""One short answer: it is read by its kind, kept as it is, cleared, or left open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Moment
from postmortem.prompts import KEEP
from postmortem.prompts.script import Answer
from tests.wizard.held import ALL, BACK, Kept, begun, held, sitting

AT = Moment(at=datetime(2025, 5, 24, 13, 12, tzinfo=UTC))
CASES: tuple[tuple[str, Answer, Any], ...] = (
    ("title", "X down: failover = none", "X down: failover = none"),
    ("title", "[draft] X", "[draft] X"),
    ("note", "a, b: c", "a, b: c"),
    ("users", "1200", 1200),
    ("users", "0.5", 0.5),
    ("planned", "yes", True),
    ("planned", "no", False),
    ("where", "east", "east"),
    ("which", ("green, blue",), ("green, blue",)),
    ("which", ("red", "green, blue"), ("red", "green, blue")),
    ("which", ("",), ()),
    ("day", "2025-05-24", date(2025, 5, 24)),
    ("noted", "2025-05-24 13:12", AT),
    ("services", "feed, sign-in", ("feed", "sign-in")),
    ("services", "none", ()),
    ("services", "['a, b', c]", ("a, b", "c")),
    ("weather", "Rain.\n\n- and wind", "Rain.\n\n- and wind"),
    ("weather", "None.", ()),
    ("guests", "- one\n- two", ("one", "two")),
    ("guests", "none", ()),
)


@pytest.mark.parametrize("name, said, value", CASES)
def test_an_answer_is_read_by_its_kind(
    every: Asked, name: str, said: Answer, value: Any
) -> None:
    """What is typed or chosen becomes a value of that field, and of no other."""
    more = ("",) if name == "guests" and value else ()

    made = held(every, name, said, *more)

    assert made.report == begun(**{name: value}).report
    assert [put for put, _ in made.record.puts] == [name]


@pytest.mark.parametrize(
    "name, said",
    [
        *((name, "") for name in ("note", "users", "planned", "where", "day")),
        *((name, "") for name in ("noted", "services", "guests", "summary", "owner")),
        ("which", ()),
    ],
)
def test_an_empty_answer_leaves_it_open(every: Asked, name: str, said: Answer) -> None:
    """Enter goes on: nothing is known, and nothing is put."""
    made = held(every, name, said)

    assert made.report == Kept().report
    assert made.record.puts == []


GIVEN: dict[str, Any] = {
    "title": "TBD [x]: a",
    "note": "a  b",
    "users": 1200,
    "planned": False,
    "where": "north",
    "which": ("green, blue", "red"),
    "day": date(2025, 5, 24),
    "noted": Moment(at=datetime(2025, 5, 24, 13, 12, 5, 7, tzinfo=UTC)),
    "services": ("a, b", "c'd"),
    "tags": (),
    "weather": "\tcode\twith tabs\n\nand more",
    "summary": (),
    "severity": "sev-1",
    "zone": "Mars/Olympus",
}


@pytest.mark.parametrize("name", GIVEN)
def test_keeping_what_is_given_changes_nothing(every: Asked, name: str) -> None:
    """A field that is reopened and left with Enter is not even put."""
    record = begun(**{name: GIVEN[name]})
    before = record.report

    made = held(every, name, KEEP, record=record)

    assert made.record.puts == []
    assert made.report is before


def test_tabs_that_a_terminal_cannot_type_are_no_change(every: Asked) -> None:
    """What typing takes out of an answer was not taken out by anybody."""
    record = begun(weather="a\tb\n\nc")

    made = held(every, "weather", "a b\n\nc", record=record)

    assert made.report.value("weather") == "a\tb\n\nc"


@pytest.mark.parametrize("name", ["services", "which", "noted", "where"])
def test_what_is_given_can_be_typed_again(every: Asked, name: str) -> None:
    """The words in which a value stands in its answer mean that value."""
    record = begun(**{name: GIVEN[name]})
    first = held(every, name, KEEP, record=record)
    if name == "which":
        return

    again = held(every, name, first.given[0], record=begun(where="north"))

    assert name == "where" or again.report.value(name) == GIVEN[name]


@pytest.mark.parametrize("name", [name for name in GIVEN if name != "title"])
def test_a_value_is_cleared_by_an_empty_answer(every: Asked, name: str) -> None:
    """Who deletes what is given says that it is not known."""
    said: Answer = () if name == "which" else ""
    record = begun(**{name: GIVEN[name]})
    if name == "weather":
        with pytest.raises(PostmortemError, match="is needed"):
            held(every, name, said, record=record)
        return

    made = held(every, name, said, record=record)

    assert made.report == Kept().report


def test_a_several_that_is_none_can_become_known(every: Asked) -> None:
    """`none of these` is marked when there are none, and goes with another mark."""
    made = held(every, "which", ("", "red"), record=begun(which=()))

    assert made.report.value("which") == ("red",)


def test_a_choice_that_is_none_of_its_own_stays_until_another(every: Asked) -> None:
    """What somebody wrote by hand is offered as it is, and can be left behind."""
    kept = held(every, "where", "north", record=begun(where="north"))
    changed = held(every, "where", "west", record=begun(where="north"))

    assert kept.record.puts == []
    assert changed.report.value("where") == "west"


@pytest.mark.parametrize(
    "name, said, why",
    [
        ("title", "", "Title is needed"),
        ("title", "TBD", "Title is needed"),
        ("weather", "", "needed"),
        ("users", "many", "is no number: 'many'"),
        ("day", "someday", "'someday'"),
        ("zone", "Mars/Olympus", "Mars/Olympus"),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_words(
    every: Asked, name: str, said: str, why: str
) -> None:
    """The message says what is so, once, without paths and places."""
    made = sitting(every, said)

    with pytest.raises(PostmortemError, match=why) as refused:
        held(every, name, said, record=made.record)

    message = str(refused.value).rpartition(f"{said!r}: ")[2]
    assert message.splitlines()[0].count(f"{name} ") <= 1
    assert ":1:" not in message
    assert made.report == Kept().report


def test_a_day_is_said_with_its_weekday(every: Asked) -> None:
    """`fri` is understood as the Friday that comes, and TBD as none."""
    made = held(every, "day", "")
    understood = made.question().understood

    assert understood is not None
    assert understood("fri") == "Fri 2025-05-30"
    assert understood("TBD") == ""


MOVES = ("title", "users", "planned", "where", "which", "day", "noted", "weather")


@pytest.mark.parametrize("name", [*MOVES, "guests", "costs", "services"])
def test_one_can_go_back_from_every_kind(every: Asked, name: str) -> None:
    """`<` leads to the question before, and changes nothing."""
    made = held(every, ["note", name], "one", BACK, KEEP, ALL, "")

    assert made.questions[0] == made.questions[2]
    assert made.report.value("note") == "one"


@pytest.mark.parametrize("name", [*MOVES, "guests", "costs", "services"])
def test_all_questions_can_be_seen_from_every_kind(every: Asked, name: str) -> None:
    """`/` leads to the list of all fields, from which one is done."""
    made = held(every, [name], ALL, "")

    assert made.questions[1].startswith("Which one? ")
    assert made.report == Kept().report


def test_severities_say_what_they_mean(asked: Asked) -> None:
    """The words of the settings stand beside their levels."""
    shown = []

    made = sitting(
        asked, "SEV-2", meanings={"severity": {"SEV-2": "some users are hit"}}
    )
    choose = made.script.choose

    def _choose(question: Any, options: Any) -> Any:
        shown.extend(options)
        return choose(question, options)

    made.script.choose = _choose  # type: ignore[method-assign]
    from postmortem import wizard

    wizard.walk(made.sitting, ["severity"])

    assert [(it.value, it.meaning) for it in shown] == [
        ("SEV-1", ""),
        ("SEV-2", "some users are hit"),
        ("", ""),
    ]


def test_an_owner_that_is_a_sentence_is_kept_and_spoken_of(asked: Asked) -> None:
    """Once, when it is told; a name of some words is nothing to speak of."""
    long = "whoever of the storage team is on call that week"
    name = "lead of the data storage team"

    told = held(asked, "owner", long)
    kept = held(asked, "owner", KEEP, record=told.record)
    short = held(asked, "owner", name)

    assert (told.report.owner, short.report.owner) == (long, name)
    assert told.said == (
        "  an owner is one person or role, by a short name  (keep it, or < edits it)"
    )
    assert (kept.said, short.said) == ("", "")
