"""Where may be written: below a folder, through no symbolic link, never into `.git`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from postmortem.errors import Refused

_GIT = (".git", "git~1")  # the second is its short name on Windows (CVE-2014-9390)


def place(path: Path, root: Path) -> Path:
    """Return the absolute path of a file to write below `root`, or raise Refused.

    No component below `root` may be `..`, `.git` or a symbolic link, and what stands
    there, if anything, is a regular file. `root` itself may be reached by a link.
    """
    top, parts = _parts(path, root)
    if not parts:
        raise _refused("this is the folder itself, not a file in it", path)
    for part in parts:
        if part.casefold().rstrip(" .") in _GIT:
            raise _refused("this is inside .git, where only git writes", path)
    here = top
    for part in parts:
        here /= part
        _check(here, last=here == top.joinpath(*parts))
    return here


def _parts(path: Path, root: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder to start from and the components below it."""
    if "\0" in str(path) or ".." in path.parts:
        raise _refused("a path with .. or NUL in it is not written to", path)
    # Not resolve(), which would follow the links that are to be refused.
    top, whole = Path(os.path.abspath(root)), Path(os.path.abspath(path))  # noqa: PTH100
    if whole.is_relative_to(top):
        return top, whole.relative_to(top).parts
    # The same folder under another name, as /tmp and /private/tmp are on macOS.
    for folder in reversed(whole.parents):
        if folder.resolve() == top.resolve():
            return folder, whole.relative_to(folder).parts
    raise _refused(f"this is outside {root}", path, "Choose a path in that folder.")


def _check(here: Path, *, last: bool) -> None:
    try:
        mode = os.lstat(here).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(f"this cannot be reached: {error.strerror}", here) from error
    if stat.S_ISLNK(mode):
        message = "this is a symbolic link, and nothing is written through one"
        raise _refused(message, here, "Name the place it points to.")
    if last and not stat.S_ISREG(mode):
        raise _refused("this is there and is not a file", here)
    if not last and not stat.S_ISDIR(mode):
        raise _refused("this is there and is not a folder", here)


def _refused(message: str, path: Path, hint: str | None = None) -> Refused:
    return Refused(message, path=str(path).replace("\0", "\\0"), hint=hint)
