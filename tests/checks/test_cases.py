"""Rules that could cry wolf, each with a text that breaks it and one that nearly does.

A case is a piece of a report, laid over the clean one as the examples of pages are. It
is called after its rule, with a word behind that where the rule has several.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from postmortem import yamls
from postmortem.checks import HINT
from tests.checks.reports import found, laid_over

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
_BLOCK = re.compile(r"(?ms)^~~~(?P<kind>\w+)\n(?P<text>.*?)^~~~$")


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_rule_finds_what_breaks_it_and_nothing_else(path: Path) -> None:
    """No other rule is broken by it above a hint."""
    breaks, _ = _pieces(path)

    assert set(_told(path, breaks)) == {_code(path)}


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_rule_lets_be_what_only_looks_so(path: Path) -> None:
    """It says nothing, and so does every other rule above a hint."""
    _, nearly = _pieces(path)

    assert _told(path, nearly) == []


def _code(path: Path) -> str:
    return path.stem.partition("-")[0]


def _pieces(path: Path) -> tuple[str, str]:
    text = path.read_text("utf-8")
    pieces = [it["text"] for it in _BLOCK.finditer(text) if it["kind"] == "markdown"]
    breaks, nearly = pieces
    return breaks, nearly


def _told(path: Path, piece: str) -> list[str]:
    where = [
        it["text"]
        for it in _BLOCK.finditer(path.read_text("utf-8"))
        if it["kind"] == "yaml"
    ]
    known = yamls.load(where[0]).tree() if where else {}
    assert isinstance(known, dict)
    results = found(laid_over(piece), refreshed=True, **known)
    return [it.code for it in results if it.severity != HINT or it.code == _code(path)]
