"""TTY-EDITOR: whatever an editor does, the text is there."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.sessions.interview import FIRST, ID, MENU, asked, choose, offered, say
from tests.sessions.person import AT_LENGTH, Person
from tests.sessions.terminal import Terminal

TEXT = "One centre lost power."
MORE = f"{TEXT} And more."
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])

WRITES = "open(path, 'a').write(' And more.\\n')"
EDITORS = {
    "exit 1": "sys.exit(1)",
    "writes and exit 1": f"{WRITES}; sys.exit(1)",
    "removes": "os.unlink(path)",
    "renames": "os.rename(path, path + '~')",
    "empties": "open(path, 'w').close()",
    "is killed": "os.kill(os.getpid(), 9)",
    "no text": "open(path, 'wb').write(b'\\xff\\xfe\\x00')",
}


@pytest.fixture
def editor(person: Person, tmp_path: Path) -> Person:
    """Return the person, with an editor that does what is in EDIT, after a word."""
    script = tmp_path / "my editor.py"
    script.write_text(
        "import os, stat, sys\n"
        "path = sys.argv[-1]\n"
        "assert sys.argv[1] == '--wait'\n"
        "mode = stat.S_IMODE(os.stat(path).st_mode)\n"
        "assert mode == 0o600, oct(mode)\n"
        "assert sys.stdin.isatty()\n"
        "exec(os.environ['EDIT'])\n"
    )
    return person.with_variables(VISUAL=f"{sys.executable} '{script}' --wait")


def _summary(person: Person, edit: str, *words: str) -> Terminal:
    """Type the summary, and open it in the editor."""
    terminal = person.with_variables(EDIT=edit).sit("new", *words)
    for step in FIRST[:5]:
        say(terminal, step)
    terminal.see(FIRST[5].asked)
    terminal.write(TEXT)
    if words:  # plain lines know no such key: the answer comes first
        terminal.enter()
        terminal.enter()
        choose(terminal, "editor")
    else:
        terminal.key("\x0f")
    return terminal


def test_an_answer_is_edited(editor: Person) -> None:
    """VISUAL has arguments; the copy is 0600, and gone afterwards."""
    terminal = _summary(editor, WRITES)
    terminal.see("And more.")
    terminal.enter()
    terminal.enter()
    terminal.see(MENU)

    assert MORE.replace(". ", ".\n") in editor.report.read_text()
    assert [*(editor.state / "edits").iterdir()] == []


def test_a_plain_answer_is_edited(editor: Person) -> None:
    """`!` alone opens it, with what was there."""
    editor.begun(f"summary={TEXT}")
    terminal = editor.with_variables(EDIT=WRITES).sit("edit", ID, "summary", "--plain")
    terminal.see(TEXT)
    terminal.press("\x15")
    terminal.write("!")
    terminal.enter()
    terminal.see("And more.")
    terminal.enter()
    terminal.enter()

    assert terminal.end() == 0
    assert MORE.replace(". ", ".\n") in editor.report.read_text()


@pytest.mark.parametrize("edit", EDITORS.values(), ids=EDITORS)
def test_an_answer_survives(editor: Person, edit: str) -> None:
    """The message is shown, and the answer stands there to go on with."""
    terminal = _summary(editor, edit)
    terminal.see("editor", TEXT)
    terminal.write(" Go on")
    terminal.enter()
    terminal.enter()
    terminal.see(MENU)

    text = editor.report.read_text()
    assert "One centre lost power." in text
    assert "Go on" in text
    if "And more" in edit:
        (kept,) = (editor.state / "edits").iterdir()
        assert "And more" in kept.read_text()
        assert str(kept) in "".join(terminal.shown.split())


@pytest.mark.parametrize("words", [(), ("--plain",)] if AT_LENGTH else [()], ids=str)
@pytest.mark.parametrize("edit", EDITORS.values(), ids=EDITORS)
def test_a_report_survives(editor: Person, edit: str, words: tuple[str, ...]) -> None:
    """What next comes back, and the file is as it was."""
    editor.begun(f"summary={TEXT}")
    before = editor.report.read_bytes()
    terminal = editor.with_variables(EDIT=edit).sit("edit", ID, "--editor", *words)

    assert terminal.end() in (0, 2)
    assert "editor" in terminal.shown
    assert editor.report.read_bytes() == before


def test_a_killed_program_has_the_text(editor: Person, tmp_path: Path) -> None:
    """CR-KILL while the editor is open: the answer is half typed, the copy is there."""
    wait = (
        f"{WRITES}; open({str(tmp_path / 'runs')!r}, 'w'); import time; time.sleep(99)"
    )
    terminal = _summary(editor, wait)
    terminal.until((tmp_path / "runs").exists, "the editor", 0.02)
    terminal.kill()
    terminal.kill_group(signal.SIGKILL)
    terminal.end()

    again = editor.sit("resume")
    again.see("an editor left", FIRST[5].asked, TEXT)
    (copy,) = (editor.state / "edits").iterdir()
    assert "And more." in copy.read_text()
    assert str(copy) in "".join(again.shown.split())


@ways
def test_both_changes_live(person: Person, words: tuple[str, ...]) -> None:
    """The file is changed by somebody's editor while a question is open."""
    person.begun("impact=All customers.")
    terminal = person.sit("edit", ID, "impact", "summary", *words)
    terminal.see("All customers.")
    path = person.report
    path.write_text(path.read_text().replace("# X down", "# Y is down"))
    terminal.write(" Even us.")
    terminal.enter()
    terminal.enter()
    terminal.see(asked("summary"))
    path.write_text(path.read_text().replace("severity: SEV-2", "severity: SEV-1"))
    terminal.write(TEXT)
    terminal.enter()
    terminal.enter()

    assert terminal.end() == 0
    text = path.read_text()
    wanted = ("# Y is down", "severity: SEV-1", "Even us.", TEXT)
    assert [each for each in wanted if each not in text] == []


def test_a_question_shows_what_was_written_meanwhile(person: Person) -> None:
    """What is asked is the file as it is now, and not as it was at the start."""
    person.begun("impact=All customers.", "summary=Old words.")
    terminal = person.sit("edit", ID, "impact", "summary")
    terminal.see("All customers.")
    path = person.report
    path.write_text(path.read_text().replace("Old words.", "New words."))
    terminal.enter()
    terminal.enter()
    terminal.see(asked("summary"), "New words.")
    terminal.enter()
    terminal.enter()

    assert terminal.end() == 0
    assert "New words." in path.read_text()


def test_a_field_that_was_written_meanwhile(person: Person) -> None:
    """Whoever answers is told, and decides."""
    person.begun("impact=All customers.")
    terminal = person.sit("edit", ID, "impact")
    terminal.see("All customers.")
    path = person.report
    path.write_text(path.read_text().replace("All customers.", "Some customers."))
    terminal.write(" Even us.")
    terminal.enter()
    terminal.enter()
    terminal.see("was changed meanwhile", "Some customers.", "Even us.", "editor")
    assert "Some customers." in path.read_text()
    terminal.enter()
    terminal.enter()

    assert terminal.end() == 0
    assert "All customers.\nEven us." in path.read_text()


SLOW = f"""{WRITES}
import signal, time
said = []
signal.signal(signal.SIGINT, lambda *_: said.append(1))
open(os.environ['RUNS'], 'w').close()
while not said: time.sleep(0.01)
open(path, 'a').write('It heard.\\n')
"""
"""An editor that goes on at Ctrl-C, as those that fill the screen do."""


@pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])
def test_control_c_is_the_editors(
    editor: Person, tmp_path: Path, *, plain: bool
) -> None:
    """While it runs Ctrl-C is its own; what it then saves is taken."""
    runs = tmp_path / "runs"
    there = editor.with_variables(RUNS=str(runs))
    terminal = _summary(there, SLOW, *(["--plain"] if plain else []))
    terminal.until(runs.exists, "the editor", 0.02)
    terminal.kill_foreground(signal.SIGINT)
    if not plain:
        terminal.see("It heard.")
        terminal.enter()
        terminal.enter()
    terminal.see(MENU)
    text = editor.report.read_text()
    assert "And more." in text
    assert "It heard." in text

    terminal.until(lambda: offered(terminal), "later")
    terminal.key("\x03")
    assert terminal.end() == 130  # from here on it is ours again
    assert terminal.restored()


def test_an_editor_that_control_c_ends_loses_nothing(
    editor: Person, tmp_path: Path
) -> None:
    """It does not ignore Ctrl-C because we do; the answer is as it was."""
    runs = tmp_path / "runs"
    wait = "open(os.environ['RUNS'], 'w').close(); import time; time.sleep(99)"
    terminal = _summary(editor.with_variables(RUNS=str(runs)), wait)
    terminal.until(runs.exists, "the editor", 0.02)
    terminal.kill_foreground(signal.SIGINT)
    terminal.see("the editor ended with", TEXT)
    terminal.enter()
    terminal.enter()
    terminal.see(MENU)

    assert TEXT in editor.report.read_text()
