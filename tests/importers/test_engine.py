"""Who reads what: by content, one bad file spoils no other, nothing goes unsaid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from postmortem.errors import PostmortemError
from postmortem.importers import (
    Candidate,
    Evidence,
    Found,
    Note,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.engine import found, others, shelf
from postmortem.importers.opening import opened
from tests.importers.packing import message, piped, zipped

SETTING = Setting(zone=UTC, near=datetime(2025, 5, 24, tzinfo=UTC))
AT = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)


class Fails:
    """Takes all, yields one event, and then does what it is told."""

    name = "fails"

    def __init__(self, error: Exception | None = None, **changed: Any) -> None:
        self.error = error
        self.changed = changed

    def recognises(self, evidence: Evidence) -> Verdict:
        """Take each file."""
        return Verdict(taken=evidence.only is not None, why="it takes one file")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield one and fail."""
        parts: dict[str, Any] = {
            "at": AT,
            "text": "one",
            "where": "a:1",
            "said": "x",
            "source": "y",
        }
        yield Candidate(**(parts | self.changed))
        if self.error:
            raise self.error


def _candidates(all_of: list[Found]) -> list[Candidate]:
    return [each for each in all_of if isinstance(each, Candidate)]


def test_every_importer_has_a_name_of_its_own() -> None:
    """It is typed on the command line."""
    names = [each.name for each in shelf()]

    assert len({*names}) == len(names)
    assert all(name and name == name.strip().lower() for name in names)


def test_one_export_among_others_is_read_as_a_whole(tmp_path: Path) -> None:
    """And the files beside it each by whoever knows them; one that nobody does."""
    path = zipped(
        tmp_path / "evidence.zip",
        {
            "slack/users.json": '[{"id": "U1", "name": "oncall", "profile": {}}]',
            "slack/ops/2025-05-24.json": json.dumps([message("1748091900.000100")]),
            "notes.txt": "2025-05-24 13:06 UTC rolled back\n",
            "log.jsonl": '{"postmortem-log":1,"at":"2025-05-24T13:07:00Z","text":"a"}',
            "picture.png": b"\x89PNG\r\n\x1a\n\x00\x00",
            "empty.txt": "",
        },
    )

    reading = found(opened(path), SETTING)
    events = [*reading]

    assert {name: tally.placed for name, tally in reading.tallies.items()} == {
        "slack": 1,
        "pasted": 1,
        "log": 1,
    }
    assert "oncall" in {each.author for each in _candidates(events)}
    refused = {each.where: each.looks for each in reading.refusals}
    assert refused == {"picture.png": "a binary file", "empty.txt": "an empty file"}


def test_what_nobody_takes_is_refused_with_every_reason() -> None:
    """What it looks like, and what each importer said."""
    reading = found(piped('{"some": {"thing": 1}}'), SETTING)

    assert [*reading] == []
    assert not reading.taken
    (refusal,) = reading.refusals
    assert refusal.looks == "a JSON object with 'some'"
    assert [name for name, _ in refusal.said] == [each.name for each in shelf()]
    assert all(why for _, why in refusal.said)


def test_counts_are_right_at_the_end() -> None:
    """Read is what was placed and what was not."""
    rows = [message("1748091900.000100"), message("never"), message("1748091901.5")]

    reading = found(piped(rows), SETTING)
    list(reading)

    tally = reading.tallies["slack"]
    assert (tally.members, tally.read, tally.placed, tally.unplaced) == (1, 3, 2, 1)


@pytest.mark.parametrize(
    "error, why",
    [
        (PostmortemError("it is damaged"), "it is damaged"),
        (KeyError("ts"), "fails: it failed (KeyError: 'ts')"),
        (RecursionError(), "fails: it failed (RecursionError)"),
    ],
    ids=["ours", "mistake", "deep"],
)
def test_an_importer_that_fails_spoils_nothing(error: Exception, why: str) -> None:
    """What it found before counts, and what went wrong is told."""
    reading = found(piped("x"), SETTING, [Fails(error)])

    events = [*reading]

    assert [each.text for each in _candidates(events)] == ["one"]
    assert events[1] == Unplaced(where="-", why=why)


def test_a_time_without_a_zone_is_never_passed_on() -> None:
    """Whoever made it."""
    events = [*found(piped("x"), SETTING, [Fails(at=AT.replace(tzinfo=None))])]

    assert [type(each) for each in events] == [Unplaced]


def test_nothing_that_is_passed_on_commands_a_terminal() -> None:
    """Controls are shown, and only links to pages stay."""
    bad = "a\x1b[2Jb\x9b\u202ec\rd"
    fields = ("text", "where", "said", "source", "author", "id", "same")
    changed: dict[str, Any] = dict.fromkeys(fields, bad)
    importer = Fails(**changed, link="javascript:alert(1)")

    (event,) = _candidates([*found(piped("x"), SETTING, [importer])])

    assert event.link is None
    said = [getattr(event, name) for name in fields]
    assert all(each.replace("\n", "").isprintable() for each in said)
    assert "^[" in event.text


def test_links_to_pages_stay() -> None:
    """As they are."""
    importer = Fails(link="https://example.com/a?b=c#d")

    (event,) = _candidates([*found(piped("x"), SETTING, [importer])])

    assert event.link == "https://example.com/a?b=c#d"


def test_importers_of_other_packages_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By entry point; a broken one is a note, and no more."""
    group = "postmortem.importers"
    value = f"{__name__}:Fails"
    points = metadata.EntryPoints(
        [
            metadata.EntryPoint("good", value, group),
            metadata.EntryPoint("gone", "no_such_module_at_all:X", group),
            metadata.EntryPoint("wrong", f"{__name__}:SETTING", group),
        ]
    )
    monkeypatch.setattr(metadata, "entry_points", points.select)
    others.cache_clear()

    reading = found(piped("nothing that anybody knows"), SETTING)
    events = [*reading]
    others.cache_clear()

    assert [*reading.tallies] == ["fails"]
    notes = [each for each in events if isinstance(each, Note)]
    assert [each.where for each in notes] == ["no_such_module_at_all:X", notes[1].where]
    assert all("is not used" in each.text for each in notes)
