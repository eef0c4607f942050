"""CR-RETRY and GIT-HUP-HOOK: a commit that fails loses nothing, and is tried again."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.sessions.interview import BRANCH, ID, MENU, begin, choose
from tests.sessions.person import Person
from tests.sessions.terminal import Terminal

PATH = f"postmortems/{ID}.md"
WAITING = (
    'touch "$PM_RUNS"; while test -e "$PM_RUNS"; do sleep 0.02; done; exit $PM_CODE'
)
"""A hook that says that it runs, and goes on when somebody removes the file."""
ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


def _submitted(terminal: Terminal) -> None:
    choose(terminal, "submit")
    terminal.say_yes()


@ways
def test_a_hook_that_says_no_is_heard(person: Person, words: tuple[str, ...]) -> None:
    """CR-RETRY: its words, what next, all as it was; then the same again goes well."""
    hook = person.repo.hook("commit-msg", 'echo "no ticket in it" >&2; exit 1')
    terminal = person.sit("new", *words)
    begin(terminal)
    before = person.repo.everything()

    _submitted(terminal)
    terminal.see("no ticket in it", "finish it later with:", MENU)

    assert person.repo.everything() == before
    assert person.draft.report == ID
    hook.unlink()
    _submitted(terminal)
    assert terminal.end() == 0
    assert person.repo.paths(BRANCH) == {PATH}
    assert person.drafts == ()


@ways
def test_what_finishes_it_is_one_line(person: Person, words: tuple[str, ...]) -> None:
    """CR-RETRY: however narrow the terminal is, all of it is copied at once."""
    person.repo.hook("commit-msg", "exit 1")
    terminal = person.sit("new", *words, columns=44)
    begin(terminal)

    _submitted(terminal)
    terminal.see("finish it later with:", MENU)

    assert f"\n  postmortem submit {ID} --way switch\n" in terminal.told


def test_later_the_draft_is_offered(person: Person) -> None:
    """CR-RETRY: after a refusal and Ctrl-C, `resume` leads to the same submit."""
    hook = person.repo.hook("commit-msg", "exit 1")
    terminal = person.sit("new")
    begin(terminal)
    _submitted(terminal)
    terminal.see(MENU)
    terminal.key("\x03")
    assert terminal.end() == 130
    hook.unlink()

    again = person.sit("resume")
    _submitted(again)

    assert again.end() == 0
    assert "/6" not in again.told
    assert person.repo.paths(BRANCH) == {PATH}


@ways
@pytest.mark.parametrize("code", ["0", "1"], ids=["passes", "fails"])
def test_a_terminal_is_closed_while_a_hook_runs(
    person: Person, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    """GIT-HUP-HOOK: the window is gone; no half of a commit, and `submit` finishes."""
    repo, runs = person.repo, tmp_path / "runs"
    repo.commit("b.txt", "one\n")
    repo.write("a.txt", "staged\n")
    repo.git("add", "a.txt")
    repo.write("b.txt", "two\n")
    hook = repo.hook("pre-commit", WAITING)
    there = person.with_variables(PM_RUNS=str(runs), PM_CODE=code)
    terminal = there.sit("new", *words)
    begin(terminal)
    before = repo.everything(but=BRANCH)
    _submitted(terminal)
    terminal.until(runs.exists, "the hook", 0.02)

    terminal.hang_up()
    ended = terminal.end()
    runs.unlink(missing_ok=True)
    hook.unlink()

    assert ended in (0, 120, 130)  # 120 is Python's: there is nowhere to write to
    assert repo.everything(but=BRANCH) == before
    if ended != 0:
        assert repo.run("rev-parse", "--verify", "-q", BRANCH).returncode != 0
        assert there.draft.report == ID
        assert there.run("submit", ID, "--way", "stay").returncode == 0
    assert repo.paths(BRANCH) == {PATH}
    assert repo.everything(but=BRANCH) == before


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("code", ["0", "1"], ids=["passes", "fails"])
def test_a_slow_hook_is_left(
    person: Person, tmp_path: Path, number: signal.Signals, code: str
) -> None:
    """GIT-HUP-HOOK: the work of others is there; it is committed, or offered again."""
    repo, runs = person.repo, tmp_path / "runs"
    repo.commit("b.txt", "one\n")
    repo.write("a.txt", "staged\n")
    repo.git("add", "a.txt")
    repo.write("b.txt", "two\n")
    hook = repo.hook("pre-commit", WAITING)
    there = person.with_variables(PM_RUNS=str(runs), PM_CODE=code)
    terminal = there.sit("new")
    begin(terminal)
    before = repo.everything(but=BRANCH)
    _submitted(terminal)
    terminal.until(runs.exists, "the hook", 0.02)

    terminal.kill_group(number)
    code_of_end = terminal.end()
    runs.unlink(missing_ok=True)

    assert code_of_end in (0, 130, -number)
    hook.unlink()
    if code_of_end != 0:
        assert there.draft.report == ID
        again = there.sit("resume", ID)
        _submitted(again)
        assert again.end() == 0
    assert repo.paths(BRANCH) == {PATH}
    assert repo.everything(but=BRANCH) == before
    assert person.drafts == ()
