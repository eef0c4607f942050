"""Peak memory of a whole `new --answers` and `submit`, beside what is promised."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.commit import git, repository
from tests.bench.paired import Pair

PROMISED = 90 * 1024
"""Kilobytes."""
PEAK = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdin=subprocess.DEVNULL,
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def pairs() -> Iterator[Pair]:
    """Print the peak of each command; a ratio over 1 breaks the promise."""
    answers = Path(__file__).parents[2] / "samples" / "a-failover" / "answers.yaml"
    with tempfile.TemporaryDirectory() as folder:
        root = repository(Path(folder), 10)
        git(root, "status", "--short")
        for name, arguments in (
            ("new", ["new", "--answers", str(answers)]),
            ("submit", ["submit", "failover", "--way", "stay"]),
        ):
            peak = kilobytes(root, arguments)
            sys.stdout.write(
                f"{f'postmortem {name}, peak':28} {peak / 1024:9.1f} MB"
                f" {PROMISED / 1024:9.1f} MB  x{peak / PROMISED:.2f}  (at most 1.00)\n"
            )
            if peak > PROMISED:
                raise SystemExit(1)
    yield from ()


def kilobytes(root: Path, arguments: list[str]) -> int:
    """Return the largest resident size that a command of ours comes to, in KiB."""
    command = [sys.executable, "-m", "postmortem", *arguments]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    scale = 1024 if sys.platform == "darwin" else 1
    return int(done.stdout) // scale
