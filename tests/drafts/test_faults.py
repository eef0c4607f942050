"""Where nothing can be saved the interview goes on, and says so; no false "saved"."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts, Journal
from tests.drafts.conftest import Clock
from tests.files.folders import names

LARGE = "x" * 500_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(folder)]
    if not mount or subprocess.run([mount, *options], check=False).returncode:
        pytest.skip("a disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(path: Path) -> None:
    """Write until the disk takes no more."""
    with suppress(OSError), path.open("wb", 0) as file:
        while file.write(bytes(4096)):
            pass


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


@contextmanager
def _no_room() -> Iterator[None]:
    """Let no file grow beyond 4 KiB; Python ignores the signal that goes with it."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_what_does_not_fit_stays_in_memory(
    drafts: Drafts, draft: Draft, journal: Journal, clock: Clock
) -> None:
    """CR-ENOSPC: it is all saved when there is room; till then the old draft stands."""
    before = journal.save(title="before")
    saved = journal.save(title="fits")
    clock.on(minutes=1)
    with _no_room():
        refused = journal.save(title="large", text=LARGE)
        assert journal.trouble is not None
        assert f"not in {drafts.folder / draft.key}.1.json: File too" in journal.trouble
        assert (refused.title, refused.saved) == ("large", saved.saved)
        assert drafts.all()[0].title == "fits"
        generation = drafts.folder / f"{draft.key}.1.json"
        assert json.loads(generation.read_text())["title"] == before.title
        assert len(names(drafts.folder)) == 3

    journal.close()

    assert journal.trouble is None
    assert drafts.all()[0].text == LARGE


def test_typing_that_does_not_fit_is_tried_again(
    drafts: Drafts, journal: Journal
) -> None:
    """By the thread that saves, without another letter, and it says how it is."""
    journal.save(title="fits")
    with _no_room():
        journal.typing(LARGE)
        time.sleep(0.5)
        assert journal.trouble is not None
    ends = time.monotonic() + 5
    while journal.trouble and time.monotonic() < ends:
        time.sleep(0.05)

    assert journal.trouble is None
    assert drafts.all()[0].typing == LARGE


def test_a_full_disk_keeps_what_it_has(disk: Path, draft: Draft, clock: Clock) -> None:
    """The draft that was saved, whole; and takes the new one when there is room."""
    drafts = Drafts(disk / "postmortem" / "drafts", clock)
    with drafts.open(draft) as journal:
        journal.save(title="fits")
        filler = disk / "filler"
        _fill(filler)
        journal.save(title="more", text="x" * 20_000)
        assert journal.trouble is not None
        assert "No space left on device" in journal.trouble
        assert drafts.all()[0].title == "fits"
        filler.unlink()

    assert journal.trouble is None
    assert drafts.all()[0].title == "more"


def test_a_full_disk_takes_no_start(disk: Path, draft: Draft, clock: Clock) -> None:
    """The interview begins in memory; a later save is the first."""
    filler = disk / "filler"
    _fill(filler)
    drafts = Drafts(disk / "postmortem" / "drafts", clock)

    with drafts.open(draft) as journal:
        journal.typing("half")
        journal.save(title="X")
        assert journal.trouble is not None
        filler.unlink()
        assert journal.save().saved is not None
        assert journal.trouble is None

    assert [each.typing for each in drafts.all()] == ["half"]


def test_a_read_only_disk_can_be_read(disk: Path, draft: Draft, clock: Clock) -> None:
    """What was said is there to go on with; what is said now is in memory."""
    drafts = Drafts(disk / "postmortem" / "drafts", clock)
    with drafts.open(draft) as journal:
        journal.save(title="before")
    _remount(disk, "ro")
    clock.on(minutes=1)

    with drafts.open(draft) as journal:
        assert journal.draft.title == "before"
        assert journal.trouble is not None
        journal.typing("half")
        journal.save(title="after")
        assert "Read-only file system" in journal.trouble
        _remount(disk, "rw")
    assert journal.trouble is None
    assert drafts.all()[0].title == "after"


def test_who_could_not_save_does_not_replace_who_could(
    disk: Path, draft: Draft, clock: Clock
) -> None:
    """A draft that another process went on with meanwhile stays as that left it."""
    drafts = Drafts(disk / "postmortem" / "drafts", clock)
    with drafts.open(draft) as journal:
        journal.save(title="before")
    _remount(disk, "ro")
    stranded = drafts.open(draft)
    stranded.save(title="stranded")
    _remount(disk, "rw")
    clock.on(minutes=1)
    with drafts.open(draft) as journal:
        journal.save(title="theirs")
        stranded.save(at="impact")
        assert stranded.trouble is not None
        assert "is open elsewhere" in stranded.trouble
    stranded.close()

    assert stranded.trouble is not None
    assert "somebody else went on" in stranded.trouble
    assert drafts.all()[0].title == "theirs"


def test_without_a_home_folder_it_is_in_memory(
    draft: Draft, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that begins with ~ is no path."""
    monkeypatch.chdir(tmp_path)
    drafts = Drafts(Path("~/.local/state/postmortem/drafts"), clock)

    with drafts.open(draft) as journal:
        assert journal.save(title="X").title == "X"
        assert journal.trouble is not None
        assert "no home folder" in journal.trouble

    assert (drafts.all(), names(tmp_path)) == ((), [])


def test_what_is_done_is_done_in_memory_too(drafts: Drafts, draft: Draft) -> None:
    """A folder that went away meanwhile is no crash, and the draft is not claimed."""
    with drafts.open(draft) as journal:
        journal.save(title="X")
        shutil.rmtree(drafts.folder)
        drafts.folder.write_text("a file")
        journal.done()

    assert journal.trouble is not None
    assert str(drafts.folder) in journal.trouble


def test_the_clock_may_go_back(drafts: Drafts, draft: Draft) -> None:
    """CR-SLEEP: A day; the draft is there, its age is no error."""
    moments = [datetime(2025, 5, day, tzinfo=UTC) for day in (24, 23)]
    with Drafts(drafts.folder, lambda: moments[0]).open(draft) as journal:
        journal.save(title="X")
        moments.pop(0)
        journal.save(title="Y")

    assert drafts.all()[0].title == "Y"
