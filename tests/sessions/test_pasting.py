"""TTY-PASTE, TTY-PASTE-ESC, TTY-BIGPASTE: what is pasted answers one question."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from postmortem.prompts.asking import PASTED
from postmortem.prompts.pressing import TOGETHER
from tests.sessions.interview import BRANCH, FIRST, MENU, begin, choose, say
from tests.sessions.person import Person
from tests.sessions.terminal import CONSENT

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])
PASTES = {
    "unmarked": "12:00 a\r12:05 b\ry\ry\r",
    "marked": "\x1b[200~12:00 a\r12:05 b\ry\ry\r\x1b[201~",
    "forged": "\x1b[200~12:00 a\x1b[201~\r12:05 b\ry\ry\r\x1b[201~",
}
TITLE = "12:00 a 12:05 b y y"
MEGABYTE = 1_000_000
LONGEST = 20
"""Seconds; three on a machine that has nothing else to do."""


@ways
@pytest.mark.parametrize("pasted", PASTES.values(), ids=PASTES)
def test_a_paste_stays_in_its_question(
    person: Person, words: tuple[str, ...], pasted: str
) -> None:
    """TTY-PASTE: at the first question; what then commits wants a yes of its own."""
    terminal = person.sit("new", *words)
    terminal.see(FIRST[0].asked)
    terminal.press(pasted)
    terminal.see(TITLE, PASTED)
    terminal.enter()
    begin(terminal, FIRST[1:])
    assert f"# {TITLE}\n" in person.report.read_text()

    choose(terminal, "submit")
    terminal.see(CONSENT)
    terminal.insist("n", "n")
    terminal.press(pasted.replace("a", "yes"))
    terminal.insist("\r", MENU)
    choose(terminal, "submit")
    terminal.see(CONSENT)
    terminal.insist("n", "n")
    terminal.press("\x7f")
    terminal.press("y\r")
    terminal.see("that came as a paste")
    terminal.key("n")
    terminal.insist("\r", MENU)
    assert person.repo.refs().keys() == {"refs/heads/main"}

    choose(terminal, "submit")
    terminal.say_yes()
    assert terminal.end() == 0
    assert len(person.repo.refs()) == 2


@ways
@pytest.mark.parametrize("typed", ["yes\r", "y\r"], ids=["word", "letter"])
def test_yes_in_advance_is_no_yes(
    person: Person, words: tuple[str, ...], tmp_path: Path, typed: str
) -> None:
    """TTY-PASTE: what was typed before the question was seen is dropped."""
    slow = tmp_path / "bin/git"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\nsleep 0.3\nexec {shutil.which("git")} "$@"\n')
    slow.chmod(0o755)
    path = f"{slow.parent}:{os.environ['PATH']}"
    terminal = person.with_variables(PATH=path).sit("new", *words)
    begin(terminal)

    choose(terminal, "submit")
    time.sleep(8 * TOGETHER)  # the list has its answer, and git is asked
    terminal.child.send(typed)
    terminal.see(CONSENT)
    assert "y" not in terminal.news.partition(CONSENT)[2]
    terminal.insist("\r", MENU)
    terminal.press("\x03")

    assert terminal.end() == 130
    assert BRANCH not in person.repo.git("branch", "--list")


@ways
def test_a_megabyte_is_pasted(person: Person, words: tuple[str, ...]) -> None:
    """TTY-BIGPASTE: into the summary; it is whole, and soon on disk."""
    line = "One centre lost power, and the failover did not take over. \n"
    pasted = (line * (MEGABYTE // len(line))).rstrip() + "\n"
    terminal = person.sit("new", *words)
    for step in FIRST[:5]:
        say(terminal, step)
    terminal.see(FIRST[5].asked)
    terminal.listed()
    terminal.drawn = False
    began = time.monotonic()
    terminal.paste(f"\x1b[200~{pasted}\x1b[201~".encode())
    whole = "".join(pasted.split())
    terminal.until(lambda: _kept(person) == whole, "a megabyte", 0.1)

    assert time.monotonic() - began < LONGEST
    terminal.key("\r")
    terminal.key("\r")
    terminal.until(lambda: b"later" in terminal.raw, MENU)
    assert whole in "".join(person.report.read_text().split())


def _kept(person: Person) -> str:
    return "".join("".join(draft.typing for draft in person.drafts).split())
