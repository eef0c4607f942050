"""The world is a value: what this process has, or what a test says."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import platformdirs
import pytest

from postmortem.env import WIDTH, Env, is_terminal
from postmortem.errors import PostmortemError

ROOT = Path(__file__).resolve().parent.parent
HERE = Path("/here")


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """Return a stream that is a terminal of 80 columns or more."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stream:
        yield stream
    os.close(master)


def test_a_test_says_what_the_world_is(tmp_path: Path) -> None:
    """A folder is enough; nothing of the machine shows through."""
    when = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)

    env = Env(cwd=tmp_path, home=tmp_path / "home", clock=lambda: when)

    assert (env.now, env.zone, env.width, env.colour) == (when, "UTC", WIDTH, False)
    assert env.editor == ("vi",)
    assert env.interactive is False
    assert env.state_dir == tmp_path / "home" / ".local" / "state" / "postmortem"
    assert env.cache_dir == tmp_path / "home" / ".cache" / "postmortem"
    assert env.config_dir == tmp_path / "home" / ".config" / "postmortem"


def test_the_real_world_is_that_of_the_process(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder, home, variables, streams, clock and zone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANY", "thing")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    env = Env.real()

    assert (env.cwd, env.home) == (tmp_path, home)
    assert (env.stdin, env.stdout) == (sys.stdin, sys.stdout)
    assert env.variables["ANY"] == "thing"
    assert env.now.utcoffset() is not None
    assert abs((env.now - datetime.now(UTC)).total_seconds()) < 5
    assert (
        env.state_dir.name == env.cache_dir.name == env.config_dir.name == "postmortem"
    )
    if sys.platform == "linux":
        assert env.state_dir == tmp_path / "state" / "postmortem"
        assert env.cache_dir.is_relative_to(home)


@pytest.mark.parametrize("kind", ["state", "cache", "config"])
@pytest.mark.parametrize("said", ["", "relative", "/there", None])
@pytest.mark.parametrize("lives", ["/home/her", "/home/her/", "relative", "", None])
def test_its_folders_are_where_every_program_has_them(
    kind: str, said: str | None, lives: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they are worked out here or by the library."""
    for name, value in ((f"XDG_{kind.upper()}_HOME", said), ("HOME", lives)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    theirs = getattr(platformdirs, f"user_{kind}_path")("postmortem", appauthor=False)

    assert getattr(Env.real(), f"{kind}_dir") == theirs


def test_the_zone_is_looked_up_when_it_is_asked_for() -> None:
    """Once, and not to make the value."""
    asked = []

    def _name() -> str | None:
        asked.append("zone")
        return "Asia/Tokyo"

    env = Env(cwd=HERE, zone_name=_name)

    assert asked == []
    assert (env.zone, env.zone) == ("Asia/Tokyo", "Asia/Tokyo")
    assert asked == ["zone"]


@pytest.mark.parametrize(
    "tz, zone",
    [
        ("Europe/Paris", "Europe/Paris"),
        (":America/New_York", "America/New_York"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Nowhere/Land", None),
        (":/nonexistent", None),
        ("<+03>-3", None),
    ],
)
def test_the_zone_of_the_machine_is_one_that_exists(tz: str, zone: str | None) -> None:
    """A machine that is set up badly still writes reports, in some zone."""
    code = "from postmortem.env import Env; print(Env.real().zone)"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": tz},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    found = done.stdout.strip()
    assert done.stderr == ""
    assert found == (zone or ZoneInfo(found).key)


def test_a_closed_stream_is_no_terminal(terminal: TextIO) -> None:
    """Closed before the start (None), closed since, or a file."""
    assert is_terminal(terminal)
    assert not is_terminal(None)
    assert not is_terminal(io.StringIO())

    terminal.close()

    assert not is_terminal(terminal)


def test_questions_need_somebody_to_ask(terminal: TextIO) -> None:
    """Who answers on stdin sees the question on stdout."""
    both = Env(cwd=HERE, stdin=terminal, stdout=terminal)

    assert both.interactive
    assert not Env(cwd=HERE, stdin=terminal).interactive
    assert not Env(cwd=HERE, stdin=None, stdout=terminal).interactive
    assert (both.stdin_is_terminal, both.stdout_is_terminal) == (True, True)
    assert both.stderr_is_terminal is False


@pytest.mark.parametrize(
    "redirect", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "</dev/null"], ids=str
)
def test_closed_streams_are_survived(redirect: str) -> None:
    """A job without any of them is no reason to fail."""
    code = "from postmortem.env import Env; e = Env.real(); e.interactive, e.width"

    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -c '{code}' {redirect}"],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )

    assert done.returncode == 0


@pytest.mark.parametrize(
    "variables, coloured",
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "unknown"}, False),
        ({}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "CLICOLOR": "0"}, False),
        ({"TERM": "xterm", "CLICOLOR": "1"}, True),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ({"CLICOLOR_FORCE": "0"}, False),
    ],
    ids=str,
)
def test_colour_is_wanted_on_a_terminal(
    variables: dict[str, str], *, coloured: bool, terminal: TextIO
) -> None:
    """NO_COLOR has the last word, then whoever forces it, then the terminal."""
    assert Env(cwd=HERE, stdout=terminal, variables=variables).colour is coloured


def test_a_file_is_coloured_only_by_force() -> None:
    """A pipe gets text."""
    assert not Env(cwd=HERE, variables={"TERM": "xterm"}).colour
    assert Env(cwd=HERE, variables={"CLICOLOR_FORCE": "1"}).colour


@pytest.mark.parametrize(
    "columns, width",
    [("120", 120), ("1", 1), ("0", WIDTH), ("wide", WIDTH), ("", WIDTH), ("²", WIDTH)],
)
def test_columns_say_how_wide(columns: str, width: int) -> None:
    """What is no number is not believed."""
    assert Env(cwd=HERE, variables={"COLUMNS": columns}).width == width


def test_a_terminal_says_how_wide_it_is(terminal: TextIO) -> None:
    """Asked each time, since people drag windows."""
    import fcntl
    import struct
    import termios

    env = Env(cwd=HERE, stdout=terminal)
    size = struct.pack("HHHH", 24, 33, 0, 0)
    fcntl.ioctl(terminal.fileno(), termios.TIOCSWINSZ, size)
    assert env.width == 33

    size = struct.pack("HHHH", 24, 0, 0, 0)
    fcntl.ioctl(terminal.fileno(), termios.TIOCSWINSZ, size)
    assert env.width == WIDTH


@pytest.mark.parametrize(
    "variables, words",
    [
        ({"EDITOR": "code --wait"}, ("code", "--wait")),
        ({"EDITOR": "'/opt/my editor/ed' -n"}, ("/opt/my editor/ed", "-n")),
        ({"EDITOR": "nano", "VISUAL": "emacs"}, ("emacs",)),
        ({"VISUAL": "emacs", "GIT_EDITOR": "vim"}, ("vim",)),
        ({"VISUAL": " ", "EDITOR": "nano"}, ("nano",)),
        ({}, ("vi",)),
    ],
    ids=str,
)
def test_the_editor_is_the_persons(
    variables: dict[str, str], words: tuple[str, ...]
) -> None:
    """With its options, and a path with a blank in quotes."""
    assert Env(cwd=HERE, variables=variables).editor == words


def test_an_editor_that_is_no_command_is_named() -> None:
    """The variable is what is to be mended."""
    with pytest.raises(PostmortemError, match="EDITOR is no command: 'vim"):
        _ = Env(cwd=HERE, variables={"EDITOR": "'vim"}).editor


def test_a_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell may stand in a folder that a checkout removed."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    with pytest.raises(PostmortemError, match="the folder you are in is gone"):
        Env.real()
    monkeypatch.chdir(tmp_path)
