"""Runs of git side by side: none is left behind, and none is waited for in vain."""

from __future__ import annotations

import time

import pytest

from postmortem.errors import PostmortemError
from postmortem.history.running import Running
from tests.history.repos import Repository

SLEEP = ("-c", "alias.wait=!sleep 60", "wait")


def test_an_error_stops_the_others(repo: Repository) -> None:
    """Whoever has failed, or was interrupted, waits for nobody."""
    git, began = repo.history.root, time.monotonic()

    with (
        pytest.raises(PostmortemError, match="did not end within"),
        Running(git, *SLEEP) as other,
        Running(git, *SLEEP, stdin=b"x" * 100_000) as one,
    ):
        one.end(deadline=0.2)

    assert time.monotonic() - began < 10
    assert other._popen.poll() is not None
    assert one._popen.poll() is not None


def test_what_nobody_asked_for_ends(repo: Repository) -> None:
    """Leaving waits for it, as it may be about to end."""
    with Running(repo.history.root, "version") as one:
        pass

    assert one.end().code == 0
