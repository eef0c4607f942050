"""A clock that is put back: of this machine, and of the people who wrote times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from postmortem.env import Env
from tests.commands.author import NOW, Author

ID = "2025-05-27-x-down"


@dataclass(frozen=True)
class Late(Author):
    """An author whose machine does not know what day it is."""

    now: datetime = NOW

    def env(self, typed: StringIO | str | None = None) -> Env:
        """Return the world with another clock."""
        return replace(super().env(typed), clock=lambda: self.now)


def test_a_clock_may_go_back(tmp_path: Path, home: Path) -> None:
    """CR-SLEEP: a day back, what was begun goes on, and stays where it was listed."""
    root = tmp_path / "work"
    root.mkdir()
    today = Late(root, home)
    assert today.run("new", "X down", "--set", "severity=SEV-1").code == 0
    assert today.run("log", "rolled", "it", "back").code == 0

    before = replace(today, now=NOW - timedelta(days=1))
    codes = [
        before.run("log", "it", "is", "up").code,
        before.run("set", ID, "severity=SEV-2", "actions+=Try it").code,
        before.run("rename", ID, "X is down").code,
        before.run("refresh", ID).code,
        before.run("check", ID).code,
        before.run("new", "Y down", "--set", "severity=SEV-1").code,
    ]

    assert codes == [0] * 6
    ids = today.run("list", "--format", "ids").out.split()
    assert ids == [ID, "2025-05-26-y-down"]
    assert ids == before.run("list", "--format", "ids").out.split()
    noted = before.run("log", "--show").out
    assert [
        line.split(maxsplit=1)[1] for line in noted.splitlines() if line[0] == " "
    ] == [
        "it is up",
        "rolled it back",
    ]


@pytest.mark.parametrize(
    "day, clock",
    [("2025-10-26", "02:30"), ("2025-03-30", "02:30")],
    ids=["two", "none"],
)
def test_an_hour_that_was_twice_or_never_is_not_guessed(
    tmp_path: Path, home: Path, day: str, clock: str
) -> None:
    """IMP-DST: it is listed as not placed with its row; the hours around it are."""
    root = tmp_path / "work"
    root.mkdir()
    author = Late(root, home)
    author.run(
        "new",
        "X down",
        "--set",
        f"onset={day}T00:00Z",
        "--set",
        f"resolved={day}T04:00Z",
    )
    rows = (
        f"{day} 01:59:00,before",
        f"{day} {clock}:00,within",
        f"{day} 03:01:00,after",
    )
    author.write("a.csv", "\n".join(("time,text", *rows, "")))
    there = (
        "timeline",
        "x-down",
        "import",
        "a.csv",
        "--all",
        "--zone",
        "Europe/Berlin",
    )

    said = author.run(*there, "--dry-run")

    assert said.code == 0, said.err
    assert "1 not placed" in said.out
    assert "a.csv:3" in said.out + said.err
    assert "within" not in said.out.partition("\n")[2]
    assert "before" in said.out
    assert "after" in said.out
    asked = author.run("set", "x-down", f"detected={day} {clock} Europe/Berlin")
    assert (asked.code, asked.out) == (2, "")
    assert clock in asked.err
