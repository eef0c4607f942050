"""What is typed and not committed yet is its owner's alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem import files
from postmortem.errors import Missing, PostmortemError, Refused
from tests.files.folders import names


@pytest.fixture(params=[0, 0o022], ids=["umask 000", "umask 022"], autouse=True)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the person's umask is."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return where the state folder will be."""
    return tmp_path / ".local" / "state" / "postmortem"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_folders_are_0700_and_files_0600(state: Path) -> None:
    """From the program's own folder down, whether new or found too open."""
    state.mkdir(parents=True, mode=0o755)
    path = state / "drafts" / "x.json"

    files.write_private(path, "words \ud800", root=state)
    files.write_private(path, "more words", root=state)

    assert [_mode(state), _mode(state / "drafts"), _mode(path)] == [0o700, 0o700, 0o600]
    assert files.read_private(path) == b"more words"
    assert names(state / "drafts") == ["x.json"]


def test_what_was_typed_is_kept_as_it_was(state: Path) -> None:
    """A terminal may give half a character; the journal keeps that too."""
    files.write_private(state / "x", "a\ud800b", root=state)

    assert (
        files.read_private(state / "x").decode("utf-8", "surrogatepass") == "a\ud800b"
    )


def test_a_log_is_never_written_over(state: Path) -> None:
    """Two bugs in one second are two files."""
    files.write_private(state / "bug.log", "one", root=state, exclusive=True)

    with pytest.raises(files.Taken):
        files.write_private(state / "bug.log", "two", root=state, exclusive=True)
    assert files.read_private(state / "bug.log") == b"one"


def test_a_planted_name_harms_nobody(state: Path, tmp_path: Path) -> None:
    """A link, another name, a pipe: replaced, not followed, filled or waited for."""
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    state.mkdir(parents=True, mode=0o700)
    (state / "soft").symlink_to(victim)
    (state / "hard").hardlink_to(victim)
    os.mkfifo(state / "pipe")

    for name in ("soft", "hard", "pipe"):
        files.write_private(state / name, "ours", root=state)
        assert files.read_private(state / name) == b"ours"
        assert _mode(state / name) == 0o600

    assert victim.read_text() == "theirs"


def test_a_planted_name_is_not_read(state: Path, tmp_path: Path) -> None:
    """Nor is it waited for."""
    (tmp_path / "victim").write_text("theirs")
    state.mkdir(parents=True)
    (state / "soft").symlink_to(tmp_path / "victim")
    os.mkfifo(state / "pipe")

    with pytest.raises(PostmortemError, match="cannot be read"):
        files.read_private(state / "soft")
    with pytest.raises(PostmortemError, match="not a file"):
        files.read_private(state / "pipe")
    with pytest.raises(Missing):
        files.read_private(state / "none")


def test_a_linked_folder_is_refused(state: Path, tmp_path: Path) -> None:
    """What it leads to gets nothing."""
    (tmp_path / "victim").mkdir()
    state.parent.mkdir(parents=True)
    state.symlink_to(tmp_path / "victim")

    with pytest.raises(Refused, match="a folder of your own"):
        files.write_private(state / "x", "ours", root=state)

    assert names(tmp_path / "victim") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_a_folder_or_file_of_another_is_refused(state: Path) -> None:
    """Whoever owns the folder could read and swap what lies in it."""
    files.write_private(state / "drafts" / "x", "ours", root=state)
    os.chown(state / "drafts" / "x", 12345, 12345)
    with pytest.raises(Refused, match="not a file of yours"):
        files.read_private(state / "drafts" / "x")

    os.chown(state / "drafts", 12345, 12345)
    with pytest.raises(Refused, match="a folder of your own"):
        files.write_private(state / "drafts" / "y", "ours", root=state)

    assert names(state / "drafts") == ["x"]


@pytest.mark.parametrize("name", ["../x", "drafts/../../x", "/tmp/x"])
def test_what_is_outside_is_refused(state: Path, name: str) -> None:
    """A name from elsewhere does not lead out of the folder."""
    with pytest.raises(Refused, match="outside"):
        files.write_private(state / name, "ours", root=state)


def test_a_folder_that_cannot_be_made_is_told(state: Path, tmp_path: Path) -> None:
    """The caller goes on in memory and says so."""
    (tmp_path / ".local").write_text("a file")

    with pytest.raises(files.NotSaved, match="nothing was saved: Not a directory"):
        files.write_private(state / "x", "ours", root=state)
