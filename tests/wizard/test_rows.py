"""Rows are added as lines, several at once, and changed by orders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from postmortem.answers import Asked
from postmortem.errors import PostmortemError
from postmortem.model import Action, Event, Factor, Moment, Report, Revision
from postmortem.prompts import KEEP
from tests.wizard.held import ALL, BACK, Kept, begun, held

START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


def _event(minutes: int, text: str, **more: Any) -> Event:
    return Event(text=text, at=START + timedelta(minutes=minutes), **more)


def _timeline(*events: Event) -> Kept:
    return begun(
        onset=Moment(at=START), timeline=events or None, **dict.fromkeys(_OTHERS, _AT)
    )


_AT = Moment(at=START)
_OTHERS = ("detected", "acknowledged", "mitigated", "resolved")
ACTIONS = (
    Action(key="A1", text="a"),
    Action(key="A2", text="b"),
    Action(key="A5", text="c"),
)


def test_lines_of_a_timeline_come_in_any_order(asked: Asked) -> None:
    """They stand in the order of their times, on the day of the incident."""
    made = held(
        asked,
        "timeline",
        "9:12am a customer writes\n9:06 an alert\n? a cable is cut\n9:20-9:25 a look",
        "",
        record=_timeline(),
    )

    assert made.report.timeline == (
        _event(1, "an alert"),
        _event(7, "a customer writes"),
        Event(text="a cable is cut"),
        _event(15, "a look", until=START + timedelta(minutes=20)),
    )


def test_pasted_bullets_keep_their_parts(asked: Asked) -> None:
    """What stands below a line belongs to it."""
    made = held(
        asked,
        "timeline",
        "- 9:12am a customer writes\n  source: #support\n  kind: message\n* +5m a look",
        "",
        record=_timeline(_event(10, "before")),
    )

    assert made.report.timeline == (
        _event(7, "a customer writes", source="#support", kind="message"),
        _event(10, "before"),
        _event(15, "a look"),
    )


@pytest.mark.parametrize(
    "said", ["The ca 40 users write", "or so a look", "about noon: a look", "a UTC b"]
)
def test_words_that_could_belong_to_a_time_belong_to_what_happened(
    asked: Asked, said: str
) -> None:
    """A line begins with its time, and all behind it is said of the event."""
    made = held(asked, "timeline", f"9:06 EDT {said}", "", record=_timeline())

    assert made.report.timeline == (_event(1, said),)


@pytest.mark.parametrize(
    "near, said, meant",
    [
        ("2025-05-25T03:50Z", "2:30 a long night", "2025-05-25T06:30Z"),
        ("2025-05-25T03:50Z", "21:30 before it", "2025-05-25T01:30Z"),
        ("2025-05-24T13:05Z", "22:30 that evening", "2025-05-25T02:30Z"),
        ("2025-05-24T13:05Z", "2:00 that morning", "2025-05-24T06:00Z"),
        ("2025-05-26T23:30Z", "8:30 this morning", "2025-05-26T12:30Z"),
        ("2025-05-24T13:05Z", "-10 min rolled back", "2025-05-27T09:20Z"),
        ("2025-05-24T13:05Z", "yesterday 3pm a meeting", "2025-05-26T19:00Z"),
    ],
)
def test_a_clock_is_of_the_incident_and_not_of_the_future(
    asked: Asked, near: str, said: str, meant: str
) -> None:
    """Its night goes on past midnight; what counts from now counts from now."""
    moment = Moment(at=datetime.fromisoformat(near))
    record = _timeline()
    record.report = record.report.replace(onset=moment)

    made = held(asked, "timeline", said, "", record=record)

    (event,) = made.report.timeline or ()
    assert event.at == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "name, said, why",
    [
        ("timeline", "9:12 a\n\nno time here\n9:14 c", "line 3: this event begins"),
        ("timeline", "9:12 a\n  at: soonish\n9:14 c", "line 2: "),
        ("timeline", "no time here", "this event begins with no time: 'no time here'"),
        ("timeline", "9:12", "this event has no text"),
        ("timeline", "25:00 a", "25:00"),
        ("actions", "a\n  due: soonish\nb", "line 2: due: 'soonish'"),
        ("actions", "a\nb\n  status: half", "line 3: there is no status 'half'"),
        ("actions", "A1 due: soonish", "'soonish'"),
        ("actions", "A1 text: ?", "text of A1 has to say something"),
        ("actions", "A1 onwer: edge", "A1 has no part 'onwer'"),
        ("actions", "drop A9", "there is no row A9"),
        ("actions", "none", "there are 3"),
        ("timeline", "drop 1", "there is no row 1"),
        ("timeline", "shift +1 moon", "'+1 moon' is no length of time"),
        ("costs", "a | b | c", "too many cells"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(
    asked: Asked, every: Asked, name: str, said: str, why: str
) -> None:
    """Nothing of a refused answer is taken, and all of it stays to be mended."""
    record = begun(onset=_AT, actions=ACTIONS)
    before = record.report
    form = every if name == "costs" else asked

    with pytest.raises(PostmortemError) as refused:
        held(form, name, said, record=record)

    message = str(refused.value).partition(f"{said!r}: ")[2]
    assert why in message
    assert message.startswith("line ") == why.startswith("line ")
    assert record.report is before


def test_a_field_is_known_to_be_none(asked: Asked) -> None:
    """`none` alone says so, and a row that comes later is a row."""
    record = begun()
    made = held(asked, "actions", "None", record=record)
    assert made.report.actions == ()

    again = held(asked, "actions", "a", ALL, "", record=record)
    assert again.report.actions == (Action(key="A1", text="a"),)
    assert "known to be none" in again.said


def test_rows_that_are_left_alone_are_not_touched(asked: Asked) -> None:
    """Opening a field and going on puts nothing."""
    record = begun(actions=ACTIONS)

    made = held(asked, "actions", "", record=record)

    assert made.record.puts == []


def test_actions_can_be_pasted_with_all_their_parts(asked: Asked) -> None:
    """A list of them is taken as it stands, and none is asked about."""
    made = held(
        asked,
        "actions",
        "- [ ] checkers in three buildings\n"
        "  owner: edge traffic lead\n  due: +2w\n  type: prevent\n  priority: P1\n"
        "  factor: F2\n  link: OPS-1\n  done when: the test site moves\n"
        "- [x] a bypass",
        "",
    )

    assert made.report.actions == (
        Action(
            key="A1",
            text="checkers in three buildings",
            owner="edge traffic lead",
            due=date(2025, 6, 10),
            type="prevent",
            priority="P1",
            factor="F2",
            link="OPS-1",
            done_when="the test site moves",
        ),
        Action(key="A2", text="a bypass", status="done"),
    )


def test_a_list_a_table_and_revisions_are_rows_too(every: Asked) -> None:
    """They are added and changed by the same words."""
    made = held(
        every,
        "guests costs revisions",
        *("- the press\n- a choir", "1 text: the local press", ""),
        *("cloud | 12 EUR\ncoffee", "drop 1", "tea", "", "3 EUR"),
        *("the number of users is measured now", "1 on: 2025-06-01", ""),
    )

    assert made.report.value("guests") == ("the local press", "a choir")
    assert made.report.value("costs") == (
        {"what": "coffee", "how_much": None},
        {"what": "tea", "how_much": "3 EUR"},
    )
    assert made.report.revisions == (
        Revision(text="the number of users is measured now", on=date(2025, 6, 1)),
    )


def test_a_revision_is_of_today(asked: Asked) -> None:
    """Unless somebody says another day."""
    made = held(asked, "revisions", "users are measured", "")

    assert made.report.revisions == (
        Revision(text="users are measured", on=date(2025, 5, 27)),
    )


def test_few_rows_are_shown_whole_and_of_many_what_is_new(asked: Asked) -> None:
    """A long timeline does not scroll by after each line."""
    many = tuple(_event(at, f"event {at}") for at in range(50))

    made = held(
        asked,
        "timeline",
        *("9:10:30 new", "9:11:30 a\n9:12:30 b", "show", ""),
        record=_timeline(*many),
    )
    opened, taken, whole = (
        made.script.said[:41],
        made.script.said[41:44],
        made.script.said[44:-1],
    )

    assert opened[0] == "… 10 before these; `show` shows all"
    assert opened[1].startswith("11  ")
    assert taken == [
        "53 so far; `show` shows all",
        " 9  09:11:30 (13:11:30 UTC)  a",
        "11  09:12:30 (13:12:30 UTC)  b",
    ]
    assert len(whole) == 53


def test_the_second_question_is_short(asked: Asked) -> None:
    """Who has added a row knows the question."""
    made = held(asked, "timeline", "9:12 a", "", record=_timeline())

    assert made.questions == [
        "What happened when? One line an event.",
        "Another event? Enter alone goes on.",
    ]


def test_required_rows_are_wanted(every: Asked) -> None:
    """One cannot go on without a row, or the word that there is none."""
    from dataclasses import replace

    import msgspec

    wanted = msgspec.structs.replace(every.fields["guests"], required=True)
    outline = msgspec.structs.replace(
        every.outline, fields={**every.outline.fields, "guests": wanted}
    )
    form = replace(every, outline=outline)

    with pytest.raises(PostmortemError, match="is needed"):
        held(form, "guests", "")
    assert held(form, "guests", "none").report.value("guests") == ()


def test_moving_back_from_the_parts_of_a_row_leads_to_the_rows(asked: Asked) -> None:
    """And `/` does from any part."""
    back = held(asked, "factors", "power", "", BACK, "")
    out = held(asked, "actions", "power", "", "edge", ALL, "")

    assert back.report.factors == (Factor(key="F1", text="power"),)
    assert out.report.actions == (Action(key="A1", text="power", owner="edge"),)


def test_keep_at_a_rows_question_is_an_empty_line(asked: Asked) -> None:
    """Nothing stands in a rows question, but words that could not be kept."""
    made = held(asked, "actions", KEEP, record=begun(actions=ACTIONS))

    assert made.given == [""]
    assert made.report == Report(actions=ACTIONS)


@pytest.mark.parametrize(
    "said, row",
    [
        (
            "trigger: a breaker opened; evidence: alarm log",
            Factor(text="a breaker opened", kind="trigger", evidence="alarm log"),
        ),
        ("Root: nobody drills it", Factor(text="nobody drills it", kind="root")),
        (
            "nobody drills it, evidence: the runbook, page 3",
            Factor(text="nobody drills it", evidence="the runbook, page 3"),
        ),
        ("the trigger: a breaker", Factor(text="the trigger: a breaker")),
        ("we saw it; owner: nobody", Factor(text="we saw it; owner: nobody")),
        ("trigger:", Factor(text="trigger:")),
    ],
)
def test_a_line_says_all_of_a_factor(asked: Asked, said: str, row: Factor) -> None:
    """As it is shown, so it can be typed: kind, words, evidence."""
    made = held(asked, "factors", said, ALL, ALL)

    (factor,) = made.report.factors or ()
    assert factor.replace(key=None) == row


def test_a_line_says_all_of_an_action(asked: Asked) -> None:
    """Owner and day behind the words are what would be asked next."""
    said = "Try both; owner: edge lead; due: 2025-06-06, done when: it was tried"
    made = held(asked, "actions", said, "")

    assert made.report.actions == (
        Action(
            key="A1",
            text="Try both",
            owner="edge lead",
            due=date(2025, 6, 6),
            done_when="it was tried",
        ),
    )


def test_how_a_line_says_it_all_is_said_before_the_first(asked: Asked) -> None:
    """What is shown as an example is understood as what it says."""
    made = held(asked, "factors", ALL, ALL)
    told = "One line can say it all: "
    (line,) = made.script.said
    assert line.startswith(told)
    assert line in made.question(0).help

    typed = held(asked, "factors", line.removeprefix(told), "")
    (factor,) = typed.report.factors or ()
    assert factor.kind == "trigger"
    assert factor.evidence == "alarm log"


def test_behind_a_part_only_its_row_is_shown(asked: Asked) -> None:
    """With its key; all of them are behind `?`, and shown when all is said."""
    said = ("a breaker opened", "nobody drills it", "kind: root")
    made = held(asked, "factors", *said, "F1 kind: trigger", ALL, ALL)

    assert made.script.said[1:] == [
        "F2  root: nobody drills it",
        "F1  trigger: a breaker opened",
    ]
    assert made.question(-2).help.endswith(
        "F1  trigger: a breaker opened\nF2  root: nobody drills it"
    )


def test_what_is_taken_out_shows_all_that_are_left(asked: Asked) -> None:
    """The numbers are others now."""
    record = begun(open_questions=("one", "two", "three"))
    made = held(asked, "open_questions", "drop 1", "", record=record)

    assert made.script.said[-2:] == ["1  two", "2  three"]


_P1 = {"priority": "P1"}
WHOLE = Action(
    key="A6",
    text="put checkers apart",
    owner="edge lead",
    due=date(2025, 6, 10),
    type="prevent",
    priority="P0",
    factor="F2",
)
SHOWN = "put checkers apart  (edge lead, due 2025-06-10, prevent, P0, F2)"


@pytest.mark.parametrize(
    "said",
    [
        "; owner: edge lead; due: +2w; priority: P0; prevents: F2",
        "; owner: edge lead; due: +2w; priority: P0, prevents: F2",
        "; owner: edge lead; prevents F2; P0; due +2w",
        "; owner: edge lead; due: in 2 weeks; p0; prevent; f2",
        ", owner: edge lead, due: +2w, priority: P0, type: prevent, factor: F2",
        "; owner: edge lead, P0, F2; prevent;due: +2w;",
        " (edge lead, due +2w, P0, F2, prevent)",
        " (edge lead, prevent); due: +2w; P0; F2; P0",
    ],
)
def test_one_line_says_all_of_an_action(asked: Asked, said: str) -> None:
    """Parts are told by their names, or by what they look like, and shown so."""
    made = held(asked, "actions", f"{WHOLE.text}{said}", "", "", record=_actions())

    assert (made.report.actions or ())[-1] == WHOLE
    assert _echo(asked, f"{WHOLE.text}{said}") == SHOWN


@pytest.mark.parametrize(
    "said, row",
    [
        ("a; OPS-12; detect", Action(text="a", link="OPS-12", type="detect")),
        ("a; #12", Action(text="a", link="#12")),
        (
            "a; https://x.example.com/a;b; mitigates F1",
            Action(
                text="a",
                link="https://x.example.com/a;b",
                type="mitigate",
                factor="F1",
            ),
        ),
        ("a; link: OPS-1, OPS-2", Action(text="a", link="OPS-1, OPS-2")),
        ("a; b; owner: c, d", Action(text="a; b", owner="c, d")),
        ("a (see the runbook)", Action(text="a (see the runbook)")),
        ("a; then b", Action(text="a; then b")),
        (
            "a; done when: no P0, P1 is open; P1",
            Action(text="a", done_when="no P0, P1 is open", priority="P1"),
        ),
        ("say when it is done", Action(text="say when it is done")),
        ("a; due: May 30, 2025, P1", Action(text="a", due=date(2025, 5, 30), **_P1)),
    ],
)
def test_words_stay_words_beside_parts(asked: Asked, said: str, row: Action) -> None:
    """Nothing is a part that only has a sign in it which stands between parts."""
    left = [part for part in (row.owner, row.due, row.done_when) if part is None]
    made = held(asked, "actions", said, "", *[""] * len(left), record=_actions())

    assert (made.report.actions or ())[-1] == row.replace(key="A6")


@pytest.mark.parametrize(
    "name, said, problem, hint",
    [
        ("actions", "a; P0; banana", "'banana' is no part of an action", "write owner"),
        ("actions", "a; owner: b; c", "'c' is no part of an action", "write owner: …"),
        ("actions", "a; ownr: b; P0", "'ownr: b' is no part of", "did you mean owner"),
        ("actions", "a (b, c, P0)", "'c' is no part of an action", "write owner: …"),
        ("actions", "a; owner: b; owner: c", "'c' says again what is", "leave one"),
        ("actions", "a; P0; P1", "'P1' says again what is said", "leave one of them"),
        ("actions", "a; priority: foo", "there is no priority 'foo'", "there are P0,"),
        ("actions", "a; P7", "there is no priority 'P7'", "there are P0,"),
        ("actions", "a; type: prevents", "there is no type", "did you mean prevent?"),
        ("factors", "a; evidence: b; c", "'c' is no part of a factor", "from F2"),
        ("factors", "root: a; trigger", "'trigger' says again what is", "leave one"),
    ],
)
def test_what_is_no_part_of_a_row_is_said(
    asked: Asked, name: str, said: str, problem: str, hint: str
) -> None:
    """It does not become the end of another part."""
    with pytest.raises(PostmortemError) as refused:
        _echo(asked, said, name)
    assert problem in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    "said, echo",
    [
        (
            "trigger: hall B lost power; evidence: alarm log; from F6",
            "trigger: hall B lost power  (from F6, alarm log)",
        ),
        ("hall B lost power (from F6)", "hall B lost power  (from F6)"),
        ("hall B lost power; root; assumed", "root: hall B lost power  (assumed)"),
        ("root: a; cause: F6, kind: root", "root: a  (from F6)"),
    ],
)
def test_one_line_says_all_of_a_factor(asked: Asked, said: str, echo: str) -> None:
    """Its kind, where it came from and where that can be seen."""
    assert _echo(asked, said, "factors") == echo


def test_the_next_line_says_more_by_its_looks(asked: Asked) -> None:
    """The row is shown as it will stand, and what is no part is refused."""
    made = held(
        asked,
        "actions",
        "put checkers apart",
        "owner: edge lead; P0; prevents F2",
        "due: in 2 weeks",
        "",
        "",
        record=_actions(),
    )
    understood = made.question(-3).understood

    assert (made.report.actions or ())[-1] == WHOLE
    assert understood is not None
    assert understood("due: +3w") == SHOWN.replace("06-10", "06-17")
    with pytest.raises(PostmortemError, match="'banana' is no part of an action"):
        understood("due: +2w; banana")


def test_a_line_for_a_part_may_have_its_signs(asked: Asked) -> None:
    """In a text of several lines `;` is one of the words, but before another part."""
    said = "a\n  owner: b; c\nd\n  owner: e; P1"
    made = held(asked, "actions", said, "", record=_actions())

    assert (made.report.actions or ())[-2:] == (
        Action(key="A6", text="a", owner="b; c"),
        Action(key="A7", text="d", owner="e", priority="P1"),
    )


def test_a_part_can_be_kept_that_is_of_a_file(asked: Asked) -> None:
    """A word of the team's own in a report stays, and is not said anew."""
    own = Action(key="A1", text="a", priority="soon")
    made = held(
        asked,
        "actions",
        "A1 owner: b",
        "A1 priority: soon",
        "",
        record=begun(actions=(own,)),
    )

    assert made.report.actions == (own.replace(owner="b"),)


def _actions() -> Kept:
    return begun(actions=ACTIONS)


def _echo(asked: Asked, said: str, name: str = "actions") -> str:
    """Return what is shown behind what was typed, before it counts."""
    understood = held(asked, name, "", record=_actions()).question().understood
    assert understood is not None
    return understood(said)
