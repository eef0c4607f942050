"""Damaged exports: nothing crashes, nothing is invented, what is whole is used."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.importers import Evidence, Importer, Member
from postmortem.importers.candidates import Candidate, Found, Unplaced
from postmortem.importers.engine import shelf
from postmortem.importers.instants import Timeless, instant
from postmortem.importers.jsons import embedded
from tests.importers.told import SETTING, TOOLS, samples

JUNK: tuple[Any, ...] = (
    *(None, "", " ", "x", "never", "25:99", "2025-02-31", "\ud800", "a" * 5000),
    *(True, 0, -1, 0.5, 10**30, -(10**15), 1e300, [], [[]], [1], {}, {"a": {}}),
    *("0001-01-01T00:00:00Z", "1970-01-01", "9" * 5000, "{", '{"a": 1}', "[1"),
)
"""What no tool should write, and none of it a time."""


def _called(path: Path) -> Importer:
    return next(each for each in shelf() if each.name == path.parent.name)


def _json() -> list[tuple[Path, list[Any]]]:
    """Return the samples that are JSON, as the values of their lines."""
    found = []
    for path in samples(*TOOLS):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines() if path.suffix == ".jsonl" else [text]
        if path.suffix in (".json", ".jsonl"):
            found.append((path, [json.loads(line) for line in lines]))
    return found


JSON = _json()
FILES = [(path, path.read_bytes()) for path in samples(*TOOLS)]


def _evidence(raw: bytes, name: str = "export") -> Evidence:
    member = Member(name=name, size=len(raw), opener=lambda: io.BytesIO(raw))
    return Evidence(name=name, members=(member,))


def _found(importer: Importer, raw: bytes) -> list[Found]:
    evidence = _evidence(raw)
    importer.recognises(evidence)
    return list(importer.events(evidence, SETTING))


def _times(found: list[Found]) -> set[datetime]:
    candidates = [each for each in found if isinstance(each, Candidate)]
    assert all(each.at.tzinfo is not None for each in candidates)
    assert all(each.until is None or each.until > each.at for each in candidates)
    return {each.at for each in candidates}


def _leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value within."""
    keys = range(len(node)) if isinstance(node, list) else ()
    for key in node if isinstance(node, dict) else keys:
        value = node[key]
        yield (*path, key)
        yield from _leaves(value, (*path, key))


def _instants(node: Any) -> set[datetime]:
    """Return every instant that stands anywhere in a value."""
    if isinstance(node, dict | list):
        inner = node.values() if isinstance(node, dict) else node
        return {at for each in inner for at in _instants(each)}
    if (held := embedded(node)) is not None:
        return _instants(held)
    try:
        return {instant(node, SETTING)}
    except Timeless:
        return set()


def _raw(values: list[Any]) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


@given(st.data())
def test_a_value_that_is_nonsense_is_borne(data: st.DataObject) -> None:
    """No value crashes an importer, and no time comes out that did not stand there."""
    path, values = data.draw(st.sampled_from(JSON))
    values = json.loads(json.dumps(values))
    *way, last = data.draw(st.sampled_from(list(_leaves(values))))
    node = values
    for key in way:
        node = node[key]
    node[last] = data.draw(st.sampled_from(JUNK))

    found = _times(_found(_called(path), _raw(values)))

    if path.name != "issue.json":  # its times are put together from two lines
        assert found <= _instants(values)


@given(st.data())
def test_a_key_that_is_missing_is_borne(data: st.DataObject) -> None:
    """Older and newer versions of a tool leave keys out."""
    path, values = data.draw(st.sampled_from(JSON))
    values = json.loads(json.dumps(values))
    *way, last = data.draw(st.sampled_from(list(_leaves(values))))
    node = values
    for key in way:
        node = node[key]
    del node[last]

    found = _times(_found(_called(path), _raw(values)))

    if path.name != "issue.json":
        assert found <= _instants(values)


@given(st.data())
def test_a_file_may_end_anywhere(data: st.DataObject) -> None:
    """What came before the end is used as it is in the whole file, the rest is told."""
    path, raw = data.draw(st.sampled_from(FILES))
    end = data.draw(st.integers(0, len(raw) - 1))
    importer = _called(path)

    part = _found(importer, raw[:end])

    if path.suffix == ".json":
        whole = _instants(json.loads(raw))
        assert _times(part) <= whole or path.name == "issue.json"


@given(st.data())
def test_bytes_may_be_damaged(data: st.DataObject) -> None:
    """Wherever a byte is wrong, nothing crashes and every time is aware."""
    path, raw = data.draw(st.sampled_from(FILES))
    at = data.draw(st.integers(0, len(raw) - 1))
    junk = data.draw(st.binary(min_size=0, max_size=3))

    _times(_found(_called(path), raw[:at] + junk + raw[at + 1 :]))


@given(st.data())
def test_everybody_looks_at_everything(data: st.DataObject) -> None:
    """Whoever is asked about a damaged file answers."""
    _, raw = data.draw(st.sampled_from(FILES))
    evidence = _evidence(raw[: data.draw(st.integers(0, len(raw)))])

    for importer in shelf():
        assert importer.recognises(evidence).why


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"log_entries": [NaN, Infinity, -Infinity]}',
        b'{"log_entries": 1e999}',
        b'[{"event_type": "x", "occurred_at": ' + b"9" * 5000 + b"}]",
        b'\xef\xbb\xbf[{"event_type": "\\ud800", "occurred_at": null}]',
        '[{"event_type": "x"}]'.encode("utf-16"),
        b"",
        b"\x00" * 1000,
        b"null",
        b'"a"',
    ],
    ids=range(11),
)
def test_json_from_hell_is_borne(raw: bytes) -> None:
    """IMP-JSON: deep, huge, torn and mis-encoded: an answer each time."""
    for importer in shelf():
        evidence = _evidence(raw)
        if importer.recognises(evidence).taken:
            list(importer.events(evidence, SETTING))


def test_one_bad_record_of_a_thousand_is_one_lost() -> None:
    """The others are imported, and it is reported with its place."""
    entries = [
        {
            "id": f"R{number}",
            "type": "trigger_log_entry",
            "created_at": f"2025-05-24T13:{number // 60:02}:{number % 60:02}Z",
            "incident": {"summary": "[#1] HighErrorRate"},
        }
        for number in range(1000)
    ]
    raw = json.dumps({"log_entries": entries}).encode()
    raw = raw.replace(b'"R500"', b'"R5"00"')
    importer = next(each for each in shelf() if each.name == "pagerduty")

    found = _found(importer, raw)

    assert sum(isinstance(each, Candidate) for each in found) == 999
    assert [each.where for each in found if isinstance(each, Unplaced)] == [
        "export#501"
    ]


def test_one_bad_line_of_a_thousand_is_one_lost() -> None:
    """The others are imported, each with its line."""
    lines = [
        json.dumps({"time": f"2025-05-24T13:{at // 60:02}:{at % 60:02}Z", "text": "x"})
        for at in range(1000)
    ]
    lines[500] = lines[500][:-9]
    importer = next(each for each in shelf() if each.name == "json")

    found = _found(importer, "\n".join(lines).encode())

    assert sum(isinstance(each, Candidate) for each in found) == 999
    assert [each.where for each in found if isinstance(each, Unplaced)] == [
        "export:501"
    ]
