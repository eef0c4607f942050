"""Evidence is read in memory, within limits, and no name in it leads anywhere."""

from __future__ import annotations

import gzip
import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from postmortem.errors import Missing, PostmortemError
from postmortem.importers import Unplaced
from postmortem.importers.opening import opened
from tests.importers.packing import zipped

NAMES = ("../../etc/passwd", "/etc/passwd", "C:\\Windows\\a", "a" * 300, "\u202egnp.a")


def test_a_file_is_one_member(tmp_path: Path) -> None:
    """Its name is its own, and its bytes are its bytes."""
    path = tmp_path / "log.txt"
    path.write_bytes(b"13:05 db is down\n")

    evidence = opened(path)

    assert [each.name for each in evidence.members] == ["log.txt"]
    assert evidence.members[0].read() == b"13:05 db is down\n"
    assert evidence.folder is None


def test_a_folder_is_its_files_in_order(tmp_path: Path) -> None:
    """Also those of inner folders; hidden folders of version control are not."""
    for name in ("b.json", "a/2.json", "a/1.json", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("[]")

    evidence = opened(tmp_path)

    assert [each.name for each in evidence.members] == [
        "b.json",
        "a/1.json",
        "a/2.json",
    ]
    assert evidence.folder == tmp_path


def test_a_zip_is_told_by_its_content(tmp_path: Path) -> None:
    """The name of the file is not looked at; a pipe can hold a zip too."""
    path = zipped(tmp_path / "export.txt", {"users.json": "[]"})

    for evidence in (opened(path), opened(None, io.BytesIO(path.read_bytes()))):
        assert [each.name for each in evidence.members] == ["users.json"]
        assert evidence.members[0].read() == b"[]"


def test_a_gzip_file_is_what_it_holds(tmp_path: Path) -> None:
    """It loses its ending."""
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}'))

    (member,) = opened(path).members

    assert (member.name, member.read()) == ("log.jsonl", b'{"a": 1}')


def test_a_damaged_gzip_file_says_so(tmp_path: Path) -> None:
    """The error is ours, whatever the library says."""
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 99)[:-40])

    (member,) = opened(path).members

    with pytest.raises(PostmortemError, match="damaged"):
        member.read()


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """Not to files, not to folders; each is reported."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("x")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file").symlink_to(outside / "secret")
    (inside / "folder").symlink_to(outside)

    evidence = opened(inside)

    said = "it is a symbolic link, which is not followed"
    assert evidence.members == ()
    assert [each.where for each in evidence.refused] == ["file", "folder"]
    assert {each.why for each in evidence.refused} == {said}


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    """So is a pipe that nobody opened."""
    with pytest.raises(Missing):
        opened(tmp_path / "none")
    with pytest.raises(Missing):
        opened(None)


def test_a_pipe_named_as_a_file_is_read_once(tmp_path: Path) -> None:
    """As a shell makes it of <(command)."""
    reader, writer = os.pipe()
    os.write(writer, b"13:05 db is down\n")
    os.close(writer)

    evidence = opened(Path(f"/dev/fd/{reader}"))
    os.close(reader)

    assert evidence.members[0].read() == b"13:05 db is down\n"
    assert evidence.members[0].read() == b"13:05 db is down\n"


def test_names_in_a_zip_are_labels(tmp_path: Path) -> None:
    """Nothing is extracted, whatever they say, and none can command a terminal."""
    path = zipped(tmp_path / "a.zip", dict.fromkeys(NAMES, "x"))

    evidence = opened(path)

    assert [each.read() for each in evidence.members] == [b"x"] * len(NAMES)
    assert all(each.name.isprintable() for each in evidence.members)
    assert not any(each.name.startswith("/") for each in evidence.members)
    assert os.listdir(tmp_path) == ["a.zip"]  # noqa: PTH208 - all there is


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_name_the_later_is_read(tmp_path: Path) -> None:
    """As every tool that unpacks does; it is reported."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", "1")
        archive.writestr("a.json", "2")

    evidence = opened(path)

    assert [each.read() for each in evidence.members] == [b"2"]
    assert evidence.refused == (
        Unplaced(
            where="a.json", why="the zip has this name twice; the later one is read"
        ),
    )


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    """It is a small file with a path in it."""
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    evidence = opened(path)

    assert evidence.members == ()
    assert "symbolic link" in evidence.refused[0].why


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    """It is reported with what to do."""
    inner = zipped(tmp_path / "in.zip", {"a": "b"}).read_bytes()

    evidence = opened(zipped(tmp_path / "a.zip", {"in.zip": inner, "a.json": "1"}))

    assert [each.name for each in evidence.members] == ["a.json"]
    assert "unpack it first" in evidence.refused[0].why


def test_what_unpacks_to_a_thousand_times_its_size_is_not_read(tmp_path: Path) -> None:
    """The other members are."""
    bomb = bytes(20 * 1024 * 1024)

    evidence = opened(zipped(tmp_path / "a.zip", {"bomb.json": bomb, "b.json": "1"}))

    assert [each.name for each in evidence.members] == ["b.json"]
    assert "larger unpacked" in evidence.refused[0].why


def test_entries_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    """Two entries of the directory that begin at the same place."""
    path = zipped(tmp_path / "a.zip", {"a": "x" * 90, "b": "y" * 90})
    raw = bytearray(path.read_bytes())
    second = raw.rfind(b"PK\x01\x02")
    raw[second + 42 : second + 46] = struct.pack("<L", 0)
    path.write_bytes(raw)

    with pytest.raises(PostmortemError, match="overlap"):
        opened(path)


@pytest.mark.parametrize("claim", [0, 10], ids=str)
def test_a_size_that_lies_is_found_out(tmp_path: Path, claim: int) -> None:
    """Never more is read than was claimed, and what is cut off is damage."""
    path = zipped(tmp_path / "a.zip", {"a.json": bytes(1_000)})
    raw = bytearray(path.read_bytes())
    entry = raw.rfind(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = struct.pack("<L", claim)
    path.write_bytes(raw)

    for member in opened(path).members:
        with pytest.raises(PostmortemError, match=r"damaged|larger"):
            member.read()


@pytest.mark.parametrize(
    "way, module",
    [
        (zipfile.ZIP_STORED, "zipfile"),
        (zipfile.ZIP_DEFLATED, "zlib"),
        (zipfile.ZIP_BZIP2, "bz2"),
        (zipfile.ZIP_LZMA, "lzma"),
    ],
    ids=["stored", "deflated", "bzip2", "lzma"],
)
def test_a_damaged_member_says_so(tmp_path: Path, way: int, module: str) -> None:
    """However it is compressed: each way has an error of its own."""
    pytest.importorskip(module)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", way) as archive:
        archive.writestr("a.json", ",".join(map(str, range(2_000))))
    raw = bytearray(path.read_bytes())
    raw[600:640] = bytes(40)
    path.write_bytes(raw)

    (member,) = opened(path).members
    with pytest.raises(PostmortemError, match="it is damaged"):
        member.read()


def test_a_million_entries_are_refused_at_once(tmp_path: Path) -> None:
    """They are counted before anything is made of them."""
    entry = b"PK\x01\x02" + bytes(42)
    directory = entry * 650_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 10, 10, len(directory), 0, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(26) + directory + end)

    start = time.monotonic()
    with pytest.raises(PostmortemError, match="more than 200000 entries"):
        opened(path)

    assert time.monotonic() - start < 1


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such measure")
def test_a_bomb_costs_little_memory(tmp_path: Path) -> None:
    """200 MB in 200 KB: refused within a second and within 100 MB."""
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.json", "w", force_zip64=True) as stream,
    ):
        for _ in range(200):
            stream.write(bytes(1024 * 1024))
    code = (
        "import sys, time; from pathlib import Path\n"
        "from postmortem.importers.opening import opened\n"
        "start = time.monotonic()\n"
        "assert opened(Path(sys.argv[1])).members == ()\n"
        "assert time.monotonic() - start < 1\n"
    )
    # A process begins with the peak of the one that it comes from: so one between.
    between = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", between, sys.executable, "-c", code, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )

    scale = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * scale < 100 * 1024 * 1024


@pytest.mark.parametrize("size", [3, 21, 60, 100, 150], ids=str)
def test_a_zip_that_breaks_off_says_so(tmp_path: Path, size: int) -> None:
    """Its directory is at its end, and so is nothing of it to be read."""
    path = zipped(tmp_path / "a.zip", {"a.json": "1", "b.json": "2"})
    whole = path.read_bytes()
    path.write_bytes(whole[:size])

    if size < len(b"PK\x03\x04"):
        assert opened(path).members[0].read() == whole[:size]
        return
    with pytest.raises(PostmortemError, match="zip"):
        opened(path)
