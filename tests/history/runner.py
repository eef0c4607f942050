"""One commit in a process of its own: `python -m tests.history.runner ROOT WAY …`.

WAY is the name of a way, then the path of the report, and perhaps the branch. It waits
for a file `go` in the folder that GO names. Prints OK and the commit, or the error.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from postmortem.errors import PostmortemError
from postmortem.history import Terms, Way, blob_id, commit, find
from tests.history.repos import change


def main(root: str, way: str, path: str, branch: str | None = None) -> int:
    """Make one commit, and say what came of it."""
    history = find(Path(root))
    made = change(path, f"# {path}\n".encode())
    if branch is not None and Way[way] is Way.NEW_STAY:
        made = replace(made, replaces=blob_id(history, branch, path))
    if "GO" in os.environ:
        Path(os.environ["GO"], f"ready-{os.getpid()}").touch()
        while not Path(os.environ["GO"], "go").exists():
            time.sleep(0.001)
    try:
        terms = Terms(patience=30.0)
        done = commit(history, made, way=Way[way], branch=branch, terms=terms)
    except PostmortemError as error:
        sys.stdout.write(f"NO {error}\n")
        return int(error.exit)
    sys.stdout.write(f"OK {done.sha}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
