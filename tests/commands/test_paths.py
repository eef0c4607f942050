"""Whatever a command does, a path that leads to no report is no other one."""

from __future__ import annotations

import pytest

from tests.commands.stage import ID, PATH, Stage

COMMANDS = [
    ["show", "{}"],
    ["check", "{}"],
    ["set", "{}", "severity=SEV-2"],
    ["refresh", "{}"],
    ["rename", "{}", "Another title"],
    ["convert", "{}", "--template", "sre"],
    ["edit", "{}", "--missing"],
    ["submit", "{}"],
    ["timeline", "{}"],
    ["timeline", "{}", "import", "nothing.json"],
    ["upgrade", "{}"],
    ["template", "preview", "minimal", "--report", "{}"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: "-".join(words[:3]))
@pytest.mark.parametrize("path", ["postmortems/2025.md", f"elsewhere/{ID}.md"])
def test_a_path_that_is_not_there_is_no_report(
    stage: Stage, words: list[str], path: str
) -> None:
    """Nobody writes to a report that they did not name."""
    before = (stage.root / PATH).read_bytes()

    said = stage.run(*(it.format(path) for it in words))

    assert (said.code, said.out) == (2, "")
    assert f"{path}: there is no such file\n" in said.err
    assert (stage.root / PATH).read_bytes() == before


def test_a_path_of_git_will_do_from_below(stage: Stage) -> None:
    """As a pipeline prints it."""
    (stage.root / "docs").mkdir()
    there = Stage(root=stage.root / "docs", home=stage.home)

    assert there.run("show", PATH).code == 0
    assert there.run("show", f"../{PATH}").code == 0
    assert there.run("show", f"../../{PATH}").code == 2
