"""What became of files that a commit has: other names, and none."""

from __future__ import annotations

import pytest

from postmortem.history import INDEX
from postmortem.history.comparing import Moves, moves
from tests.history.repos import Repository

LINES = "".join(f"line {number}\n" for number in range(40))


@pytest.mark.parametrize("new", ["b.md", "d/b.md", "ä ö.md", "a\nb.md", ":(x)\t.md"])
def test_a_file_is_known_under_any_name(repo: Repository, new: str) -> None:
    """As git names it, whatever is in it; slightly changed as well."""
    repo.commit("a.md", LINES)
    repo.commit("gone.md", "x\n")
    rev = repo.git("rev-parse", "HEAD")
    repo.git("rm", "-q", "a.md", "gone.md")
    repo.write(new, f"{LINES}more\n")
    repo.git("add", "-A")

    renamed = Moves(renamed={new: "a.md"}, gone=frozenset({"gone.md"}))
    assert moves(repo.history, rev, "**/*.md") == renamed

    repo.git("commit", "-qm", "moved")
    assert moves(repo.history, rev, "**/*.md") == renamed


def test_only_files_of_the_pattern_are_compared(repo: Repository) -> None:
    """And nothing is known without such a commit."""
    repo.commit("a.txt", LINES)
    repo.git("mv", "a.txt", "b.md")
    nothing = Moves(renamed={}, gone=frozenset())

    assert moves(repo.history, "HEAD", "**/*.md") == nothing
    assert moves(repo.history, "0" * 40, "**/*.md") == nothing


def test_the_index_of_a_commit_under_way_counts(repo: Repository) -> None:
    """It is the one that git names to its hooks."""
    repo.commit("a.md", LINES)
    repo.git("mv", "a.md", "b.md")
    other = repo.git_dir / "other"
    other.write_bytes((repo.git_dir / "index").read_bytes())
    repo.git("reset", "-q")

    assert INDEX == "GIT_INDEX_FILE"
    assert moves(repo.history, "HEAD", "**/*.md").renamed == {}
    found = moves(repo.history, "HEAD", "**/*.md", str(other))
    assert found.renamed == {"b.md": "a.md"}
