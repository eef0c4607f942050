"""SEC-ESC: whatever others wrote, the terminal gets what we send on purpose.

That is asserted of every terminal of these tests, in `person`; here is what is hostile.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sessions.interview import BRANCH, FIRST, ID, MENU, asked, begin, choose, say
from tests.sessions.person import Person

ESCAPES = (
    "\x1b[2J\x1b]0;owned\x07\x1b]52;c;eA==\x07\x9b31m\x1bP$q\x1b\\\u202e\u2066\x08"
)
"""Erase all, a title, the clipboard, C1, DCS, direction marks, a step back."""
IN_YAML = r"\e[2J\e]0;owned\a\x9b31m\u202e"
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


def _is_quiet(person: Person) -> None:
    """Assert that none of it took effect: nothing is asked by the mere terminal."""
    for terminal in person.terminals:
        assert b"owned\x07" not in terminal.raw
        assert b"\x1b]" not in terminal.raw
        assert b"\x1b[2J" not in terminal.raw


@ways
def test_in_a_title(person: Person, words: tuple[str, ...]) -> None:
    """On the command line, where nothing cleans it before."""
    terminal = person.sit("new", f"X {ESCAPES}down", *words)
    begin(terminal, FIRST[1:])
    choose(terminal, "all fields")
    terminal.see("Title", "done")
    terminal.key("\x03")
    assert terminal.end() == 130

    listed = person.sit("resume", "--list")
    assert listed.end() == 0
    person.sit("list").end()
    person.sit("show", person.report.stem).end()
    _is_quiet(person)


@ways
def test_in_an_answer(person: Person, words: tuple[str, ...]) -> None:
    """Typed as raw keys, then seen again as what is half typed."""
    terminal = person.sit("new", *words)
    say(terminal, FIRST[0])
    say(terminal, FIRST[1])
    terminal.see(FIRST[2].asked)
    terminal.press("\x1b[200~web" + ESCAPES.replace("\x1b\\", "") + "\x1b[201~")
    terminal.until(lambda: "web" in person.draft.typing, "web")
    terminal.kill()
    terminal.end()

    again = person.sit("resume", *words)
    again.see("web")
    _is_quiet(person)


@ways
def test_in_a_hook_and_a_branch(person: Person, words: tuple[str, ...]) -> None:
    """SEC-ESC-GIT: what a hook says, and the name of the branch that one is on."""
    branch = "ma\u202ein\x9b31m\u2066"
    person.repo.git("switch", "-qc", branch)
    said = ESCAPES.replace("\\", "\\\\").replace("'", "")
    hook = person.repo.hook("pre-commit", f"printf '%s\\n' 'no {said}' >&2; exit 1")
    terminal = person.sit("new", *words)
    begin(terminal)
    choose(terminal, "submit")
    terminal.say_yes()
    terminal.see("finish it later", MENU)
    hook.unlink()
    terminal.key("\x03")
    terminal.end()

    here = person.sit("submit", ID, "--way", "here")
    assert here.end() == 0
    person.sit("doctor").end()
    _is_quiet(person)


@ways
def test_in_earlier_reports(person: Person, words: tuple[str, ...]) -> None:
    """Of services, owners and authors that others wrote, what is a word is offered."""
    person.begun()
    path = person.report
    text = path.read_text()
    front = f'services: ["web{IN_YAML}", web-one]\nowner: "Ann{IN_YAML}"\n'
    path.write_text(text.replace("severity:", f"{front}severity:"))
    person.repo.write(".github/CODEOWNERS", f"* @we{ESCAPES}b\n".replace("\x08", ""))
    person.repo.git("config", "user.name", f"Bob {ESCAPES}".replace("\x08", ""))
    person.repo.commit("c.txt")
    terminal = person.sit("new", "Y down", *words)
    say(terminal, FIRST[1])
    terminal.see(FIRST[2].asked)
    terminal.write("we")
    if not words:
        terminal.see("web-one")
        terminal.key("\t")
    terminal.enter()
    begin(terminal, FIRST[3:])
    terminal.pick(1)
    terminal.see(asked("owner"))
    terminal.write("Bo")
    terminal.key("\t")
    terminal.enter()
    terminal.see(asked("impact"))
    terminal.key("\x03")
    assert terminal.end() == 130
    _is_quiet(person)


def test_in_a_report_on_a_branch(person: Person) -> None:
    """A title that somebody else committed, in the overview and what is listed."""
    person.begun()
    path = person.report
    path.write_text(path.read_text().replace("# X down", f"# X {ESCAPES[:4]}down"))
    person.repo.git("switch", "-qc", BRANCH)
    person.repo.commit(f"postmortems/{ID}.md", path.read_bytes())
    person.repo.git("switch", "-q", "main")
    terminal = person.sit("edit", ID)
    terminal.see("Title")
    terminal.key("\x03")
    assert terminal.end() == 130
    person.sit("list").end()
    _is_quiet(person)


def test_in_an_editor_that_is_not_there(person: Person, tmp_path: Path) -> None:
    """Its name is in the message."""
    there = person.with_variables(EDITOR=f"{tmp_path}/no\x1b]0;owned\x07such")
    person.begun()
    terminal = there.sit("edit", ID, "--editor")

    assert terminal.end() in (0, 2)
    assert "could not be started" in terminal.shown
    _is_quiet(person)
