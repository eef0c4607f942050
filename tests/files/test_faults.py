"""Whatever fails at whatever step, the file is old or new, and nobody is told lies.

Faults are injected into a process of its own by strace; where there is none, a limit
on the size of files stands in for a full disk.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.folders import names

ROOT = Path(__file__).resolve().parent.parent.parent
OLD, NEW = "old\n" * 500, "new\n" * 5000
SAVE = """
import sys
from pathlib import Path
from postmortem import files
from postmortem.errors import PostmortemError
path = Path(sys.argv[1])
seen = files.read(path)
try:
    files.write(path, "new\\n" * 5000, root=path.parent, expected=seen)
except PostmortemError as error:
    print(error)
else:
    print("saved")
"""
PRIVATE = """
import sys
from pathlib import Path
from postmortem import files
path = Path(sys.argv[1])
try:
    files.write_private(path, "new\\n" * 5000, root=path.parent)
except files.NotSaved as error:
    print(error)
else:
    print("saved")
"""
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
"""
NEW_ONLY = "O_WRONLY|O_CREAT|O_EXCL|O_NOFOLLOW|O_CLOEXEC"
RENAMES = "rename,renameat,renameat2"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a report that has something to lose."""
    path = tmp_path / "reports" / "r.md"
    path.parent.mkdir()
    path.write_text(OLD)
    return path


def _save(path: Path, *under: str, script: str = SAVE) -> tuple[int, str]:
    """Run a save; return its exit code and what it said."""
    command = [*under, sys.executable, "-B", "-c", script, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def _strace(*options: str) -> tuple[str, ...]:
    strace = shutil.which("strace")
    works = strace and subprocess.run(
        [strace, "true"], capture_output=True, check=False
    )
    if not works or works.returncode:
        pytest.skip("no strace here, or it may not trace")
    assert strace
    return (strace, "-f", "-qq", *options)


def _broken(calls: str, fault: str) -> tuple[str, ...]:
    return _strace(
        "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:{fault}"
    )


def test_a_save_is_on_disk_before_it_has_the_name(report: Path, tmp_path: Path) -> None:
    """CR-FSYNC: sync the bytes, rename, sync the folder, and only then say so."""
    log = tmp_path / "log"
    calls = f"trace=fsync,fdatasync,{RENAMES},write,openat"

    _save(report, *_strace("-y", "-o", str(log), "-e", calls))

    steps = [_step(line) for line in log.read_text().splitlines() if "= " in line]
    folder = report.parent
    assert [step for step in steps if str(folder) in step or '"saved' in step] == [
        f'openat("{report}", O_RDONLY|O_NONBLOCK|O_CLOEXEC)',
        f'openat("{folder}", O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY)',
        f'openat("{folder}/.pm-.tmp", {NEW_ONLY}, 0600)',
        f"write(3<{folder}/.pm-.tmp>)",
        f"fsync(3<{folder}/.pm-.tmp>)",
        f'openat("{report}", O_RDONLY|O_NONBLOCK|O_CLOEXEC)',
        f'rename("{folder}/.pm-.tmp", "{report}")',
        f'openat("{folder}", O_RDONLY|O_CLOEXEC)',
        f"fsync(3<{folder}>)",
        *(step for step in steps[-2:] if '"saved' in step),
    ]


def _step(line: str) -> str:
    """Return a line of strace's without what differs from run to run."""
    line = re.sub(r"^\d+ +|[0-9a-f]{16}|\s+= \d+(<.*>)?$", "", line)
    line = re.sub(r"AT_FDCWD(<[^>]*>)?, ", "", line)
    line = re.sub(r"^renameat2?(.*?)(, 0|, RENAME\w+)?\)$", r"rename\1)", line)
    return re.sub(r"^(write\(3<.*?>), .*", r"\1)", line)


@pytest.mark.parametrize(
    "calls, fault",
    [
        ("write", "error=ENOSPC:when=1"),
        ("write", "error=EIO:when=1"),
        ("write", "error=EDQUOT:when=1"),
        ("fsync", "error=EIO:when=1"),
        ("fchmod", "error=EPERM:when=1"),
        (RENAMES, "error=EROFS:when=1"),
        (RENAMES, "error=EXDEV:when=1"),
        (RENAMES, "error=EACCES:when=1"),
    ],
    ids=lambda text: str(text).split(",")[0],
)
def test_a_failed_step_leaves_the_old_bytes(
    report: Path, calls: str, fault: str
) -> None:
    """CR-FAULT: the error says that nothing was saved, and names another place."""
    code, said = _save(report, *_broken(calls, fault))

    assert code == 0
    assert f"{report}: nothing was saved: " in said
    assert "Save in another place: ~/r.md" in said
    assert report.read_text() == OLD
    assert names(report.parent) == ["r.md"]


def test_an_unconfirmed_save_is_not_called_saved(report: Path) -> None:
    """CR-FAULT: a folder that was not synced: new bytes, which the disk may lose."""
    _, said = _save(report, *_broken("fsync", "error=EIO:when=2"))

    assert "the disk did not confirm it" in said
    assert "saved: " not in said
    assert report.read_text() == NEW


def test_a_folder_that_cannot_be_synced_is_no_error(report: Path) -> None:
    """Some file systems have no such thing."""
    _, said = _save(report, *_broken("fsync", "error=EINVAL:when=2"))

    assert said == "saved\n"


@pytest.mark.parametrize(
    "calls, when, left",
    [
        ("write", 1, OLD),
        ("fsync", 1, OLD),
        (RENAMES, 1, OLD),
        ("fsync", 2, NEW),
    ],
    ids=["write", "fsync", "rename", "fsync of the folder"],
)
def test_a_killed_save_leaves_old_or_new(
    report: Path, calls: str, when: int, left: str
) -> None:
    """CR-FAULT: what it leaves beside is swept by a save an hour later."""
    code, said = _save(report, *_broken(calls, f"signal=KILL:when={when}"))

    assert code in (-9, 137)
    assert said == ""
    assert report.read_text() == left

    for left_over in names(report.parent):
        os.utime(report.parent / left_over, (1, 1))
    assert _save(report) == (0, "saved\n")
    assert report.read_text() == NEW
    assert names(report.parent) == ["r.md"]


@pytest.mark.parametrize("script", [SAVE, PRIVATE], ids=["report", "journal"])
def test_a_full_disk_leaves_the_old_bytes(report: Path, script: str) -> None:
    """CR-ENOSPC: here a limit on the size of files plays the disk."""
    report.parent.chmod(0o700)
    code, said = _save(report, script=LIMITED + script)

    assert (code, said.splitlines()[0]) == (
        0,
        f"{report}: nothing was saved: File too large",
    )
    assert report.read_text() == OLD
    assert names(report.parent) == ["r.md"]


def test_a_folder_without_permission_leaves_the_old_bytes(report: Path) -> None:
    """CR-MODE: the file alone is not written in place, which could tear it."""
    report.parent.chmod(0o500)
    try:
        _, said = _save(report, *_humble())
    finally:
        report.parent.chmod(0o700)

    assert "nothing was saved: Permission denied" in said
    assert report.read_text() == OLD


def _humble() -> tuple[str, ...]:
    """Return what takes from root that it may write everywhere."""
    if os.geteuid() != 0:
        return ()
    less = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    works = shutil.which(less[0]) and subprocess.run(
        [*less, "true"], capture_output=True, check=False
    )
    if not works or works.returncode:
        pytest.skip("root may write everywhere")
    return less
