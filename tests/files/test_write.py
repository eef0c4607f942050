"""A save changes one file, that was as it was read, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from postmortem import files
from postmortem.errors import PostmortemError, Refused
from tests.files.folders import names

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a report of mode 0640."""
    path = tmp_path / "reports" / "r.md"
    path.parent.mkdir()
    path.write_text("old\n")
    path.chmod(0o640)
    return path


def test_what_is_written_is_what_reading_gives(report: Path) -> None:
    """CR-MODE: so a save can follow a save, and the mode of 0640 stays."""
    first = files.read(report)

    second = files.write(report, "new\n", root=report.parent, expected=first)
    third = files.write(report, "newer\n", root=report.parent, expected=second)

    assert third == files.read(report)
    assert third.text == "newer\n"
    assert third.mode == 0o640
    assert names(report.parent) == ["r.md"]


@pytest.mark.parametrize("umask, mode", [(0o022, 0o644), (0o077, 0o600), (0, 0o666)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(
    tmp_path: Path, umask: int, mode: int
) -> None:
    """As any program's would; folders on the way are made."""
    before = os.umask(umask)
    try:
        written = files.write(tmp_path / "a" / "b" / "r.md", "x", root=tmp_path)
    finally:
        os.umask(before)

    assert written.mode == mode
    assert written == files.read(tmp_path / "a" / "b" / "r.md")


def test_line_breaks_stay_as_they_were_found(report: Path) -> None:
    """CRLF throughout stays so; a mixture is nobody's rule and is left alone."""
    report.write_bytes(b"a\r\nb\r\n")
    crlf = files.read(report)
    files.write(report, "a\nb\r\nc\n", root=report.parent, expected=crlf)
    assert report.read_bytes() == b"a\r\nb\r\nc\r\n"

    report.write_bytes(b"a\r\nb\r\nc\n")
    mixed = files.read(report)
    files.write(report, "a\r\nx\nc\n", root=report.parent, expected=mixed)
    assert report.read_bytes() == b"a\r\nx\nc\n"


def test_bytes_are_written_as_they_are(report: Path) -> None:
    """An attachment or an export need not be text."""
    files.write(report, b"\xff\0", root=report.parent)

    assert report.read_bytes() == b"\xff\0"


@pytest.mark.parametrize("text", ["a\nb\ud800", "a\nb\0"], ids=["surrogate", "nul"])
def test_what_could_not_be_read_back_is_not_written(report: Path, text: str) -> None:
    """A save that the next reading refuses would be no save."""
    with pytest.raises(PostmortemError) as caught:
        files.write(report, text, root=report.parent)

    assert caught.value.problem.line == 2
    assert report.read_text() == "old\n"


@pytest.mark.parametrize("change", ["other\n", "", None], ids=["text", "empty", "gone"])
def test_what_changed_since_it_was_read_is_not_overwritten(
    report: Path, change: str | None
) -> None:
    """The wizard, an editor and an import take turns; the later reads again."""
    seen = files.read(report)
    if change is None:
        report.unlink()
    else:
        report.write_text(change)

    with pytest.raises(Refused, match="since it was read"):
        files.write(report, "new\n", root=report.parent, expected=seen)

    assert names(report.parent) == ([] if change is None else ["r.md"])
    assert change is None or report.read_text() == change


def test_the_same_bytes_are_no_change(report: Path) -> None:
    """A checkout back and forth touches a file and does not change it."""
    seen = files.read(report)
    os.utime(report, (1, 1))

    files.write(report, "new\n", root=report.parent, expected=seen)

    assert report.read_text() == "new\n"


def test_a_new_file_never_overwrites(report: Path) -> None:
    """Whoever wrote what stands there keeps it."""
    with pytest.raises(files.Taken) as caught:
        files.write(report, "new\n", root=report.parent, exclusive=True)

    assert caught.value.path == report
    assert report.read_text() == "old\n"
    assert names(report.parent) == ["r.md"]


def test_a_taken_name_gets_a_number(report: Path) -> None:
    """The text is made for the name that was free."""
    made = [
        files.create(report, lambda path: path.stem, root=report.parent)
        for _ in range(2)
    ]

    assert [snapshot.path.name for snapshot in made] == ["r-2.md", "r-3.md"]
    assert (report.parent / "r-3.md").read_text() == "r-3"
    assert report.read_text() == "old\n"


CREATE = """
import sys
from pathlib import Path
from postmortem import files
print(flush=True)
folder = Path(sys.argv[1])
sys.stdin.read()
made = files.create(folder / "r.md", lambda path: sys.argv[2] * 1000, root=folder)
print(made.path.name)
"""


def test_twelve_at_once_make_twelve_files(tmp_path: Path) -> None:
    """CON-EXCL: each run gets a name of its own, and each text is whole."""
    waiting, start = os.pipe()
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE, tmp_path, letter],
            stdin=waiting,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for letter in "abcdefghijkl"
    ]
    os.close(waiting)
    for run in runs:
        assert run.stdout
        run.stdout.readline()
    os.close(start)  # all of them read the end at once
    made = [run.communicate(timeout=60)[0].strip() for run in runs]

    wanted = ["r.md", *(f"r-{number}.md" for number in range(2, 13))]
    assert sorted(made) == sorted(wanted)
    assert names(tmp_path) == sorted(wanted)
    for name, letter in zip(made, "abcdefghijkl", strict=True):
        assert (tmp_path / name).read_text() == letter * 1000


def test_names_are_claimed_without_hard_links_too(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT and some network folders have none."""

    def _no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", _no_links)

    made = files.create(report, lambda path: path.name, root=report.parent)

    assert made == files.read(report.parent / "r-2.md")
    assert names(report.parent) == ["r-2.md", "r.md"]


def test_leftovers_of_killed_runs_are_swept(report: Path) -> None:
    """CR-LEFTOVER: when they are ours and older than an hour; nothing else is."""
    siblings = [report.parent / f".pm-{number:016x}.tmp" for number in range(4)]
    old, young, alien, folder = siblings
    kept = [".pm-x.tmp", "pm-0000000000000000.tmp", ".pm-0000000000000009.tmp.md"]
    for path in (old, young, alien, *(report.parent / name for name in kept)):
        path.write_text("half")
        os.utime(path, (1, 1))
    folder.mkdir()
    os.utime(young, (time.time() - 3000,) * 2)
    left = {young.name, folder.name, *kept, "r.md"}
    if os.geteuid() == 0:
        os.chown(alien, 12345, 12345)
        left.add(alien.name)

    files.write(report, "new\n", root=report.parent)

    assert names(report.parent) == sorted(left)


def test_the_twin_of_a_new_file_is_dropped_at_the_next_save(report: Path) -> None:
    """A run killed between naming and tidying leaves two names of one file."""
    os.link(report, report.parent / ".pm-0123456789abcdef.tmp")
    seen = files.read(report)

    files.write(report, "new\n", root=report.parent, expected=seen)

    assert names(report.parent) == ["r.md"]


def test_a_hard_linked_report_is_refused(report: Path) -> None:
    """CR-MODE: its other name would silently keep the old text."""
    other = report.parent.parent / "other.md"
    os.link(report, other)

    with pytest.raises(Refused, match="hard link"):
        files.write(report, "new\n", root=report.parent)

    assert report.read_text() == other.read_text() == "old\n"


def test_a_write_protected_report_is_refused(report: Path) -> None:
    """Replacing needs no permission of the file, so it is asked for."""
    report.chmod(0o440)

    with pytest.raises(Refused, match="write-protected"):
        files.write(report, "new\n", root=report.parent)

    assert report.read_text() == "old\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_leaves_a_file_its_owner(report: Path) -> None:
    """Editing with sudo does not take the report from the one who wrote it."""
    os.chown(report, 12345, 12346)

    files.write(report, "new\n", root=report.parent)

    state = report.stat()
    assert (state.st_uid, state.st_gid, state.st_mode & 0o777) == (12345, 12346, 0o640)
