"""Arguments that mean the same in every command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from postmortem.commands._arguments import ReportId


def test_completing_an_id_says_nothing_where_there_are_none(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell shows whatever is printed while it completes."""
    monkeypatch.chdir(tmp_path)
    kind = ReportId()
    command = click.Command("x", params=[click.Argument(["report"], type=kind)])
    context = click.Context(command, resilient_parsing=True)

    assert kind.shell_complete(context, command.params[0], "no-such-id") == []
    assert capfd.readouterr() == ("", "")
