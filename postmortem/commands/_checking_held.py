"""What decides about a commit as the index has it: the settings, and the baseline.

A commit has them too; what somebody still tries out in the work tree it has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks import baseline
from postmortem.commands._places import place_of, shown_path
from postmortem.commands._streams import tell
from postmortem.settings import FILE, Settings

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Index

_MODE = 0o644
NONE = ""
"""What is said by a file that the commit takes out."""


class Held:
    """The two files of a place, by the names that git has for them.

    One that neither the index nor HEAD has holds as it lies in the work tree, and so
    does one that is a link.
    """

    def __init__(self, desk: Desk, history: History) -> None:
        root = desk.place.root
        self._desk, self._root = desk, root
        self._names = history.among((root / FILE, root / baseline.FILE))
        self.baseline: str | None = None
        """What the baseline says; None is what its file does."""

    @property
    def names(self) -> tuple[str, ...]:
        """What to ask the index for."""
        return tuple(self._names.values())

    def adopt(self, index: Index) -> None:
        """Go by what the index has of them from now on.

        Raises PostmortemError for settings that cannot be read.
        """
        found = {it.path: it.content for it in index.files if it.content}
        settings = self._said(FILE, found, index)
        place = self._desk.place
        if settings is None:
            self._desk.go_by(place_of(self._desk.env, self._root))
        elif settings == NONE:
            bare = {"settings": Settings(), "file": None, "text": NONE}
            self._desk.go_by(msgspec.structs.replace(place, **bare))
        elif settings != place.text:
            self._desk.go_by(place.saying(settings))
        self.baseline = self._said(baseline.FILE, found, index)
        if self.baseline == NONE:
            self.baseline = baseline.text({})

    def _said(self, name: str, found: Mapping[str, bytes], index: Index) -> str | None:
        """Return what a file says for the commit; None where that is its own matter."""
        from postmortem.files.texts import read_bytes, snapshot

        path = self._root / name
        known = self._names.get(path)
        if known is None or not (known in found or known in index.gone):
            return None
        text = NONE
        if known in found:
            text = snapshot(path, found[known], _MODE).text
        here = read_bytes(path)[0] if path.is_file() else None
        if here is not None and here.replace(b"\r\n", b"\n") != text.encode():
            how = "as it is staged" if text else "no more: the commit takes it out"
            tell(self._desk.env, f"{shown_path(path, self._desk.env)} holds {how}")
        return text
