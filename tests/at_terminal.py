"""A command at a terminal, with answers typed as it asks for them.

python -m tests.at_terminal COMMAND ANSWER… prints what the terminal shows, which is a
plain one of 80 columns.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping

import pexpect

_DEADLINE = 20


def heard() -> None:
    """Have a program hear of a hang-up, though nohup may have started these tests."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def shown(
    command: str, answers: list[str], variables: Mapping[str, str] = os.environ
) -> str:
    """Run a command of the shell, answer at each prompt, and return what was shown."""
    environment = {**variables, "TERM": "dumb", "COLUMNS": "80"}
    child = pexpect.spawn(
        "bash",
        ["--norc", "-c", command],
        env=environment,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=_DEADLINE,
    )
    seen = ""
    for answer in answers:
        child.expect(r"(?:^|\n)> $")
        seen += child.before + child.after
        child.sendline(answer)
    child.expect(pexpect.EOF)
    seen += child.before
    child.close()
    return str(seen).replace("\r\n", "\n")


if __name__ == "__main__":
    sys.stdout.write(shown(sys.argv[1], sys.argv[2:]))
