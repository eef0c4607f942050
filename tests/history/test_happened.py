"""What happened in a repository between two instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from postmortem.history.happened import happened
from postmortem.importers.git import Fact
from tests.history.repos import Repository

BEGIN = datetime(2025, 5, 24, 12, 0, tzinfo=UTC)
END = datetime(2025, 5, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what sets git's clock."""

    def clock(when: str, written: str = "2025-05-01T00:00:00Z") -> None:
        monkeypatch.setenv("GIT_COMMITTER_DATE", when)
        monkeypatch.setenv("GIT_AUTHOR_DATE", written)

    return clock


def _told(facts: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(fact.tag or "", fact.subject) for fact in facts]


def test_commits_of_the_window_the_oldest_first(
    repo: Repository, at: Callable[[str], None]
) -> None:
    """By the time of committing; both ends belong to the window."""
    for when in ("11:59:59", "12:00:00", "14:00:00", "16:00:00", "16:00:01"):
        at(f"2025-05-24T{when}Z")
        repo.git("commit", "-q", "--allow-empty", "-m", f"At {when}")

    facts = happened(repo.history, BEGIN, END)

    assert _told(facts) == [
        ("", "At 12:00:00"),
        ("", "At 14:00:00"),
        ("", "At 16:00:00"),
    ]
    assert facts[0].author == "The on-call engineer"
    assert [fact.when for fact in facts if fact.when] == [
        BEGIN,
        BEGIN + timedelta(hours=2),
        END,
    ]


def test_a_commit_keeps_its_zone(repo: Repository, at: Callable[[str], None]) -> None:
    """Its instant is what counts."""
    at("2025-05-24T15:30:00+02:00")
    repo.git("commit", "-q", "--allow-empty", "-m", "East")

    (fact,) = happened(repo.history, BEGIN, END)

    assert fact.when == datetime(2025, 5, 24, 13, 30, tzinfo=UTC)
    assert fact.when.utcoffset() == timezone(timedelta(hours=2)).utcoffset(None)


def test_merges_reverts_and_tags_are_told(
    repo: Repository, at: Callable[[str], None]
) -> None:
    """An annotated tag has a time of its own, a light one stands at its commit."""
    at("2025-05-24T13:00:00Z")
    repo.commit("a", "1")
    repo.git("tag", "light")
    first = repo.git("rev-parse", "HEAD").strip()
    repo.git("checkout", "-qb", "side", "HEAD~")
    at("2025-05-24T13:10:00Z")
    repo.commit("b", "1")
    repo.git("checkout", "-q", "main")
    at("2025-05-24T13:20:00Z")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge side", "side")
    at("2025-05-24T13:30:00Z")
    repo.git("revert", "--no-edit", first)
    at("2025-05-24T13:40:00Z")
    repo.git("tag", "-am", "4.2, mended", "v4.2")

    facts = happened(repo.history, BEGIN, END)

    by_time = {fact.when.minute: fact for fact in facts if fact.when}
    assert list(by_time) == [0, 10, 20, 30, 40]
    assert by_time[0].refs == ("light",)
    assert len(by_time[20].parents) == 2
    assert by_time[30].reverts == (first,)
    assert (by_time[40].tag, by_time[40].subject) == ("v4.2", "4.2, mended")
    assert by_time[40].sha == by_time[30].sha


def test_other_branches_count(repo: Repository, at: Callable[[str], None]) -> None:
    """What was deployed may never have reached main."""
    at("2025-05-24T13:00:00Z")
    repo.git("checkout", "-qb", "hotfix")
    repo.commit("a", "1")
    repo.git("checkout", "-q", "main")

    assert len(happened(repo.history, BEGIN, END)) == 1


def test_a_detached_head_counts(repo: Repository, at: Callable[[str], None]) -> None:
    """Its commits are on no branch."""
    repo.git("checkout", "-q", "--detach")
    at("2025-05-24T13:00:00Z")
    repo.commit("a", "1")

    assert len(happened(repo.history, BEGIN, END)) == 1


def test_any_message_is_read(repo: Repository, at: Callable[[str], None]) -> None:
    """Line breaks, signs of formats, other alphabets; no field runs into the next."""
    at("2025-05-24T13:00:00Z")
    message = "é %H %x00 日本\n\nbody\n\n--end-of-options\n\x1e\x1f"
    repo.git("commit", "-q", "--allow-empty", "-m", message)
    repo.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")

    assert sorted(_told(happened(repo.history, BEGIN, END))) == [
        ("", ""),
        ("", "é %H %x00 日本"),
    ]


def test_a_repository_without_commits_has_none(
    make: Callable[..., Repository],
) -> None:
    """A new one is no mistake."""
    assert happened(make(empty=True).history, BEGIN, END) == ()


def test_looking_runs_nothing_of_theirs(
    repo: Repository, at: Callable[[str], None], hostile: Path
) -> None:
    """No pager, hook, signer or monitor that a configuration names."""
    mark = hostile.parent / "ran"
    program = hostile.parent / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    at("2025-05-24T13:00:00Z")
    repo.git("commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "One")
    for name in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external"):
        repo.git("config", name, str(program))
    repo.git("config", "log.showSignature", "true")
    before = repo.everything()
    mark.unlink(missing_ok=True)  # looking at all of it, as the test does, ran it

    facts = happened(repo.history, BEGIN, END)

    assert _told(facts) == [("", "One")]
    assert not mark.exists()
    assert repo.everything() == before


def test_a_clock_that_was_wrong_hides_nothing(
    repo: Repository, at: Callable[[str], None]
) -> None:
    """A commit of before the window may stand on one of the window."""
    for when in ("13:00:00", "11:00:00", "14:00:00"):
        at(f"2025-05-24T{when}Z")
        repo.git("commit", "-q", "--allow-empty", "-m", when)

    assert _told(happened(repo.history, BEGIN, END)) == [
        ("", "13:00:00"),
        ("", "14:00:00"),
    ]


def test_no_more_than_a_limit_are_read(
    repo: Repository, at: Callable[[str], None]
) -> None:
    """The newest ones."""
    for minute in range(3):
        at(f"2025-05-24T13:0{minute}:00Z")
        repo.git("commit", "-q", "--allow-empty", "-m", f"{minute}")

    assert _told(happened(repo.history, BEGIN, END, limit=2)) == [("", "1"), ("", "2")]
