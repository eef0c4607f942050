"""No room on a disk, in memory or under stdout: words and bytes are where they were."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from postmortem.commands._desk import Desk
from postmortem.commands._drafts import drafts_of
from postmortem.commands._interview import draft_of
from postmortem.commands._records import InFile, Written
from postmortem.files import NotSaved
from postmortem.model import Report
from tests.commands.author import Author
from tests.commands.stage import ID, PATH, REPORT, Stage

ROOT = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")
MAIN = """
import sys
from postmortem.cli import main
{before}
raise SystemExit(main())
"""
FILES_OF_4_KB = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""
MEGABYTES_LEFT = """
import resource
taken = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + {megabytes} * 2**20,) * 2)
"""
LONG = "word " * 2000


def _run(
    stage: Stage, *words: str, before: str = "", stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, which runs `before` when it has begun."""
    script = MAIN.format(before=before)
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *words],
        cwd=stage.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize(
    "words",
    [
        ("set", ID, f"summary={LONG}"),
        ("rename", ID, LONG),
        ("new", "Y down", "--set", f"summary={LONG}"),
        ("convert", ID, "--template", "default", "--yes"),
    ],
    ids=lambda words: str(words[0]),
)
def test_a_full_disk_keeps_every_report(plain: Stage, words: tuple[str, ...]) -> None:
    """CR-ENOSPC: nothing is written, it is said so, and where to save it instead."""
    text = REPORT + "\n## Log\n\n" + "a line that somebody wrote\n" * 150
    plain.write(PATH, text)

    done = _run(plain, *words, before=FILES_OF_4_KB)

    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing was saved: File too large" in done.stderr
    assert "Save in another place: ~/" in done.stderr
    assert (plain.root / PATH).read_text("utf-8") == text
    assert [path.name for path in (plain.root / "postmortems").iterdir()] == [
        f"{ID}.md"
    ]


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    """Put a disk of its own below a folder; skip where none can be mounted."""
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place))
    with suppress(FileNotFoundError):
        if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
            try:
                yield
            finally:
                subprocess.run(("umount", "-l", str(place)), check=True)
            return
    pytest.skip("no disk may be mounted")


def test_an_answer_outlives_a_full_disk(stage: Stage) -> None:
    """CR-ENOSPC: the file is as it was, the words are kept, and go in with room.

    The journal is on another disk, as a home folder often is.
    """
    with _disk(stage.root / "postmortems"):
        stage.write(PATH, REPORT)
        large = stage.root / "postmortems/large"
        descriptor = os.open(large, os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):
            while True:
                os.write(descriptor, bytes(4096))
        os.close(descriptor)
        with Desk(stage.env()) as desk:
            entry = desk.archive.find(ID)
            with drafts_of(desk.env).open(draft_of(desk, entry)) as journal:
                template = desk.opened(entry).template
                record = Written(journal, template, InFile(desk, entry), PATH)
                record.opened("summary")
                with pytest.raises(NotSaved, match="No space left"):
                    record.put("summary", LONG, _longer)

                assert (stage.root / PATH).read_text("utf-8") == REPORT
                assert journal.draft.typing == LONG
                large.unlink()
                record.put("summary", LONG, _longer)

        assert LONG.strip() in (stage.root / PATH).read_text("utf-8").replace("\n", " ")


def _longer(report: Report) -> Report:
    return report.replace(summary=LONG.strip())


@pytest.mark.parametrize("megabytes, records", [(200, 2_000), (32, 1)], ids=str)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux tells it")
def test_too_little_memory_is_said(
    author: Author, report: Path, megabytes: int, records: int
) -> None:
    """CR-OOM: ten megabytes are read with a little, or the report is as it was."""
    filled = "x" * (10_000_000 // records - 70)
    rows = (
        {"type": "message", "user": "U1", "ts": f"{1748091600 + at}.0", "text": filled}
        for at in range(records)
    )
    author.write("day.json", json.dumps([*rows]))
    text = report.read_text("utf-8")

    done = _run(
        author,
        *("timeline", "x-down", "import", "day.json", "--all"),
        *(["--dry-run"] if megabytes == 200 else []),
        before=MEGABYTES_LEFT.format(megabytes=megabytes),
    )

    if done.returncode:
        assert done.returncode == 2
        assert "there is not enough memory for this" in done.stderr
    assert megabytes < 200 or f"read {records}: {records} offered" in done.stdout
    if done.returncode or "nothing was added" in done.stdout:
        assert report.read_text("utf-8") == text
    assert [path.name for path in report.parent.iterdir()] == [report.name]


ANSWERS = (
    ("list", "--format", "json"),
    ("show", ID),
    ("show", ID, "--format", "html"),
    ("timeline", ID, "--format", "csv"),
)


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_an_answer_that_was_not_written_is_no_success(
    plain: Stage, words: tuple[str, ...]
) -> None:
    """CR-STDOUT: a full disk under stdout is said, and the code is not 0."""
    with FULL.open("w") as full:
        done = _run(plain, *words, stdout=full.fileno())

    assert done.returncode == 2
    assert done.stderr == "this could not be read or written: No space left on device\n"


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_nobody_who_has_read_enough_is_told_anything(
    plain: Stage, words: tuple[str, ...]
) -> None:
    """CR-STDOUT: a closed pipe ends a list and an export without a word."""
    reader, writer = os.pipe()
    os.close(reader)

    done = _run(plain, *words, stdout=writer)
    os.close(writer)

    assert (done.returncode, done.stderr) == (141, "")
