"""Everything that is wrong in an answers file is said at once, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.answers import Asked, missing, read

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_all_mistakes_are_said_at_once(asked: Asked, path: Path) -> None:
    """A case is a file: the answers, and below them what is said about them."""
    answers, said = _parts(path)

    answered = read(answers, asked, path="answers.yaml")
    problems = (*answered.problems, *missing(answered, asked.outline))

    assert "\n".join(map(str, problems)) == said


def test_lines_are_those_of_the_file(asked: Asked) -> None:
    """In JSON too, where a mistake stands behind an escape."""
    answered = read('{\n "title": "\\ud83d\\udd25",\n "x": 1}', asked, path="a.json")

    (problem,) = answered.problems
    assert (problem.path, problem.line, problem.column) == ("a.json", 3, 2)


def test_a_file_that_is_too_large_is_refused(asked: Asked) -> None:
    """Before it is read."""
    (problem,) = read(f"title: {'x' * 1024 * 1024}", asked).problems

    assert "are more than the" in problem.message


def _parts(path: Path) -> tuple[str, str]:
    """Return the first block of code, and the second."""
    blocks = path.read_text(encoding="utf-8").split("```")
    return blocks[1].partition("\n")[2], blocks[3].partition("\n")[2].rstrip("\n")
