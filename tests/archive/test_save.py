"""Nothing is overwritten that was not read, and nothing is written elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem import files
from postmortem.archive import Archive, Entry, OnBranch, birth_id, checked_id
from postmortem.archive.moving import relinked
from postmortem.errors import Missing, Refused
from postmortem.model import Moment, Report
from tests.archive.conftest import Write

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def _text(name: str) -> str:
    return f"---\nid: {name}\n---\n\n# X\n"


def test_a_new_report_gets_the_next_free_id(archive: Archive, folder: Path) -> None:
    """A file that is there is never touched, whatever it is."""
    taken = folder / "2025-01-01-x.md"
    taken.write_text("somebody's notes", encoding="utf-8")

    entry = archive.create("2025-01-01-x", _text)

    assert (entry.id, entry.path.name) == ("2025-01-01-x-2", "2025-01-01-x-2.md")
    assert taken.read_text(encoding="utf-8") == "somebody's notes"


def test_an_id_is_taken_wherever_it_is(root: Path, put: Write) -> None:
    """Under another name of a file, in another folder, or on a branch."""
    put("other-name", "X", "id: 2025-01-01-x")
    path = root / "postmortems" / "2025-01-01-x-2.md"
    away = OnBranch(branch="b", path=path, content=_text("2025-01-01-x-2").encode())
    archive = Archive(
        [root / "a", root / "postmortems"], root=root, branches=lambda: [away]
    )

    entry = archive.create(
        "2025-01-01-x", _text, taken=lambda name, _: name.endswith("-3")
    )

    assert (entry.id, entry.path) == (
        "2025-01-01-x-4",
        root / "a" / "2025-01-01-x-4.md",
    )


def test_many_at_once_get_a_file_each(root: Path, folder: Path) -> None:
    """CON-EXCL: creation is exclusive: twelve who begin the same report make twelve."""

    def _one(number: int) -> Path:
        archive = Archive([folder], root=root)
        return archive.create("2025-01-01-x", lambda name: f"{name} {number}").path

    with ThreadPoolExecutor(12) as pool:
        paths = list(pool.map(_one, range(12)))

    assert len(set(paths)) == 12
    assert {path.read_text(encoding="utf-8") for path in paths} == {
        f"{path.stem} {number}" for number, path in enumerate(paths)
    }


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "/abs",
        "a/b",
        "a\\b",
        ".git",
        "con",
        "C:\\x",
        "X",
        "a\0b",
        "2025-01-01-",
        "2025-01-01-../x",
        "2025-01-01-x ",
        "-x",
        "x" * 61,
    ],
)
def test_what_is_no_name_of_a_file_is_no_id(
    archive: Archive, folder: Path, name: str
) -> None:
    """Nothing that is typed leaves the folder; the nearest that is an id is named."""
    with pytest.raises(Refused) as caught:
        archive.create(name, _text)

    assert list(folder.iterdir()) == []
    hint = caught.value.problem.hint or ""
    assert checked_id(hint.removeprefix("write it as "))


@pytest.mark.parametrize("at", ["outside", "inside", "file"])
def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path, at: str) -> None:
    """Not where the folder is one, nor where the file is; nothing comes to be there."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = root / "linked"
    if at == "file":
        folder.mkdir()
        (folder / "2025-01-01-x.md").symlink_to(outside / "victim.md")
    else:
        (root / "docs").mkdir()
        folder.symlink_to(outside if at == "outside" else root / "docs")

    with pytest.raises(Refused, match="symbolic link"):
        Archive([folder], root=root).create("2025-01-01-x", _text)

    assert list(outside.iterdir()) == []
    assert not (root / "docs").exists() or list((root / "docs").iterdir()) == []


def test_a_report_that_changed_is_not_overwritten(archive: Archive, put: Write) -> None:
    """Whoever saves, the next one reads again."""
    path = put("2025-01-01-x", "X", "id: 2025-01-01-x")
    entry = archive.find("2025-01-01-x")
    snapshot = archive.load(entry)
    path.write_text("another hand", encoding="utf-8")

    with pytest.raises(Refused, match="changed this since it was read"):
        archive.save(entry, "mine", snapshot)

    assert path.read_text(encoding="utf-8") == "another hand"


def test_a_report_that_is_unchanged_is_saved(archive: Archive, put: Write) -> None:
    """The new text is what the next one reads, CRLF where it was CRLF."""
    path = put("2025-01-01-x")
    path.write_bytes(b"# X\r\n\r\ntext\r\n")
    entry = archive.find("x")

    archive.save(entry, "# X\n\nmore\n", archive.load(entry))

    assert path.read_bytes() == b"# X\r\n\r\nmore\r\n"


def test_a_report_on_a_branch_is_no_file_to_save(root: Path) -> None:
    """It is changed by a commit there, and the error says how to get at it."""
    on = OnBranch(branch="postmortem/x", path=root / "x.md", content=b"# X\n")
    archive = Archive([root], root=root, branches=lambda: [on])
    entry = archive.find("x")

    for act in (
        lambda: archive.save(entry, "", archive.load(entry)),
        lambda: archive.move(entry, "y", "", archive.load(entry)),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.problem.hint == "git switch postmortem/x"


def test_a_report_moves_with_its_attachments(
    archive: Archive, folder: Path, put: Write
) -> None:
    """The file, the folder beside it and the links into it get the new name."""
    put("2025-01-01-x", "X", "id: 2025-01-01-x")
    (folder / "2025-01-01-x").mkdir()
    (folder / "2025-01-01-x" / "a.png").write_bytes(b"png")
    entry = archive.find("x")

    moved = archive.move(
        entry, "2025-01-01-y", _text("2025-01-01-y"), archive.load(entry)
    )

    assert moved.id == "2025-01-01-y"
    assert sorted(each.name for each in folder.iterdir()) == [
        "2025-01-01-y",
        "2025-01-01-y.md",
    ]
    assert (moved.attachments / "a.png").read_bytes() == b"png"


@pytest.mark.parametrize("taken", ["2025-01-01-y.md", "2025-01-01-y"])
def test_a_place_that_is_taken_stops_a_move(
    archive: Archive, folder: Path, put: Write, taken: str
) -> None:
    """Then all is as it was."""
    put("2025-01-01-x", "X", "id: 2025-01-01-x")
    for name in ("2025-01-01-x", taken.removesuffix(".md")):
        (folder / name).mkdir(exist_ok=True)
    if taken.endswith(".md"):
        (folder / "2025-01-01-y").rmdir()
        (folder / taken).write_text("mine", encoding="utf-8")
    before = sorted(folder.iterdir())
    entry = archive.find("2025-01-01-x")

    with pytest.raises(Refused):
        archive.move(entry, "2025-01-01-y", _text("y"), archive.load(entry))

    assert sorted(folder.iterdir()) == before


def test_a_report_that_changed_does_not_move(
    archive: Archive, folder: Path, put: Write
) -> None:
    """Both hands' words are there still."""
    path = put("2025-01-01-x", "X", "id: 2025-01-01-x")
    entry = archive.find("x")
    snapshot = archive.load(entry)
    path.write_text("another hand", encoding="utf-8")

    with pytest.raises(Refused, match="changed"):
        archive.move(entry, "2025-01-01-y", "mine", snapshot)

    assert [each.name for each in folder.iterdir()] == ["2025-01-01-x.md"]
    assert path.read_text(encoding="utf-8") == "another hand"


def test_links_of_any_kind_follow_a_move() -> None:
    """Those that begin with the folder's name, and no other text."""
    text = "![a](o/a.png) [b](./o/b) [c](<o/c d>)\n[d]: o/d\nsee o/e and [f](other/o/f)"

    assert relinked(text, "o", "n") == (
        "![a](n/a.png) [b](./n/b) [c](<n/c d>)\n[d]: n/d\nsee o/e and [f](other/o/f)"
    )


@pytest.mark.parametrize(
    "report, name",
    [
        (Report(title="X down: failover?!"), "2026-11-20-x-down-failover"),
        (Report(title="X", zone="Asia/Tokyo"), "2026-11-21-x"),
        (Report(title="X", zone="nowhere"), "2026-11-20-x"),
        (Report(), "2026-11-20-incident"),
        (Report(title="../../etc"), "2026-11-20-etc"),
        (
            Report(
                title="Late",
                zone="America/New_York",
                detected=Moment(at=datetime(2025, 5, 25, 2, tzinfo=UTC)),
            ),
            "2025-05-24-late",
        ),
        (
            Report(
                title="Late",
                onset=Moment(at=datetime(2025, 5, 24, 1, tzinfo=UTC)),
                detected=Moment(at=datetime(2025, 5, 25, 2, tzinfo=UTC)),
            ),
            "2025-05-24-late",
        ),
    ],
)
def test_an_id_is_a_day_and_a_few_words(report: Report, name: str) -> None:
    """The day is the onset's, else the detection's, else today, in its own zone."""
    assert birth_id(report, NOW) == name
    assert checked_id(name) == name


def test_a_file_that_is_gone_is_missing(archive: Archive, put: Write) -> None:
    """What was listed may be gone when it is read."""
    path = put("2025-01-01-x")
    entry = archive.find("x")
    path.unlink()

    with pytest.raises(Missing):
        archive.load(entry)
    assert isinstance(entry, Entry)
    assert files.slug("") == "incident"
