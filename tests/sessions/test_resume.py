"""`resume` and `discard`: what is unfinished, and the way on or out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.sessions.interview import FIRST, ID, MENU, begin, choose, say
from tests.sessions.person import Person
from tests.sessions.terminal import Terminal

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


def _half(person: Person, title: str) -> None:
    """Begin a report, and leave at its second question."""
    terminal = person.sit("new", title)
    terminal.see(FIRST[1].asked)
    terminal.key("\x03")
    assert terminal.end() == 130


def _later(person: Person, *words: str) -> Terminal:
    """Begin a report, and leave it for later when it is a file."""
    terminal = person.sit("new", *words)
    begin(terminal)
    choose(terminal, "later")
    assert terminal.end() == 0
    return terminal


def test_there_may_be_nothing(person: Person) -> None:
    """Exit 2, with what can be done instead; a list of nothing is no mistake."""
    done = person.run("resume")
    listed = person.run("resume", "--list")
    tree = person.run("resume", "--format", "json")
    gone = person.run("discard", "x", "--yes")

    assert done.returncode == gone.returncode == 2
    assert "`postmortem new` begins a report" in done.stderr
    assert "resume --list" in gone.stderr
    assert (listed.returncode, listed.stdout.strip()) == (0, "")
    assert (tree.returncode, json.loads(tree.stdout)) == (0, [])


@ways
def test_the_only_one_is_gone_on_with(person: Person, words: tuple[str, ...]) -> None:
    """Later is later: what next comes first, without a question."""
    said = _later(person, *words)
    assert f"go on with:\n  postmortem resume {ID}\n" in said.told

    terminal = person.sit("resume", *words)
    terminal.see(MENU)

    assert f"{ID}: X down, left less than a minute ago" in terminal.told
    assert "Go on with which?" not in terminal.told
    assert "/6" not in terminal.told


@ways
def test_of_several_one_is_chosen(person: Person, words: tuple[str, ...]) -> None:
    """The latest first, with what is open and since when."""
    _half(person, "Cache down")
    _half(person, "Queue down")
    terminal = person.sit("resume", *words)
    terminal.see("Go on with which?", "Queue down", "Cache down", "no file yet")
    terminal.pick(2)
    begin(terminal, FIRST[1:])

    assert "# Cache down\n" in person.report.read_text()
    assert [draft.title for draft in person.drafts if not draft.report] == [
        "Queue down"
    ]


def test_it_is_listed(person: Person) -> None:
    """For people a line each; for programs the same facts."""
    _half(person, "Cache down")
    _later(person)

    listed = person.run("resume", "--list").stdout.splitlines()
    tree = json.loads(person.run("resume", "--format", "json").stdout)

    assert [line.split("  ")[0] for line in listed] == [ID, "Cache down"]
    assert all("less than a minute ago" in line for line in listed)
    assert [each["report"] for each in tree] == [ID, None]
    assert [each["title"] for each in tree] == ["X down", "Cache down"]
    assert all(each["age_seconds"] < 60 for each in tree)


def test_a_part_of_a_name_will_do(person: Person) -> None:
    """Of a title or an id; one that could be several is asked about, or refused."""
    _half(person, "Cache down")
    _half(person, "Queue down")

    terminal = person.sit("resume", "Cache")
    terminal.see(FIRST[1].asked)
    terminal.key("\x03")
    assert terminal.end() == 130
    vague = person.run("discard", "down", "--yes")
    exact = person.run("discard", "Queue", "--yes")
    wrong = person.run("resume", "Disk")

    assert vague.returncode == 2
    assert "could be each of" in vague.stderr
    assert exact.returncode == 0
    assert person.draft.title == "Cache down"
    assert wrong.returncode == 2
    assert "'Disk'" in wrong.stderr


def test_a_report_that_is_gone_is_no_other_one(person: Person) -> None:
    """Another may have all of its id in its own."""
    _later(person)
    report = person.report
    other = report.with_name(f"{ID}-again.md")
    other.write_text(report.read_text().replace(ID, f"{ID}-again"))
    report.unlink()

    terminal = person.sit("resume", ID)
    terminal.see(f"no report has '{ID}' in its id")

    assert terminal.end() == 2
    assert "Who sees" not in terminal.told


def test_a_discard_wants_a_yes(person: Person) -> None:
    """Anything else keeps it; the report's file stays in any case."""
    _later(person)
    for said, kept in (("no", True), ("", True), ("yes", False)):
        terminal = person.sit("discard", "x-down")
        terminal.see("(yes or no)")
        terminal.answer(said)
        assert terminal.end() == 0
        assert bool(person.drafts) == kept

    assert "# X down\n" in person.report.read_text()


def test_another_repository_is_another_matter(person: Person) -> None:
    """What was begun elsewhere is neither listed nor gone on with."""
    _half(person, "Cache down")
    other = person.root.parent / "other"
    other.mkdir()
    there = replace(person, root=other)
    there.repo.git("init", "-q")

    assert there.run("resume", "--list").stdout.strip() == ""
    assert there.run("resume").returncode == 2
    assert there.run("discard", "Cache", "--yes").returncode == 2
    assert "Cache down" in person.run("resume", "--list").stdout


def test_a_submitted_one_is_no_more(person: Person) -> None:
    """It is kept for some days, but nothing is unfinished."""
    terminal = person.sit("new")
    say(terminal, FIRST[0])
    begin(terminal, FIRST[1:])
    choose(terminal, "submit")
    terminal.say_yes()
    assert terminal.end() == 0

    assert person.run("resume").returncode == 2
    assert len([*(person.state / "drafts").glob("*.done")]) == 1


def test_what_is_committed_is_not_offered(person: Person) -> None:
    """However it came into a commit; by its id it can still be gone on with."""
    _later(person)
    assert ID in person.run("resume", "--list").stdout
    done = person.run("submit", ID, "--way", "stay")
    assert done.returncode == 0, done.stderr

    listed = person.run("resume", "--list")
    tree = person.run("resume", "--format", "json")
    none = person.run("resume")

    assert (listed.returncode, listed.stdout.strip()) == (0, "")
    assert json.loads(tree.stdout) == []
    assert none.returncode == 2
    assert "there is nothing to go on with" in none.stderr
    terminal = person.sit("resume", ID)
    terminal.see(MENU)


def test_what_was_changed_or_typed_since_a_commit_is_open(person: Person) -> None:
    """The list has it, and JSON says which of it no commit has."""
    _later(person)
    assert person.run("submit", ID, "--way", "stay").returncode == 0
    assert person.run("set", ID, "impact=All.").returncode == 0
    assert f"{ID}  is a file" in person.run("resume", "--list").stdout
    (changed,) = json.loads(person.run("resume", "--format", "json").stdout)
    assert changed["committed"] is False

    assert person.run("submit", ID, "--way", "stay").returncode == 0
    terminal = person.sit("edit", ID, "summary")
    terminal.see("One centre lost power.")
    terminal.write(" And more")
    person.keeps(terminal, "One centre lost power. And more")
    terminal.key("\x03")
    assert terminal.end() == 130
    assert "in the middle of summary" in person.run("resume", "--list").stdout
    (typed,) = json.loads(person.run("resume", "--format", "json").stdout)
    assert typed["committed"] is True
