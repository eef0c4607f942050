"""Lines that were changed on two sides: git's own merge of files, in no repository."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from postmortem.errors import PostmortemError
from postmortem.history.running import look
from postmortem.history.words import NoGit, failed

_MOST_CONFLICTS = 127
"""Above it, the exit code of `git merge-file` is an error's."""


def merged(
    ours: Sequence[str],
    base: Sequence[str],
    theirs: Sequence[str],
    labels: tuple[str, str, str],
) -> list[str]:
    """Return the lines with the changes of both sides; marks where they disagree.

    `labels` say in the marks whose lines ours, base and theirs are. Raises
    PostmortemError where there is no git.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, lines in (("ours", ours), ("base", base), ("theirs", theirs)):
            text = "".join(f"{line}\n" for line in lines)
            (folder / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        told = [word for label in labels for word in ("-L", label)]
        words = ("merge-file", "-p", "--diff3", *told, "ours", "base", "theirs")
        try:
            ran = look(folder, *words, check=False)
        except NoGit as error:
            message = "two changes of one place are merged by git, and it is not found"
            raise PostmortemError(message, hint="install git") from error
    if not 0 <= ran.code <= _MOST_CONFLICTS:
        raise failed(ran)
    return ran.out.decode("utf-8", "surrogatepass").split("\n")[:-1]
