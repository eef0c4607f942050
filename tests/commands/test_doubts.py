"""What cannot be so is said when it is written, and nobody is kept back."""

from __future__ import annotations

import pytest

from tests.commands.stage import ID, Stage


@pytest.mark.parametrize(
    "said, doubt",
    [
        (
            "detected=2025-05-24 12:00Z",
            "detected (",
        ),
        ("actions.A1.factor=F9", "there is no factor F9"),
    ],
)
def test_a_doubt_is_said_and_the_value_is_set(
    stage: Stage, said: str, doubt: str
) -> None:
    """It may be right all the same: a note, on the stream of the conversation."""
    done = stage.run("set", ID, said)

    assert done.code == 0
    assert f"look again: {doubt}" in done.err
    assert "look again" not in stage.run("set", ID, "owner=edge lead", said).out
    assert f"look again: {doubt}" in stage.run("submit", ID, "--dry-run").err


def test_there_is_no_doubt_about_the_usual(stage: Stage) -> None:
    """Nothing is said where nothing is wrong."""
    assert "look again" not in stage.run("set", ID, "severity=SEV-2").err
