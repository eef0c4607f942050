"""The words of earlier reports are offered for the next one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postmortem.archive import Archive, code_owners, seen
from tests.archive.conftest import Write


def test_the_most_frequent_word_is_first(archive: Archive, put: Write) -> None:
    """And of as many the latest; lists and texts with commas alike."""
    put("2025-01-01-a", "A", "services: [db, cache]", "owner: 'Ops, on call'")
    put("2025-01-02-b", "B", "services: 'web, db'", "tags: [dns]", "owner: a reviewer")
    put("2025-01-03-c", "C", "services: [queue, queue]", "reviewers: [the lead]")

    assert seen(archive, 10) == {
        "services": ("db", "queue", "web", "cache"),
        "tags": ("dns",),
        "reviewers": ("the lead",),
        "owner": ("a reviewer", "Ops, on call"),
    }


def test_only_the_latest_reports_are_read(
    archive: Archive, put: Write, root: Path
) -> None:
    """Of all folders together; what stands beside reports is none."""
    for day in range(1, 10):
        put(f"2025-01-0{day}-x", "X", f"tags: [t{day}]")
    put("readme", "Read me", "tags: [no]")
    (root / "more").mkdir()
    (root / "more" / "2025-01-08-y.md").write_text("---\ntags: [y]\n---\n")
    both = Archive([*archive.folders, root / "more"], root=root)

    assert seen(both, 3)["tags"] == ("t9", "y", "t8")
    assert seen(both, 0)["tags"] == ()
    assert "no" not in seen(both, 99)["tags"]


def test_what_is_no_word_is_not_offered(archive: Archive, put: Write) -> None:
    """A sentence, a control character, nothing; a broken report hides no other."""
    put("2025-01-01-a", "A", "tags: ['', ' ', \"a\\eb\", ok, [x], {y: z}]", "owner: []")
    put("2025-01-02-b", "B", f"tags: [{'x' * 81}]", "owner:")
    put("2025-01-03-c", "C", "tags: [broken")

    words = seen(archive, 10)

    assert (words["tags"], words["owner"]) == (("ok",), ())


OWNERS = """\
# Who looks at what: @nobody
*                @org/everyone
/docs/my\\ guide/ writer@example.com   @writer # and @not-me
*.py             @org/everyone @pythonista
/unowned/
pkgs/@scope/     @scoped
[Database][2]    @dba
^[Optional] @helper
bad              @ words
"""


@pytest.mark.parametrize(
    "name", ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"]
)
def test_code_owners_are_named(tmp_path: Path, name: str) -> None:
    """Each once, in the order of the file; patterns and comments are not theirs."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(OWNERS, encoding="utf-8")

    assert code_owners(tmp_path) == (
        *("@org/everyone", "writer@example.com", "@writer", "@pythonista"),
        *("@scoped", "@dba", "@helper"),
    )


def test_the_first_file_counts(tmp_path: Path) -> None:
    """As on the forge."""
    for name in (".github", "docs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "CODEOWNERS").write_text(f"* @{name}")

    assert code_owners(tmp_path) == ("@.github",)


def test_where_there_are_no_code_owners_nobody_is_named(tmp_path: Path) -> None:
    """Nor for a pipe, a link, bytes or a file without an end, and nothing waits."""
    assert code_owners(tmp_path) == ()
    os.mkfifo(tmp_path / "CODEOWNERS")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "CODEOWNERS").write_text("* @x\n" * 200_000)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "CODEOWNERS").symlink_to("/etc/passwd")
    assert code_owners(tmp_path) == ()

    (tmp_path / "CODEOWNERS").unlink()
    (tmp_path / "CODEOWNERS").write_bytes(b"* @a \xff@b \0@c\n")
    assert code_owners(tmp_path) == ("@a", "\ufffd@b")
