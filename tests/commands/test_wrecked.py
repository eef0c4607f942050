"""Front matter that stands between no fences: nothing is written above it."""

from __future__ import annotations

import pytest

from tests.commands.stage import ID, PATH, REPORT, Stage

FIRST = REPORT.removeprefix("---\n")
BOTH = FIRST.replace("---\n", "", 1)
FORMATTED = f"{'_' * 70}\n\n## id: {ID} template: minimal status: draft\n{BOTH[-200:]}"


@pytest.mark.parametrize(
    "words",
    [
        ("set", ID, "owner=storage on-call"),
        ("refresh", ID),
        ("rename", ID, "Another title"),
        ("set", ID, "timeline+=2025-05-24T13:05Z it broke"),
        ("convert", ID, "--template", "sre", "--yes"),
        ("submit", ID, "--way", "here", "--allow-findings"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("text", [FIRST, BOTH, FORMATTED], ids=["one", "both", "rule"])
def test_no_command_writes_into_it(
    stage: Stage, text: str, words: tuple[str, ...]
) -> None:
    """A new front matter above the old one would make prose of every fact."""
    stage.write(PATH, text)

    said = stage.run(*words)

    assert said.code == 2
    assert f"{PATH}:1:1: the front matter" in said.err
    assert (stage.root / PATH).read_text("utf-8") == text


def test_a_list_says_so(stage: Stage) -> None:
    """The report stands there without any fact, and this is why."""
    stage.write(PATH, BOTH)

    assert "between no lines ---" in stage.run("list").out
