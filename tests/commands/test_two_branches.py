"""What two people write on two branches, git puts together; what it cannot is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.author import Author
from tests.commands.stage import ID, PATH


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with a committed report of a few rows."""
    root = tmp_path / "work"
    root.mkdir()
    author = Author(root, home)
    author.repo.git("init", "-q")
    author.repo.commit("README")
    made = author.run(
        *("new", "X down", "--set", "zone=UTC", "--set", "severity=SEV-1"),
        *("--set", "onset=2025-05-24T13:05Z", "--set", "summary=It fell. All waited."),
        *("--set", "timeline+=13:06 alert: one", "--set", "timeline+=13:20 two"),
        *("--set", "timeline+=13:40 three", "--set", "actions+=Try it", "--set"),
        *("actions+=Page on it", "--set", "actions+=Buy another"),
    )
    assert made.code == 0, made.err
    assert (author.root / PATH).exists()
    _commit(author)
    return author


def _commit(author: Author) -> None:
    author.repo.git("add", "-A")
    author.repo.git("commit", "-qm", "Write it")


def _on(author: Author, branch: str, *commands: tuple[str, ...]) -> None:
    """Run commands on a new branch that begins at main, and commit what they did."""
    author.repo.git("checkout", "-q", "-b", branch, "main")
    for words in commands:
        said = author.run(*words)
        assert said.code == 0, (words, said.err)
    _commit(author)
    author.repo.git("checkout", "-q", "main")


def _text(author: Author) -> str:
    return (author.root / PATH).read_text("utf-8")


APART = {
    "sections": (
        ("summary=It fell. Nobody waited.",),
        ("impact=All who pay by card.",),
    ),
    "facts": (("owner=api on-call",), ("resolved=2025-05-24T15:00Z",)),
    "a fact and a section": (("tags=power",), ("lucky=It was a quiet day.",)),
    "rows": (("actions.A1.owner=api on-call",), ("actions.A3.due=2025-06-30",)),
    "a row and a fact": (("actions.A2.status=done",), ("severity=SEV-2",)),
    "rows of two lists": (("actions+=Drill it",), ("factors+=It was never tried",)),
}


@pytest.mark.parametrize("apart", APART)
def test_different_parts_are_merged(author: Author, apart: str) -> None:
    """CON-EDITMERGE: a row and a sentence have lines of their own, so git can."""
    mine, theirs = APART[apart]
    base = author.repo.git("rev-parse", "main")
    _on(author, "mine", ("set", ID, *mine))
    _on(author, "theirs", ("set", ID, *theirs))

    author.repo.git("merge", "-q", "--no-edit", "mine")
    author.repo.git("merge", "-q", "--no-edit", "theirs")

    merged = _text(author)
    for branch in ("mine", "theirs"):
        diff = author.repo.git("diff", "-U0", base, branch, "--", PATH)
        for line in diff.splitlines()[5:]:
            assert not line.startswith("+") or line[1:] in merged.split("\n")
    assert "PM00" not in author.run("check", ID).out
    assert author.run("refresh", ID, "--check").code == 0


def test_the_same_line_is_a_conflict_that_is_told(author: Author) -> None:
    """CON-EDITMERGE: its marks are found with their line, and nothing writes to it."""
    _on(author, "mine", ("set", ID, "actions.A2.owner=api on-call"))
    _on(author, "theirs", ("set", ID, "actions.A2.owner=web on-call"))
    author.repo.git("merge", "-q", "--no-edit", "mine")

    assert author.repo.run("merge", "-q", "theirs").returncode == 1

    text = _text(author)
    line = text.split("\n").index("<<<<<<< HEAD") + 1
    checked = author.run("check", ID)
    changed = author.run("set", ID, "severity=SEV-3")
    assert checked.code in (1, 2)
    assert f"{PATH}:{line}:" in checked.out + checked.err
    assert changed.code == 2
    assert f"{PATH}:{line}" in changed.err
    assert _text(author) == text


def test_two_reports_are_merged(author: Author) -> None:
    """CON-INDEX: there is no file that all of them share, so nothing can conflict."""
    _on(author, "mine", ("new", "Y down", "--set", "severity=SEV-1"))
    _on(author, "theirs", ("new", "Z down", "--set", "severity=SEV-2"))

    author.repo.git("merge", "-q", "--no-edit", "mine")
    author.repo.git("merge", "-q", "--no-edit", "theirs")

    ids = author.run("list", "--format", "ids").out.split()
    assert ids == ["2025-05-27-z-down", "2025-05-27-y-down", ID]
    assert author.repo.paths("mine").isdisjoint(author.repo.paths("theirs"))


def test_an_id_outlives_title_and_days(author: Author) -> None:
    """CON-IDSTABLE: whatever becomes of them, file and id are those of its birth."""
    for words in (
        ("rename", ID, "Power lost in one centre"),
        ("set", ID, "onset=2025-06-01T08:00Z"),
        ("set", ID, "detected=2025-06-01T08:10Z"),
        ("refresh", ID),
    ):
        assert author.run(*words).code == 0

    assert author.run("list", "--format", "ids").out.split() == [ID]
    text = _text(author)
    assert text.startswith(f"---\nid: {ID}\n")
    assert "\n# Power lost in one centre\n" in text

    moved = author.run("rename", ID, "Power lost", "--id", "2025-06-01-power-lost")
    assert moved.code == 0
    shown = author.run("show", ID)
    assert shown.out.startswith("---\nid: 2025-06-01-power-lost\n")
