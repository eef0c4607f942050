"""One draft, one writer: a second one is told who has it, and changes nothing."""

from __future__ import annotations

import errno
import fcntl
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postmortem.drafts import Busy, Draft, Drafts, Writer, processes
from postmortem.drafts.spelling import signature
from tests.drafts.conftest import NOON, Clock, Start
from tests.files.folders import names


@pytest.fixture(params=["flock", "no locks"])
def _locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a file system that knows locks, and with one that does not."""
    if request.param == "no locks":
        monkeypatch.setattr(fcntl, "flock", _refuse)


@pytest.fixture
def _no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a file system that knows no locks."""
    monkeypatch.setattr(fcntl, "flock", _refuse)


def _refuse(descriptor: int, how: int) -> None:
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


@pytest.mark.usefixtures("_locks")
def test_a_second_writer_is_told_who_has_it(
    drafts: Drafts, draft: Draft, clock: Clock
) -> None:
    """Which process, on which machine, since when, and how it is ended."""
    with drafts.open(draft) as journal:
        draft = journal.save(title="X")
        clock.on(minutes=12)
        with pytest.raises(Busy) as told:
            drafts.open(draft)
        with pytest.raises(Busy):
            drafts.discard(draft)
        there = names(drafts.folder)

    who = f"process {os.getpid()} on {os.uname().nodename}"
    said = f"X is open elsewhere: {who}, since 12:00 UTC (12 minutes)"
    assert told.value.problem.message == said
    assert told.value.problem.path is None
    assert f"kill {os.getpid()}" in (told.value.problem.hint or "")
    assert told.value.writer is not None
    assert told.value.writer.pid == os.getpid()
    assert told.value.age == timedelta(minutes=12)
    assert there == [f"{draft.key}{it}" for it in (".1.json", ".lock")]
    with drafts.open(draft) as journal:
        assert journal.draft.title == "X"


def test_another_process_is_another_writer(state: Path, start: Start) -> None:
    """It can be read meanwhile, and is free when that process is killed."""
    typist = start("hold")
    assert typist.stdout is not None
    typist.stdout.readline()
    drafts = Drafts(state / "drafts", lambda: datetime.now(UTC))
    (draft,) = drafts.all()

    with pytest.raises(Busy, match=f"process {typist.pid} on .* \\(less than a minute"):
        drafts.open(draft)
    typist.kill()
    typist.wait()
    with drafts.open(draft) as journal:
        assert journal.draft.title == "theirs"


def test_reports_do_not_wait_for_each_other(drafts: Drafts, draft: Draft) -> None:
    """Two may be written at once, in two terminals."""
    other = draft.replace(key="other")
    with drafts.open(draft) as one, drafts.open(other) as two:
        one.save(title="one")
        two.save(title="two")

    assert {each.title for each in drafts.all()} == {"one", "two"}


def _lock(drafts: Drafts, draft: Draft, said: bytes) -> Path:
    drafts.open(draft).close()
    path = drafts.folder / f"{draft.key}.lock"
    path.write_bytes(said)
    return path


MINE = processes.this(NOON)
GONE = {
    "nothing": b"",
    "nonsense": b"[" * 5000,
    "a dead process": signature(
        Writer(pid=2**22 + 1, host=MINE.host, since=MINE.since)
    ),
    "a number used again": signature(
        Writer(pid=MINE.pid, host=MINE.host, started="before", since=MINE.since)
    ),
    "a machine, two days ago": signature(
        Writer(pid=1, host="far", since=(NOON - timedelta(days=2)).isoformat())
    ),
}


@pytest.mark.usefixtures("_locks")
@pytest.mark.parametrize("said", GONE.values(), ids=GONE.keys())
def test_what_a_killed_process_held_is_free(
    drafts: Drafts, draft: Draft, said: bytes
) -> None:
    """The kernel says so; or else that there is no such process any more."""
    path = _lock(drafts, draft, said)

    with drafts.open(draft) as journal:
        journal.save(title="mine")
        assert f'"pid": {os.getpid()}' in path.read_text()

    assert not path.exists()


@pytest.mark.usefixtures("_no_locks")
@pytest.mark.parametrize(
    "writer",
    [
        MINE,
        Writer(pid=1, host=MINE.host, since=MINE.since),
        Writer(pid=1, host="far", since=(NOON - timedelta(hours=2)).isoformat()),
    ],
    ids=["mine", "another's", "far"],
)
def test_without_locks_a_process_is_believed(
    drafts: Drafts, draft: Draft, writer: Writer
) -> None:
    """While it runs here; for a day where it cannot be seen."""
    path = _lock(drafts, draft, signature(writer))

    with pytest.raises(Busy, match=f"process {writer.pid} on {writer.host}"):
        drafts.open(draft)

    assert path.read_bytes() == signature(writer)
