"""Every sample of a tool: who takes it, and what comes of it.

A new case is a new file in `samples`, in the folder of its importer's name, with what
comes of it in a file beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.importers import Importer
from postmortem.importers.engine import shelf
from postmortem.importers.opening import opened
from postmortem.importers.shelf import LOOSE, PARTICULAR
from tests.importers.told import SAMPLES, SUFFIX, samples, told

TOOLS = (
    *("pagerduty", "opsgenie", "alertmanager", "grafana", "datadog", "sentry"),
    *("monitors", "incident.io", "rootly", "statuspage", "github", "gitlab"),
    *("builds", "aws", "journal", "xonsh", "shell", "asciinema", "syslog"),
    *("json", "csv"),
)
every_sample = pytest.mark.parametrize(
    "path",
    samples(*TOOLS),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)


@every_sample
def test_just_one_importer_takes_a_sample(path: Path) -> None:
    """Of those that are particular; the loose ones are asked only after them."""
    particular = _takers(path, PARTICULAR)
    takers = particular or _takers(path, LOOSE)[:1]

    assert takers == [path.parent.name]


@every_sample
def test_what_comes_of_a_sample(path: Path, request: pytest.FixtureRequest) -> None:
    """Times, texts, identities and what has no place, record by record."""
    kept = path.with_name(f"{path.name}{SUFFIX}")

    found = told(_called(path.parent.name), path)

    if request.config.getoption("--update"):
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@every_sample
def test_an_importer_says_why(path: Path) -> None:
    """Yes and no are clauses that a person can read."""
    for importer in shelf():
        verdict = importer.recognises(opened(path))

        assert verdict.why.strip()
        assert "\n" not in verdict.why


def test_every_sample_has_a_tool() -> None:
    """No folder of samples is forgotten by the tests of its worker."""
    names = {importer.name for importer in shelf()}

    assert {folder.name for folder in SAMPLES.iterdir() if folder.is_dir()} <= names


def _called(name: str) -> Importer:
    return next(importer for importer in shelf() if importer.name == name)


def _takers(path: Path, names: tuple[str, ...]) -> list[str]:
    asked = shelf(names)
    return [each.name for each in asked if each.recognises(opened(path)).taken]
