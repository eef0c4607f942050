"""A report under another name: the file, the folder of its attachments, links to it.

The new file is there before the old one goes, so that whenever the machine stops
nothing is lost.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from postmortem import files
from postmortem.errors import Refused
from postmortem.files import Snapshot


def move(path: Path, name: str, text: str, *, root: Path, expected: Snapshot) -> Path:
    """Write `text` under another name beside `path`, which goes, and return the path.

    Raises Refused, Taken or NotSaved; then all is as it was.
    """
    new = path.with_name(f"{name}.md")
    if new == path:
        files.write(path, text, root=root, expected=expected)
        return path
    files.place(path, root)
    attached = _attachments(path, new)
    files.write(new, text, root=root, exclusive=True)
    try:
        _check_unchanged(path, expected)
        if attached:
            path.with_suffix("").rename(new.with_suffix(""))
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    path.unlink()
    return new


def relinked(text: str, old: str, new: str) -> str:
    """Return the text with the links into its own attachments pointing to their place.

    >>> relinked("![](old/a.png), [b](<old/b c.txt>), old/", "old", "new")
    '![](new/a.png), [b](<new/b c.txt>), old/'
    """
    link = re.compile(
        rf"(?P<before>\]\(\s*<?(?:\./)?|^ {{0,3}}\[[^\]\n]+\]:\s*<?(?:\./)?)"
        rf"{re.escape(old)}/",
        re.MULTILINE,
    )
    return link.sub(lambda found: f"{found['before']}{new}/", text)


def _check_unchanged(path: Path, expected: Snapshot) -> None:
    if files.read(path).digest != expected.digest:
        raise Refused(
            "somebody changed this since it was read, so it is not renamed",
            path=str(path),
            hint="Do it again; what was there is unchanged.",
        )


def _attachments(path: Path, new: Path) -> bool:
    """Tell whether there is a folder to move; raise Refused where it cannot be."""
    try:
        mode = os.lstat(path.with_suffix("")).st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(mode):
        message = "this is in the place of the folder of attachments, and is none"
        raise Refused(message, path=str(path.with_suffix("")), hint="Move it away.")
    if os.path.lexists(new.with_suffix("")):
        message = "this is there already, and the attachments would go there"
        raise Refused(message, path=str(new.with_suffix("")), hint="Move it away.")
    return True
