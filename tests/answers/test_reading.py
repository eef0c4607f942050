"""An answers file says everything in the forms that people use anyway."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.answers import Asked, missing, read, template_named, unknown
from postmortem.markdown import Template
from postmortem.model import Action, Event, Factor, Moment, Report, Revision

WHOLE = """\
title: X down
severity: sev-1
zone: America/New_York
onset: 2025-05-24 9:05am
detected: 9:12am
resolved: "11:00"
services: [api, web]
tags: failover, power
owner: TBD
summary: |
  It was down.

  Then it was up.
went_well:
  - the alert fired
  - "people: helped"
lucky: []
timeline:
  - 9:05 the data centre loses power
  - {at: ~9:12, text: customers report, kind: detected, source: "#ops"}
  - +5m the failover does not start
  - 9:30 alert: disk full
  - "? nobody knows when"
  - said: early that morning
    text: batteries were tested
factors:
  - the failover was never tried
  - {text: power is lost, kind: trigger, evidence: assumed}
actions:
  - {text: try the failover, owner: platform, due: +2w, type: prevent}
  - text: alert on batteries
    done_when: an alert fires in the test
    status: In-Progress
open_questions: Why so long?
revisions: [a typo]
"""


def _at(hour: int, minute: int) -> datetime:
    return datetime(2025, 5, 24, hour, minute, tzinfo=UTC)


def test_a_whole_file_is_the_record_that_it_tells(asked: Asked) -> None:
    """Days, zones, keys and the present complete what is left out."""
    answered = read(WHOLE, asked)

    assert answered.problems == ()
    assert answered.report == Report(
        title="X down",
        severity="SEV-1",
        zone="America/New_York",
        onset=Moment(at=_at(13, 5)),
        detected=Moment(at=_at(13, 12)),
        resolved=Moment(at=_at(15, 0)),
        services=("api", "web"),
        tags=("failover", "power"),
        summary="It was down.\n\nThen it was up.",
        went_well="- the alert fired\n- people: helped",
        lucky=(),
        timeline=(
            Event(text="the data centre loses power", at=_at(13, 5)),
            Event(
                text="customers report",
                at=_at(13, 12),
                approximate=True,
                kind="detected",
                source="#ops",
            ),
            Event(text="the failover does not start", at=_at(13, 17)),
            Event(text="disk full", kind="alert", at=_at(13, 30)),
            Event(text="nobody knows when"),
            Event(text="batteries were tested", said="early that morning"),
        ),
        factors=(
            Factor(key="F1", text="the failover was never tried"),
            Factor(key="F2", text="power is lost", kind="trigger", evidence="assumed"),
        ),
        actions=(
            Action(
                key="A1",
                text="try the failover",
                owner="platform",
                due=date(2025, 6, 10),
                type="prevent",
            ),
            Action(
                key="A2",
                text="alert on batteries",
                done_when="an alert fires in the test",
                status="in progress",
            ),
        ),
        open_questions=("Why so long?",),
        revisions=(Revision(text="a typo", on=date(2025, 5, 27)),),
    )


def test_a_whole_file_survives_its_report(asked: Asked, template: Template) -> None:
    """What was answered is what is read back from the Markdown made of it."""
    report = read(WHOLE, asked).report

    text = markdown.write(report, template)

    assert markdown.read(text, template).report == markdown.canonical(report, template)


@pytest.mark.parametrize("form", ["compact", "indented", "escaped", "mark"])
def test_json_is_read_by_its_content(asked: Asked, form: str) -> None:
    """Whatever the file is called, and however its characters are escaped."""
    told = {
        "title": "Café “down” 🔥 \\u0041 \ud800",
        "services": ["api", "web"],
        "summary": "one\n\ntwo/three",
        "severity": None,
        "timeline": [{"at": "2025-05-24 13:05 UTC", "text": "a: b"}, "13:10 c"],
    }
    text = {
        "compact": lambda: json.dumps(told, separators=(",", ":")),
        "indented": lambda: json.dumps(told, indent="\t"),
        "escaped": lambda: json.dumps(told).replace("/", "\\/"),
        "mark": lambda: f"\ufeff\n{json.dumps(told)}",
    }[form]()

    answered = read(text, asked)

    assert answered.problems == ()
    assert answered.report == Report(
        title="Café “down” 🔥 \\u0041 \ufffd",
        services=("api", "web"),
        summary="one\n\ntwo/three",
        timeline=(
            Event(text="a: b", at=_at(13, 5)),
            Event(text="c", at=_at(13, 10)),
        ),
    )


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_in_json_is_the_text(asked: Asked, text: str) -> None:
    """Escapes are undone once, and only those that JSON has."""
    answered = read(json.dumps({"appendix": f"x{text}x"}), asked)

    assert (answered.problems, answered.report.appendix) == ((), f"x{text}x")


@pytest.mark.parametrize(
    "said, value",
    [
        ("users: 1_200", ("users", 1200)),
        ("users: 0.5", ("users", 0.5)),
        ("planned: no", ("planned", False)),
        ("planned: 'Yes'", ("planned", True)),
        ("where: EAST", ("where", "east")),
        ("which: [Red]", ("which", ("red",))),
        ("which: red, blue", ("which", ("red", "blue"))),
        ("day: tomorrow", ("day", date(2025, 5, 28))),
        ("noted: yesterday 3pm", ("noted", datetime(2025, 5, 26, 13, tzinfo=UTC))),
        ("noted: -10 min", ("noted", datetime(2025, 5, 27, 9, 20, tzinfo=UTC))),
        ("note: NO", ("note", "NO")),
        ("note: 1.10", ("note", "1.10")),
        ("note: 12:30", ("note", "12:30")),
        ("note: 010", ("note", "010")),
        ("note: 2026-11-20", ("note", "2026-11-20")),
        ("note: ~", ("note", None)),
        ("note: '?'", ("note", None)),
        ("note: |\n  a\n  b", ("note", "a b")),
        (
            "costs:\n  - {what: a, How much: '1'}\n  - [b, '2']\n  - [c]",
            (
                "costs",
                (
                    {"what": "a", "how_much": "1"},
                    {"what": "b", "how_much": "2"},
                    {"what": "c", "how_much": None},
                ),
            ),
        ),
        ("costs: []", ("costs", ())),
        ("costs:", ("costs", None)),
        ("weather: TBD", ("weather", None)),
        ("template: own 1 abc\nnote: x", ("note", "x")),
    ],
)
def test_a_field_of_each_kind(own: Asked, said: str, value: tuple[str, Any]) -> None:
    """A template's own fields take what their kind takes; strings stay strings."""
    answered = read(said, own)

    name, wanted = value
    found = answered.report.value(name)
    assert answered.problems == ()
    assert (found.at if isinstance(found, Moment) else found) == wanted


@pytest.mark.parametrize(
    "said, at",
    [
        ("onset: 2025-05-24 23:50\ndetected: 00:10", "2025-05-25T00:10"),
        ("resolved: 2025-05-24 12:00\ndetected: 11:00", "2025-05-24T11:00"),
        ("onset: 2025-05-24 11:00\ndetected: +7m", "2025-05-24T11:07"),
        ("detected: sat 11:00", "2025-05-24T11:00"),
        ("onset: 2025-03-01 10:00\ndetected: sat 11:00", "2025-03-01T11:00"),
        ("onset: 2025-03-01 10:00\ndetected: sat 11:00 EST", "2025-03-01T16:00"),
        ("detected: 2025-05-24T11:00+02:00", "2025-05-24T09:00"),
        ("zone: Asia/Tokyo\ndetected: 2025-05-24 11:00", "2025-05-24T02:00"),
        ("zone: Asia/Tokyo\ndetected: 2025-05-24 11:00 UTC", "2025-05-24T11:00"),
        ("detected: 2 h ago", "2025-05-27T07:30"),
    ],
)
def test_moments_complete_each_other(asked: Asked, said: str, at: str) -> None:
    """One says the day; the others are on it, or after the one before them."""
    answered = read(said, asked)

    moment = answered.report.detected
    assert answered.problems == ()
    assert moment is not None
    assert moment.at == datetime.fromisoformat(f"{at}+00:00")


@pytest.mark.parametrize(
    "line, at, text",
    [
        ("14:02 deploy of api 4.2 starts", "14:02", "deploy of api 4.2 starts"),
        ("14:02 the alert fires", "14:02", "the alert fires"),
        ("14:02 at last it ends", "14:02", "at last it ends"),
        ("14:02 - a dash", "14:02", "a dash"),
        ("14:02: a colon", "14:02", "a colon"),
        ("14:02 — -5 replicas", "14:02", "-5 replicas"),
        ("14:02 5 servers down", "14:02", "5 servers down"),
        ("14:02 about 5 servers down", "14:02", "about 5 servers down"),
        ("14:02 c compiler crashes", "14:02", "c compiler crashes"),
        ("14:02 UTC x", "14:02", "x"),
        ("9:02 am x", "09:02", "x"),
        ("10:02 am EDT x", "14:02", "x"),
        ("2025-05-24 14:02 x", "14:02", "x"),
        ("Sat, May 24, 2025 at 10:02 am EDT x", "14:02", "x"),
        ("~14:02 x", "14:02", "x"),
        ("14:02-14:10 x", "14:02", "x"),
        ("14:02   x    y", "14:02", "x y"),
    ],
)
def test_an_event_on_one_line(asked: Asked, line: str, at: str, text: str) -> None:
    """The longest beginning that is a time is the time; no word of the rest is lost."""
    told = json.dumps({"onset": "2025-05-24 09:00", "timeline": [line]})

    answered = read(told, asked)

    (event,) = answered.report.timeline or ()
    assert answered.problems == ()
    assert event.at is not None
    assert (f"{event.at.astimezone(UTC):%H:%M}", event.text) == (at, text)


def test_a_zone_of_summer_is_read_in_winter(asked: Asked) -> None:
    """What a clock would show today says nothing about the day of the incident."""
    told = "onset: Sat 2025-05-24 9:05am EDT\nresolved: 11:00am EDT\n"

    for now in (asked.now, datetime(2026, 1, 15, 9, 30, tzinfo=UTC)):
        answered = read(told, replace(asked, now=now))

        assert answered.problems == ()
        assert answered.report.resolved == Moment(at=_at(15, 0))


@pytest.mark.parametrize(
    "text, name",
    [
        ("template: sre 2 abc", "sre"),
        ('{"template": "sre"}', "sre"),
        ("template:", None),
        ("template: [a]", None),
        ("[", None),
    ],
)
def test_answers_may_say_for_which_template_they_are(
    text: str, name: str | None
) -> None:
    """Whoever loads the template asks first; what is broken says nothing."""
    assert template_named(text) == name


def test_events_roll_over_midnight(asked: Asked) -> None:
    """Each is on the day of the one before it, or in the night after."""
    told = "timeline:\n- 2025-05-24 23:50 a\n- 23:55 b\n- 00:10 c\n- +1h d\n"

    events = read(told, asked).report.timeline or ()

    assert [f"{each.at:%d %H:%M}" for each in events if each.at] == [
        "24 23:50",
        "24 23:55",
        "25 00:10",
        "25 01:10",
    ]


def test_answers_add_to_what_is_known(asked: Asked) -> None:
    """An answers file can also finish a report that was begun."""
    begun = Report(title="X", zone="Asia/Tokyo", onset=Moment(at=_at(13, 5)))

    report = read("timeline: ['22:10 it ends']", asked, begun=begun).report

    (event,) = report.timeline or ()
    assert (report.title, event.at) == ("X", _at(13, 10))


def test_what_is_required_is_asked_for(own: Asked) -> None:
    """With the question; a wrong answer is not a missing one."""
    nothing = missing(read("", own), own.outline)
    wrong = missing(read("title: [a]\nweather: {a: b}", own), own.outline)

    assert [str(each) for each in nothing] == [
        "title is missing\n  What broke, in one line?",
        "weather is missing\n  What was the weather that day?",
    ]
    assert wrong == ()


def test_unknown_fields_are_those_that_a_reader_sees_as_such(
    asked: Asked, template: Template
) -> None:
    """Their number is that of the placeholders, and of first questions left open."""
    report = read(WHOLE, asked).report

    text = markdown.write(report, template)

    assert len(unknown(report, asked.outline)) == text.count("_Not known yet._")
    assert [each.name for each in unknown(Report(summary=""), asked.outline)][:3] == [
        "title",
        "severity",
        "services",
    ]
