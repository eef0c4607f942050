"""A state folder of its own, and a clock that can be set."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts, Journal, key_of

NOON = datetime(2025, 5, 24, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
Start = Callable[[str], "subprocess.Popen[bytes]"]


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.now

    def on(self, **length: float) -> None:
        """Let time pass; arguments are those of a timedelta."""
        self.now += timedelta(**length)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that shows noon."""
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return where the state folder will be."""
    return tmp_path / ".local" / "state" / "postmortem"


@pytest.fixture
def drafts(state: Path, clock: Clock) -> Drafts:
    """Return the drafts of somebody who has none yet."""
    return Drafts(state / "drafts", clock)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Return a draft that was never saved."""
    return Draft(key=key_of(tmp_path, "2025-05-24-x"), root=str(tmp_path))


@pytest.fixture
def journal(drafts: Drafts, draft: Draft) -> Iterator[Journal]:
    """Return the open journal of that draft."""
    with drafts.open(draft) as opened:
        yield opened


@pytest.fixture
def start(state: Path) -> Iterator[Start]:
    """Return what starts somebody who types, in one of their ways."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(how: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.drafts.typist", str(state), how]
        running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE))
        return running[-1]

    yield begin
    for each in running:
        each.kill()
        each.communicate()
