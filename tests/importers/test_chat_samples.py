"""What each chat tool's exports become: a sample, and beside it what is found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.importers import Setting
from postmortem.importers.engine import found, shelf
from postmortem.importers.opening import opened
from tests.importers.told import SAMPLES, SUFFIX, samples, spelled

TOOLS = (
    *("slack", "discord", "teams", "mattermost", "whatsapp", "irc", "log", "pasted"),
)
SETTING = Setting(zone=UTC, near=datetime(2025, 5, 24, 12, tzinfo=UTC))
every_sample = pytest.mark.parametrize(
    "path", samples(*TOOLS), ids=lambda path: str(path.relative_to(SAMPLES))
)


@every_sample
def test_a_sample_becomes_what_stands_beside_it(
    path: Path, pytestconfig: pytest.Config
) -> None:
    """A new case is a new file; `--update` writes what is found."""
    expected = path.with_name(f"{path.name}{SUFFIX}")
    importer = next(each for each in shelf() if each.name == path.parent.name)

    told = "".join(
        f"{line}\n" for line in spelled(importer.events(opened(path), SETTING))
    )

    if pytestconfig.getoption("--update"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


@every_sample
def test_a_sample_is_known_by_its_content(path: Path) -> None:
    """Of all importers, the right one takes it."""
    reading = found(opened(path), SETTING)

    assert [*reading] != []

    assert [*reading.tallies] == [path.parent.name]
    assert reading.refusals == []
