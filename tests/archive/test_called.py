"""Which files have an id: one line tells it of nearly all, whoever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem.archive import Archive, compared
from postmortem.archive.entries import may_have, of_content

ID = "2025-01-01-x"
FRONTS = (
    f"---\nid: {ID}\n---\n",
    f"\ufeff---\nid: {ID}\n---\n",
    f"---\r\nid: {ID}\r\n---\r\n",
    f"---\ntags: [a]\nid:   {ID}  # as before\n---\n",
    f"---\nid: '{ID}'\n---\n",
    '---\nid: "2025-01-01-\\x78"\n---\n',
    f'---\n"id": {ID}\n---\n',
    f"---\nid:\n  {ID}\n---\n",
    f"---\nid: >-\n  {ID}\n---\n",
    f"---\n{{id: {ID}}}\n---\n",
    f"---\nid: {ID.upper()}\n---\n",
)
NONE = ("---\nid: null\n---\n", "---\nid: a: b\n---\n", "---\nid: ~\n---\n")


@pytest.mark.parametrize("text", FRONTS)
def test_an_id_is_found_however_it_is_written(folder: Path, text: str) -> None:
    """The fast look never leaves out what reading finds."""
    path = folder / "another.md"
    path.write_bytes(text.encode())

    assert compared(of_content(path, text.encode()).id) == ID
    assert may_have(path, text.encode(), {ID})
    assert [it.path for it in Archive([folder], root=folder.parent).called({ID})] == [
        path
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: 2025-01-01-y\n---\n",
        f"---\nid: {ID}-again\n---\n",
        f"---\nrelated: [{ID}]\n---\n\nid: {ID}\n",
        f"id: {ID}\n",
        f"---\nid: a\n  {ID}\n---\n",
        "",
    ],
)
def test_a_file_with_another_id_is_left_out(folder: Path, text: str) -> None:
    """A name in its text is none."""
    (folder / "another.md").write_text(text, "utf-8")

    assert [*Archive([folder], root=folder.parent).called({ID})] == []


def test_a_file_without_an_id_is_called_after_its_name(folder: Path) -> None:
    """With other front matter, and without any."""
    for name, text in ((ID, "# X\n"), (ID.upper(), "---\nstatus: draft\n---\n")):
        (folder / f"{name}.md").write_text(text, "utf-8")
    archive = Archive([folder], root=folder.parent)

    assert [it.id for it in archive.called({ID})] == [ID.upper(), ID]
    assert [it.stem for it in archive.called_after({ID})] == [ID.upper(), ID]
    assert [
        *archive.called({ID}, {folder / f"{ID}.md", folder / f"{ID.upper()}.md"})
    ] == []


def test_what_is_no_report_and_what_cannot_be_read_is_left_out(folder: Path) -> None:
    """A README has no id, and a link is none of the reports."""
    (folder / "README.md").write_text("# Read me\n", "utf-8")
    (folder / f"{ID}.md").symlink_to("README.md")
    (folder / "2025-01-02-y.md").write_bytes(b"\xff\xfe\x00")

    archive = Archive([folder], root=folder.parent)

    assert [*archive.called({"readme", ID})] == []
    assert [it.id for it in archive.called({"2025-01-02-y"})] == ["2025-01-02-y"]


@pytest.mark.parametrize("text", NONE)
def test_without_an_id_that_can_be_read_the_name_of_the_file_is_it(
    folder: Path, text: str
) -> None:
    """As everywhere; what looks like an id there is none."""
    path = folder / f"{ID}.md"
    path.write_text(text)

    assert [it.path for it in Archive([folder], root=folder.parent).called({ID})] == [
        path
    ]
