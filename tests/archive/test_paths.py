"""A path is that of the report that is there, and a part of no other one's id."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.archive import Archive, OnBranch, SeveralFit
from postmortem.errors import Missing
from tests.archive.conftest import Write

ID = "2025-05-24-x-down"
NEAR = f"the nearest: {ID}"
FOLDERS = "reports are in postmortems; `postmortem list` shows all"


@pytest.fixture
def filled(archive: Archive, put: Write) -> Archive:
    """Return an archive with one report, an index, and a file that is elsewhere."""
    put(ID, "X down", f"id: {ID}", "aliases: [2025-05-24-y]")
    put("README", "How we write them")
    (archive.root / "notes.txt").write_text("a line\n")
    (archive.root / "elsewhere.md").write_text("# Elsewhere\n")
    (archive.root / "postmortems" / "gone.md").symlink_to("nowhere.md")
    return archive


@pytest.mark.parametrize(
    "part, said, hint",
    [
        ("postmortems/2025.md", "there is no such file", None),
        ("postmortems/x-down.md", "there is no such file", NEAR),
        (f"elsewhere/{ID}.md", "there is no such file", NEAR),
        (f"./{ID}.md", "there is no such file", NEAR),
        (f"{ID}-2.md", "there is no such file", NEAR),
        (f"postmortems/{ID}", "there is no such file", NEAR),
        ("postmortems/2025-05-24-y.md", "there is no such file", NEAR),
        ("down.md", "there is no such file", NEAR),
        ("../../etc/passwd", "there is no such file", None),
        ("a/\0b", "there is no such file", None),
        (f"{'x' * 400}/zzz.md", "there is no such file", None),
        ("postmortems/gone.md", "this is a link to nothing", FOLDERS),
        ("postmortems", "no report has 'postmortems' in its id", None),
        ("postmortems/", "this is a folder, and no report", FOLDERS),
        (".", "this is a folder, and no report", FOLDERS),
        ("./notes.txt", "this is no Markdown", FOLDERS),
        ("elsewhere.md", "this is in no folder of reports", FOLDERS),
        (
            "postmortems/README.md",
            "by its name this is no report, and it has no id",
            "`id:` in its front matter makes it one",
        ),
    ],
)
def test_a_path_that_leads_to_no_report_finds_none(
    filled: Archive, part: str, said: str, hint: str | None
) -> None:
    """What is written to would be another one; the nearest is named, and no more."""
    with pytest.raises(Missing) as caught:
        filled.find(part)

    assert caught.value.problem.message == said
    assert caught.value.problem.hint == (hint or "`postmortem list` shows all")


def test_a_path_begins_where_somebody_stands(root: Path, folder: Path) -> None:
    """Else at the settings, or at the top; what is nearer is meant."""
    inner = root / "docs"
    (inner / "postmortems").mkdir(parents=True)
    for each in (folder, inner / "postmortems"):
        (each / f"{ID}.md").write_text("# X down\n", encoding="utf-8")
    archive = Archive([folder, inner / "postmortems"], root=root, bases=[inner, root])

    own, outer = (it / "postmortems" / f"{ID}.md" for it in (inner, root))
    assert archive.find(f"postmortems/{ID}.md").path == own
    assert archive.find(f"../postmortems/{ID}.md").path == outer
    assert archive.find(f"docs/postmortems/{ID}.md").path == own
    assert archive.find(str(outer)).path == outer


def test_a_link_is_the_report_that_it_leads_to(filled: Archive) -> None:
    """As `latest.md`."""
    link = filled.root / "postmortems" / "latest.md"
    link.symlink_to(f"{ID}.md")

    assert filled.find("postmortems/latest.md").path == link.with_name(f"{ID}.md")


def test_a_path_of_a_branch_is_one_where_nothing_is(root: Path, folder: Path) -> None:
    """With the branch before it, as it is printed, or without."""
    path = folder / f"{ID}.md"
    text = f"---\nid: {ID}\n---\n\n# X down\n".encode()
    away = OnBranch(branch="postmortem/x", path=path, content=text)
    archive = Archive([folder], root=root, branches=lambda: [away])

    for part in (
        f"postmortems/{ID}.md",
        f"postmortem/x:postmortems/{ID}.md",
        f"{ID}.md",
    ):
        assert archive.find(part).branch == "postmortem/x"
    for part in (f"postmortem/y:postmortems/{ID}.md", f"old/{ID}.md"):
        with pytest.raises(Missing):
            archive.find(part)


def test_an_id_may_look_like_a_path(archive: Archive, put: Write) -> None:
    """Where nothing is at that path; all of it, and no part."""
    put("INC-17", "X", "id: INC/2025/17")

    assert archive.find("inc/2025/17").path.name == "INC-17.md"
    with pytest.raises(Missing):
        archive.find("2025/17")


def test_one_name_in_two_folders_is_that_of_two_reports(
    root: Path, folder: Path
) -> None:
    """Neither is taken silently."""
    old = root / "old"
    old.mkdir()
    for each in (folder, old):
        (each / "abc.md").write_text("# A\n", encoding="utf-8")
    archive = Archive([folder, old], root=root)

    for part in ("abc", "abc.md"):
        with pytest.raises(SeveralFit) as caught:
            archive.find(part)
        assert caught.value.problem.hint == (
            "some have the same id; give the path of one: old/abc.md,"
            " postmortems/abc.md"
        )
