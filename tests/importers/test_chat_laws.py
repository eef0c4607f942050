"""Cut and changed chat exports: no crash, no naive time, no time that is not there."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.escape import terminal
from postmortem.importers import Candidate, Setting
from postmortem.importers.engine import found
from postmortem.importers.opening import opened
from postmortem.importers.texts import plain_html
from tests.importers.packing import piped
from tests.importers.told import CHAT, CHAT_SETTING, SAMPLES, samples

FILES = [path for path in samples(*CHAT) if path.is_file()]
FILES += sorted((SAMPLES / "slack" / "export").rglob("*.json"))
JUNK = (b"\x00", b"\xff", b'"', b"{", b"]", b",", b"\n", b"\\", b"\x1b[2J", b"9", b"-")
every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(SAMPLES))
)


def _events(raw: bytes, setting: Setting = CHAT_SETTING) -> list[Candidate]:
    """Read it as a command does; what is found is fit to be shown."""
    events = [
        each for each in found(piped(raw), setting) if isinstance(each, Candidate)
    ]
    for each in events:
        assert each.at.utcoffset() is not None
        assert terminal(each.text) == each.text
        assert each.text.strip()
        assert each.where.startswith("-")
    return events


@every_file
def test_a_file_cut_anywhere_has_no_other_times(path: Path) -> None:
    """What is left of it is what was there, at the instants that it had."""
    raw = path.read_bytes()
    whole = {each.at for each in _events(raw)}
    for size in range(0, len(raw), max(1, len(raw) // 60)):
        for event in _events(raw[:size])[:-1]:
            # The last one may have lost its date with the end of its line.
            assert event.at in whole


@every_file
def test_a_changed_byte_harms_no_more_than_its_record(path: Path) -> None:
    """Nothing fails, and times stay instants."""
    raw = path.read_bytes()
    source = random.Random(path.name)  # noqa: S311 - the same each time
    for _ in range(60):
        at = source.randrange(len(raw))
        _events(raw[:at] + source.choice(JUNK) + raw[at + source.randrange(3) :])


@given(st.text(max_size=200))
def test_any_text_is_borne(text: str) -> None:
    """Nothing is placed that names no time, whatever it is."""
    events = _events(text.encode("utf-8", "surrogatepass"), Setting())

    assert all(any(map(str.isdigit, each.said)) for each in events)


LINES = (
    *("13:05 db is down", "1:05 PM", "On-call  1:05 PM", "Lead 12:05 AM", "23:59 - up"),
    *("Saturday, May 24th", "2025-05-24", "May 25, 2025", "Today", "Resolved", "text"),
    *(
        "[13:05] <a> b",
        "=== a joined",
        "12/9/20, 23:55 - A: b",
        "| 13:05 | a |",
        "",
        " ",
    ),
    *(
        "Timeline (all times PST)",
        "Times in IST",
        "24:00 x",
        "- 3:05 x",
        "9.12 y",
        "x 1:1",
    ),
    *("2025-05-24T13:05:00Z a", "May 24, 15:02 UTC", "**13:05** b", "(13:05) c", "# d"),
)


@given(lines=st.lists(st.sampled_from(LINES), max_size=8), known=st.booleans())
def test_any_lines_are_borne(lines: list[str], *, known: bool) -> None:
    """Without a day and a zone only what names both is placed."""
    raw = "\n".join(lines).encode()

    events = _events(raw, CHAT_SETTING if known else Setting())

    if known:
        near = datetime(2025, 5, 24, tzinfo=UTC)
        assert all(
            abs(each.at - near) < timedelta(days=9) or "/20" in each.said
            for each in events
        )


def test_a_long_paste_is_read_in_good_time(tmp_path: Path) -> None:
    """Thousands of lines take seconds at most."""
    path = tmp_path / "long.txt"
    path.write_text(
        "\n".join(f"13:{n // 80:02}:{n % 60:02} line {n}" for n in range(4_000))
    )

    assert len(_listed(path)) == 4_000


def _listed(path: Path) -> list[Candidate]:
    return [
        each
        for each in found(opened(path), CHAT_SETTING)
        if isinstance(each, Candidate)
    ]


LONG = 200_000


@pytest.mark.parametrize(
    "line",
    [
        *("13:05 " + " " * LONG + "x", "a" + " " * LONG + "b 1:05", "<" * LONG),
        *("[13:05] " + "*" * LONG, "(" * LONG, "1:" * LONG, "`" * LONG, "- " * LONG),
        *(
            "|" * LONG + "13:05",
            "12/9/20, 23:55 - " + ":" * LONG,
            "2025-05-24 " * 20_000,
        ),
    ],
    ids=lambda line: line.strip()[:12],
)
def test_a_long_line_is_read_in_good_time(line: str) -> None:
    """However its blanks and brackets are repeated."""
    start = time.monotonic()

    _events(f"{line}\n13:06 on-call is here\n".encode())
    plain_html(f"<p {line}")

    assert time.monotonic() - start < 2
