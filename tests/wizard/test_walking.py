"""From question to question: what is asked, where it begins, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from postmortem import answers, wizard
from postmortem.answers import Asked
from postmortem.errors import Interrupted
from postmortem.model import Event, Moment
from postmortem.prompts import KEEP, Move, Option, Question
from tests.laws import PRESETS
from tests.wizard.conftest import form, shipped_template
from tests.wizard.held import ALL, BACK, Kept, begun, held, sitting

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def test_an_interview_asks_what_is_not_known_in_the_order_of_the_form(
    asked: Asked,
) -> None:
    """Without what the toolkit keeps account of, and without later revisions."""
    names = wizard.unanswered(sitting(asked, record=begun(title="X")).sitting)

    assert names == (
        *("severity", "services", "summary", "owner", "impact", "timeline"),
        *("detection", "response", "recovery", "what_happened", "factors"),
        *("safeguards_held", "safeguards_failed", "went_well", "was_hard", "lucky"),
        *("actions", "open_questions", "appendix"),
    )


def test_what_is_known_to_be_none_is_answered(asked: Asked) -> None:
    """It is not asked again."""
    made = sitting(asked, record=begun(title="X", impact=(), actions=()))

    names = wizard.unanswered(made.sitting)

    assert {"impact", "actions"}.isdisjoint(names)


@pytest.mark.parametrize("name", PRESETS)
def test_an_interview_goes_through_a_whole_form(name: str) -> None:
    """Enter at everything leaves everything open, in each of our templates."""
    asked = form(shipped_template(name))
    record = begun(title="X")
    names = wizard.unanswered(sitting(asked, record=record).sitting)

    made = held(asked, names, *[""] * len(names), record=record)

    assert made.record.puts == []
    assert [each.progress for each in made.script.asked] == [
        f"{at}/{len(names)}" for at in range(1, len(names) + 1)
    ]


def test_what_is_known_is_passed_over_but_can_be_gone_back_to(asked: Asked) -> None:
    """Forward only what is open is asked; back leads to every question."""
    record = begun(severity="SEV-1")
    made = sitting(asked, "X", BACK, KEEP, "a, b", record=record)

    wizard.walk(made.sitting, ["title", "severity", "services"], open_only=True)

    assert [each.progress for each in made.script.asked] == ["1/3", "3/3", "2/3", "3/3"]
    assert made.report.services == ("a", "b")
    assert [name for name, _ in made.record.puts] == ["title", "services"]


def test_a_walk_begins_where_somebody_was_stopped(asked: Asked) -> None:
    """Though what comes before is known, or not known."""
    made = sitting(asked, KEEP, "")

    wizard.walk(
        made.sitting,
        ["title", "impact", "summary"],
        start="impact",
        open_only=True,
    )

    assert [each.progress for each in made.script.asked] == ["2/3", "3/3"]


def test_a_walk_begins_at_a_question_beyond_its_own(asked: Asked) -> None:
    """Who was stopped in a field that was opened from the list goes on there."""
    record = Kept(waiting="impact", words="four in fi")
    made = sitting(asked, "four in five", "X", record=record)

    wizard.walk(made.sitting, ["title"], start="impact", open_only=True)

    assert made.given[0] == "four in fi"
    assert made.report.impact == "four in five"
    assert made.report.title == "X"


def test_the_first_question_has_none_before_it(asked: Asked) -> None:
    """That is said, and it is asked again."""
    made = held(asked, "title", BACK, "X")

    assert made.said == "This is the first question."
    assert made.report.title == "X"


def test_any_field_is_opened_from_the_list_of_all(asked: Asked) -> None:
    """Its state is seen there; one that is done leaves the walk."""
    made = sitting(asked, ALL, "summary", "It was dark.", "impact", ALL, "")

    finished = wizard.walk(made.sitting, ["title", "severity"])

    assert not finished
    assert made.report.summary == "It was dark."
    assert made.questions[1] == "Which one? 21 fields not known yet."
    assert made.questions[3] == "Which one? 20 fields not known yet."


def test_a_walk_to_the_end_says_so(asked: Asked) -> None:
    """Whoever began it can tell the one from the other."""
    assert wizard.walk(sitting(asked, "X").sitting, ["title"])


def test_the_end_of_the_script_is_somebody_who_leaves(asked: Asked) -> None:
    """What was said until then is kept."""
    made = sitting(asked, "X")

    with pytest.raises(Interrupted):
        wizard.walk(made.sitting, ["title", "severity"])

    assert made.report.title == "X"


@pytest.mark.parametrize(
    "name, value, state",
    [
        ("summary", None, "not known yet"),
        ("title", None, "not known yet, and required"),
        ("summary", (), "none"),
        ("summary", "It\nwas " + "dark " * 20, "It was dark dark"),
        ("services", ("a", "b"), "a, b"),
        ("timeline", (Event(text="a"),), "1 row"),
        ("timeline", (Event(text="a"), Event(text="b")), "2 rows"),
        ("onset", Moment(at=START), "Sat 2025-05-24 09:05 EDT = 13:05 UTC"),
    ],
)
def test_a_field_says_its_state(
    asked: Asked, name: str, value: object, state: str
) -> None:
    """In a few words, on one line."""
    made = sitting(asked, record=begun(**{name: value}))

    said = wizard.state(made.sitting, asked.fields[name])

    assert said.startswith(state)
    assert len(said) <= 60


def test_the_list_of_all_stands_in_sections_with_marks(asked: Asked) -> None:
    """A label, its field's name where that is another, and whether it is known."""
    record = begun(title="X", lucky=(), went_well="All of it.")
    shown: list[Option] = []
    made = sitting(asked, "", record=record)
    choose = made.script.choose

    def _choose(question: Question, options: Sequence[Option]) -> str | Move:
        shown.extend(options)
        return choose(question, options)

    made.script.choose = _choose  # type: ignore[method-assign]
    wizard.ask_which(made.sitting)

    by_value = {each.value: each for each in shown}
    assert by_value["title"][1:] == ("Title", "X", "[x]", "", "Facts")
    assert by_value["severity"].mark == "[ ]"
    assert by_value["went_well"].mark == "[x]"
    assert by_value["lucky"][1:] == (
        *("Where we were lucky", "none", "[-]", "lucky", "Looking back"),
    )
    assert by_value["onset"].group == "Moments"
    assert by_value["impact"].group == "Report"
    assert [each.group for each in shown if each.group == "Safeguards"] == [
        *("Safeguards", "Safeguards"),
    ]


def test_what_is_not_known_is_named_in_one_line(asked: Asked) -> None:
    """As much of it as fits, and nothing when all is known."""
    made = sitting(asked, record=begun(title="X"))

    said = wizard.open_line(made.sitting)

    assert said.startswith("20 not known yet: Severity, Services, ")
    assert said.endswith(" …")
    assert len(said) <= 80
    every = {each.name: () for each in answers.unknown(made.report, asked.outline)}
    whole = sitting(asked, record=begun(title="X", **every))
    assert wizard.open_line(whole.sitting) == ""


def test_durations_are_said_as_soon_as_both_ends_are_known(asked: Asked) -> None:
    """Only those that are new; each with what it is made of."""
    made = held(
        asked,
        "onset detected resolved",
        *("2025-05-24 9:05", "9:12", "11:00"),
    )

    assert made.script.said == [
        "time to detect = detected - onset: 7 min",
        "time to resolve = resolved - onset: 1 h 55 min",
    ]


def test_the_list_of_all_points_at_what_was_opened_last(asked: Asked) -> None:
    """One field more can be looked for from there."""
    made = sitting(asked, ALL, "impact", "28%", "")

    wizard.walk(made.sitting, ["title"])

    assert made.question().given == "impact"


def test_revisions_are_none_before_a_report_is_final(asked: Asked) -> None:
    """Nobody has read what would be revised."""
    for status, wanted in (("draft", False), ("in-review", False), ("final", True)):
        found = answers.unknown(begun(status=status).report, asked.outline)
        assert ("revisions" in {each.name for each in found}) == wanted
