"""What somebody may type for an option, and a keyboard that gives only lines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from postmortem.env import Env
from postmortem.errors import Interrupted
from postmortem.prompts import Option
from postmortem.prompts.by_line import Lines
from postmortem.prompts.options import named
from postmortem.prompts.rules import Rules
from postmortem.prompts.voice import Voice

OPTIONS = [Option("db", "Database"), Option("dns", "DNS"), Option("4", "Other")]


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("1", ["db"]),
        ("3", ["4"]),
        ("4", ["4"]),
        ("0", []),
        ("9", []),
        ("DNS", ["dns"]),
        ("database", ["db"]),
        ("data", ["db"]),
        ("d", ["db", "dns"]),
        ("x", []),
        ("²", []),
    ],
)
def test_an_option_has_names(typed: str, meant: list[str]) -> None:
    """Its number, its value, its label, or the beginning of one."""
    assert named(typed, OPTIONS) == meant


@pytest.mark.parametrize(
    "sent, lines, read",
    [
        ("abc\r\n", False, "abc"),
        ("\n", False, "given"),
        ("a\nb\n\nc\n", True, "a\nb\n"),
        ("?\n", True, "?"),
        ("none\nb\n\n", True, "none"),
        ("\n", True, "given"),
    ],
)
def test_lines_are_read(tmp_path: Path, sent: str, read: str, *, lines: bool) -> None:
    """Where keys cannot be read one by one, lines are; each is told."""
    told: list[str] = []
    voice = Voice(Env(cwd=tmp_path), colour=False)
    rules = Rules(lines=lines, whole=("?",), complete="none".__eq__)

    assert Lines(io.StringIO(sent), voice, rules, told.append).read("given") == read
    assert told[-1] in (read, "")


def test_the_end_of_the_lines_leaves(tmp_path: Path) -> None:
    """No line is no answer."""
    voice = Voice(Env(cwd=tmp_path), colour=False)

    with pytest.raises(Interrupted):
        Lines(io.StringIO(), voice, Rules(lines=False), print).read("")
