"""Characters that hide, or turn text around, are seen wherever a report is shown."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from postmortem.escape import csv_text
from tests.commands.author import Author
from tests.commands.stage import BRANCH, ID, PATH, REPORT, TITLE

HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
TITLES = {
    "turned around": ("a \u202egnp.exe", "a U+202Egnp.exe"),
    "commented out": (
        "ok\u202e \u2066// no\u2069 \u2066x",
        "okU+202E U+2066// noU+2069 U+2066x",
    ),
    "stretched": ("a\u2067b\u2069\u202cc", "aU+2067bU+2069U+202Cc"),
    "marked": ("a\u200eb\u200fc\u061cd", "aU+200EbU+200FcU+061Cd"),
    "of no width": ("pay\u200bpal\u2060 is down", "payU+200BpalU+2060 is down"),
}


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in a repository."""
    root = tmp_path / "work"
    root.mkdir()
    author = Author(root, home)
    author.repo.git("init", "-q")
    author.repo.commit("README")
    return author


@pytest.mark.parametrize("kind", TITLES)
def test_what_hides_is_shown(author: Author, kind: str) -> None:
    """SEC-BIDI: as its number, in lists, pages, JSON and the subject of the commit."""
    hidden, shown = TITLES[kind]
    text = REPORT.replace(TITLE, hidden).replace("onset:", f"owner: {hidden}\nonset:")
    author.write(PATH, text)
    there = author.at_a_terminal(TERM="xterm", COLUMNS="200")

    said = {
        words: there.run(*words).out
        for words in (
            ("list",),
            ("show", ID),
            ("show", ID, "--raw"),
            ("show", ID, "--format", "html"),
            ("show", ID, "--format", "json"),
            ("check", ID),
        )
    }
    done = author.run("submit", ID, "--way", "stay")

    assert done.code == 0, done.err
    for words, out in said.items():
        assert not HIDDEN.search(out), words
    for words in (("list",), ("show", ID), ("show", ID, "--raw")):
        assert shown in said[words], words
    subject = author.repo.git("log", "-1", "--format=%s", BRANCH)
    assert subject == f"Add postmortem: {shown}"
    assert author.repo.blob(BRANCH, PATH).decode() == text


def test_no_cell_of_an_export_is_a_formula(author: Author) -> None:
    """SEC-CSV: whatever an event begins with; it is quoted, and read back as it was."""
    texts = (
        *("=1+1", "+1", "-1", "@SUM(A1)", '"=1+1"', "a;=1+1", "'=1", " =1"),
        *('=cmd|"/c calc"!A1', "\uff1d1+1", "- a, b", 'say "no"', "'twas"),
    )
    author.write(PATH, REPORT.replace("minimal", "default"))
    for text in texts:
        row = f"timeline+=at: 2025-05-24T13:20Z, text: {_quoted(text)}"
        said = author.run("set", ID, row.replace("=at", "={at", 1) + "}")
        assert said.code == 0, said.err

    out = author.run("timeline", ID, "--format", "csv").out

    _, *rows = csv.reader(StringIO(out, newline=""))
    cells = [row[3] for row in rows]
    assert [csv_text(cell) for cell in cells] == [text.strip() for text in texts]
    starts = re.compile(r"[=+\-@\t\r\x00\uff0b\uff0d\uff1d\uff20]")
    assert not [cell for cell in cells if starts.match(cell.lstrip('" '))]


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
