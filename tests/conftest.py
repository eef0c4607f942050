"""What every test gets: a home of its own, no network, one language and one zone.

Nothing of the person who runs the tests is read, and nothing of theirs is written.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

GIT_CONFIG = """\
[user]
\tname = The on-call engineer
\temail = oncall@example.com
[init]
\tdefaultBranch = main
[commit]
\tgpgsign = false
"""
_KEPT = ("GIT_EXEC_PATH", "POSTMORTEM_PRETTIER")
_DROPPED = ("GIT_", "POSTMORTEM_", "_POSTMORTEM_", "SSH_", "XDG_", "LC_", "LANG")
_DROPPED_NAMES = (
    *("CLICOLOR", "COLUMNS", "EDITOR", "FORCE_COLOR", "LINES", "NO_COLOR", "PAGER"),
    *("PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8", "VISUAL", "EMAIL"),
)
_NOWHERE = "http://127.0.0.1:9"

settings.register_profile(
    "quick", max_examples=50, deadline=None, print_blob=True, derandomize=True
)
settings.register_profile(
    "full",
    max_examples=10_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever changed what is made on purpose put it in place of what was."""
    told = "write expected files anew instead of comparing them"
    parser.addoption("--update", action="store_true", help=told)


@pytest.fixture(scope="session")
def homes() -> Iterator[Path]:
    """Return a folder for the homes of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="postmortem-homes-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a home folder, and an environment that knows nothing else."""
    folder = Path(tempfile.mkdtemp(dir=homes))
    config = folder / ".gitconfig"
    config.write_text(GIT_CONFIG, encoding="utf-8")
    for name in list(os.environ):
        dropped = name.startswith(_DROPPED) or name in _DROPPED_NAMES
        if dropped and name not in _KEPT:
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "TZ": "UTC",
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "ALL_PROXY": _NOWHERE,
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "all_proxy": _NOWHERE,
        "no_proxy": "127.0.0.1,localhost",
    }.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    yield folder
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every question about a name beyond the machine."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def _connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _assert_local(address[0])
        connect(self, address)

    def _resolve(host: Any, *rest: Any, **more: Any) -> Any:
        _assert_local(host)
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", _connect)
    monkeypatch.setattr(socket, "getaddrinfo", _resolve)


@pytest.fixture(scope="session")
def prettier() -> str:
    """Return the prettier that POSTMORTEM_PRETTIER names; skip where there is none."""
    found = shutil.which(os.environ.get("POSTMORTEM_PRETTIER", ""))
    if not found:
        pytest.skip("POSTMORTEM_PRETTIER names no prettier")
    return found


def _assert_local(host: Any) -> None:
    local = host in (None, "", "::1", "localhost") or str(host).startswith("127.")
    assert local, f"a test may not reach the network: {host}"
