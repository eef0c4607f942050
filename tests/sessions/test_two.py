"""CR-TWO: one report, one person at a time; whoever comes second is told who."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.sessions.interview import FIRST, ID, MENU, asked, begin, choose, say
from tests.sessions.person import AT_LENGTH, Person

SECOND = {
    "edit": ("edit", ID),
    "edit a field": ("edit", ID, "impact"),
    "edit in the editor": ("edit", ID, "--editor"),
    "resume": ("resume",),
    "resume it": ("resume", ID),
    "discard": ("discard", ID),
}
SOME = SECOND if AT_LENGTH else {name: SECOND[name] for name in ("edit", "resume")}
every_second = pytest.mark.parametrize("words", SECOND.values(), ids=SECOND)


@every_second
def test_the_second_is_told(person: Person, words: tuple[str, ...]) -> None:
    """Exit 2 with who has it, since when, and what to do, and no question before."""
    person.begun("impact=All.")
    first = person.sit("edit", ID, "impact")
    first.see("All.")
    first.write(" Even us")
    person.keeps(first, "All. Even us")

    second = person.sit(*words)

    assert second.end() == 2
    said = " ".join(second.told.split())
    where = Path(f"/proc/{first.child.pid}/fd/0").readlink()
    who = f"process {first.child.pid} on {socket.gethostname()}, at {where}, since"
    assert f"{ID} is open elsewhere: {who}" in said
    assert "(less than a minute)" in said
    assert f"kill {first.child.pid}" in said
    assert ".lock" not in said
    assert "(yes or no)" not in said
    first.write(".")
    first.enter()
    first.enter()
    assert first.end() == 0
    assert "All.\nEven us." in person.report.read_text()


@pytest.mark.parametrize("words", SOME.values(), ids=SOME)
def test_a_new_report_has_somebody_too(person: Person, words: tuple[str, ...]) -> None:
    """From the moment its file is there; what was killed has nobody."""
    first = person.sit("new")
    begin(first)
    first.see("later")

    second = person.sit(*words)
    assert second.end() == 2
    assert f"process {first.child.pid} on" in second.told

    first.kill()
    first.end()
    third = person.sit("edit", ID, "impact")
    third.see(asked("impact"))


def test_two_of_one_name(person: Person) -> None:
    """Two begin the same report at once: two files, whole each."""
    both = [person.sit("new"), person.sit("new")]
    for step in FIRST:
        for terminal in both:
            say(terminal, step)
    for terminal in both:
        terminal.see(MENU)
        choose(terminal, "later")
        assert terminal.end() == 0

    assert len(person.reports) == 2
    for path in person.reports:
        assert "# X down\n" in path.read_text()
        assert f"id: {path.stem}\n" in path.read_text()
    assert {draft.report for draft in person.drafts} == {
        it.stem for it in person.reports
    }
