"""The bench itself, by a clock that can be set."""

from __future__ import annotations

from tests.bench.__main__ import NAMES
from tests.bench.paired import Outcome, Pair, compared


def test_a_comparison_is_the_median_of_ratios() -> None:
    """Each round gives a ratio, so one slow moment moves nothing."""
    now = [0.0]
    durations = iter([2, 1, 2, 1, 90, 1])

    def _ours() -> None:
        now[0] += next(durations)

    def _theirs() -> None:
        now[0] += 1

    pair = Pair(name="x", ours=_ours, theirs=_theirs, at_most=2, rounds=5)

    outcome = compared(pair, clock=lambda: now[0])

    assert outcome == Outcome(name="x", ours=1, theirs=1, ratio=1, at_most=2)
    assert outcome.kept


def test_a_broken_promise_is_seen() -> None:
    """A ratio above what is promised says so, and the bench fails."""
    outcome = Outcome(name="x", ours=3, theirs=1, ratio=3, at_most=1.2)

    assert not outcome.kept
    assert str(outcome).endswith("TOO SLOW")


def test_every_module_of_comparisons_is_listed() -> None:
    """A new comparison is a new file, and nothing else."""
    assert "start" in NAMES
