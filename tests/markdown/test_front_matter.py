"""A template's own front matter: what each key does, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.markdown import STANDARD, Template, meta
from postmortem.markdown.inspection import inspect
from postmortem.templating import Source, chain

FRONT = """\
name: ours
version: 3
description: For payments.
source: Our handbook, page 12
from: sre 1
when: [SEV-1, SEV-2]
first: [title, weather]
facts: [severity, services]
required:
  always: [title]
  draft: [severity]
  in-review: [summary, weather]
  final: [impact]
  SEV-1: [lessons]
labels:
  summary: In short
  unknown: To be found out.
prompts:
  summary: What would you tell
    a friend?
fields:
  weather:
    kind: choice
    question: What was the weather?
    choices: [sun, rain]
"""
BODY = """\
# {{ title }}

## In short

{{ summary }}

## Impact

{{ impact }}

## Lessons

{{ lessons }}

## Sky

It was {{ weather }}.
"""


def _template(folder: Path, front: str = FRONT, body: str = BODY) -> Template:
    (folder / "ours.md.j2").write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    return markdown.load("ours", (Source(path=folder, trusted=True),))


def test_each_key_does_what_it_says(tmp_path: Path) -> None:
    """What it is, what it asks and in which words: all of it from the front matter."""
    found = _template(tmp_path)
    outline = found.outline
    fields = outline.fields

    assert inspect(found, records=20).problems == ()
    assert (found.name, outline.version, found.description) == (
        *("ours", "3", "For payments."),
    )
    assert (found.source, found.when) == ("Our handbook, page 12", ("SEV-1", "SEV-2"))
    described = meta.read(chain("ours.md.j2", found.sources))
    assert described.preset == "sre 1"
    assert outline.first == ("title", "weather")
    assert "audience" not in fields
    assert list(fields)[:3] == ["severity", "services", "title"]
    assert fields["summary"].label == "In short"
    assert fields["summary"].question == "What would you tell a friend?"
    assert outline.labels["unknown"] == "To be found out."
    assert fields["weather"].choices == ("sun", "rain")


@pytest.mark.parametrize(
    "status, severity, wanted",
    [
        (None, None, ["severity", "title"]),
        ("draft", None, ["severity", "title"]),
        ("draft", "SEV-1", ["severity", "title"]),
        ("in-review", None, ["severity", "title", "summary", "weather"]),
        ("In-Review", "SEV-2", ["severity", "title", "summary", "weather"]),
        ("final", None, ["severity", "title", "summary", "impact", "weather"]),
        (
            *("closed", "sev-1"),
            ["severity", "title", "summary", "impact", "lessons", "weather"],
        ),
        ("not-required", None, ["severity", "title"]),
        ("elsewhere", None, ["severity", "title"]),
    ],
)
def test_what_a_status_and_a_severity_ask_for(
    tmp_path: Path, status: str | None, severity: str | None, wanted: list[str]
) -> None:
    """A status asks for what those before it ask; a severity for more than a draft."""
    outline = _template(tmp_path).outline

    assert sorted(outline.required_for(status=status, severity=severity)) == (
        sorted(wanted)
    )


def test_a_team_has_statuses_of_its_own(tmp_path: Path) -> None:
    """Which comes after which, the settings say."""
    front = "required: {read: [summary], done: [impact]}\n"
    outline = _template(tmp_path, front, BODY.replace("weather", "severity")).outline
    asked = ("begun", "read", "done")

    assert outline.required_for(status="begun", statuses=asked) == ()
    assert outline.required_for(status="read", statuses=asked) == ("summary",)
    assert outline.required_for(status="done", statuses=asked) == ("summary", "impact")


def test_an_interview_insists_on_what_a_draft_needs(tmp_path: Path) -> None:
    """What a later status asks for can be left open until then."""
    fields = _template(tmp_path).outline.fields

    marked = {name for name, known in fields.items() if known.required}
    assert marked == {"title", "severity"}


def test_one_list_is_for_every_report(tmp_path: Path) -> None:
    """`required: [summary]` is what `always` is; a text is a list of one."""
    for front in ("required: [summary]\n", "required: summary\n"):
        body = BODY.replace("weather", "severity")
        outline = _template(tmp_path, front, body).outline
        assert outline.fields["summary"].required
        assert outline.required_for() == ("summary",)


def test_the_outline_is_kept_with_what_is_required(tmp_path: Path) -> None:
    """What is read from the cache asks for the same."""
    kept: dict[str, bytes] = {}
    sources = (Source(path=tmp_path, trusted=True),)
    made = _template(tmp_path).outline
    markdown.load("ours", sources, kept=kept)

    again = markdown.load("ours", sources, kept=kept)

    assert kept
    assert again.outline == made
    assert again.outline.required_for(status="final") == made.required_for(
        status="final"
    )


MISTAKES = {
    "vesion: 2": (2, 1, "'vesion' is no key of a template", "'version'"),
    "name: [a, b]": (2, 1, "name takes one text", ""),
    "description: {a: b}": (2, 1, "description takes one text", ""),
    "first: [title, sumary]": (2, 16, "first names 'sumary'", "'summary'"),
    "first: {a: b}": (2, 1, "first takes a list of names", ""),
    "when: {a: b}": (2, 1, "when takes a list of names", ""),
    "facts: [severty]": (2, 9, "facts names 'severty'", "'severity'"),
    "required: [titel]": (2, 12, "required names 'titel'", "'title'"),
    "required: {final: [sumary]}": (2, 20, "required names 'sumary'", "'summary'"),
    "required: {final: {a: b}}": (2, 12, "required takes a list of names", ""),
    "labels: {unknwon: x}": (2, 10, "labels names 'unknwon'", "'unknown'"),
    "prompts: {sumary: x}": (2, 11, "prompts names 'sumary'", "'summary'"),
    "restricted: perhaps": (2, 1, "restricted takes true or false", ""),
    "fields: {sky: {kind: txt}}": (2, 10, "'txt' is no kind of field", ""),
    "fields: {sky: {knd: text}}": (2, 10, "'knd' is no option of a field", "'kind'"),
    "fields: {sky: {kind: choice}}": (2, 10, "needs its choices", ""),
    "fields: {summary: {kind: text}}": (2, 10, "is a standard field already", ""),
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    """Line and column, and the nearest right word where there is one."""
    at, column, message, hint = MISTAKES[line]

    found = _template(tmp_path, f"{line}\n", BODY.replace("weather", "severity"))

    (problem,) = [each for each in found.problems if message in each.message]
    assert (problem.line, problem.column) == (at, column)
    assert hint in f"{problem.message}\n{problem.hint}"


def test_what_is_required_some_day_has_a_place(tmp_path: Path) -> None:
    """A field that nobody can see cannot be asked for when it is final."""
    front = "required: {final: [background]}\n"
    found = _template(tmp_path, front, BODY.replace("weather", "severity"))

    told = [each.message for each in inspect(found, records=0).problems]
    assert told == ["background is required and has no place"]


def test_a_child_says_it_otherwise(tmp_path: Path) -> None:
    """Labels and prompts are joined; of the rest, what the child says counts."""
    (tmp_path / "_house.md.j2").write_text(
        "---\nlabels: {postmortem: PIR, none: Nothing.}\nrequired: [impact]\n---\n"
    )
    front = "labels: {none: Nil.}\nrequired: [summary]\n"
    body = BODY.replace("weather", "severity")
    found = _template(tmp_path, front, f'{{% include "_house.md.j2" %}}\n{body}')

    labels = found.outline.labels
    assert (labels["postmortem"], labels["none"]) == ("PIR", "Nil.")
    assert found.outline.required_for() == ("summary",)
    assert found.outline.fields["status"].question == "How far is the PIR?"
    assert STANDARD["status"].question == "How far is the write-up?"
