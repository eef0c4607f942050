"""A context is plain values, and nothing that can do anything."""

from __future__ import annotations

import enum
from collections import OrderedDict, UserString
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import templating
from postmortem.templating import plain

if TYPE_CHECKING:
    from tests.templating.conftest import Folder

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class Level(enum.IntEnum):
    """A number that brings more along."""

    ONE = 1


class Word(str):
    """A text that brings more along."""

    __slots__ = ()


class Cell(dict[str, Any]):
    """A dict that brings more along."""


NOT_PLAIN = {
    "path": Path("/"),
    "date": date(2026, 1, 1),
    "enum": Level.ONE,
    "subclass of str": Word("a"),
    "subclass of dict": Cell(),
    "ordered dict": OrderedDict[str, str](),
    "user string": UserString("a"),
    "tuple": ("a",),
    "set": {"a"},
    "bytes": b"a",
    "complex": 1j,
    "object": object(),
    "function": len,
    "method": "a".upper,
    "class": str,
    "range": range(3),
}


@given(values)
def test_plain_values_pass_as_they_are(value: object) -> None:
    """The same object comes back."""
    assert plain(value) is value


@pytest.mark.parametrize("value", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_anything_else_is_refused_with_its_place(value: object, folder: Folder) -> None:
    """SEC-CTXOBJ: exact types only: a subclass can bring methods along."""
    with pytest.raises(TypeError, match=r"context\.a\[1\]\.b: .* is no plain value"):
        plain({"a": [1, {"b": value}]})
    with pytest.raises(TypeError, match=r"context\.a: .* is no plain value"):
        folder.render("{{ a }}", a=value)


def test_keys_are_texts() -> None:
    """JSON would turn any other into a text, and two into one."""
    with pytest.raises(TypeError, match="the key 1 is no plain text"):
        plain({1: "a"})


def test_a_list_that_holds_itself_is_refused() -> None:
    """It has an end only where we set one."""
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(TypeError, match="nested more than 40 deep"):
        plain(endless)


def test_an_engine_is_given_nothing_else(folder: Folder) -> None:
    """SEC-CTXOBJ: what every template has are two functions that were reviewed."""
    engine = templating.environment(folder.sources)

    assert sorted(engine.globals) == ["namespace", "range"]
