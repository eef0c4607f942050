"""`field=value` sets one value of a record, in the forms of an answers file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from postmortem.answers import Asked, assign
from postmortem.model import Action, Event, Factor, Moment, Report, Revision

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def _at(hour: int, minute: int) -> datetime:
    return START.replace(hour=hour, minute=minute)


REPORT = Report(
    title="X",
    severity="SEV-1",
    onset=Moment(at=START),
    services=("api",),
    summary="It was down.",
    timeline=(
        Event(text="a", at=_at(13, 5)),
        Event(text="b", at=_at(13, 30)),
        Event(text="c"),
    ),
    factors=(Factor(key="F2", text="power"),),
    actions=(
        Action(key="A1", text="try it", owner="platform", due=date(2025, 6, 1)),
        Action(key="A4", text="mend it"),
    ),
)
ROWS = REPORT.timeline or ()
FIRST, SECOND = REPORT.actions or ()


@pytest.mark.parametrize(
    "words",
    [
        ("zone=Asia/Tokyo", "detected=2025-05-24 22:12", "timeline+=22:31 d"),
        ("detected=2025-05-24 22:12", "timeline+=22:31 d", "zone=Asia/Tokyo"),
        (
            "zone=UTC",
            "detected=2025-05-24 22:12",
            "timeline+=22:31 d",
            "zone=Asia/Tokyo",
        ),
    ],
    ids=["before", "behind", "the last one"],
)
def test_a_zone_holds_for_all_that_is_beside_it(
    words: tuple[str, ...], asked: Asked
) -> None:
    """Wherever it stands; what is known already does not move."""
    made = assign(REPORT, words, asked)

    assert made.problems == ()
    assert made.report == REPORT.replace(
        zone="Asia/Tokyo",
        detected=Moment(at=_at(13, 12)),
        timeline=(*ROWS, Event(text="d", at=_at(13, 31))),
    )


def test_a_zone_that_is_none_is_said_once(asked: Asked) -> None:
    """The times beside it are read as if it were not there."""
    made = assign(Report(), ["detected=2025-05-24 13:12", "zone=Mars/Base"], asked)

    assert len(made.problems) == 1
    assert made.report == Report(detected=Moment(at=_at(13, 12)))


@pytest.mark.parametrize(
    "said, name, value",
    [
        ("severity=sev-2", "severity", "SEV-2"),
        ("severity=SEV2", "severity", "SEV-2"),
        ("severity=sev 2", "severity", "SEV-2"),
        ("severity = SEV-2", "severity", "SEV-2"),
        ("severity=", "severity", None),
        ("title=a = b", "title", "a = b"),
        ("title=[draft] X", "title", "[draft] X"),
        ("title=NO", "title", "NO"),
        ("owner=1.10", "owner", "1.10"),
        ("impact=[]", "impact", ()),
        ("impact=?", "impact", None),
        ("impact=one\n\ntwo", "impact", "one\n\ntwo"),
        ("summary+=And up.", "summary", "It was down.\n\nAnd up."),
        ("lucky+=By chance.", "lucky", "By chance."),
        ("services+=web, api", "services", ("api", "web")),
        ("services=[web, 'a, b']", "services", ("web", "a, b")),
        ("services=[]", "services", ()),
        ("tags+=x", "tags", ("x",)),
        ("detected=+7m", "detected", Moment(at=_at(13, 12))),
        ("detected=~13:12", "detected", Moment(at=_at(13, 12), approximate=True)),
        ("detected=", "detected", None),
        ("timeline=[]", "timeline", ()),
        ("timeline=", "timeline", None),
        ("timeline+=13:40 d", "timeline", (*ROWS, Event(text="d", at=_at(13, 40)))),
        (
            "timeline+=13:10 d: e",
            "timeline",
            (ROWS[0], Event(text="d: e", at=_at(13, 10)), *ROWS[1:]),
        ),
        (
            "timeline+=12:40 before",
            "timeline",
            (Event(text="before", at=_at(12, 40)), *ROWS),
        ),
        (
            "timeline+=+5m behind the last",
            "timeline",
            (*ROWS, Event(text="behind the last", at=_at(13, 35))),
        ),
        (
            "timeline+={at: 13:40, text: d, source: log}",
            "timeline",
            (*ROWS, Event(text="d", at=_at(13, 40), source="log")),
        ),
        (
            "timeline=[13:40 only]",
            "timeline",
            (Event(text="only", at=_at(13, 40)),),
        ),
        ("open_questions+=[why] so?", "open_questions", ("[why] so?",)),
        ("open_questions=[a, b]", "open_questions", ("a", "b")),
        (
            "revisions+=a typo",
            "revisions",
            (Revision(text="a typo", on=date(2025, 5, 27)),),
        ),
        (
            "factors+=no test",
            "factors",
            (Factor(key="F2", text="power"), Factor(key="F3", text="no test")),
        ),
        (
            "actions+={text: new, due: +2w}",
            "actions",
            (FIRST, SECOND, Action(key="A5", text="new", due=date(2025, 6, 10))),
        ),
        ("actions.A1.status=Done", "actions", (FIRST.replace(status="done"), SECOND)),
        (
            "actions.A1.due=+1w",
            "actions",
            (FIRST.replace(due=date(2025, 6, 3)), SECOND),
        ),
        ("actions.A1.owner=", "actions", (FIRST.replace(owner=None), SECOND)),
        ("actions.A4.text=do", "actions", (FIRST, SECOND.replace(text="do"))),
        (
            "factors.F2.kind=root",
            "factors",
            (Factor(key="F2", text="power", kind="root"),),
        ),
    ],
)
def test_one_value_changes(asked: Asked, said: str, name: str, value: Any) -> None:
    """Nothing else of the record does."""
    changed = assign(REPORT, [said], asked)

    assert changed.problems == ()
    assert changed.named == {name}
    assert changed.report == REPORT.with_value(name, value)


def test_rows_without_a_key_stay(asked: Asked) -> None:
    """And gain one; a key that two rows have is nobody's."""
    bare = (Action(text="a"), Action(text="b"), Action(key="A1", text="c"))
    twice = (Action(key="A1", text="a"), Action(key="A1", text="b"))

    changed = assign(Report(actions=bare), ["actions.A1.owner=me"], asked)
    refused = assign(Report(actions=twice), ["actions.A1.owner=me"], asked)

    assert changed.report.actions == (
        Action(key="A2", text="a"),
        Action(key="A3", text="b"),
        Action(key="A1", text="c", owner="me"),
    )
    assert refused.report.actions == twice
    assert [each.message for each in refused.problems] == ["two rows have the key A1"]


def test_a_new_row_has_its_key_at_once(asked: Asked) -> None:
    """The next assignment may name it."""
    changed = assign(REPORT, ["actions+=new", "actions.A5.factor=F2"], asked)

    assert changed.problems == ()
    assert (changed.report.actions or ())[-1] == Action(
        key="A5", text="new", factor="F2"
    )


def test_one_follows_the_other(asked: Asked) -> None:
    """A moment that was just set gives the next one its day."""
    changed = assign(
        Report(),
        ["onset=2025-05-24 23:50", "detected=00:10", "timeline+=00:20 x"],
        asked,
    )

    assert changed.problems == ()
    assert changed.report.detected == Moment(
        at=datetime(2025, 5, 25, 0, 10, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "said, problem",
    [
        ("severity", "'severity' assigns nothing\n  write field=value, field+=one"),
        ("=x", "'=x' assigns nothing"),
        (
            "severty=x",
            "severty=x: there is no field 'severty'\n  did you mean severity?",
        ),
        ("severity=SEV-9", "severity=SEV-9: severity is none of its choices: 'SEV-9'"),
        ("onset=13:06 PM", "onset=13:06 PM: onset: '13:06 PM' is on no clock"),
        ("id=x", "id=x: id is not set by hand\n  `postmortem rename ID --id NEW`"),
        ("template=x", "template=x: template is not set by hand"),
        ("title+=x", "title+=x: title takes one value\n  write title=…"),
        ("timeline=13:05 x", "timeline=13:05 x: timeline holds rows, and this would"),
        ("timeline+=x", "timeline+=x: this event begins with no time: 'x'"),
        ("timeline+={at: [}", "timeline+={at: [}: did not find expected"),
        ("timeline.E1.text=x", "timeline.E1.text=x: the rows of timeline have no keys"),
        (
            "actions.A2.status=done",
            "actions.A2.status=done: there is no row of actions",
        ),
        ("actions.A1.stat=x", "actions.A1.stat=x: there is no part of actions 'stat'"),
        ("actions.A1.key=A9", "actions.A1.key=A9: there is no part of actions 'key'"),
        ("actions.A1.status=no", "actions.A1.status=no: there is no status 'no'"),
        ("actions.A1.status=", "actions.A1.status=: status of A1 has to say something"),
        ("actions.A1.due=soon", "actions.A1.due=soon: due: 'soon' is not a"),
        ("actions.A1.owner+=x", "actions.A1.owner+=x: owner takes one value"),
        ("actions+={owner: x}", "actions+={owner: x}: this action has no text"),
        ("services+={a: b}", "services+={a: b}: services takes a list"),
    ],
)
def test_what_is_wrong_is_said_under_the_assignment(
    asked: Asked, said: str, problem: str
) -> None:
    """And the record stays what it was."""
    changed = assign(REPORT, [said], asked)

    assert changed.report == REPORT
    assert [str(each).startswith(problem) for each in changed.problems] == [True], [
        str(each) for each in changed.problems
    ]


@pytest.mark.parametrize(
    "rows, hint",
    [
        (None, "there are none yet: `actions+=…` adds one"),
        ((), "there are none yet: `actions+=…` adds one"),
        (
            (Action(text="try it"), Action(text="mend it")),
            "its rows have no keys yet: `postmortem check --fix` gives them some",
        ),
        ((Action(text="try it"), Action(key="A4", text="mend it")), "there are A4"),
    ],
)
def test_who_names_a_key_that_is_not_there_is_told_which_are(
    asked: Asked, rows: tuple[Action, ...] | None, hint: str
) -> None:
    """Or why there are none, and what makes some."""
    record = REPORT.replace(actions=rows, template="default 1")

    changed = assign(record, ["actions.F7.owner=edge lead"], asked)

    (problem,) = changed.problems
    assert problem.message == "there is no row of actions 'F7'"
    assert problem.hint == hint
    assert changed.report == record


def test_a_report_that_no_check_mends_is_given_its_keys_by_hand(asked: Asked) -> None:
    """Without a template none of its rows are written anew."""
    record = REPORT.replace(factors=(Factor(text="power"),))

    (problem,) = assign(record, ["factors.F1.text=water"], asked).problems

    assert problem.hint == "its rows have no keys yet: write F1, F2 before them"


def test_all_that_is_wrong_is_said_at_once(asked: Asked) -> None:
    """Each assignment for itself; a long one is cut."""
    changed = assign(REPORT, ["a=1", "severity=x", f"impact{'x' * 100}"], asked)

    assert [str(each.path or each.message)[:12] for each in changed.problems] == [
        "a=1",
        "severity=x",
        "'impactxxxxx",
    ]


def test_a_part_is_named_as_it_is_read(asked: Asked) -> None:
    """`done when` is `done_when`."""
    said = ["actions+=page sooner", "actions.A1.done when=it pages"]

    (action,) = assign(Report(), said, asked).report.actions or ()

    assert action.done_when == "it pages"


@pytest.mark.parametrize(
    "said, name, value",
    [
        ("What ended it=a rollback", "recovery", "a rollback"),
        ("what ended it =a rollback", "recovery", "a rollback"),
        ("what_ended_it=a rollback", "recovery", "a rollback"),
        ("Severity=SEV-2", "severity", "SEV-2"),
        (
            "Action items.A4.owner=edge",
            "actions",
            (FIRST, SECOND.replace(owner="edge")),
        ),
        ("actions.A4.priority=p1", "actions", (FIRST, SECOND.replace(priority="P1"))),
        ("actions.A4.type=Prevent", "actions", (FIRST, SECOND.replace(type="prevent"))),
        ("zone=US Eastern time", "zone", "America/New_York"),
        (
            "onset=Saturday 24 May 2025 9:05am US Eastern",
            "onset",
            Moment(at=START),
        ),
    ],
)
def test_what_a_person_calls_it_is_understood(
    said: str, name: str, value: object, asked: Asked
) -> None:
    """A field by the label that the form shows, a word however it is written."""
    made = assign(REPORT, [said], asked)

    assert made.problems == ()
    assert made.report.value(name) == value


@pytest.mark.parametrize(
    "said, problem, hint",
    [
        (
            "actions.A4.priority=foo",
            "there is no priority 'foo'",
            "there are P0, P1",
        ),
        ("actions.A4.type=prevents", "there is no type", "did you mean prevent?"),
        ("actions+={text: a, priority: P9}", "no priority 'P9'", "there are P0,"),
        (
            "what endd it=x",
            "there is no field 'what endd it'",
            "did you mean recovery?",
        ),
        ("noticed=x", "there is no field 'noticed'", "did you mean detection?"),
        ("zone=Eastern", "no zone is called 'Eastern'", "write America/New_York"),
        ("onset=9:12 Eastern", "'Eastern' is no part of", "as in America/New_York"),
        ("actions.A4.due=some day", "'some day' is not a day", "in 2 weeks, tomorrow"),
    ],
)
def test_what_is_not_understood_is_told_what_would_be(
    said: str, problem: str, hint: str, asked: Asked
) -> None:
    """The nearest name, also by a label, or the words that there are."""
    made = assign(REPORT, [said], asked)

    assert made.report == REPORT
    assert problem in made.problems[0].message
    assert hint in (made.problems[0].hint or "")


def test_a_priority_of_a_file_stays(asked: Asked) -> None:
    """Who changes another part of its row is not asked about it."""
    own = REPORT.replace(actions=(FIRST.replace(priority="soon"),))
    made = assign(own, ["actions.A1.owner=edge", "actions.A1.priority=soon"], asked)

    assert made.problems == ()
    assert made.report.actions == (FIRST.replace(priority="soon", owner="edge"),)


@pytest.mark.parametrize("clock", ["9:12 US Eastern", "9:12am US Eastern time"])
def test_a_zone_in_words_is_no_part_of_what_happened(clock: str, asked: Asked) -> None:
    """Its last word goes with it."""
    bare = REPORT.replace(timeline=None)
    made = assign(bare, [f"timeline+={clock}, support passes on complaints"], asked)

    text = "support passes on complaints"
    assert made.report.timeline == (Event(text=text, at=_at(13, 12)),)


def test_in_a_month_counts_from_now(asked: Asked) -> None:
    """Of an incident that is past as well, wherever in its month today is."""
    for day in (27, 30):
        now = replace(asked, now=datetime(2025, 12, day, 9, 30, tzinfo=UTC))
        made = assign(REPORT, ["actions.A4.due=in a month"], now)

        assert (made.report.actions or ())[1].due == date(2026, 1, day)
