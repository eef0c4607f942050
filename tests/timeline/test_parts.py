"""Windows, gaps, filters, people, events, and rows put in, moved and taken out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from postmortem import timeline
from postmortem.errors import PostmortemError
from postmortem.markdown import inline
from postmortem.model import Event, Moment, Report
from postmortem.timeline import Gap, Group, People, Window, picks
from postmortem.timeline.events import literal, words
from tests.timeline.made import NOBODY, alert, heaps, instant, said, texts


def moment(minutes: float) -> Moment:
    """Return a moment of an incident."""
    return Moment(at=instant(minutes))


def by(author: str, text: str) -> Group:
    """Return what somebody said."""
    return Group((replace(said(0, text), author=author),))


def test_the_window_is_two_hours_around_the_incident() -> None:
    """From the onset to the resolution, whatever was closed days later."""
    report = Report(onset=moment(0), resolved=moment(60), closed=moment(9999))

    assert timeline.usual(report) == Window(instant(-120), instant(180))


def test_a_report_without_moments_has_its_timeline() -> None:
    """And one without any time has no window."""
    rows = (Event(text="a", at=instant(5)), Event(text="b"), Event(text="c"))

    assert timeline.incident(Report(timeline=rows)) == Window(instant(5), instant(5))
    assert timeline.usual(Report()) == Window()
    assert Window().holds(instant(0))


def test_a_gap_is_within_the_incident_and_longer_than_said() -> None:
    """A span tells of its whole length."""
    rows = [
        Event(text="long ago", at=instant(-9000)),
        Event(text="a", at=instant(0), until=instant(30)),
        Event(text="b", at=instant(45)),
        Event(text="c", at=instant(70)),
    ]
    within = Window(instant(0), instant(70))

    assert timeline.gaps(rows, within) == [Gap(instant(45), instant(70))]
    assert len(timeline.gaps(rows, within, timedelta(minutes=10))) == 2


def test_filters_of_one_sort_are_either_and_of_two_sorts_both() -> None:
    """As the options of `list` have it."""
    candidates = [alert(0, "pagerduty"), said(20, "rolled back the api"), said(30, "x")]
    wanted = timeline.wanted(grep=["ROLLED", "high"], sources=["pagerduty"])

    found = heaps(candidates, wanted=wanted)

    assert texts(found.offered) == ["HighErrorRate by pagerduty"]
    assert len(found.filtered) == 2
    with pytest.raises(PostmortemError, match="no regular expression"):
        timeline.wanted(grep=["("])


def test_people_are_roles() -> None:
    """Handles go, mentions are somebody, and a role that is known is said."""
    people = People(
        roles={"amara.k": "api on-call", "jo": ""}, known=frozenset({"amara.k", "jo"})
    )

    assert words(by("amara.k", "done, @jo please look"), people) == (
        "api on-call: done, somebody please look"
    )
    assert words(
        by("jo", "amara.k did it, ask @storage-oncall or a@b.com"), people
    ) == ("api on-call did it, ask @storage-oncall or a@b.com")
    named = People(roles=people.roles, names=True)
    assert words(by("jo", "ask @amara.k"), named) == "jo: ask @amara.k"


def test_a_role_in_the_log_is_said_and_a_login_is_not() -> None:
    """Who notes under a role has said it; a login name is a handle as any other."""
    line = said(0, "on it", "log")
    commander = replace(line, author="commander")
    login = replace(line, author="@jdoe")

    assert words(Group((commander,)), NOBODY) == "commander: on it"
    assert words(Group((login,)), NOBODY) == "on it"
    assert words(Group((login,)), People(roles={"jdoe": "api"})) == "api: on it"
    assert timeline.authors([commander, login]) == [("jdoe", 1)]


def test_a_text_is_one_line_and_bounded() -> None:
    """How much more there is, is said."""
    told = words(by("jo", "word " * 100), NOBODY)

    assert told.endswith("… (220 more characters)")
    assert words(by("jo", " \n "), NOBODY) == "(no text)"


@pytest.mark.parametrize(
    "text",
    [
        "a | b",
        "*a* _b_ `c` [d](https://x) ![e](f) <b>g</b> ~~h~~ &amp; \\ \\|",
        "a\n| 99:99 | forged |\n\n# H1\n---",
        "\x1b[2J\x9b31m\u202e evil \x07\r\b",
        "<!-- a --> <!----> <br>",
        "``` code ``` {{ 7*7 }} {% raw %}",
        "https://example.com/a_b_c?d=e&f=g",
    ],
)
def test_text_stays_text(text: str) -> None:
    """What is imported is shown as it was said, and means nothing."""
    made = literal(text)

    assert inline.canonical(made) == made
    assert "\n" not in made
    assert not set(made) & {"\x1b", "\x9b", "\u202e", "\x07", "\r", "\b"}
    plain = inline.plain(made)
    assert inline.canonical(literal(plain)) == made


def test_an_event_keeps_what_is_true_of_it() -> None:
    """Instant to the second, kind, sources and a link that leads to the web."""
    accounts = [
        alert(0.21, "alertmanager", link="javascript:alert(1)", text="x"),
        alert(0.5, "pagerduty", link="https://example.com/1", text="alert: y"),
    ]
    (group,) = timeline.folded(accounts)

    event = timeline.event_of(group, NOBODY)

    assert event == Event(
        at=instant(0.2),
        text="x",
        kind="alert",
        source="alertmanager, pagerduty",
        link="https://example.com/1",
    )
    cut = timeline.event_of(group, NOBODY, minutes=True)
    assert cut.at == instant(0)


def test_a_message_is_no_kind() -> None:
    """That somebody said something in a chat is not told twice."""
    talk = Group((replace(said(0), kind="message", author="jo"),))

    assert timeline.event_of(talk, NOBODY).kind is None


def test_events_go_where_they_belong_and_rows_stay() -> None:
    """A timeline that is not in order is not put in order."""
    rows = [
        Event(text="b", at=instant(5)),
        Event(text="note"),
        Event(text="a", at=instant(1)),
    ]
    new = [Event(text="x", at=instant(0)), Event(text="y", at=instant(5))]

    found = timeline.placed(rows, new)

    assert [row.text for row in found] == ["x", "b", "note", "a", "y"]


def test_an_event_goes_behind_what_was_at_the_same_time() -> None:
    """What was there first stays first."""
    rows = [Event(text="a", at=instant(5)), Event(text="b", at=instant(6))]

    found = timeline.placed(rows, [Event(text="x", at=instant(5))])

    assert [row.text for row in found] == ["a", "x", "b"]


def test_a_shift_moves_one_source_and_back() -> None:
    """Rows move to where they are then; the way back gives what was."""
    rows = (
        Event(text="a", at=instant(0), source="slack #a"),
        Event(text="b", at=instant(10), source="pagerduty, slack #a"),
        Event(text="c", at=instant(20), source="log"),
    )
    hour = timedelta(hours=1)

    moved = timeline.shifted(rows, hour, timeline.comes_from("slack"))

    assert [row.text for row in moved] == ["c", "a", "b"]
    back = timeline.shifted(moved, -hour, timeline.comes_from("slack"))
    assert back == rows


def test_dropping_a_source_leaves_what_others_saw() -> None:
    """A row with two sources keeps the other one."""
    rows = (
        Event(text="a", source="slack #a"),
        Event(text="b", source="pagerduty, slack #a"),
        Event(text="c", source="director log"),
        Event(text="d"),
    )

    assert timeline.dropped(rows, "slack") == (
        Event(text="b", source="pagerduty"),
        *rows[2:],
    )
    assert timeline.dropped(rows, "log") == rows


def test_a_list_says_what_is_wrong_with_which_line() -> None:
    """All at once; words may be shortened where they are clear."""
    text = "p 1 …\nd 2\nde 3\ndet 3 x\npik 1\npick 9\npick\nmit 1 again\n# pick 2\n"

    found = picks.read(text, 3)

    assert found.chosen == {0: "pick", 2: "detected"}
    assert [(each.line, each.why) for each in found.broken] == [
        (3, "'de' can be detected or declared"),
        (5, f"'pik' is none of {', '.join(picks.VERBS)}"),
        (6, "'9' is no number from 1 to 3"),
        (7, "'pick' is no word with a number behind it"),
        (8, "1 stands on line 1 already"),
    ]
    marked = picks.marked(text, found.broken)
    assert marked.splitlines()[2] == "# ! 'de' can be detected or declared"
    assert picks.read(marked, 3).chosen == found.chosen
    assert picks.marked(marked, ()) == text
