"""What was said elsewhere is offered as an answer, and taken by an Enter alone."""

from __future__ import annotations

from datetime import UTC, datetime

from postmortem import markdown
from postmortem.answers import Asked
from postmortem.markdown import Template
from postmortem.model import Factor, Moment, Report
from postmortem.wizard.given import NONE
from tests.wizard.held import BACK, Kept, begun, held

ONE = (
    Factor(key="F1", text="a hall lost power", kind="trigger"),
    Factor(key="F2", text="the failover did not take over", kind="safeguard"),
)
TWO = (*ONE, Factor(key="F3", text="nobody was paged", kind="safeguard"))


def _record(*factors: Factor, **more: str) -> Kept:
    return begun(factors=factors or None, **more)


def test_a_safeguard_that_was_given_as_a_factor_is_offered(asked: Asked) -> None:
    """It is shown with its key, and Enter alone takes it."""
    made = held(asked, "safeguards_failed", "", record=_record(*ONE))

    assert made.said == "You said of F2 (safeguard): the failover did not take over"
    assert made.question().keys.startswith("Enter takes it · skip · empty")
    assert made.given == [""]
    assert made.report.safeguards_failed == "the failover did not take over (F2)"


def test_what_an_enter_takes_is_said_as_it_is_taken(asked: Asked) -> None:
    """Nobody has to look into the report for it."""
    made = held(asked, "safeguards_failed", BACK, "skip", record=_record(*ONE))

    understood = made.question().understood
    assert understood is not None
    assert understood("") == "the failover did not take over (F2)"
    assert understood("skip") == ""


def test_an_answer_that_is_one_word_ends_at_its_enter(asked: Asked) -> None:
    """None is all there is to say, and so is skip where something is offered."""
    offered = held(asked, "safeguards_failed", BACK, "skip", record=_record(*ONE))
    alone = held(asked, "impact", "")

    for made, ends in ((offered, True), (alone, False)):
        complete = made.question().complete
        assert complete is not None
        assert all(complete(word) for word in (*NONE, "None", " none "))
        assert complete("Skip") is ends
        assert not any(map(complete, ("", "none of it", "none\nof it", "nothing yet")))


def test_several_are_a_list_that_reads_back(asked: Asked, default: Template) -> None:
    """Each is a line of its own in the report."""
    made = held(asked, "safeguards_failed", "", record=_record(*TWO))

    text = "- the failover did not take over (F2)\n- nobody was paged (F3)"
    assert made.report.safeguards_failed == text
    report = made.report.replace(title="X")
    read = markdown.read(markdown.write(report, default), default).report
    assert read.safeguards_failed == text


def test_one_can_leave_it_open_or_say_it_in_other_words(asked: Asked) -> None:
    """Nothing that was not taken is in the report."""
    for said, kept in (("skip", None), ("Skip", None), ("An alarm.", "An alarm.")):
        made = held(asked, "safeguards_failed", said, record=_record(*ONE))

        assert made.report.safeguards_failed == kept
    none = held(asked, "safeguards_failed", "none", record=_record(*ONE))
    assert none.report.safeguards_failed == ()


def test_nothing_is_offered_where_nothing_was_said(asked: Asked) -> None:
    """An Enter skips, as everywhere; what is known already is not replaced."""
    skipped = held(asked, "safeguards_failed", "", record=_record(ONE[0]))
    assert skipped.report.safeguards_failed is None
    assert skipped.script.said == []

    known = _record(*ONE, safeguards_failed="An alarm.")
    kept = held(asked, "safeguards_failed", "An alarm.", record=known)
    assert kept.report.safeguards_failed == "An alarm."
    assert kept.script.said == []


def test_other_questions_are_offered_nothing(asked: Asked) -> None:
    """A safeguard that failed says nothing of one that held."""
    made = held(asked, "safeguards_held summary", "", "", record=_record(*ONE))

    assert made.report == Report(factors=ONE)


def test_how_one_knew_that_it_was_over_is_offered_for_what_ended_it(
    asked: Asked,
) -> None:
    """The words behind the end stand in the timeline alone, and need no retyping."""
    for said, kept in (("", "99 percent"), ("skip", None), ("A move.", "A move.")):
        record = begun(detected=Moment(at=datetime(2025, 5, 24, 13, 12, tzinfo=UTC)))
        made = held(
            asked, "resolved recovery", "2:40pm, 99 percent", said, record=record
        )

        assert made.said == "You said of when it was back to normal: 99 percent"
        assert made.question().keys.startswith("Enter takes it · skip · empty")
        assert made.report.recovery == kept
        assert [it.text for it in made.report.timeline or ()] == ["99 percent"]
