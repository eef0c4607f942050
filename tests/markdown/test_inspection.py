"""What a template check says: of each field what it is, and of each mistake where."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem import markdown, shipped
from postmortem.errors import PostmortemError, Problem
from postmortem.markdown.inspection import inspect, places
from postmortem.templating import Source
from tests.laws import PRESETS

SHIPPED = Source(shipped.templates_folder() / "reports", trusted=True)

GOOD = """\
---
first: [title, summary]
required: [summary]
---
# {{ title }}

## Summary

{{ summary }}

## Weather

{{ field("weather", "What was the weather?") }}

## Timeline

| Time (UTC) | Event |
| --- | --- |
{% for event in timeline %}
| {{ event.at | utc }} | {{ event.text }} |
{% endfor %}

## Triggers

{% for factor in factors if factor.kind == "trigger" %}
- **{{ factor.key }}** {{ factor.text }}
{% endfor %}
"""

Case = tuple[str, list[tuple[int | None, str]]]

BAD: dict[str, Case] = {
    "two texts in one section": (
        "# {{ title }}\n\n## Story\n\n{{ summary }}\n\n{{ impact }}\n",
        [(7, "impact stands in the same section as summary, and nothing tells where")],
    ),
    "a text and rows in one section": (
        (
            "# {{ title }}\n\n## Actions\n\n{{ lessons }}\n\n"
            "{% for action in actions %}\n"
            "- **{{ action.key }}** {{ action.text }}\n{% endfor %}\n"
        ),
        [(7, "actions stands in the same section as lessons, and nothing tells")],
    ),
    "a text placed twice": (
        "# {{ title }}\n\n## One\n\n{{ summary }}\n\n## Two\n\n{{ summary }}\n",
        [(9, "summary is placed twice")],
    ),
    "rows placed twice": (
        (
            "# {{ title }}\n\n## One\n\n{% for q in open_questions %}\n- {{ q }}\n"
            "{% endfor %}\n\n## Two\n\n{% for q in open_questions %}\n- {{ q }}\n"
            "{% endfor %}\n"
        ),
        [(11, "open_questions is placed twice")],
    ),
    "two headings alike": (
        "# {{ title }}\n\n## Notes\n\n{{ summary }}\n\n## Notes:\n\n{{ impact }}\n",
        [(7, "two sections are called 'Notes:', and nothing tells them apart")],
    ),
    "rows without their keys": (
        (
            "# {{ title }}\n\n## Actions\n\n{% for action in actions %}\n"
            "- {{ action.text }}\n{% endfor %}\n"
        ),
        [(5, "actions are shown without their keys")],
    ),
    "a text through a filter": (
        "# {{ title }}\n\n## Summary\n\n{{ summary | upper }}\n",
        [(5, "summary is shown through 'upper' only, and cannot be read back")],
    ),
    "a declared field through a filter": (
        '# {{ title }}\n\n## Sky\n\n{{ field("sky", "What sky?") | upper }}\n',
        [(5, "sky is shown through 'upper' only, and cannot be read back")],
    ),
    "a part of a row through a filter": (
        (
            "# {{ title }}\n\n## When\n\n| Time | Event |\n| --- | --- |\n"
            "{% for event in timeline %}\n"
            "| {{ event.at | utc }} | {{ event.text | upper }} |\n{% endfor %}\n"
        ),
        [(8, "timeline.text is shown through 'upper' only, and cannot be read back")],
    ),
    "a part in brackets that rows do not have": (
        (
            "# {{ title }}\n\n## Actions\n\n{% for action in actions %}\n"
            "- **{{ action.key }}** {{ action.text }}"
            '{{ action | details("ownr", "due") }}\n{% endfor %}\n'
        ),
        [(6, "actions have no part 'ownr'")],
    ),
    "a label of nothing": (
        (
            "---\nlabels: {sumary: Story}\n---\n# {{ title }}\n\n"
            "## Summary\n\n{{ summary }}\n"
        ),
        [(2, "'sumary'")],
    ),
    "a prompt of nothing": (
        (
            "---\nprompts: {sumary: What?}\n---\n# {{ title }}\n\n"
            "## Summary\n\n{{ summary }}\n"
        ),
        [(2, "'sumary'")],
    ),
    "a title in no heading": (
        "Title: {{ title }}\n\n## Summary\n\n{{ summary }}\n",
        [(1, "the title stands in no heading")],
    ),
    "no title": (
        "# A report\n\n## Summary\n\n{{ summary }}\n",
        [(None, "the title stands in no heading")],
    ),
    "a required field without a place": (
        (
            "---\nfields:\n  sky: {question: What sky?, required: yes}"
            "\n---\n# {{ title }}\n\n## Summary\n\n{{ summary }}\n"
        ),
        [(None, "sky is required and has no place")],
    ),
    "a text within a line": (
        "# {{ title }}\n\n## Summary\n\nIn short: {{ summary }}\n",
        [(5, "summary is shown, but not where it can be read back")],
    ),
    "a heading that is ours": (
        "# {{ title }}\n\n## Not in this template\n\n{{ summary }}\n",
        [(3, "the heading 'Not in this template' is the one under which values")],
    ),
    "labels alike": (
        (
            "---\nlabels: {unknown: Nothing., none: Nothing.}\n---\n# {{ title }}\n\n"
            "## Summary\n\n{{ summary }}\n"
        ),
        [(None, "the labels 'unknown' and 'none' are both 'Nothing.'")],
    ),
}

FATAL: dict[str, Case] = {
    "a name misspelt": (
        "# {{ titel }}\n\n## Summary\n\n{{ sumary }}\n",
        [(1, "no field is called 'titel'"), (5, "no field is called 'sumary'")],
    ),
    "a filter that is none": (
        "# {{ title | uper }}\n\n{{ summary | trunc }}\n",
        [(1, "there is no filter 'uper'"), (3, "there is no filter 'trunc'")],
    ),
    "a tag that is not closed": (
        "# {{ title }}\n\n{% for event in timeline %}\n- {{ event.text }}\n",
        [(3, "")],
    ),
}


def _loaded(folder: Path, text: str) -> markdown.Template:
    (folder / "mine.md.j2").write_text(text, encoding="utf-8")
    return markdown.load("mine", (Source(folder, trusted=True), SHIPPED))


def _said(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in problems]


def test_of_each_field_it_says_what_it_is(tmp_path: Path) -> None:
    """A fact, placed and where, or kept in the last section."""
    found = places(_loaded(tmp_path, GOOD))

    said = {place.field.name: (place.role, place.where, place.left) for place in found}
    assert said["severity"] == ("fact", "front matter", ())
    assert said["title"] == ("placed", "heading", ())
    assert said["weather"] == ("placed", "text under 'Weather'", ())
    assert said["timeline"] == (
        "placed",
        "table under 'Timeline'",
        ("kind", "source", "link"),
    )
    assert said["factors"] == (
        "placed",
        "list under 'Triggers'",
        ("evidence", "cause"),
    )


def test_a_good_template_has_no_problems(tmp_path: Path) -> None:
    """Fields of its own and filtered loops are read back like any others."""
    assert inspect(_loaded(tmp_path, GOOD), records=30).problems == ()


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_of_structure_is_said_with_its_line(
    tmp_path: Path, name: str
) -> None:
    """One mistake in the template, one finding; its consequences are none."""
    text, expected = BAD[name]

    said = _said(inspect(_loaded(tmp_path, text), records=15).problems)

    assert len(said) == len(expected), said
    for (line, message), (at, words) in zip(said, expected, strict=True):
        assert (line, words in message) == (at, True), said


@pytest.mark.parametrize("name", FATAL)
def test_what_cannot_be_used_at_all_is_said_with_its_lines(
    tmp_path: Path, name: str
) -> None:
    """All mistakes at once."""
    text, expected = FATAL[name]

    with pytest.raises(PostmortemError) as raised:
        _loaded(tmp_path, text)

    said = _said(raised.value.problems)
    assert len(said) == len(expected), said
    for (line, message), (at, words) in zip(said, expected, strict=True):
        assert (line, words in message) == (at, True), said


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    """In the order of their lines, with what to do about each."""
    text = (
        "{{ title }}\n\n## One\n\n{{ summary }}\n\n{{ impact }}\n\n"
        "## Actions\n\n{% for action in actions %}\n- {{ action.text }}\n{% endfor %}\n"
    )

    problems = inspect(_loaded(tmp_path, text), records=5).problems

    assert [problem.line for problem in problems] == [1, 7, 11]
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize(
    "loop, said, hint",
    [
        ("actions", "ownr", "did you mean 'owner'?"),
        ("actions | list", "dew", "did you mean 'due'?"),
        ("actions", "weather", "there are key, status, "),
        ("factors", "owner", "there are key, "),
    ],
)
def test_a_part_that_rows_do_not_have_is_answered_with_the_nearest(
    tmp_path: Path, loop: str, said: str, hint: str
) -> None:
    """Or with all of them."""
    text = (
        f"# {{{{ title }}}}\n\n## Rows\n\n{{% for it in {loop} %}}\n"
        f"- **{{{{ it.key }}}}** {{{{ it.text }}}}{{{{ it | details('{said}') }}}}\n"
        "{% endfor %}\n"
    )

    first = inspect(_loaded(tmp_path, text), records=5).problems[0]

    name = loop.split(maxsplit=1)[0]
    assert first.message == f"{name} have no part {said!r}"
    assert (first.line, (first.hint or "").startswith(hint)) == (6, True), first.hint


def test_what_the_structure_does_not_show_the_laws_do(tmp_path: Path) -> None:
    """A value that comes back as another is named, with what was written and read."""
    text = (
        "# {{ title }}\n\n## Log\n\n{% for event in timeline %}\n"
        "- {{ event.source }}{{ event.text }}\n{% endfor %}\n"
    )

    problems = inspect(_loaded(tmp_path, text), records=30).problems

    assert [(it.line, it.message.split(":")[0]) for it in problems] == [
        (5, "timeline is not read back as it is written")
    ]
    assert "wrote Event(" in problems[0].message
    assert "read Event(" in problems[0].message


@pytest.mark.parametrize("name", PRESETS)
def test_a_shipped_template_passes(name: str) -> None:
    """What comes with the package keeps its own laws."""
    found = inspect(markdown.load(name, (SHIPPED,)), records=40)

    assert [str(problem) for problem in found.problems] == []
    assert {place.role for place in found.places} == {"fact", "placed"}


def test_the_same_seed_finds_the_same(tmp_path: Path) -> None:
    """A finding can be had again."""
    text = (
        "# {{ title }}\n\n## Log\n\n{% for event in timeline %}\n"
        "- {{ event.source }}{{ event.text }}\n{% endfor %}\n"
    )
    template = _loaded(tmp_path, text)

    one = inspect(template, records=10, seed=7)

    assert one == inspect(template, records=10, seed=7)
