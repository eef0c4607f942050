"""JSON of any size and any damage: what is good is read, what is not is told."""

from __future__ import annotations

import io
import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.errors import PostmortemError
from postmortem.importers import Member, Note, Unplaced, feeding
from postmortem.importers.jsons import document, salvaged
from postmortem.importers.records import Record, records

ROWS = [
    {"ts": f"{number}", "text": f'a {{"b": [{number}]}} \\ é'} for number in range(40)
]
DEEP = 100_000
HOSTILE = (
    *(
        "[" * DEEP,
        '{"a":' * DEEP,
        "[" + "9" * 5_000 + "]",
        '["\\ud800"]',
        "[NaN, 1e999]",
    ),
    *(
        "\ufeff[1]",
        "[1, 2",
        "[1,]",
        '{"a"',
        '{"a":}',
        "",
        " ",
        "nul",
        "[1] x",
        "{]",
        "]",
    ),
    *('["a\nb"]', '["\\x"]', "[1 2]", '{"a": 1, "a": 2}', "[\x00]", "[1e5000]", '"'),
)


def _member(raw: bytes, *, size: int | None = None) -> Member:
    known = len(raw) if size is None else size
    return Member(name="a.json", size=known, opener=lambda: io.BytesIO(raw))


def _read(raw: bytes | str, **how: Any) -> tuple[list[Any], list[Unplaced]]:
    """Read it in both ways, at once and piece by piece, which agree on values."""
    raw = raw.encode() if isinstance(raw, str) else raw
    found = [*records(_member(raw), **how)]
    streamed = [*records(_member(raw, size=-1), **how)]
    values = [each.value for each in found if isinstance(each, Record)]
    assert values == [each.value for each in streamed if isinstance(each, Record)]
    return values, [each for each in found if isinstance(each, Unplaced)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=4),
        "\n".join(map(json.dumps, ROWS)),
        "".join(map(json.dumps, ROWS)),
        ",\n".join(map(json.dumps, ROWS)),
    ],
    ids=["array", "indented", "lines", "joined", "commas"],
)
def test_every_form_of_many_records_is_read(text: str) -> None:
    """An array, lines, and one after the other."""
    assert _read(text) == (ROWS, [])
    assert _read("\ufeff" + text) == (ROWS, [])


def test_the_list_under_a_key_is_the_records() -> None:
    """What stands before it is known with each."""
    text = json.dumps({"channel": {"name": "x"}, "messages": ROWS, "count": 3})

    found = [*records(_member(text.encode(), size=-1), under=("messages",))]

    assert [each.value for each in found if isinstance(each, Record)] == ROWS
    assert isinstance(found[0], Record)
    assert found[0].around["channel"] == {"name": "x"}
    assert found[0].where == "a.json#1"
    assert _read(text, under=("messages",)) == (ROWS, [])


def test_an_object_without_the_list_is_one_record() -> None:
    """Whichever way it is read."""
    assert _read('{"a": [1], "b": {"c": 2}}', under=("messages",)) == (
        [{"a": [1], "b": {"c": 2}}],
        [],
    )


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read(name: str) -> None:
    """As spreadsheets and shells of Windows write them."""
    assert _read(json.dumps(ROWS, ensure_ascii=False).encode(name)) == (ROWS, [])


def test_a_wrong_byte_costs_nothing_but_itself() -> None:
    """It is read as Latin-1, and that is told."""
    raw = json.dumps(ROWS, ensure_ascii=False).replace("é", "e").encode()
    raw = raw.replace(b"a {", b"\xe9 {", 1)

    found = [*records(_member(raw))]

    assert len([each for each in found if isinstance(each, Record)]) == len(ROWS)
    assert [type(each) for each in found if not isinstance(each, Record)] == [Note]


@pytest.mark.parametrize(
    "bad",
    ["{,}", '{"a": tru}', '{"a" 1}', '{"a": "\\ud83d"', "{'a': 1}", "nope", '{"a'],
    ids=repr,
)
@pytest.mark.parametrize("joint", [", ", "\n"], ids=["array", "lines"])
def test_one_bad_record_of_a_thousand_is_one(bad: str, joint: str) -> None:
    """999 are read, and one is told with its number or line."""
    rows = [json.dumps({"n": number, "t": "x"}) for number in range(999)]
    rows.insert(500, bad)
    text = joint.join(rows)
    text = f"[{text}]" if joint == ", " else text

    values, unplaced = _read(text)

    assert [each["n"] for each in values] == [*range(999)]
    assert len(unplaced) == 1
    assert unplaced[0].where == ("a.json#501" if joint == ", " else "a.json:501")
    assert "at character" in unplaced[0].why


def test_an_array_that_breaks_off_gives_what_came_before() -> None:
    """At every place: no value is changed, and the break is told."""
    text = json.dumps(ROWS[:4])
    for size in range(1, len(text)):
        values, unplaced = _read(text[:size])
        assert values == ROWS[: len(values)]
        assert len(unplaced) == 1, text[:size]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_json_is_borne(text: str) -> None:
    """IMP-JSON: deep, endless, unpaired, not JSON at all: no exception, soon."""
    [*records(_member(text.encode("utf-8", "surrogatepass")))]
    [*records(_member(text.encode("utf-8", "surrogatepass"), size=-1), under=("a",))]
    try:
        document(text.encode(), "a.json")
    except PostmortemError as error:
        assert error.problem.line is not None  # noqa: PT017 - one of two ways
        assert "at character" in error.problem.message  # noqa: PT017


@given(st.binary(max_size=80), st.sampled_from([(), ("a",)]))
def test_any_bytes_are_borne(raw: bytes, under: tuple[str, ...]) -> None:
    """Whatever they are, both ways of reading end."""
    [*records(_member(raw), under=under)]
    [*records(_member(raw, size=-1), under=under)]


def test_a_record_across_pieces_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the piece ends, within a number or a character."""
    rows = [123456, 1.5e10, "é" * 9, {"a": [True, None]}, -7]
    raw = json.dumps(rows, ensure_ascii=False).encode()
    for size in range(1, 20):
        monkeypatch.setattr(feeding, "_PIECE", size)
        found = [*records(_member(raw, size=-1))]
        assert [each.value for each in found if isinstance(each, Record)] == rows


def test_as_much_as_there_is_is_salvaged() -> None:
    """For telling what a file is by its beginning."""
    text = '{"a": [{"b": 1}, {"b": 2, "c": "x'

    assert salvaged(text, 0) == {"a": [{"b": 1}, {"b": 2}]}


def test_lines_are_counted_once_each() -> None:
    """Four times the lines take about four times as long, and not sixteen times."""
    row = json.dumps({"a": 1, "b": "x" * 250})

    def seconds(lines: int) -> float:
        raw = f"{row}\n".encode() * lines
        best = float("inf")
        for _ in range(3):
            start = process_time()
            found = sum(1 for _ in records(_member(raw)))
            best = min(best, process_time() - start)
            assert found == lines
        return best

    assert seconds(20_000) < 8 * seconds(5_000)


def test_a_line_is_told_wherever_reading_is() -> None:
    """Behind a damaged record too, and across pieces."""
    raw = b'{"a": 1}\n\n{"a": 2}\n{"a": nonsense}\n\n{"a": 4}\n'

    found = [
        each.where
        for each in records(_member(raw, size=-1))
        if isinstance(each, Record)
    ]

    assert found == ["a.json:1", "a.json:3", "a.json:6"]
