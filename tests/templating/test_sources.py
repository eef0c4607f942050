"""Where a template is found, and where it is not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import yamls
from postmortem.templating import (
    Source,
    TemplateMistake,
    find,
    names,
    packed,
    split,
    unpacked,
)
from postmortem.templating.sources import LARGEST

if TYPE_CHECKING:
    from tests.templating.conftest import Folder

NO_NAMES = (
    *("", ".", "..", "../x", "a/../x", "a/./x", "/etc/passwd", "a//b", "a/", "/"),
    *("a\\b", "..\\x", "C:\\x", "C:x", "a\0b", "a\nb", "a\x1bb", ".git/config", ".env"),
    *("http://example.com/x", "//example.com/x", "file:///etc/passwd", "x" * 300),
    *("é" * 200, "\u202ex", "a/.b", "*", "a|b"),
)


def test_the_first_folder_that_has_it_wins(tmp_path: Path) -> None:
    """A team's own template stands before the one that is shipped."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for path in (ours, theirs):
        path.mkdir()
        (path / "a.md.j2").write_text(path.name)
    (theirs / "b.md.j2").write_text("b")
    sources = (Source(ours, trusted=False), Source(theirs, trusted=True))

    first, second = find("a.md.j2", sources), find("b.md.j2", sources)

    assert (first.text, first.trusted, first.path) == ("ours", False, ours / "a.md.j2")
    assert (second.text, second.trusted) == ("b", True)


def test_a_text_is_read_without_what_editors_add(folder: Folder) -> None:
    """Line ends and byte order marks differ by machine; the text does not."""
    folder.write("a.md.j2", "\ufeffone\r\ntwo\rthree\n")

    assert find("a.md.j2", folder.sources).text == "one\ntwo\nthree\n"


@pytest.mark.parametrize("name", NO_NAMES, ids=repr)
def test_only_plain_paths_are_names(folder: Folder, name: str) -> None:
    """A name cannot leave the folder, be hidden, or mean another machine."""
    with pytest.raises(TemplateMistake, match="is not the name of a template"):
        find(name, folder.sources)


def test_a_wrong_name_gets_the_nearest_right_one(folder: Folder) -> None:
    """Nobody has to look into the folder."""
    folder.write("default.md.j2", "")
    folder.write("parts/head.md.j2", "")

    with pytest.raises(TemplateMistake) as caught:
        find("part/head.md.j2", folder.sources)

    assert caught.value.problem.message == "there is no template 'part/head.md.j2'"
    assert caught.value.problem.hint == "did you mean 'parts/head.md.j2'?"


def test_names_are_listed(folder: Folder) -> None:
    """What is hidden is no template."""
    for name in ("b.md.j2", "a/c.md.j2", ".git/config", ".hidden"):
        folder.write(name, "")

    assert names(folder.sources) == ("a/c.md.j2", "b.md.j2")


def test_a_huge_folder_is_not_listed_to_the_end(folder: Folder) -> None:
    """Looking for a nearer name is not worth a walk through a disk."""
    for number in range(600):
        folder.write(f"{number // 100}/{number}", "")

    assert len(names(folder.sources)) <= 500


@pytest.mark.parametrize("to", ["file", "folder", "up"])
def test_a_link_that_leaves_the_folder_is_refused(folder: Folder, to: str) -> None:
    """SEC-TPL-LINK: what a repository links to on the reader's machine stays unread."""
    outside = folder.path.parent / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    links = {"file": outside / "secret", "folder": outside, "up": folder.path.parent}
    (folder.path / "link").symlink_to(links[to])
    name = {"file": "link", "folder": "link/secret", "up": "link/outside/secret"}[to]

    with pytest.raises(TemplateMistake) as caught:
        find(name, folder.sources)

    assert caught.value.problem.message == "the template is outside the template folder"
    assert caught.value.problem.path == str(folder.path / name)


def test_a_link_to_the_folder_beside_is_refused(folder: Folder) -> None:
    """`templates-private` begins like `templates` and is not inside it."""
    beside = folder.path.parent / "templates-private"
    beside.mkdir()
    (beside / "x").write_text("secret")
    (folder.path / "x").symlink_to(beside / "x")

    with pytest.raises(TemplateMistake, match="outside the template folder"):
        find("x", folder.sources)


def test_links_inside_the_folder_are_followed(folder: Folder) -> None:
    """A link is a way to have a template under two names."""
    folder.write("a", "text")
    (folder.path / "b").symlink_to("a")

    assert find("b", folder.sources).text == "text"


def test_the_folder_itself_may_be_a_link(folder: Folder) -> None:
    """The person who names the folder decides where it is."""
    folder.write("a", "text")
    link = folder.path.parent / "link"
    link.symlink_to(folder.path)

    assert find("a", (Source(link, trusted=True),)).text == "text"


@pytest.mark.parametrize("link", ["templates", "postmortem"])
@pytest.mark.parametrize("to", ["outside", "inside"])
def test_the_folder_of_a_repository_is_inside_it(
    tmp_path: Path, link: str, to: str
) -> None:
    """A link in the way to the folder is no way out of the repository."""
    repository, outside = tmp_path / "repository", tmp_path / "outside"
    real = repository / "real" if to == "inside" else outside
    for path in (repository, real / "templates"):
        path.mkdir(parents=True)
    (real / "templates" / "x").write_text("text")
    (repository / "postmortem").mkdir()
    where = repository / "postmortem" / "templates"
    if link == "templates":
        where.symlink_to(real / "templates")
    else:
        (repository / "postmortem").rmdir()
        (repository / "postmortem").symlink_to(real)
    sources = (Source(where, trusted=False, within=repository),)

    if to == "inside":
        assert find("x", sources).text == "text"
        assert unpacked(packed(sources)) == sources
    else:
        with pytest.raises(TemplateMistake, match="is outside the repository"):
            find("x", sources)


def test_a_folder_of_others_is_no_link_where_nothing_is_known(folder: Folder) -> None:
    """Without a repository to be inside of, none is followed."""
    folder.write("x", "text")
    link = folder.path.parent / "link"
    link.symlink_to(folder.path)

    with pytest.raises(TemplateMistake, match="is outside the repository"):
        find("x", (Source(link, trusted=False),))
    assert find("x", (Source(folder.path, trusted=False),)).text == "text"


def test_a_repository_that_is_gone_is_a_mistake(folder: Folder) -> None:
    """What cannot be found out is not taken for granted."""
    folder.write("x", "text")
    gone = Source(folder.path, trusted=False, within=folder.path / "gone")

    with pytest.raises(TemplateMistake, match="cannot be read: No such file"):
        find("x", (gone,))


@pytest.mark.parametrize("kind", ["dangling", "circle", "folder", "fifo", "unreadable"])
def test_what_is_no_readable_file_is_refused_at_once(folder: Folder, kind: str) -> None:
    """Nothing waits for a pipe, and a next folder is not tried instead."""
    path = folder.path / "x"
    match kind:
        case "dangling":
            path.symlink_to("nowhere")
        case "circle":
            path.symlink_to("x")
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "unreadable":
            (folder.path / "deep").write_text("a file, not a folder")
            path.symlink_to("deep/x")

    with pytest.raises(TemplateMistake) as caught:
        find("x", (*folder.sources, Source(folder.path.parent, trusted=True)))

    assert caught.value.problem.path == str(path)


def test_a_device_is_refused(folder: Folder) -> None:
    """A folder may be named wherever it is, even where devices are."""
    with pytest.raises(TemplateMistake, match="not a regular file"):
        find("zero", (Source(Path("/dev"), trusted=True),))


def test_a_template_is_no_larger_than_a_text(folder: Folder) -> None:
    """A quarter of a megabyte is read, one byte more is not."""
    folder.write("a", "x" * LARGEST)
    folder.write("b", "x" * (LARGEST + 1))

    assert len(find("a", folder.sources).text) == LARGEST
    with pytest.raises(TemplateMistake, match="larger than 256 KB"):
        find("b", folder.sources)


def test_a_template_is_utf_8(folder: Folder) -> None:
    """Bytes that are no text are named with their line."""
    (folder.path / "a").write_bytes(b"one\ntwo \xff\n")

    with pytest.raises(TemplateMistake) as caught:
        find("a", folder.sources)

    assert caught.value.problem.line == 2


SPLIT = {
    "usual": ("---\na: b\n---\nc\n", "a: b\n", "{#\n\n#}\nc\n"),
    "blanks": ("--- \na: b\n--- \nc", "a: b\n", "{#\n\n#}\nc"),
    "dots": ("---\na: b\n...\nc", "a: b\n", "{#\n\n#}\nc"),
    "empty": ("---\n---\nc", "", "{#\n#}\nc"),
    "nothing else": ("---\na: b\n---", "a: b\n", "{#\n\n#}"),
    "none": ("c\n---\na\n---\n", None, "c\n---\na\n---\n"),
    "not closed": ("---\na: b\n", None, "---\na: b\n"),
    "a comment's end": ("---\na: '#}{{ 1 }}'\n---\n", "a: '#}{{ 1 }}'\n", "{#\n\n#}\n"),
}


lines = st.sampled_from(["---", "...", "--- ", "a: b", "", "# H", " ---", "----"])


@given(st.lists(lines, max_size=8).map("\n".join))
def test_front_matter_is_what_yaml_is_read_from(text: str) -> None:
    """Those who read it and those who leave it out agree on where it is."""
    read = yamls.split(text)

    assert split(text)[0] == read.front
    if read.front is not None:
        assert split(text)[1].partition("#}")[2].lstrip("\n") == text[
            read.body_start :
        ].lstrip("\n")


@pytest.mark.parametrize("text, front, rest", SPLIT.values(), ids=SPLIT.keys())
def test_front_matter_gives_way_to_a_comment(
    text: str, front: str | None, rest: str
) -> None:
    """Lines keep their numbers."""
    assert split(text) == (front, rest)
