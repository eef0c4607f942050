"""CSV and JSON of any program: columns are guessed, shown, and told by the person."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from postmortem.importers import Evidence, Member, Setting
from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.columns import guessed
from postmortem.importers.loose_json import LooseJson
from postmortem.importers.table import Table

AT = datetime(2025, 4, 3, 13, 7, tzinfo=UTC)
SETTING = Setting(zone=UTC)


def _evidence(text: str, encoding: str = "utf-8") -> Evidence:
    raw = text.encode(encoding)
    member = Member(name="export", size=len(raw), opener=lambda: io.BytesIO(raw))
    return Evidence(name="export", members=(member,))


def _placed(
    importer: Table | LooseJson, text: str, setting: Setting = SETTING
) -> list[tuple[datetime, str]]:
    found = importer.events(_evidence(text), setting)
    return [(each.at, each.text) for each in found if isinstance(each, Candidate)]


@pytest.mark.parametrize(
    "text",
    [
        "time,message\n2025-04-03T13:07:00Z,down\n",
        "message;Created At\ndown;2025-04-03T13:07:00Z\n",
        "Zeitpunkt\tWas\tx\n2025-04-03T13:07:00Z\tdown\t\n",
        "timestamp|desc\n1743685620|down\n",
        '"Date","Time","Event"\n"2025-04-03","13:07","down"\n',
        "#time,text\n2025-04-03 13:07:00 UTC,down\n",
        '"@timestamp",message\n"Apr 3, 2025 @ 13:07:00.000",down\n',
        "datetime,timezone,message\n2025-04-03T15:07:00+02:00,UTC,down\n",
        "timestamp,timezone,message\n1743685620,UTC,down\n",
        "sep=;\ntime;text\n2025-04-03T13:07:00Z;down\n",
        "date,time,timezone,macb,desc\n04/03/2025,13:07:00,UTC,M,down\n",
    ],
    ids=range(11),
)
def test_columns_are_found_by_name_and_value(text: str) -> None:
    """In any order, of any language where the values are times."""
    assert _placed(Table(), text) == [(AT, "down")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_come_from_windows(encoding: str) -> None:
    """Spreadsheets write marks, two bytes a character, or Latin-1."""
    evidence = _evidence("time,text\r\n2025-04-03T13:07:00Z,Größe\r\n", encoding)

    assert Table().recognises(evidence).taken
    found = list(Table().events(evidence, SETTING))
    assert [each.text for each in found if isinstance(each, Candidate)] == ["Größe"]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "13:07 the pager goes off, twice\n13:09 ack, on it\n",
        "name,size\nx,2025\n",
        "Dear all,\n\nwe had an outage, and it is over.\n",
        "{}",
        "",
        "id,ts\n1,2025-04-03T13:07:00Z\n",
    ],
    ids=range(7),
)
def test_what_has_no_columns_of_time_and_text_is_refused(text: str) -> None:
    """Prose with commas is no table."""
    assert not Table().recognises(_evidence(text)).taken


def test_day_and_month_wait_for_the_person() -> None:
    """What could be two days has no place, until somebody says which it is."""
    text = "when,what\n03/04/2025 13:07,down\n13/04/2025 13:07,up\n"
    asked = Setting(zone=UTC, day_first=True)

    unasked = list(Table().events(_evidence(text), SETTING))

    assert isinstance(unasked[0], Unplaced)
    assert "could be" in unasked[0].why
    assert _placed(Table(), text, asked)[0] == (AT, "down")


def test_a_guess_can_be_shown() -> None:
    """Each column with what it is taken for."""
    guess = Table().guess(_evidence("time,text,who\n2025-04-03T13:07:00Z,x,y\n"))

    assert guess is not None
    assert guess.shown() == (("time", "time"), ("text", "text"), ("author", "who"))


def test_a_person_may_say_what_the_columns_are() -> None:
    """Other columns than those that seem to be it."""
    text = "time,logged,message,remark\n2025-04-03T13:00:00Z,2025-04-03T13:07:00Z,x,y\n"

    told = Table({"time": "logged", "text": "remark"})

    assert _placed(told, text) == [(AT, "y")]


def test_the_head_of_a_column_names_the_zone() -> None:
    """It holds for the column, whatever the person's own zone is."""
    text = "Time (UTC),Text\n2025-04-03 13:07,down\n"
    east = Setting(zone=timezone(timedelta(hours=9)))

    assert _placed(Table(), text, east) == [(AT, "down")]


def test_a_row_over_several_lines_is_one() -> None:
    """Its place is the line where it begins."""
    text = 'time,text\n2025-04-03T13:07:00Z,"a\nb"\nnever,c\n'

    found = list(Table().events(_evidence(text), SETTING))

    assert [each.where for each in found if not isinstance(each, str)] == [
        "export:2",
        "export:4",
    ]


def test_a_row_may_be_short_or_long() -> None:
    """Cells that are missing are blank, those too many are not read."""
    text = "time,text,author\n2025-04-03T13:07:00Z,a\n2025-04-03T13:07:00Z,b,c,d,e\n"

    assert [text for _, text in _placed(Table(), text)] == ["a", "b"]


def test_a_number_is_a_time_only_under_a_name_that_says_so() -> None:
    """An id of ten digits is an id."""
    rows = [{"id": "1743685620", "text": "x"}]

    assert guessed(["id", "text"], rows) is None
    assert guessed(["ts", "text"], [{"ts": "1743685620", "text": "x"}]) is not None


@pytest.mark.parametrize(
    "value",
    [
        [{"time": "2025-04-03T13:07:00Z", "message": "down"}],
        {"time": "2025-04-03T13:07:00Z", "message": "down"},
        {"a": 1, "rows": [{"ts": 1743685620000, "msg": "down"}]},
        {"data": {"items": [{"createdAt": "2025-04-03T13:07:00Z", "title": "down"}]}},
        [[{"time": "2025-04-03T13:07:00Z", "text": "down"}]],
    ],
    ids=range(5),
)
def test_objects_are_found_wherever_they_are(value: Any) -> None:
    """In a list, alone, or in a list within."""
    if value != [[{"time": "2025-04-03T13:07:00Z", "text": "down"}]]:
        assert LooseJson().recognises(_evidence(json.dumps(value))).taken
        assert _placed(LooseJson(), json.dumps(value)) == [(AT, "down")]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1743685620, "message": "x"},
        [{"created": 1743685620, "name": "general"}],
        {"time": "soon", "message": "x"},
        [1, 2],
        {"event": {"received": 1743685620}, "message": "x"},
    ],
    ids=range(5),
)
def test_what_says_nothing_of_a_time_is_refused(value: Any) -> None:
    """A list of channels is no timeline."""
    assert not LooseJson().recognises(_evidence(json.dumps(value))).taken
