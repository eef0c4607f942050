"""A report of no template is read by its headings, whatever reads it, and stays so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.author import Author

PATH = "postmortems/old.md"
BOLD = """\
# Search was stale on 4 March 2019

**Summary**

Search gave old answers.

**Timeline**

- 10:02 UTC the index is full
- 10:40 the alert pages

**Action items**

- Purge by key only
"""
BARE = BOLD.split("**Action items**", maxsplit=1)[0]
LEVELS = BOLD.replace("**Action items**", "## Action items")


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in a folder of their own."""
    root = tmp_path / "work"
    root.mkdir()
    return Author(root, home)


def _shown(author: Author) -> dict[str, Any]:
    shown = json.loads(author.run("show", "old", "--format", "json").out)
    assert isinstance(shown, dict)
    return shown


def test_show_and_timeline_say_what_check_has_read(author: Author) -> None:
    """Every time is there, with the day of the title and the zone of the first row."""
    author.write(PATH, BOLD)

    shown = _shown(author)
    told = author.run("timeline", "old", "--format", "json")

    events = shown["report"]["timeline"]
    assert [it["at"] for it in events] == [
        "2019-03-04T10:02:00Z",
        "2019-03-04T10:40:00Z",
    ]
    assert json.loads(told.out)["events"] == events
    assert shown["findings"] == []
    assert "PM103" not in author.run("check", "old").out


@pytest.mark.parametrize("text", [BOLD, LEVELS], ids=["bold", "levels"])
@pytest.mark.parametrize("what", ["severity=SEV-2", "lucky=It was night."])
def test_a_value_that_is_set_leaves_the_rest_as_it_is_read(
    author: Author,
    text: str,
    what: str,
) -> None:
    """No line goes, and whatever else was known of it is known afterwards."""
    path = author.write(PATH, text)
    before = _shown(author)["report"]

    said = author.run("set", "old", what)

    after = _shown(author)["report"]
    name, value = what.split("=")
    assert said.code == 0
    assert after.pop(name) == value
    assert {key: it for key, it in after.items() if key != "other"} == before
    assert [it for it in text.splitlines() if it not in path.read_text()] == []


@pytest.mark.parametrize(
    "words",
    [
        ("set", "old", "timeline+=2019-03-04 11:00 UTC it ended"),
        ("set", "old", "summary=It gave none."),
        ("timeline", "old", "shift", "5m"),
        ("timeline", "old", "drop", "--source", "chat"),
    ],
)
def test_what_the_template_does_not_see_is_not_changed_by_it(
    author: Author,
    words: tuple[str, ...],
) -> None:
    """It would be there twice, or half of it changed; the way out is named, and one."""
    path = author.write(PATH, BOLD)

    said = author.run(*words)

    assert said.code == 2
    assert "would be read otherwise than it stands there" in said.err
    assert path.read_text() == BOLD
    assert author.run("convert", "old", "--template", "default", "--yes").code == 0
    assert len(_shown(author)["report"]["timeline"]) == 2


def test_who_gains_a_template_is_told_what_it_reads_otherwise(author: Author) -> None:
    """An owner in parentheses is the template's way; so it is named from then on."""
    path = author.write(PATH, BARE)

    said = author.run("set", "old", "actions+={text: Watch it, owner: edge lead}")

    assert said.code == 0
    assert "it names the template default from now on" in said.err
    assert "than its headings did: summary, timeline\n" in said.err
    assert "(edge lead)" in path.read_text()
