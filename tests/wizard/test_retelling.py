"""A moment that is told again: nothing of the first telling is left, or lost unseen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postmortem import markdown
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.model import Event, Moment, Report
from postmortem.prompts import KEEP
from postmortem.wizard import walk
from tests.wizard.conftest import form, shipped_template
from tests.wizard.held import BACK, begun, held, sitting

FIRST = "2025-05-24 9:12, users complain"
AGAIN = "2025-05-24 9:12am EDT, support passes on complaints"
NINE = datetime(2025, 5, 24, 9, 12, tzinfo=UTC)
ONE = datetime(2025, 5, 24, 13, 12, tzinfo=UTC)
TAKEN = "Times without a zone are now read as America/New_York."


@pytest.fixture(scope="module")
def utc() -> Asked:
    """Return the default form on a machine whose clocks show UTC."""
    return form(shipped_template("default"), "UTC")


def test_a_corrected_answer_stands_where_the_first_stood(utc: Asked) -> None:
    """One event, one text, the zone that was told, and the next time by its clocks."""
    record = begun(zone="UTC")
    said = (FIRST, BACK, AGAIN, "2:40pm, 99 percent")
    made = held(utc, "detected resolved", *said, record=record)

    resolved = datetime(2025, 5, 24, 18, 40, tzinfo=UTC)
    assert made.report == Report(
        zone="America/New_York",
        detected=Moment(at=ONE),
        resolved=Moment(at=resolved),
        detection="support passes on complaints",
        timeline=(
            Event(text="support passes on complaints", kind="detected", at=ONE),
            Event(text="99 percent", kind="resolved", at=resolved),
        ),
    )
    assert made.said == TAKEN


def test_the_first_answer_stands_there_to_be_corrected(utc: Asked) -> None:
    """Its words too, and Enter on it changes nothing."""
    record = begun(zone="UTC")
    made = held(utc, "detected resolved", FIRST, BACK, KEEP, "", record=record)

    assert made.given[2] == "2025-05-24T09:12Z, users complain"
    assert [name for name, _ in made.record.puts] == ["detected"]


def test_words_that_are_corrected_in_their_place_are_replaced(utc: Asked) -> None:
    """Whoever changes a word in it types the rest of it again."""
    record = begun(zone="UTC")
    held(utc, "detected", FIRST, record=record)
    again = "2025-05-24T09:12Z, users complain, and a probe fails"
    made = held(utc, "detected", again, record=record)

    text = "users complain, and a probe fails"
    assert made.report.detection == text
    assert [it.text for it in made.report.timeline or ()] == [text]
    assert made.said == "In the place of: users complain"


def test_words_that_are_part_of_what_is_there_are_not_dropped(utc: Asked) -> None:
    """A word of the field's text is no sign that the answer stands there already."""
    record = begun(zone="UTC", detection="A probe and users complain.")
    made = held(utc, "detected", "2025-05-24 9:12, users complain", record=record)

    assert made.report.detection == "A probe and users complain.\n\nusers complain"


def test_only_the_paragraph_of_the_answer_is_replaced(utc: Asked) -> None:
    """What a person wrote above and below it stays as they wrote it."""
    record = begun(zone="UTC")
    held(utc, "detected", FIRST, record=record)
    text = "A probe\nfails.\n\nusers complain\n\nNobody was paged."
    record.report = record.report.replace(detection=text)
    made = held(utc, "detected", AGAIN, record=record)

    assert made.report.detection == text.replace(
        "users complain", "support passes on complaints"
    )


def test_what_a_person_has_changed_stays_and_is_said(utc: Asked) -> None:
    """New words are put beside it, and nobody has to look for the old ones."""
    event = Event(text="Two users call", kind="detected", at=NINE)
    record = begun(
        id="x",
        zone="UTC",
        detected=Moment(at=NINE),
        detection="Users called.",
        timeline=(event,),
    )
    made = held(utc, "detected", AGAIN, record=record)

    assert made.given == ["2025-05-24T09:12Z"]
    assert made.report.detection == "Users called.\n\nsupport passes on complaints"
    assert event in (made.report.timeline or ())
    assert len(made.report.timeline or ()) == 2
    edit = "  (`postmortem edit x {}` changes it)"
    assert made.script.said == [
        TAKEN,
        f"How it was noticed still says: Users called.{edit.format('detection')}",
        f"Timeline still says: detected: Two users call{edit.format('timeline')}",
    ]


def test_a_row_that_was_changed_in_between_is_a_persons(utc: Asked) -> None:
    """What was typed in this sitting is known, and only that is replaced."""
    made = sitting(utc, "2025-05-24 14:40, 99 percent", record=begun(zone="UTC"))
    walk(made.sitting, ("resolved",))
    (row,) = made.report.timeline or ()
    theirs = row.replace(text="errors are below one percent")
    made.record.report = made.report.replace(timeline=(theirs,))
    more = iter(["2025-05-24 14:50, all is well"])
    made.script._answers = more
    walk(made.sitting, ("resolved",))

    assert theirs in (made.report.timeline or ())
    assert "Timeline still says: resolved: errors are" in made.said


def test_a_row_that_was_picked_is_not_overwritten(asked: Asked) -> None:
    """It was told as a row, and as no answer to the question."""
    row = Event(text="traffic is moved by hand", kind="mitigated", at=ONE)
    record = begun(mitigated=Moment(at=ONE), timeline=(row,))
    made = held(asked, "mitigated", "2025-05-24 9:45 EDT, most load", record=record)

    assert row in (made.report.timeline or ())
    assert made.report.recovery == "most load"


def test_an_end_that_is_told_again_is_one_row(asked: Asked) -> None:
    """In another session too; what it stands in the place of is said."""
    record = begun(detected=Moment(at=ONE))
    held(asked, "resolved", "11:00, 99 percent", record=record)
    made = held(asked, "resolved", "11:30, three quiet hours", record=record)

    assert made.given == ["2025-05-24T11:00-04:00, 99 percent"]
    assert [it.text for it in made.report.timeline or ()] == ["three quiet hours"]
    assert made.said == "In the place of: 99 percent"


def test_what_else_a_row_says_stays(asked: Asked) -> None:
    """A source that was added to the event of a moment is the event's still."""
    record = begun(detected=Moment(at=ONE))
    held(asked, "resolved", "11:00, 99 percent", record=record)
    (row,) = record.report.timeline or ()
    record.report = record.report.replace(timeline=(row.replace(source="graphs"),))
    made = held(asked, "resolved", "11:30, all is well", record=record)

    (event,) = made.report.timeline or ()
    assert (event.text, event.source) == ("all is well", "graphs")


def test_a_time_alone_leaves_the_words_and_says_so(asked: Asked) -> None:
    """Words that were taken out of an answer are not lost by it."""
    record = begun()
    held(asked, "detected", "sat 9:12am EDT, an alert", record=record)
    made = held(asked, "detected", "sat 9:15am EDT", record=record)

    assert made.report.detection == "an alert"
    assert made.said == "Its words stay: an alert"


def test_a_moment_that_has_not_come_after_all(asked: Asked) -> None:
    """Its row stays, which is said; words behind a no take the place of its words."""
    record = begun(detected=Moment(at=ONE))
    held(asked, "resolved", "11:00, 99 percent", record=record)
    row = record.report.timeline
    made = held(asked, "resolved", "no", record=record)
    assert made.report.timeline == row
    assert made.said == ("Timeline still says: resolved: 99 percent  (/ changes it)")

    other = begun(detected=Moment(at=ONE))
    said = ("11:00, 99 percent", BACK, "no, it came back", BACK, "12:00, all is well")
    made = held(asked, "resolved detected", *said, KEEP, record=other)
    assert made.given[4] == "no, it came back"
    assert made.report.recovery is None
    assert [it.text for it in made.report.timeline or ()] == ["all is well"]


def test_a_default_zone_gives_way_to_the_first_that_is_told(utc: Asked) -> None:
    """Times that were read by it stay, and are named with how they are changed."""
    said = ("2025-05-24 13:12", "11:00am EDT", "11:30")
    record = begun(zone="UTC")
    made = held(utc, "detected resolved closed", *said, record=record)

    assert made.report.zone == "America/New_York"
    assert made.report.detected == Moment(at=ONE)
    assert made.report.closed == Moment(at=datetime(2025, 5, 24, 15, 30, tzinfo=UTC))
    assert made.script.said[:2] == [
        TAKEN,
        "Told before, and still read as UTC: detected 2025-05-24 13:12  (/ changes it)",
    ]


@pytest.mark.parametrize(
    "names, said",
    [
        ("detected resolved", ("2025-05-24 13:12 UTC", "11:00am EDT")),
        ("zone detected", ("UTC", "2025-05-24 9:12am EDT")),
    ],
)
def test_a_zone_that_was_told_stays(
    utc: Asked, names: str, said: tuple[str, str]
) -> None:
    """Though it is the machine's too."""
    made = held(utc, names, *said, record=begun(zone="UTC"))

    assert made.report.zone == "UTC"
    assert "now read as" not in made.said


def test_a_zone_is_corrected_with_the_answer_that_told_it(utc: Asked) -> None:
    """A slip in it would move all times behind it."""
    wrong, right = "2025-05-24 9:12am PDT", "2025-05-24 9:12am EDT"
    record = begun(zone="UTC")
    made = held(utc, "detected resolved", wrong, BACK, right, "10:00", record=record)

    assert made.report.zone == "America/New_York"
    assert made.report.resolved == Moment(at=datetime(2025, 5, 24, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    "words", ["a <b> `c` fails", "# two fail", "+ one more", "50% *fail* | a & b"]
)
def test_what_a_file_spells_in_its_way_is_replaced_too(
    utc: Asked, default: Template, words: str
) -> None:
    """A row of the timeline escapes what a text of its own need not."""
    record = begun(title="X", zone="UTC")
    held(utc, "detected", f"2025-05-24 9:12, {words}", record=record)
    record.report = markdown.read(
        markdown.write(record.report, default), default
    ).report
    made = held(utc, "detected", AGAIN, record=record)

    assert made.report.detection == "support passes on complaints"
    (event,) = made.report.timeline or ()
    assert event.text == "support passes on complaints"
