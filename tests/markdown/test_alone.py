"""What stands alone changes no line but its own; everything else is not said to."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.markdown import Template
from postmortem.model import Report
from postmortem.templating import Source
from tests.laws import canonical, law, template, with_another

TEXT = "## A\n\n{{ summary }}\n"
ELSEWHERE = {
    "a condition": TEXT + "{% if summary %}\nSaid.\n{% endif %}\n",
    "another line": TEXT + "\n## B\n\nIn short: {{ summary }}\n",
    "a filter": TEXT + "\n## B\n\n{{ summary | upper }}\n",
    "a variable": "{% set short = summary %}\n" + TEXT + "\n## B\n\nSo: {{ short }}\n",
    "a variable of its name": (
        "{% set summary = summary ~ '!' %}\n" + TEXT + "\n## B\n\nSo: {{ summary }}\n"
    ),
    "a loop": "{% for each in services %}\n" + TEXT + "{% endfor %}\n",
    "a macro": (
        "{% macro said() %}{{ summary }}{% endmacro %}\n"
        "## A\n\n{{ said() }}\n\n## B\n\n{{ said() }}\n"
    ),
    "a file included twice": (
        "## A\n\n{% include 'part.md.j2' %}\n\n## B\n\n{% include 'part.md.j2' %}\n"
    ),
    "a file included in a loop": (
        "{% for each in services %}\n{% include 'part.md.j2' %}\n{% endfor %}\n"
    ),
    "a section that may be missing": "{% if severity %}\n" + TEXT + "{% endif %}\n",
}
ROWS = "| Event |\n| --- |\n{% for event in timeline %}\n| {{ event.text }} |\n"
COUNTED = {
    "a counter": (
        "{% set seen = namespace(count=0) %}\n"
        + ROWS
        + "{% set seen.count = seen.count + 1 %}\n{% endfor %}\n\n{{ seen.count }}.\n"
    ),
    "a length": ROWS + "{% endfor %}\n\n{{ timeline | length }} events.\n",
    "a line of the loop": ROWS + "{% endfor %}\n\n{% for event in timeline %}\n"
    "Then {{ event.text }}.\n{% endfor %}\n",
}


def made(folder: Path, body: str) -> Template:
    """Return the template with that body; `part` is there to be included."""
    text = f"---\nversion: 1\n---\n# {{{{ title }}}}\n\n{body}"
    (folder / "own.md.j2").write_text(text, encoding="utf-8")
    (folder / "part.md.j2").write_text("{{ summary }}\n", encoding="utf-8")
    return markdown.load("own", (Source(path=folder, trusted=True),))


@law
def test_what_stands_alone_is_rewritten_as_if_nothing_did(
    name: str, data: st.DataObject
) -> None:
    """Not looking at other lines gives the same bytes as looking at all of them."""
    record = canonical(data, name)
    wanted = with_another(data, record, name)
    text = markdown.write(record, template(name))
    outline = msgspec.structs.replace(template(name).outline, alone=())
    looking = msgspec.structs.replace(template(name), outline=outline)

    new = markdown.rewrite(text, wanted, template(name))

    assert new == markdown.rewrite(text, wanted, looking)


def test_a_text_at_its_home_stands_alone(tmp_path: Path) -> None:
    """A text that is printed once, and facts that nobody prints, change alone."""
    outline = made(tmp_path, TEXT).outline

    assert {"summary", "owner", "severity"} <= set(outline.alone)
    assert not {"title", "zone", "template", "timeline"} & set(outline.alone)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_text_that_is_told_elsewhere_does_not(tmp_path: Path, place: str) -> None:
    """Whatever else in a template may depend on a text keeps it from standing alone."""
    assert "summary" not in made(tmp_path, ELSEWHERE[place]).outline.alone


@pytest.mark.parametrize("place", COUNTED)
def test_rows_that_are_told_elsewhere_do_not(tmp_path: Path, place: str) -> None:
    """Rows that something counts or tells once more do not stand alone."""
    assert "timeline" not in made(tmp_path, COUNTED[place]).outline.alone
    assert "timeline" in made(tmp_path, ROWS + "{% endfor %}\n").outline.alone


def test_facts_of_the_headline_do_not(tmp_path: Path) -> None:
    """What the headline and the durations are made of changes them."""
    headline = made(tmp_path, "{{ headline | join(', ') }}\n").outline.alone
    durations = "{% for each in durations %}\n- {{ each.length }}\n{% endfor %}\n"

    assert not {"severity", "status", "onset"} & set(headline)
    assert "onset" not in made(tmp_path, durations).outline.alone


def test_a_stale_line_is_left_to_refresh(tmp_path: Path) -> None:
    """A text that stands alone changes, and no derived line with it."""
    own = made(tmp_path, "**{{ severity }}**\n\n" + TEXT)
    text = markdown.write(Report(severity="SEV-1", summary="One."), own)
    stale = text.replace("severity: SEV-1", "severity: SEV-2")
    record = markdown.read(stale, own).report

    new = markdown.rewrite(stale, record.replace(summary="Two."), own)

    assert new == stale.replace("One.", "Two.")
    assert [each.code for each in markdown.stale(new, own)] == ["PM110"]
    assert "**SEV-2**" in markdown.refresh(new, own)
