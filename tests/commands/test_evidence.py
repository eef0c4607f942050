"""The sample a-failover, made again from what a team would have had."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from postmortem import markdown, shipped
from postmortem.model import Report
from postmortem.templating import Source
from tests.commands.author import Author
from tests.evidence import FOLDER, evidence
from tests.evidence.story import REPOSITORY, SAMPLE


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with the sample's report, and the history of the script."""
    root = tmp_path / "work"
    (root / "postmortems").mkdir(parents=True)
    (path,) = SAMPLE.glob("*.md")
    (root / "postmortems" / path.name).write_bytes(path.read_bytes())
    script = FOLDER / "history.sh"
    subprocess.run(["sh", str(script), str(root / REPOSITORY)], check=True, timeout=60)
    return Author(root, home)


def command() -> list[str]:
    """Return the words of the import that the readme of the samples has."""
    text = (SAMPLE.parent / "README.md").read_text("utf-8")
    (line,) = re.findall(r"^postmortem (timeline .*)$", text, re.MULTILINE)
    words: list[str] = []
    for word in shlex.split(line):
        files = sorted(SAMPLE.parents[1].glob(word)) if "*" in word else []
        words += [str(path) for path in files] or [word]
    return words


def imported(author: Author) -> str:
    """Import all of it, and return the line that counts the records."""
    said = author.run(*command())
    assert said.code == 0, said.err
    return said.out.splitlines()[0]


def report(author: Author) -> tuple[Path, Report]:
    """Return the report's file and what it says."""
    (path,) = (author.root / "postmortems").glob("*.md")
    sources = (Source(path=shipped.templates_folder() / "reports", trusted=True),)
    template = markdown.load("default", sources)
    return path, markdown.read(path.read_text("utf-8"), template).report


def test_the_evidence_is_what_its_command_makes() -> None:
    """`python -m tests.evidence` writes it anew after the report has changed."""
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == evidence()


def test_the_timeline_is_remade_from_evidence(author: Author) -> None:
    """Each row, its minute, kind and sources: the file is the same to the byte."""
    path, whole = report(author)
    before = path.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("| 2025-")]
    path.write_text("".join(kept), "utf-8")
    assert not report(author)[1].timeline

    counted = imported(author)

    assert counted == "read 33: 24 offered, 3 folded, 6 left out by filters"
    assert report(author)[1].timeline == whole.timeline
    assert path.read_text("utf-8") == before


def test_the_report_has_all_of_it_already(author: Author) -> None:
    """Importing the evidence into the finished report adds nothing."""
    path, _ = report(author)
    before = path.read_bytes()

    counted = imported(author)

    assert counted == (
        "read 33: 0 offered, 3 folded, 24 there already, 6 left out by filters"
    )
    assert path.read_bytes() == before
