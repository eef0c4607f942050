"""The world as a value: clock, zone, folders, variables, streams and terminal.

A command gets it as an argument, so that a test can give it another one; nothing else
asks the operating system for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Self, TextIO

from postmortem.errors import PostmortemError

WIDTH = 80
"""Columns, where no terminal says otherwise."""

_EDITORS = ("GIT_EDITOR", "VISUAL", "EDITOR")
_HOMES = {"state": ".local/state", "cache": ".cache", "config": ".config"}


@dataclass(frozen=True, kw_only=True)
class Env:
    """Everything that a command may know of the world; `Env(cwd=folder)` for a test."""

    cwd: Path
    home: Path = Path("/nonexistent")
    variables: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Returns aware datetimes."""
    zone_name: Callable[[], str | None] = lambda: None
    """Returns the IANA name of the machine's zone."""
    folder: Callable[[str], Path] | None = None
    """Returns the program's folder for "state", "cache" or "config"."""
    stdin: TextIO | None = None
    """None when it is closed, as the others."""
    stdout: TextIO | None = field(default_factory=StringIO)
    stderr: TextIO | None = field(default_factory=StringIO)

    @classmethod
    def real(cls) -> Self:
        """Return the world of this process."""
        return cls(
            cwd=_cwd(),
            home=_home(),
            variables=os.environ,
            zone_name=_zone_name,
            folder=_folder,
            stdin=sys.stdin,
            stdout=sys.stdout,
            stderr=sys.stderr,
        )

    @property
    def now(self) -> datetime:
        """This moment, aware."""
        return self.clock()

    @cached_property
    def zone(self) -> str:
        """The IANA name of the zone in which times are read and shown; else UTC."""
        return self.zone_name() or "UTC"

    @property
    def state_dir(self) -> Path:
        """Where drafts and logs are kept; not made yet."""
        return self._folder("state")

    @property
    def cache_dir(self) -> Path:
        """Where what can be made again is kept; not made yet."""
        return self._folder("cache")

    @property
    def config_dir(self) -> Path:
        """Where a person's own settings are; it need not exist."""
        return self._folder("config")

    @property
    def stdin_is_terminal(self) -> bool:
        """Whether somebody could answer."""
        return is_terminal(self.stdin)

    @property
    def stdout_is_terminal(self) -> bool:
        """Whether somebody reads the answer as it comes."""
        return is_terminal(self.stdout)

    @property
    def stderr_is_terminal(self) -> bool:
        """Whether somebody reads the conversation."""
        return is_terminal(self.stderr)

    @property
    def interactive(self) -> bool:
        """Whether questions can be asked: somebody sees them and can answer."""
        return self.stdin_is_terminal and self.stdout_is_terminal

    @property
    def dumb(self) -> bool:
        """Whether the terminal knows no control sequences, or does not say which."""
        return self.variables.get("TERM", "") in ("", "dumb", "unknown")

    @property
    def width(self) -> int:
        """The columns of the terminal now; COLUMNS decides where it is set."""
        columns = self.variables.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return int(columns)
        if self.stdout is not None and self.stdout_is_terminal:
            try:
                return os.get_terminal_size(self.stdout.fileno()).columns or WIDTH
            except (OSError, ValueError):
                return WIDTH
        return WIDTH

    @property
    def colour(self) -> bool:
        """Whether the answer on stdout is coloured."""
        return self.colour_on(self.stdout)

    def colour_on(self, stream: TextIO | None) -> bool:
        """Tell whether text on a stream is coloured.

        No with NO_COLOR (no-color.org: set and not empty); yes with CLICOLOR_FORCE or
        FORCE_COLOR (not 0); no with CLICOLOR=0; else on a terminal that is not dumb.
        """
        if self.variables.get("NO_COLOR"):
            return False
        for name in ("CLICOLOR_FORCE", "FORCE_COLOR"):
            if self.variables.get(name, "0") not in ("", "0"):
                return True
        if self.variables.get("CLICOLOR") == "0":
            return False
        return is_terminal(stream) and not self.dumb

    @property
    def editor(self) -> tuple[str, ...]:
        """The words that start the person's editor; the file's name goes behind them.

        From GIT_EDITOR, VISUAL or EDITOR, as git does; else vi. Raises PostmortemError
        when the words cannot be told apart.
        """
        import shlex

        for name in _EDITORS:
            if words := self.variables.get(name, "").strip():
                try:
                    return tuple(shlex.split(words, posix=os.name != "nt"))
                except ValueError as error:
                    message = f"{name} is no command: {words}"
                    hint = "A quote in it is not closed."
                    raise PostmortemError(message, hint=hint) from error
        return ("notepad",) if os.name == "nt" else ("vi",)

    def _folder(self, kind: str) -> Path:
        if self.folder is not None:
            return self.folder(kind)
        return self.home / _HOMES[kind] / "postmortem"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; one that is closed is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _cwd() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        message = "the folder you are in is gone"
        raise PostmortemError(message, hint="Change to another one.") from error


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep)


def _zone_name() -> str | None:
    """Return the machine's zone; None where it has no name or cannot be told."""
    from zoneinfo import ZoneInfo

    from tzlocal import get_localzone_name

    try:
        name = ZoneInfo(get_localzone_name()).key
    except (AttributeError, LookupError, OSError, TypeError, ValueError):
        return None
    return "UTC" if name == "Etc/UTC" else name


def _folder(kind: str) -> Path:
    """Return the program's folder, where nothing names another by the XDG's rule.

    platformdirs knows that of every system, and takes 4 ms to say so.
    """
    home = Path(os.environ.get("HOME", ""))
    android = hasattr(sys, "getandroidapilevel") or "ANDROID_ROOT" in os.environ
    named = f"XDG_{kind.upper()}_HOME" in os.environ
    if sys.platform == "linux" and home.is_absolute() and not (android or named):
        return home / _HOMES[kind] / "postmortem"
    import platformdirs

    paths = {
        "state": platformdirs.user_state_path,
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
    }
    return paths[kind]("postmortem", appauthor=False)
