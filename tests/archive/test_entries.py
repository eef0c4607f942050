"""A list is made of the heads of files alone, whatever is in them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from postmortem.archive import Archive
from tests.archive.conftest import Write


@pytest.mark.parametrize(
    "text, title",
    [
        ("# One\n# Two\n", "One"),
        ("---\nid: x\n---\n\n#   Spaced   ##\n", "Spaced"),
        ("---\r\nid: x\r\n---\r\n\r\n# CRLF\r\n", "CRLF"),
        ("\ufeff---\nid: x\n---\n# Mark\n", "Mark"),
        ("---\nid: x\ntitle: In front\n---\nno heading\n", "In front"),
        ("<!-- # no -->\n```\n# nor this\n```\n# Late\n", None),
        ("## Second level\n", None),
        ("Under a line\n============\n\n# One\n", "Under a line"),
        ("# One\n\nUnder a line\n===\n", "One"),
        ("---\r\nid: x\r\n---\r\n\r\n  CRLF \r\n==  \r\n", "CRLF"),
        ("text above\n\nOne\n=\n", "One"),
        ("a == b\n\n- item\n====\n\n> said\n====\n", None),
        ("# One\n====\n", "One"),
        ("a paragraph\nof two\n====\n", None),
        ("#no-heading\n", None),
        ("# a\\_b\\* c\n", "a_b* c"),
        ("", None),
    ],
)
def test_the_title_is_the_first_heading(
    archive: Archive, folder: Path, text: str, title: str | None
) -> None:
    """It is read from the head of the file, or else from the front matter."""
    (folder / "2025-01-01-x.md").write_bytes(text.encode())

    (entry,) = archive.entries()

    assert entry.title == title


def test_front_matter_is_read_to_its_end_however_long(
    archive: Archive, folder: Path
) -> None:
    """Three dashes within a value end nothing, though the head ends before it does."""
    keys = "".join(f"k{at}: a --- b\n" for at in range(700))
    text = f"---\nid: mine\n{keys}---\n\n# Long\n"
    (folder / "2025-01-01-x.md").write_text(text, "utf-8")

    (entry,) = archive.entries()

    assert (entry.id, entry.title, entry.problem) == ("mine", "Long", None)


@pytest.mark.parametrize(
    "raw, problem",
    [
        (b"---\nid: x\nno end\n", "front matter opens with --- here and is not closed"),
        (b"---\na: [1\n---\n", "line 3: "),
        (b"---\nid: x\nid: y\n---\n", "line 3: the key 'id' stands here and on line 2"),
        (b"+++\nid = 1\n+++\n", "this front matter is TOML"),
        (b"\xff\xfe\x00", None),
    ],
    ids=["open", "bracket", "twice", "toml", "bytes"],
)
def test_a_broken_report_is_listed_with_what_is_wrong(
    archive: Archive, folder: Path, raw: bytes, problem: str | None
) -> None:
    """One bad file hides nothing, itself included."""
    (folder / "2025-01-01-x.md").write_bytes(raw)

    (entry,) = archive.entries()

    assert entry.id == "2025-01-01-x"
    assert (entry.problem or "").startswith(problem or "")
    assert (entry.problem is None) == (problem is None)


def test_front_matter_may_be_long(archive: Archive, put: Write) -> None:
    """What does not fit into the first read is read on."""
    put("2025-01-01-x", "Long", f"tags: [{', '.join(['tag'] * 4000)}]", "owner: me")

    (entry,) = archive.entries()

    assert (entry.fact("owner"), entry.title) == ("me", "Long")


def test_links_hidden_files_and_folders_are_no_reports(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    """A link could show any file of the machine to whoever lists reports."""
    secret = tmp_path / "secret.md"
    secret.write_text("---\nid: 2025-01-01-secret\n---\n", encoding="utf-8")
    (folder / "2025-01-01-link.md").symlink_to(secret)
    (folder / ".hidden.md").write_text("# no", encoding="utf-8")
    (folder / "2025-01-01-folder.md").mkdir()
    os.mkfifo(folder / "2025-01-01-pipe.md")

    assert archive.entries() == ()


def test_facts_are_texts_and_lists(archive: Archive, put: Write) -> None:
    """They are as the front matter has them; one text is a list of its parts."""
    put("2025-01-01-x", "X", "severity: NO", "services: a, b", "tags: [c, d]", "n: {}")

    (entry,) = archive.entries()

    assert (entry.fact("severity"), entry.fact("tags"), entry.fact("no")) == (
        "NO",
        None,
        None,
    )
    assert (entry.several("services"), entry.several("tags")) == (
        ("a", "b"),
        ("c", "d"),
    )


def test_folders_that_are_not_there_are_empty(root: Path) -> None:
    """Before the first report there is no folder."""
    assert Archive([root / "none", root / "none"], root=root).entries() == ()


def test_a_thousand_reports_are_listed_at_once(archive: Archive, put: Write) -> None:
    """The bodies are not read: ten megabytes of them cost nothing."""
    facts = "onset detected acknowledged mitigated resolved owner status audience"
    front = [f"{name}: 2025-05-24T13:05Z" for name in facts.split()]
    for number in range(1000):
        path = put(
            f"2025-01-01-x{number:04}", "X", f"id: 2025-01-01-x{number:04}", *front
        )
        with path.open("a", encoding="utf-8") as file:
            file.write("word " * 2000)

    start = time.process_time()
    found = archive.entries()
    spent = time.process_time() - start

    assert len(found) == 1000
    assert spent < 1.5  # a second, and room for a busy machine
