"""The first question of a new report, beside a script that asks one questionary text.

Both run at a terminal of their own, up to the moment when the question is there.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.at_terminal import shown
from tests.bench.paired import Pair, Step

ASKED = b"What broke, in one line?"
BARE = f"import questionary; questionary.text({ASKED.decode()!r}).unsafe_ask()"
_ANSWERS = ("Something", *[""] * 5, "later")
_DEADLINE = 30


def pairs() -> Iterator[Pair]:
    """Compare the second start in a repository: the first one fills the cache."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "work")
        root.mkdir()
        subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
        world = _world(Path(folder))
        program = Path(sys.executable).parent / "postmortem"
        shown(f"cd {root} && {program} new", list(_ANSWERS), world)
        yield Pair(
            name="the first question",
            ours=_asked([str(program), "new"], root, world),
            theirs=_asked([sys.executable, "-c", BARE], root, world),
            at_most=1.3,
            rounds=31,
        )


def _world(home: Path) -> Mapping[str, str]:
    """Return variables: bytecode is kept, as it is for whoever installs a program."""
    kept = {**os.environ, "HOME": str(home), "TERM": "xterm-256color"}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        kept.pop(name, None)
    return kept


def _asked(command: list[str], root: Path, world: Mapping[str, str]) -> Step:
    def _ask() -> None:
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(root)
            os.execvpe(command[0], command, world)  # noqa: S606 - no shell is meant
        try:
            _wait(terminal)
        finally:
            os.kill(child, signal.SIGKILL)
            os.close(terminal)
            os.waitpid(child, 0)

    return _ask


def _wait(terminal: int) -> None:
    seen = b""
    while ASKED not in seen:
        if not select.select([terminal], [], [], _DEADLINE)[0]:
            raise TimeoutError(seen.decode(errors="replace"))
        seen += os.read(terminal, 4096)
