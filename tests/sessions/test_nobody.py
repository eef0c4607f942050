"""TTY-PIPE: where nobody sees a question, nothing is asked, written or committed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sessions.interview import FIRST, ID
from tests.sessions.person import AT_LENGTH, PROGRAM, Person

SHELLS = {
    "pipe": 'printf "X down\\n1\\nyes\\n" | "$@"',
    "yes": 'yes | "$@"',
    "null": '"$@" </dev/null',
    "closed": '"$@" <&-',
    "file": '"$@" <README',
}
every_shell = pytest.mark.parametrize("script", SHELLS.values(), ids=SHELLS)
SOME = SHELLS if AT_LENGTH else {name: SHELLS[name] for name in ("pipe", "closed")}
some_shells = pytest.mark.parametrize("script", SOME.values(), ids=SOME)


def _run(person: Person, script: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = ("bash", "--norc", "-c", f"set -o pipefail; {script}", "bash")
    return person.run(*words, before=command)


@every_shell
def test_new_says_what_is_missing(person: Person, script: str) -> None:
    """Exit 2, with every field that is asked first, and the ways to say them."""
    before = person.repo.everything()

    done = _run(person, script, "new")

    assert done.returncode == 2
    names = ("title", "severity", "services", "detected", "resolved", "summary")
    assert [name for name in names if f"{name} is missing" not in done.stderr] == []
    assert "--answers" in done.stderr
    assert done.stdout == ""
    assert person.repo.everything() == before
    assert person.drafts == ()


@some_shells
@pytest.mark.parametrize(
    "words", [("edit", ID), ("edit", ID, "impact"), ("edit", ID, "--missing")], ids=str
)
def test_edit_asks_nobody(person: Person, script: str, words: tuple[str, ...]) -> None:
    """Exit 2, and the report is as it was."""
    person.begun()
    before = person.repo.everything()

    done = _run(person, script, *words)

    assert done.returncode == 2
    assert "nobody to ask" in done.stderr
    assert person.repo.everything() == before


@some_shells
def test_what_is_unfinished_needs_somebody(person: Person, script: str) -> None:
    """`resume` asks nobody, and `discard` takes no yes from a pipe."""
    terminal = person.sit("new", "X down")
    terminal.see(FIRST[1].asked)
    terminal.key("\x03")
    assert terminal.end() == 130
    draft = person.draft

    resumed = _run(person, script, "resume")
    discarded = _run(person, script, "discard", "X down")

    assert (resumed.returncode, discarded.returncode) == (2, 2)
    assert "nobody to ask" in resumed.stderr
    assert "nobody is there to say yes" in discarded.stderr
    assert person.draft.text == draft.text


def test_questions_are_not_written_into_a_file(person: Person, tmp_path: Path) -> None:
    """Whoever sends the conversation into a file sees no question: exit 2."""
    terminal = person.shell(f'"$@" 2>{tmp_path}/said', "new")

    assert terminal.end() == 2
    assert "title is missing" in (tmp_path / "said").read_text()
    assert PROGRAM[0] not in terminal.told
    assert person.reports == []
