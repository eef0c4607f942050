"""CR-DISKDRAFT, CR-CORRUPT, SEC-DRAFTMODE, SEC-DRAFTLINK: where drafts are kept."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sessions.interview import BRANCH, FIRST, MENU, begin, choose, say
from tests.sessions.person import Person

ways = pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk without room; skip where none can be mounted."""
    place = tmp_path / "full"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place))
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode != 0:
        pytest.skip("no disk may be mounted")
    try:
        large = os.open(place / "large", os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):
            while True:
                os.write(large, bytes(4096))
        os.close(large)
        yield place
    finally:
        subprocess.run(("umount", "-l", str(place)), check=True)


def _is_file(person: Person) -> Path:
    place = person.home / "state"
    place.write_text("mine\n")
    return place


def _is_nowhere(_: Person) -> Path:
    return Path("/proc/nowhere")


def _is_link(person: Person) -> Path:
    """Return a folder in which somebody has planted a link; SEC-DRAFTLINK."""
    victim = person.home / "victim"
    victim.mkdir()
    place = person.home / "state"
    (place / "postmortem").mkdir(parents=True, mode=0o700)
    (place / "postmortem/drafts").symlink_to(victim)
    return place


PLACES = {"a file": _is_file, "nowhere": _is_nowhere, "a link": _is_link}


@ways
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_place_for_drafts(
    person: Person, words: tuple[str, ...], place: Callable[[Person], Path]
) -> None:
    """CR-DISKDRAFT: it is said where the trouble is, and all goes on to the commit."""
    state = place(person)
    there = person.with_variables(XDG_STATE_HOME=str(state))
    terminal = there.sit("new", *words)
    begin(terminal)
    assert str(state) in "".join(terminal.shown.split())
    choose(terminal, "submit")
    terminal.say_yes()

    assert terminal.end() == 0
    assert BRANCH in person.repo.git("branch", "--list")
    victim = person.home / "victim"
    assert not victim.exists() or [*victim.iterdir()] == []


def test_a_full_disk(person: Person, full: Path) -> None:
    """CR-DISKDRAFT: the report is a file on another one; who leaves is told so."""
    there = person.with_variables(XDG_STATE_HOME=str(full))
    terminal = there.sit("new")
    for step in FIRST[:3]:
        say(terminal, step)
    terminal.see(FIRST[3].asked)
    terminal.key("\x03")

    assert terminal.end() == 130
    assert str(full) in "".join(terminal.news.split())
    assert "go on with" not in terminal.news
    again = there.sit("new")
    begin(again)


def test_without_home(person: Person) -> None:
    """CR-DISKDRAFT: HOME is not set, and the folders are elsewhere."""
    folders = {
        f"XDG_{kind}_HOME": str(person.home / kind.lower())
        for kind in ("STATE", "CACHE", "CONFIG")
    }
    there = person.with_variables(HOME="", **folders)
    terminal = there.sit("new")
    begin(terminal)
    choose(terminal, "later")

    assert terminal.end() == 0
    assert any((person.home / "state/postmortem/drafts").iterdir())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "zeros": lambda raw: bytes(len(raw)),
    "no JSON": lambda _: b"\x80\xff no JSON",
    "a list": lambda _: b"[]",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_draft(person: Person, damage: Callable[[bytes], bytes]) -> None:
    """CR-CORRUPT: the save before is gone on with; with that one too, none is."""
    terminal = person.sit("new")
    for step in FIRST[:3]:
        say(terminal, step)
    terminal.see(FIRST[3].asked)
    terminal.key("\x03")
    assert terminal.end() == 130
    first, second = sorted((person.state / "drafts").glob("*.json"), key=_saved)
    second.write_bytes(damage(second.read_bytes()))

    again = person.sit("resume")
    again.see("/6")
    again.key("\x03")
    assert again.end() == 130
    assert second.name in "".join(again.shown.split())
    assert ".bad" in "".join(again.shown.split())

    for path in (person.state / "drafts").glob("*.json"):
        path.write_bytes(damage(path.read_bytes()))
    done = person.run("resume")
    assert done.returncode == 2
    assert "there is nothing to go on with" in done.stderr
    assert first.name.partition(".")[0] in done.stderr


def _saved(path: Path) -> int:
    return path.stat().st_mtime_ns


@pytest.mark.parametrize("mask", ["000", "022"])
def test_only_its_owner_reads_it(person: Person, mask: str, tmp_path: Path) -> None:
    """SEC-DRAFTMODE: drafts, copies for the editor, and what is kept for the start."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho more >>"$1"; exit 1\n')
    editor.chmod(0o755)
    there = person.with_variables(EDITOR=str(editor))
    terminal = there.shell(f'umask {mask}; "$@"', "new")
    begin(terminal)
    choose(terminal, "editor")
    terminal.see("kept in", MENU)
    terminal.key("\x03")
    assert terminal.end() == 130

    for top in (person.state, person.cache):
        found = [top, *top.rglob("*")]
        assert {path.suffix for path in found if path.is_file()} >= {".json"}
        wrong = [path for path in found if _mode(path) & 0o077]
        assert wrong == []


def _mode(path: Path) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)
