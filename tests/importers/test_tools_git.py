"""Facts of a repository as candidates."""

from __future__ import annotations

from datetime import UTC, datetime

from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.git import Fact, candidates

AT = datetime(2025, 5, 24, 13, 0, tzinfo=UTC)
SHA = "8f3c2a1b9d4e5f60718293a4b5c6d7e8f9001122"


def _candidate(**parts: object) -> Candidate:
    facts = {"sha": SHA, "when": AT, "author": "A developer", "subject": "Enlarge"}
    (found,) = candidates([Fact(**{**facts, **parts})], "api")  # type: ignore[arg-type] # a test's shorthand
    assert isinstance(found, Candidate)
    return found


def test_a_commit_is_a_change() -> None:
    """It is known by its hash to all who name it."""
    assert _candidate() == Candidate(
        at=AT,
        text="commit 8f3c2a1b9d: Enlarge",
        where="api 8f3c2a1b9d",
        said="2025-05-24T13:00:00+00:00",
        source="git api",
        kind="change",
        author="A developer",
        id=f"commit {SHA}",
        same="commit 8f3c2a1b9d4e",
        weight=1,
    )


def test_merges_and_reverts_weigh_more() -> None:
    """They are what deploys and mends."""
    merge = _candidate(parents=("a", "b"))
    revert = _candidate(subject='Revert "Enlarge"', reverts=("1234567890ab",))

    assert (merge.text, merge.weight) == ("merge 8f3c2a1b9d: Enlarge", 2)
    assert revert.text == 'revert 8f3c2a1b9d of 1234567890: Revert "Enlarge"'
    assert revert.weight == 2


def test_a_tag_is_taken_for_a_deploy() -> None:
    """One without a time of its own stands beside its commit."""
    tag, named = _candidate(tag="v4.2"), _candidate(refs=("v4.2",))

    assert (tag.kind, tag.weight, tag.id) == ("deploy", 3, "tag v4.2")
    assert tag.text == "tag v4.2 (8f3c2a1b9d): Enlarge"
    assert (named.text, named.weight) == ("commit 8f3c2a1b9d (tag v4.2): Enlarge", 2)


def test_a_date_of_no_calendar_is_unplaced() -> None:
    """Git takes any number of seconds for a date."""
    fact = Fact(sha=SHA, when=None, author="", subject="x")

    assert list(candidates([fact], "api")) == [
        Unplaced(where="api 8f3c2a1b9d", why="its date is on no calendar")
    ]


def test_a_subject_commands_no_terminal() -> None:
    """What is imported is data."""
    assert "\x1b" not in _candidate(subject="a\x1b[2Jb").text
