"""A day with every command, without a network and by every way to run Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DAY = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from postmortem.cli import main
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = int(main(words))
    print(json.dumps([words, code, out.getvalue(), err.getvalue()]))
"""
ID = "2025-05-24-x-down"
BRING = ("timeline", ID, "import")
COMMANDS: Sequence[tuple[Sequence[str], int]] = (
    (("init",), 0),
    (("log", "power", "is", "lost"), 0),
    (
        (
            *("new", "X down", "--set", "onset=2025-05-24T13:05Z", "--set"),
            *("resolved=2025-05-24T15:00Z", "--set", "summary=See https://x.example"),
        ),
        0,
    ),
    (("set", ID, "severity=SEV-1", "zone=UTC"), 0),
    (("set", ID, "actions+=Try it", "lucky=A quiet day."), 0),
    ((*BRING, "day.json", "--all"), 0),
    (("timeline", ID, "--format", "csv"), 0),
    (("list",), 0),
    (("show", ID), 0),
    (("show", ID, "--format", "json"), 0),
    (("show", ID, "--format", "html"), 0),
    (("check", ID), 0),
    (("refresh", ID), 0),
    (("rename", ID, "X is down"), 0),
    (("convert", ID, "--template", "sre", "--yes"), 0),
    (("template", "list"), 0),
    (("template", "check", "default", "--records", "1"), 0),
    (("template", "check", "own", "--records", "1"), 0),
    (("schema",), 0),
    (("doctor",), 0),
    (("completion", "bash"), 0),
    (("resume",), 2),
    (("submit", ID, "--way", "stay"), 0),
    (("list", "--format", "ids"), 0),
    (("set", "--help"), 0),
    (("set", "nothing", "severity=SEV-1"), 2),
)
_FAMILIES = re.compile(r"socket\(AF_(?:INET6?|NETLINK)|sin6?_port")


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """Return a repository with an export and a template of its own."""
    root = tmp_path / "work"
    own = root / "postmortems/.templates/own.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# {{ title }}\n\n## Summary\n\n{{ summary }}\n")
    rows = [{"type": "message", "ts": "1748092000.0", "user": "U1", "text": "down"}]
    (root / "day.json").write_text(json.dumps(rows))
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Begin")):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


def _day(folder: Path, *python: str, **variables: str) -> dict[str, str]:
    """Run every command in one process; return what each said, by its words."""
    words = json.dumps([list(words) for words, _ in COMMANDS])
    done = subprocess.run(
        [*python, "-c", DAY, words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for (words_, code), (_, ended, _, err) in zip(COMMANDS, told, strict=True):
        assert ended == code, (words_, err)
        assert "Warning" not in err
    return {" ".join(said): out for said, _, out, _ in told}


def _alone() -> Sequence[str]:
    """Return what runs a program without any network; skip where nothing can."""
    for words in (("unshare", "-n"), ("unshare", "-rn")):
        if shutil.which(words[0]):
            tried = subprocess.run([*words, "true"], check=False, capture_output=True)
            if tried.returncode == 0:
                return words
    pytest.skip("a program cannot be kept from the network here")


def test_no_command_needs_a_network(folder: Path, tmp_path: Path) -> None:
    """SEC-NONET: all of them work without one, and none asks for a name or a host."""
    log = tmp_path / "log"
    trace: Sequence[str] = ("strace", "-f", "-qq", "-o", str(log), "-e")
    trace = (*trace, "trace=socket,connect,sendto,sendmsg,sendmmsg")
    if (
        not shutil.which("strace")
        or subprocess.run(
            ["strace", "true"], check=False, capture_output=True
        ).returncode
    ):
        trace = ()

    _day(folder, *_alone(), *trace, sys.executable, "-P")

    assert not trace or not _FAMILIES.findall(log.read_text())


@pytest.mark.parametrize("flags", [("-W", "error", "-bb"), ("-OO",)], ids=" ".join)
def test_every_way_to_run_python_will_do(folder: Path, flags: Sequence[str]) -> None:
    """COMPAT-PY: with warnings as errors, without docstrings, and isolated."""
    isolated = ["-I"] if _installed() else ["-P"]

    told = _day(folder, sys.executable, *isolated, *flags)

    assert "hange values of a report" in told["set --help"]
    assert told["list --format ids"] == f"{ID}\n"


def _installed() -> bool:
    words = [sys.executable, "-I", "-c", "import postmortem"]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0
