"""The gate: `python -m tests` runs every check and says at the end how each went.

Further arguments go to pytest: `python -m tests -k timeline`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("format", ("ruff", "format", "--check")),
    ("lint", ("ruff", "check", "--quiet")),
    ("types", ("mypy",)),
    ("tests", ("pytest", "-n", "2", "--quiet")),
)


def main(arguments: list[str]) -> int:
    """Run all of them, whatever fails; 0 when every one passed."""
    rows = [_row(name, command, arguments) for name, command in CHECKS]
    print()
    for name, passed, seconds in rows:
        print(f"{'ok' if passed else 'FAILED':6}  {name:8} {seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in rows) else 1


def _row(
    name: str, command: tuple[str, ...], arguments: list[str]
) -> tuple[str, bool, float]:
    print(f"== {name}: {' '.join(command)}", flush=True)
    more = arguments if name == "tests" else []
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *command, *more],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return name, done.returncode == 0, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
