"""Of a large Slack export only the day files of the window are decoded."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from postmortem.importers import Candidate, Note, Setting
from postmortem.importers.engine import found
from postmortem.importers.opening import opened
from postmortem.importers.slack_messages import Reader
from postmortem.importers.slack_raw import Message, lenient
from postmortem.importers.slack_text import Names
from tests.importers.packing import message, zipped

DAY = timedelta(days=1)
START = datetime(2025, 5, 24, tzinfo=UTC)


def _export(path: Path, shift: timedelta) -> Path:
    """Write ten days with a message an hour, cut at the midnight of some zone."""
    files: dict[str, Any] = {"channels.json": "[]"}
    for day in range(10):
        start = START + day * DAY
        rows = [
            message(f"{(start + shift + hour * DAY / 24).timestamp():.6f}")
            for hour in range(24)
        ]
        files[f"ops/{start:%Y-%m-%d}.json"] = json.dumps(rows)
    files["ops/2024-01-01.json"] = "this is not even JSON"
    return zipped(path, files)


@pytest.mark.parametrize("hours", [-11, -5, 0, 2, 14], ids=str)
@pytest.mark.parametrize("begins", [1, 12, 23], ids=str)
def test_a_window_has_all_that_is_in_it(
    tmp_path: Path, hours: int, begins: int
) -> None:
    """By whose midnight ever the days are cut."""
    path = _export(tmp_path / "a.zip", timedelta(hours=hours))
    begin = START + 4 * DAY + timedelta(hours=begins)
    end = begin + timedelta(hours=2)

    events = [*found(opened(path), Setting(zone=UTC, begin=begin, end=end))]

    inside = [
        each.at
        for each in events
        if isinstance(each, Candidate) and begin <= each.at <= end
    ]
    assert sorted(inside) == [begin + timedelta(hours=hour) for hour in range(3)]
    (note,) = (each for each in events if isinstance(each, Note))
    assert "outside the window: " in note.text
    assert int(note.text.split("window: ")[1].split()[0]) >= 7
    assert len(events) - 1 == 3
    assert note.outside % 24 == 21


def test_without_a_window_all_is_read(tmp_path: Path) -> None:
    """And what cannot be is told."""
    path = _export(tmp_path / "a.zip", timedelta())

    reading = found(opened(path), Setting(zone=UTC))
    list(reading)

    tally = reading.tallies["slack"]
    assert (tally.placed, tally.unplaced) == (240, 1)


def test_a_folder_and_an_enterprise_layout_are_the_same(tmp_path: Path) -> None:
    """Names of users and channels are found wherever they are."""
    inner = tmp_path / "export" / "teams" / "ops" / "incident"
    inner.mkdir(parents=True)
    row = message("1748091900.000100", "hello <@U1> in <#C1>")
    (inner / "2025-05-24.json").write_text(json.dumps([row]))
    (tmp_path / "export" / "org_users.json").write_text(
        '[{"id": "U1", "name": "x", "profile": {"display_name": "On-call"}}]'
    )
    (inner.parent / "channels.json").write_text('[{"id": "C1", "name": "incident"}]')

    (event,) = found(opened(tmp_path), Setting(zone=UTC))

    assert isinstance(event, Candidate)
    assert event.text == "hello @On-call in #incident"
    assert (event.author, event.source) == ("On-call", "slack #incident")
    assert event.where == "export/teams/ops/incident/2025-05-24.json#1"


TEXTS = (
    *(
        "db is down",
        "rolled back api",
        "a\nb",
        "x & y",
        "`df`",
        "<!here> up",
        "",
        " pad ",
        " ",
    ),
    *(
        "\x1b[2J",
        "\u202eabc",
        "é",
        "İstanbul resolved",
        "deployed?",
        "all clear",
        "a\0b",
    ),
)


@pytest.mark.parametrize("texts", [TEXTS[:10], *zip(TEXTS, strict=True)], ids=repr)
def test_many_at_once_are_as_one_by_one(texts: tuple[str, ...]) -> None:
    """The quick way of reading a file gives what the careful one gives."""
    names = Names()
    names.people["U1"] = "on-call"
    reader = Reader(names, "slack #ops", "ops/")
    rows = [message(f"1748091900.{n:06}", text) for n, text in enumerate(texts)]
    rows += [message("1748091900.100000", "x", subtype="channel_join")]
    rows += [message("1748091900.200000", "firing x", bot_id="B1")]
    rows += [message("1748091900.300000", "x", reactions=[{"name": "eyes"}])]
    messages = [made for row in rows if (made := lenient(row)) is not None]

    quick = [*reader.candidates(messages, "a.json")]

    careful = [
        reader.candidate(made, f"a.json#{n}") for n, made in enumerate(messages, 1)
    ]
    assert quick == careful


@pytest.mark.parametrize(
    "ts", ["2024-01-01T00:00", "1748091900", "1e9", "", "x", "-5.0"]
)
def test_one_stamp_of_another_form_changes_no_other(ts: str) -> None:
    """All are then read carefully; none is naive."""
    reader = Reader(Names(), "slack", "")
    messages = [Message(ts="1748091900.000100", text="a"), Message(ts=ts, text="b")]

    first, second = reader.candidates(messages, "a.json")

    assert isinstance(first, Candidate)
    assert first.at == datetime(2025, 5, 24, 13, 5, 0, 100, tzinfo=UTC)
    assert not isinstance(second, Candidate) or second.at.tzinfo is not None
