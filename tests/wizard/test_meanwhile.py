"""The record changes while somebody types, or cannot be kept: no word is lost."""

from __future__ import annotations

from typing import Any

import pytest

from postmortem.answers import Asked
from postmortem.errors import Refused
from postmortem.model import Action, Event, Report
from postmortem.prompts import KEEP
from postmortem.prompts.script import Answer
from tests.wizard.held import ALL, Kept, begun, held

FULL = Refused("the disk is full", hint="make room, then press Enter")
ACTIONS = (Action(key="A1", text="a"), Action(key="A2", text="b"))


@pytest.mark.parametrize(
    "name, said, value",
    [
        ("title", "X down", "X down"),
        ("note", "one", "one"),
        ("users", "12", 12),
        ("planned", "yes", True),
        ("where", "east", "east"),
        ("noted", "2025-05-24 13:05", None),
        ("services", "a, b", ("a", "b")),
        ("weather", "Rain.\n\nAnd wind.", "Rain.\n\nAnd wind."),
    ],
)
def test_an_answer_that_cannot_be_kept_is_asked_again(
    every: Asked, name: str, said: str, value: Any
) -> None:
    """Why is said, the words stand in the question, and Enter tries once more."""
    made = held(every, name, said, KEEP, KEEP, record=Kept(meanwhile=[FULL, FULL]))

    assert made.given == ["", said, said]
    assert made.script.said[:2] == [str(FULL), str(FULL)]
    assert made.report.value(name) == value or name == "noted"
    assert made.record.puts == [(name, said)]


def test_marks_that_cannot_be_kept_stay_marked(every: Asked) -> None:
    """Of several choices, too."""
    made = held(every, "which", ("red",), KEEP, record=Kept(meanwhile=[FULL]))

    assert made.report.value("which") == ("red",)


def test_lines_that_cannot_be_kept_are_asked_again(asked: Asked) -> None:
    """All of them, orders too."""
    record = begun(actions=ACTIONS)
    record.meanwhile = [FULL, None, FULL]

    made = held(asked, "actions", "c\nd", KEEP, "drop A1", KEEP, "", record=record)

    assert made.given == ["", "c\nd", "", "drop A1", ""]
    assert [row.text for row in made.report.actions or ()] == ["b", "c", "d"]


def test_none_that_cannot_be_kept_is_asked_again(asked: Asked) -> None:
    """It is an answer like any other."""
    made = held(asked, "actions", "none", KEEP, record=Kept(meanwhile=[FULL]))

    assert made.report.actions == ()


@pytest.mark.parametrize("said, part", [("edge", "owner"), ("+2w", "due")])
def test_a_part_that_cannot_be_kept_is_asked_again(
    asked: Asked, said: str, part: str
) -> None:
    """It is put into the part, and nowhere else."""
    record = begun(actions=(Action(key="A1", text="a"),))
    record.meanwhile = [FULL]
    before: tuple[Answer, ...] = () if part == "owner" else (KEEP,)

    made = held(
        asked, "actions", "A1", KEEP, KEEP, *before, said, KEEP, ALL, "", record=record
    )

    assert made.given[len(before) + 4] == said
    assert getattr((made.report.actions or ())[0], part) is not None
    assert made.record.puts == [("actions", said)]


def test_a_choice_of_a_part_that_cannot_be_kept_is_asked_again(asked: Asked) -> None:
    """With what was chosen given."""
    record = Kept(meanwhile=[None, FULL])

    made = held(asked, "factors", "power", "", "root", KEEP, record=record)

    assert made.given[3] == "root"
    assert (made.report.factors or ())[0].kind == "root"


def test_what_an_editor_changed_lives_beside_an_answer(asked: Asked) -> None:
    """Both changes are in the record."""
    record = Kept(meanwhile=[lambda report: report.replace(impact="all")])

    made = held(asked, "summary", "It was dark.", record=record)

    assert made.report == Report(summary="It was dark.", impact="all")


def test_keeping_what_was_shown_leaves_what_is_there_now(asked: Asked) -> None:
    """Enter on an old value does not bring it back over a new one."""
    record = begun(summary="old")
    choose = record.opened

    def _opened(name: str, part: str = "") -> None:
        choose(name, part)
        record.report = record.report.replace(summary="new")

    record.opened = _opened  # type: ignore[method-assign]

    made = held(asked, "summary", KEEP, record=record)

    assert made.report.summary == "new"


def test_a_row_that_was_edited_meanwhile_keeps_that(asked: Asked) -> None:
    """It is found again by its key, and both changes are in it."""
    edited = (ACTIONS[0], ACTIONS[1].replace(text="B"))
    record = begun(actions=ACTIONS)
    record.meanwhile = [lambda report: report.replace(actions=edited)]

    made = held(asked, "actions", "A2 owner: edge", "", record=record)

    assert made.report.actions == (edited[0], edited[1].replace(owner="edge"))


@pytest.mark.parametrize(
    "said", ["drop 1", "move 1 2", "1 text: c", "shift 1 +1h"], ids=str
)
def test_a_row_that_went_meanwhile_is_not_brought_back(asked: Asked, said: str) -> None:
    """An order about it says so, and stands in the question that comes again."""
    rows = (Event(text="a"), Event(text="b"))
    record = begun(timeline=rows)
    record.meanwhile = [lambda report: report.replace(timeline=rows[1:])]

    made = held(asked, "timeline", said, "", record=record)

    assert made.given == ["", said]
    assert "that row of Timeline was changed meanwhile" in made.said
    assert made.report.timeline == rows[1:]


def test_rows_that_say_the_same_go_one_by_one(asked: Asked) -> None:
    """Though somebody puts another row before them meanwhile."""
    rows = (Event(text="a"), Event(text="a"))
    record = begun(timeline=rows)
    record.meanwhile = [
        lambda report: report.replace(timeline=(Event(text="b"), *rows))
    ]

    made = held(asked, "timeline", "drop 1-2", "", record=record)

    assert made.report.timeline == (Event(text="b"),)


def test_words_for_a_row_that_went_meanwhile_are_shown(asked: Asked) -> None:
    """They can be copied from there; the rows are asked for again."""
    record = begun(actions=ACTIONS)
    record.meanwhile = [lambda report: report.replace(actions=ACTIONS[:1])]

    made = held(asked, "actions", "A2", KEEP, "b and more", "", record=record)

    assert "you had typed:\nb and more" in made.said
    assert made.report.actions == ACTIONS[:1]


def test_a_row_that_goes_while_its_part_is_typed_holds_nobody(asked: Asked) -> None:
    """The answer is taken, and shown again; nobody has to find a way out."""
    record = begun(actions=ACTIONS)
    opened = record.opened

    def _opened(name: str, part: str = "") -> None:
        opened(name, part)
        if part == "A2 text":
            record.report = record.report.replace(actions=ACTIONS[:1])

    record.opened = _opened  # type: ignore[method-assign]

    made = held(asked, "actions", "A2", KEEP, "b and more", "", record=record)

    assert "you had typed:\nb and more" in made.said


def test_rows_that_came_meanwhile_keep_their_keys(asked: Asked) -> None:
    """A key that somebody else has just given is not given again."""
    record = Kept(meanwhile=[lambda report: report.replace(actions=ACTIONS)])

    made = held(asked, "actions", "c", ALL, "", record=record)

    assert [(row.key, row.text) for row in made.report.actions or ()] == [
        *(("A1", "a"), ("A2", "b"), ("A3", "c")),
    ]


@pytest.mark.parametrize(
    "name, half",
    [
        ("title", "X dow"),
        ("services", "web, ap"),
        ("detected", "sat 9:12am ED"),
        ("summary", "It was\nda"),
        ("timeline", "9:12 a customer\n9:14 somebo"),
    ],
)
def test_half_typed_words_stand_in_their_question(
    asked: Asked, name: str, half: str
) -> None:
    """In the place of what is known; other questions are as ever."""
    record = begun(title="X", summary="Y", services=("web",))
    record.waiting, record.words = name, half

    made = held(asked, [name], ALL, name, ALL, "", record=record)

    assert made.given[0] == half
    assert made.given[2] != half
    assert made.record.puts == []
