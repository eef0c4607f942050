"""Right after an answer: one quiet line about it, and the interview goes on."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.checks.typed import Listening
from postmortem.model import Action, Factor, Report
from postmortem.settings import Settings
from tests.checks.privacy.planted import SECRETS
from tests.checks.reports import template
from tests.sessions.interview import MENU, asked, begin, choose
from tests.sessions.person import Person

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def _listening(settings: Settings | None = None) -> Listening:
    outline = template("default").outline
    return Listening(outline=outline, settings=settings or Settings(), now=NOW)


def _said(report: Report, name: str, settings: Settings | None = None) -> list[str]:
    found = _listening(settings).said(name, Report(), report)
    return [it.finding.code for it in found]


@pytest.mark.parametrize(
    "report, name, codes",
    [
        (Report(summary="The engineer forgot the flag."), "summary", ["PM501"]),
        (Report(summary="The disk was full."), "summary", []),
        (Report(summary="It said `the engineer forgot it`."), "summary", []),
        (Report(impact="Seen by purchasing@ours.eu."), "impact", ["PM711"]),
        (Report(impact=f"It is {SECRETS['aws']}."), "impact", ["PM701"]),
        (Report(actions=(Action(text="Improve logs"),)), "actions", ["PM410"]),
        (Report(actions=(Action(text="Add a limit of 5"),)), "actions", []),
        (Report(actions=(Action(text="Add x", owner="all"),)), "actions", ["PM401"]),
        (Report(actions=(Action(text="Add x", owner="a, b"),)), "actions", ["PM402"]),
        (Report(factors=(Factor(text="Human error"),)), "factors", ["PM501"]),
        (Report(), "summary", []),
    ],
)
def test_an_answer_is_heard_alone(report: Report, name: str, codes: list[str]) -> None:
    """What others say of the whole report waits for the check."""
    assert _said(report, name) == codes


def test_what_must_not_be_there_comes_first() -> None:
    """Of several, one line has room for the gravest."""
    text = f"The engineer forgot it, and mailed a.b@ours.eu {SECRETS['github']}."

    assert _said(Report(summary=text), "summary")[:2] == ["PM701", "PM711"]


def test_the_settings_of_a_rule_hold_here_too() -> None:
    """Off is off, and a hint is too little to be said."""
    report = Report(summary="The engineer forgot the flag.")

    for level in ("off", "hint"):
        assert _said(report, "summary", Settings(checks={"PM501": level})) == []


def test_what_was_there_before_is_not_said_again() -> None:
    """Of an action that is changed, what has changed is looked at."""
    old = Action(key="A1", text="Improve logs")
    new = Action(key="A1", text="Improve logs", owner="everyone")

    found = _listening().said("actions", Report(actions=(old,)), Report(actions=(new,)))

    assert [it.finding.code for it in found] == ["PM401"]


def test_what_a_row_lacks_is_said_when_nobody_is_asked_any_more() -> None:
    """Not while its owner is the very next question."""
    row = Action(key="A1", text="Add a limit of 5")

    assert _said(Report(actions=(row,)), "actions") == []
    found = _listening().left("actions", [row], Report(actions=(row,)))
    assert [it.finding.code for it in found] == ["PM401", "PM412"]


def test_what_many_rows_lack_is_said_once() -> None:
    """Of all of them, and not of the first alone."""
    rows = tuple(Action(key=f"A{n}", text=f"Add a limit of {n}") for n in range(1, 7))

    found = _listening().left("actions", rows, Report(actions=rows))

    assert [it.finding.message for it in found] == [
        "action A1 has no owner, and 5 more rows like it",
        "action A1 has no due date, and 5 more rows like it",
    ]


def test_an_answer_is_heard_in_no_time() -> None:
    """Sixty pasted rows, and a page of prose, cost less than the time of a frame."""
    listening = _listening()
    rows = tuple(Action(key=f"A{n}", text=f"Look into logs {n}") for n in range(60))
    page = "The engineer should have known, and the team forgot to look. " * 60
    listening.said("summary", Report(), Report(summary=page))

    for name, report in (
        ("actions", Report(actions=rows)),
        ("summary", Report(summary=f"{page} At last.")),
    ):
        began = time.perf_counter()
        assert listening.said(name, Report(), report)
        assert time.perf_counter() - began < 0.05


ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])
BLAMES = "The engineer forgot the flag."
FIELDS = ("impact", "went_well", "was_hard", "lucky")


@ways
def test_a_person_reads_it_and_goes_on(person: Person, words: tuple[str, ...]) -> None:
    """The report is as they typed it, and of the same wording nothing more is said."""
    report = _begun(person, words)

    terminal = person.sit("edit", report.stem, *FIELDS, *words)
    for name in FIELDS:
        terminal.see(asked(name))
        terminal.write_lines([BLAMES])

    assert terminal.end() == 0
    said = "PM501: this makes a person the cause; name what the system let happen"
    assert terminal.told.count("PM501") == 1
    assert said in terminal.told or "cause  (keep it, or < edits it)" in terminal.told
    assert report.read_text().count(BLAMES) == len(FIELDS)


@ways
def test_an_action_is_heard_at_once_and_at_its_end(
    person: Person, words: tuple[str, ...]
) -> None:
    """First what it says, then what it lacks although it was asked for."""
    report = _begun(person, words)

    terminal = person.sit("edit", report.stem, *FIELDS, "actions", *words)
    for name in FIELDS:
        terminal.see(asked(name))
        terminal.write_lines([f"The disk of {name} was full."])
    terminal.see(asked("actions"))
    terminal.answer("Improve the monitoring")
    terminal.see("PM410: 'Improve' says no outcome of action A1", "A1 edits it)")
    terminal.answer("")
    for part in ("Who?", "Until when?", "3/3"):
        terminal.see(part)
        terminal.answer("")
    terminal.see("PM401: action A1 has no owner", "A1 edits it)")
    terminal.answer("")

    assert terminal.end() == 0


def test_the_wizard_asks_before_it_commits_an_error(person: Person) -> None:
    """What is found is shown; anything but a yes commits nothing."""
    report = _begun(person, ("--plain",))
    text = report.read_text().replace("status: draft", "status: in-review")
    report.write_text(text.replace("· draft", "· in-review"))

    for answer, code in (("no", 130), ("yes", 0)):
        terminal = person.sit("resume", report.stem, "--plain")
        terminal.see(MENU)
        choose(terminal, "submit")
        terminal.see("PM203 nothing is said", "Commit it with these")
        terminal.insist(f"{answer}\r", "and stay on" if code == 0 else "nothing is")
        if code == 0:
            terminal.say_yes()
        else:
            terminal.see(MENU)
            terminal.key("\x03")
        assert terminal.end() == code
        assert _is_committed(person, report) is (code == 0)


def test_the_wizard_does_not_commit_a_secret(person: Person) -> None:
    """It does not even ask; what is to be done is said, and the menu is there again."""
    report = _begun(person, ("--plain",))
    said = f"What it cost: {SECRETS['github']}"
    report.write_text(
        report.read_text().replace("## Impact\n", f"## Impact\n\n{said}\n")
    )

    terminal = person.sit("resume", report.stem, "--plain")
    terminal.see(MENU)
    choose(terminal, "submit")
    terminal.see("PM701 this looks like a credential", "allow PM701 because", MENU)
    terminal.key("\x03")

    assert terminal.end() == 130
    assert "Commit it with" not in terminal.told
    assert SECRETS["github"] not in terminal.told
    assert not _is_committed(person, report)


def _is_committed(person: Person, report: Path) -> bool:
    branch = f"postmortem/{report.stem}"
    return person.repo.run("rev-parse", "--verify", "-q", branch).returncode == 0


def _begun(person: Person, words: tuple[str, ...]) -> Path:
    terminal = person.sit("new", *words)
    begin(terminal)
    choose(terminal, "later")
    assert terminal.end() == 0
    (report,) = person.root.glob("postmortems/*.md")
    return report
