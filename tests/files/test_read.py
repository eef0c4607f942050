"""What a file holds is read exactly, or refused with the place that is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postmortem import files
from postmortem.errors import Missing, PostmortemError


@pytest.mark.parametrize(
    "text, newline, mixed, final",
    [
        ("a\nb\n", "\n", False, True),
        ("a\r\nb", "\r\n", False, False),
        ("a\rb\r", "\r", False, True),
        ("a\r\nb\r\nc\n", "\r\n", True, True),
        ("\ufeffé 😀", "\n", False, False),
        ("", "\n", False, False),
    ],
)
def test_a_text_is_read_as_it_is(
    tmp_path: Path, text: str, newline: str, *, mixed: bool, final: bool
) -> None:
    """Byte order mark and line breaks included; what they are is told."""
    path = tmp_path / "r.md"
    path.write_bytes(text.encode())
    path.chmod(0o640)

    found = files.read(path)

    assert (found.text, found.newline, found.mixed, found.final_newline) == (
        *(text, newline, mixed),
        final,
    )
    assert (found.path, found.mode) == (path, 0o640)


@pytest.mark.parametrize(
    "raw, said",
    [
        (b"a\nb\xffc\n", "r.md:2:2: the byte 0xFF is not UTF-8"),
        (b"a\r\n\xc3\xa9\xe2\x82\n", "r.md:2:2: the byte 0xE2 is not UTF-8"),
        (b"a\n\nb\0c", "r.md:3:2: this holds a NUL byte, so it is not text"),
        ("a\n".encode("utf-16"), "r.md:1:1: this is UTF-16, and UTF-8 is what is read"),
        (b"\xed\xa0\x80", "r.md:1:1: the byte 0xED is not UTF-8"),
    ],
    ids=["byte", "cut off", "nul", "utf-16", "surrogate"],
)
def test_what_is_no_text_has_a_place(
    tmp_path: Path, raw: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line and column of the first byte that is wrong, and what to do."""
    monkeypatch.chdir(tmp_path)
    Path("r.md").write_bytes(raw)

    with pytest.raises(PostmortemError) as caught:
        files.read(Path("r.md"))

    assert str(caught.value) == f"{said}\n  Save it as UTF-8 in an editor."


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Nothing there, a folder, a pipe (which is not waited for), too large."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_text("12345")

    with pytest.raises(Missing):
        files.read(tmp_path / "none")
    with pytest.raises(PostmortemError, match="not a file"):
        files.read(tmp_path)
    with pytest.raises(PostmortemError, match="not a file"):
        files.read(tmp_path / "pipe")
    with pytest.raises(PostmortemError, match="larger than the 4 bytes"):
        files.read(tmp_path / "large", limit=4)
    with pytest.raises(PostmortemError, match="cannot be read"):
        files.read(tmp_path / ("x" * 300))
    with pytest.raises(PostmortemError, match="cannot be read: embedded null byte"):
        files.read(tmp_path / "a\0b")
