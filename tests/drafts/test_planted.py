"""What is typed is its owner's alone; a planted name harms nobody."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from postmortem.drafts import Draft, Drafts
from postmortem.drafts.spelling import encoded
from tests.files.folders import names

NAMES = (".0.json", ".1.json", ".lock")


@pytest.fixture(params=[0, 0o022], ids=["umask 000", "umask 022"], autouse=True)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the person's umask is."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Return a file that somebody would like to see overwritten."""
    path = tmp_path / "victim"
    path.write_text("theirs")
    path.chmod(0o644)
    return path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_folders_are_0700_and_files_0600(
    drafts: Drafts, draft: Draft, state: Path
) -> None:
    """The draft, the one before, the lock, and what is done; folders found open too."""
    drafts.folder.mkdir(parents=True)
    state.chmod(0o755)
    drafts.folder.chmod(0o777)
    with drafts.open(draft) as journal:
        journal.save()
        journal.save()
        modes = {path.name: _mode(path) for path in drafts.folder.iterdir()}
        journal.done()

    assert modes == {
        f"{draft.key}{it}": 0o600 for it in (".0.json", ".1.json", ".lock")
    }
    assert [_mode(path) for path in drafts.folder.iterdir()] == [0o600]
    assert [_mode(state), _mode(drafts.folder)] == [0o700, 0o700]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "plant",
    [
        lambda path, victim: path.symlink_to(victim),
        lambda path, victim: path.hardlink_to(victim),
        lambda path, victim: os.mkfifo(path),
    ],
    ids=["symbolic link", "hard link", "pipe"],
)
def test_a_planted_name_is_not_written_through(
    drafts: Drafts,
    draft: Draft,
    victim: Path,
    name: str,
    plant: Callable[[Path, Path], None],
) -> None:
    """Nor waited for: it goes, and the draft is a file of its own."""
    drafts.open(draft).close()
    plant(drafts.folder / f"{draft.key}{name}", victim)

    with drafts.open(draft) as journal:
        journal.typing("half")
        journal.save(title="one")
        journal.save(title="two")
        assert journal.trouble is None

    assert (victim.read_text(), _mode(victim)) == ("theirs", 0o644)
    assert [each.title for each in drafts.all()] == ["two"]
    whole = [f"{draft.key}.0.json", f"{draft.key}.1.json"]
    assert [it for it in names(drafts.folder) if not it.endswith(".bad")] == whole


@pytest.mark.parametrize("name", NAMES)
def test_a_name_planted_meanwhile_is_not_written_through(
    drafts: Drafts, draft: Draft, victim: Path, name: str
) -> None:
    """A journal that is open looks again at each save."""
    with drafts.open(draft) as journal:
        journal.save(title="one")
        path = drafts.folder / f"{draft.key}{name}"
        path.unlink(missing_ok=True)
        path.symlink_to(victim)
        journal.save(title="two")
        journal.save(title="three")

    assert (victim.read_text(), _mode(victim)) == ("theirs", 0o644)
    assert [each.title for each in drafts.all()] == ["three"]


def _link(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere)


def _file(path: Path, elsewhere: Path) -> None:
    path.write_text("a file")


def _of_another(path: Path, elsewhere: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give folders away")
    path.mkdir(mode=0o700)
    os.chown(path, 12345, 12345)


@pytest.mark.parametrize("folder", ["state", "drafts"])
@pytest.mark.parametrize("plant", [_link, _file, _of_another])
def test_a_folder_that_is_none_of_ours_gets_nothing(
    drafts: Drafts,
    draft: Draft,
    state: Path,
    tmp_path: Path,
    folder: str,
    plant: Callable[[Path, Path], None],
) -> None:
    """The interview goes on in memory, and says which folder it is."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "drafts").mkdir(parents=True)
    theirs = encoded(draft.replace(title="theirs"), 1)
    for place in (elsewhere, elsewhere / "drafts"):
        (place / f"{draft.key}.1.json").write_bytes(theirs)
    there = (names(elsewhere), names(elsewhere / "drafts"))
    path = state if folder == "state" else drafts.folder
    path.parent.mkdir(parents=True, mode=0o700)
    plant(path, elsewhere)

    assert (drafts.all(), drafts.find(draft.key)) == ((), None)
    drafts.sweep()
    with drafts.open(draft) as journal:
        assert journal.trouble is not None
        assert str(path) in journal.trouble
        journal.typing("half")
        assert journal.save(title="X").saved is None
        journal.done()

    assert (names(elsewhere), names(elsewhere / "drafts")) == there
    if path.is_dir() and not path.is_symlink():
        assert names(path) == []
