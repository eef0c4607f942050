"""Whichever command meets a mistake in a template says where it is, the same way."""

from __future__ import annotations

import json

import pytest

from postmortem import markdown
from postmortem.model import Report
from tests.commands.stage import ID, PATH, Stage
from tests.laws import template

FILE = "postmortems/.templates/default.md.j2"
GOOD = "# {{ title }}\n\n## Summary\n\n{{ summary }}\n\n## Impact\n\n{{ impact }}\n"
BAD = GOOD.replace("{{ title }}", "{{ title | uper }}").replace("{{ imp", "{{ imb")
WORDS = f"""\
{FILE}:1:14: there is no filter 'uper'
  did you mean 'upper'?
"""
NAMES = f"""\
{FILE}:9:4: no field is called 'imbact'
  did you mean 'impact'?
"""


@pytest.fixture
def broken(stage: Stage) -> Stage:
    """Return a repository whose own template has two mistakes, and a report of it."""
    report = Report(id=ID, title="X down", summary="It was down.")
    stage.repo.commit(PATH, markdown.write(report, template("default")))
    stage.repo.commit(FILE, BAD)
    return stage


@pytest.mark.parametrize(
    "words",
    [
        ("new", "Y", "--set", "severity=SEV-1"),
        ("set", "x-down", "owner=me"),
        ("refresh", "x-down"),
        ("timeline", "x-down"),
        ("convert", "x-down", "-t", "default", "--yes"),
        ("convert", "x-down", "-t", "sre", "--yes"),
        ("upgrade", "x-down", "--yes"),
        ("submit", "x-down"),
        ("schema",),
        ("template", "show", "default", "--form"),
        ("template", "show", "default", "--sample"),
    ],
    ids=" ".join,
)
def test_a_command_says_where_a_mistake_is(
    broken: Stage, words: tuple[str, ...]
) -> None:
    """Path as it can be typed, line and column, and all mistakes at once."""
    said = broken.run(*words)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(WORDS + NAMES)


def test_it_says_so_as_json(broken: Stage) -> None:
    """With the same place."""
    said = broken.run("convert", "x-down", "-t", "default", "--format", "json")

    problems = json.loads(said.err)["problems"]
    places = [(each["path"], each["line"], each["column"]) for each in problems]
    assert places == [(FILE, 1, 14), (FILE, 9, 4)]


@pytest.mark.parametrize("words", [("check", "default"), ("preview", "default")])
def test_so_it_does_where_templates_are_looked_at(
    broken: Stage, words: tuple[str, ...]
) -> None:
    """Words and names in one round."""
    said = broken.run("template", *words)

    assert said.code == 1
    assert WORDS + NAMES in said.out


def test_one_that_cannot_be_parsed_says_that_first(broken: Stage) -> None:
    """Names are not known then; nothing is said of them that may be wrong."""
    broken.write(FILE, BAD.replace("## Impact", "{% if %}"))

    said = broken.run("set", "x-down", "owner=me")

    assert said.err == f"{FILE}:7:7: a value is missing before '%}}'\n"
