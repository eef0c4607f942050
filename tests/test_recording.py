"""The recording in the README shows the interview as it is."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.recording.__main__ import RECORDING
from tests.recording.drawing import Drawing
from tests.recording.playing import played
from tests.recording.scenario import STEPS
from tests.recording.screens import COLUMNS, ROWS, Frame, Run, Style

SVG = "{http://www.w3.org/2000/svg}"
MOST = 250 * 1024
REMAKE = "remake it with `python -m tests.recording`"


@pytest.fixture(scope="module")
def recording() -> ET.Element:
    """Return the recording; it is well-formed."""
    return ET.fromstring(RECORDING.read_bytes())  # noqa: S314 - it is our own


def texts(svg: ET.Element) -> set[str]:
    """Return every line that is drawn, without the blanks around it."""
    return {"".join(each.itertext()).strip() for each in svg.iter(f"{SVG}text")}


def test_what_a_run_shows_now_is_in_the_recording(
    recording: ET.Element, tmp_path: Path
) -> None:
    """The scenario is played again, fast: each line of it is one that is drawn."""
    drawn = texts(recording)

    frames = list(played(STEPS, tmp_path, at_once=True))

    shown = [
        "".join(run.text for run in line).strip()
        for frame in frames
        for line in frame.lines
    ]
    news = [line for line in dict.fromkeys(shown) if line and line not in drawn]
    assert news == [], REMAKE
    assert len(frames) == len(STEPS)


def test_it_is_small_and_needs_nothing_else(recording: ET.Element) -> None:
    """No script, no font or image, no address but the name of the format."""
    text = RECORDING.read_text(encoding="utf-8")
    names = {each.tag.removeprefix(SVG) for each in recording.iter()}
    links = {
        value
        for each in recording.iter()
        for name, value in each.attrib.items()
        if name.endswith("href")
    }

    assert len(text.encode()) < MOST
    assert names == {
        *("svg", "title", "desc", "style", "defs", "g", "rect", "circle"),
        *("text", "tspan", "use"),
    }
    assert all(link.startswith("#l") for link in links)
    assert re.findall(r"\w+://[^\"]*", text) == [SVG.strip("{}")]
    assert re.findall(r"@import|@font-face|url\(|\bon\w+=", text) == []


def test_every_line_that_is_used_is_drawn_once(recording: ET.Element) -> None:
    """Rows share lines, and no line is left over."""
    ids = [each.get("id", "") for each in recording.iterfind(f"{SVG}defs/*")]
    used = {each.get("href", "") for each in recording.iter(f"{SVG}use")}

    assert len(ids) == len(set(ids))
    assert used == {f"#{each}" for each in ids}


def test_it_ends_with_the_way_back(recording: ET.Element) -> None:
    """Where nothing moves, the last frame stands: its strips are in their place."""
    drawn = {each.get("id"): each for each in recording.iterfind(f"{SVG}defs/*")}
    last = []
    for row in recording.iterfind(f"{SVG}g/{SVG}svg"):
        strip = row[0]
        top = re.fullmatch(r"translate\(0 -?(\d+)\)", strip.get("transform", ""))
        assert top is not None
        here = [use for use in strip if use.get("y", "0") == top[1]]
        last += ["".join(drawn[use.get("href", "")[1:]].itertext()) for use in here]

    assert last[-3] == "go on with:"
    assert last[-2].startswith("postmortem resume ")
    assert last[-1] == "$"


def test_a_drawing_moves_what_changes_and_nothing_else() -> None:
    """A row that stays has no keyframes; a line that comes back is not drawn again."""
    plain, bold = Style(), Style(ink="cyan", bold=True)
    stays, one = (Run("a  <b>", plain),), (Run("  ", plain), Run("c", bold))
    rest = ((),) * (ROWS - 2)
    frames = [
        Frame(0.0, (stays, (), *rest), (1, 0)),
        Frame(1.0, (stays, one, *rest), None),
        Frame(2.0, (stays, stays, *rest), (1, 0)),
        Frame(4.0, (stays, one, *rest), (1, 0)),
    ]

    text = Drawing(frames).svg()

    assert texts(ET.fromstring(text)) == {"a  <b>", "c"}  # noqa: S314 - it is our own
    assert '<tspan class="i-cyan b">c</tspan>' in text
    assert "@keyframes r0" not in text
    assert (
        "@keyframes r1{0%{transform:translateY(0)}10%{transform:translateY(-19px)}"
        "20%{transform:translateY(-38px)}40%{transform:translateY(-19px)}}"
    ) in text
    assert f"10%{{transform:translate({-COLUMNS * 8.4:.1f}px,0)}}" in text
