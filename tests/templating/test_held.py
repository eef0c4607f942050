"""What a source is told to hold stands in the place of its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from postmortem.templating import (
    Source,
    TemplateMistake,
    find,
    names,
    packed,
    unpacked,
)
from postmortem.templating.sources import LARGEST, holding

if TYPE_CHECKING:
    from tests.templating.conftest import Folder


def test_what_is_held_stands_in_the_place_of_files(folder: Folder) -> None:
    """One that lies there, one that does not, and one that is to be none."""
    for name in ("a", "b", "c"):
        folder.write(name, "lying")
    held = holding({"a": b"\xef\xbb\xbfheld\r\n", "b": None, "in/d": b"new"})
    theirs = Source(folder.path, trusted=False, held=held)
    sources = unpacked(json.loads(json.dumps(packed((theirs,)))))

    assert sources == (theirs,)
    assert names(sources) == ("a", "c", "in/d")
    assert [find(name, sources).text for name in names(sources)] == [
        *("held\n", "lying", "new")
    ]
    assert find("a", sources)[1:3] == (folder.path / "a", False)
    with pytest.raises(TemplateMistake, match="no template 'b'"):
        find("b", sources)
    assert find("b", (*sources, *folder.sources)).text == "lying"


@pytest.mark.parametrize("raw", [b"one\n\xff", b"\xe2" * (LARGEST + 1)])
def test_what_is_held_has_the_same_bounds(folder: Folder, raw: bytes) -> None:
    """It is blamed by the path that it would have."""
    sources = (Source(folder.path, trusted=False, held=holding({"a": raw})),)
    (folder.path / "b").write_bytes(raw)

    with pytest.raises(TemplateMistake) as held:
        find("a", unpacked(packed(sources)))
    with pytest.raises(TemplateMistake) as lying:
        find("b", sources)

    assert held.value.problem.path == str(folder.path / "a")
    assert held.value.problem.message == lying.value.problem.message
    assert held.value.problem.line == lying.value.problem.line
