"""Every sample of a tool: who takes it, and what comes of it.

A new case is a new file in `samples`, in the folder of its importer's name, with what
comes of it in a file beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.importers.engine import found, shelf
from postmortem.importers.opening import opened
from postmortem.importers.shelf import LOOSE, PARTICULAR
from tests.importers.told import CHAT, SAMPLES, SETTING, SUFFIX, TOOLS, samples, told

IMPORTERS = {importer.name: importer for importer in shelf()}
every_sample = pytest.mark.parametrize(
    "path", samples(*CHAT, *TOOLS), ids=lambda path: str(path.relative_to(SAMPLES))
)


@every_sample
def test_just_one_importer_takes_a_sample(path: Path) -> None:
    """Of those that are particular; the loose ones are asked only after them."""
    particular = _takers(path, PARTICULAR)
    takers = particular or _takers(path, LOOSE)[:1]

    assert takers == [path.parent.name]


@every_sample
def test_a_sample_is_known_by_its_content(path: Path) -> None:
    """Of all importers, the right one reads all of it."""
    reading = found(opened(path), SETTING)

    assert [*reading] != []

    assert [*reading.tallies] == [path.parent.name]
    assert reading.refusals == []


@every_sample
def test_a_sample_becomes_what_stands_beside_it(
    path: Path, pytestconfig: pytest.Config
) -> None:
    """IMP-DUP, IMP-TS: record by record, the unplaced too; `--update` writes it."""
    expected = path.with_name(f"{path.name}{SUFFIX}")

    said = told(IMPORTERS[path.parent.name], path)

    if pytestconfig.getoption("--update"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@every_sample
def test_an_importer_says_why(path: Path) -> None:
    """Yes and no are clauses that a person can read."""
    for importer in IMPORTERS.values():
        verdict = importer.recognises(opened(path))

        assert verdict.why.strip()
        assert "\n" not in verdict.why


def test_every_importer_has_samples() -> None:
    """And no folder of samples is another's."""
    assert {*CHAT, *TOOLS} == {*IMPORTERS}


def _takers(path: Path, names: tuple[str, ...]) -> list[str]:
    asked = shelf(names)
    return [each.name for each in asked if each.recognises(opened(path)).taken]
