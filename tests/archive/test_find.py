"""A report is found by any part of its id that only it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.archive import Archive, OnBranch, SeveralFit
from postmortem.errors import Missing
from tests.archive.conftest import Write

IDS = ("2025-05-24-x-down", "2025-05-24-x-down-again", "2022-11-18-late-notifications")


@pytest.fixture
def filled(archive: Archive, put: Write) -> Archive:
    """Return an archive with three reports."""
    for name in IDS:
        put(name, f"About {name}", f"id: {name}")
    return archive


@pytest.mark.parametrize(
    "part, found",
    [
        ("2025-05-24-x-down", IDS[0]),
        ("again", IDS[1]),
        ("LATE", IDS[2]),
        ("2022", IDS[2]),
        ("postmortems/2025-05-24-x-down.md", IDS[0]),
        ("./postmortems/2022-11-18-late-notifications.md", IDS[2]),
        ("2022-11-18-late-notifications.md", IDS[2]),
        (" late ", IDS[2]),
    ],
)
def test_a_part_that_only_one_has_is_enough(
    filled: Archive, part: str, found: str
) -> None:
    """The whole id wins over ids that hold it; the path of its file will do."""
    assert filled.find(part).id == found


def test_a_part_that_several_have_names_them(filled: Archive) -> None:
    """Nobody edits a report that they did not mean."""
    with pytest.raises(SeveralFit) as caught:
        filled.find("x-do")

    assert str(caught.value) == (
        "'x-do' fits 2 reports\n"
        "  write more of one of them: 2025-05-24-x-down, 2025-05-24-x-down-again"
    )


def test_of_those_with_one_id_the_file_tells_which(
    archive: Archive, folder: Path, put: Write
) -> None:
    """More of an id tells nothing where both have it, though one is called so."""
    for name in ("2025-05-24-late", "2025-05-24-late-invoices"):
        put(name, f"About {name}", "id: 2025-05-24-late")

    with pytest.raises(SeveralFit) as caught:
        archive.find("05-24-late")

    assert str(caught.value) == (
        "'05-24-late' fits 2 reports\n"
        "  some have the same id; give the path of one:"
        " 2025-05-24-late-invoices.md, 2025-05-24-late.md"
    )
    for name in ("2025-05-24-late", "2025-05-24-late-invoices"):
        for part in (
            f"{name}.md",
            f"postmortems/{name}.md",
            f"./postmortems/{name}.md",
        ):
            assert archive.find(part).path == folder / f"{name}.md"


def test_of_files_with_one_name_the_folder_tells_which(
    root: Path, folder: Path, put: Write
) -> None:
    """As much of the path is said as is needed, and as much will do."""
    old = root / "old"
    old.mkdir()
    archive = Archive([folder, old], root=root)
    path = put("2025-05-24-late", "X", "id: 2025-05-24-late-again")
    (old / path.name).write_bytes(path.read_bytes())

    with pytest.raises(SeveralFit) as caught:
        archive.find("2025-05-24-late-ag")

    assert caught.value.problem.hint == (
        "some have the same id; give the path of one: old/2025-05-24-late.md,"
        " postmortems/2025-05-24-late.md"
    )
    for where in (old, folder):
        for part in (f"{where.name}/{path.name}", str(where / path.name)):
            assert archive.find(part).path == where / path.name
    assert archive.find(f"new/../old/{path.name}").path == old / path.name
    with pytest.raises(SeveralFit):
        archive.find(path.name)


@pytest.mark.parametrize(
    "part, hint",
    [
        ("lat-notification", "the nearest: 2022-11-18-late-notifications"),
        ("agian", "the nearest: 2025-05-24-x-down-again"),
        ("zzz", "`postmortem list` shows all"),
        ("", "`postmortem list` shows all"),
        ("a\0b", "`postmortem list` shows all"),
        ("x" * 400, "`postmortem list` shows all"),
    ],
    ids=["words", "word", "nothing", "empty", "nul", "long"],
)
def test_a_part_that_none_has_names_the_nearest(
    filled: Archive, part: str, hint: str
) -> None:
    """A slip of the finger is answered with what was probably meant."""
    with pytest.raises(Missing) as caught:
        filled.find(part)

    assert caught.value.problem.message == f"no report has {part!r} in its id"
    assert caught.value.problem.hint == hint


def test_the_id_is_what_the_front_matter_says(archive: Archive, put: Write) -> None:
    """A file that somebody renamed keeps its id; both names find it."""
    put("renamed-by-hand", "X", "id: 2020-01-01-x")

    assert archive.find("2020-01-01-x") == archive.find("renamed-by-hand")


def test_a_report_without_an_id_is_called_as_its_file(
    archive: Archive, put: Write
) -> None:
    """Reports of other tools are read all the same; a README is none."""
    put("INC 17 - Überlast")
    put("README", "How we write them")
    put("summary", "A summary that is one", "id: summary")

    assert [each.id for each in archive.entries()] == ["summary", "INC 17 - Überlast"]
    assert archive.find("überlast").id == "INC 17 - Überlast"


def test_an_old_id_still_finds_a_report(archive: Archive, put: Write) -> None:
    """CON-IDSTABLE: links that were sent around go on working."""
    put("2025-05-24-new", "X", "id: 2025-05-24-new", "aliases: [2025-05-24-old]")

    assert archive.find("2025-05-24-old").id == "2025-05-24-new"


def test_the_folders_come_before_branches(root: Path, put: Write) -> None:
    """What is in the work tree is meant; git is asked only when it is not there."""
    asked: list[int] = []

    def _branches() -> list[OnBranch]:
        asked.append(1)
        path = root / "postmortems" / "2025-01-01-y.md"
        text = b"---\nid: 2025-01-01-y\n---\n# On a branch\n"
        return [OnBranch(branch="postmortem/2025-01-01-y", path=path, content=text)]

    archive = Archive([root / "postmortems"], root=root, branches=_branches)
    put("2025-05-24-x", "Here", "id: 2025-05-24-x")

    assert archive.find("2025").branch is None
    assert asked == []
    away = archive.find("2025-01-01-y")
    assert (away.branch, away.title) == ("postmortem/2025-01-01-y", "On a branch")
    assert archive.load(away).text.endswith("# On a branch\n")
    assert [each.id for each in archive.entries()] == ["2025-05-24-x", "2025-01-01-y"]
    assert asked == [1]


def test_a_whole_id_on_a_branch_is_no_part_of_one_here(
    root: Path, folder: Path, put: Write
) -> None:
    """`-2` is what a second report of that name is called."""
    put("2026-03-04-weak-2", "The second", "id: 2026-03-04-weak-2")
    content = b"---\nid: 2026-03-04-weak\n---\n\n# The first\n"
    path = folder / "2026-03-04-weak.md"
    away = OnBranch(branch="postmortem/weak", path=path, content=content)
    archive = Archive([folder], root=root, branches=lambda: [away])

    assert archive.find("2026-03-04-weak").branch == "postmortem/weak"
    assert archive.find("weak-2").branch is None
    assert archive.find("2026-03-04-we").branch is None
