"""What decides about a commit as the index has it: the settings, and the baseline.

A commit has them too; what somebody still tries out in the work tree it has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks import baseline
from postmortem.settings import FILE

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Index

_MODE = 0o644


class Held:
    """The files that decide, by the names that git has for them."""

    def __init__(self, desk: Desk, history: History) -> None:
        place = desk.place
        self._desk = desk
        self._settings = place.file or place.root / FILE
        self._baseline = place.root / baseline.FILE
        named = history.among((self._settings, self._baseline))
        self.names: Mapping[str, Path] = {name: path for path, name in named.items()}
        self.baseline: str | None = None
        """The staged baseline; None where none is staged."""

    def taken(self, index: Index) -> Index:
        """Take them out of what the index has, and go by them from now on.

        Raises PostmortemError for settings that cannot be read.
        """
        found = {self.names[it.path]: it for it in index.files if it.path in self.names}
        place = self._desk.place
        if (settings := found.get(self._settings)) is not None:
            text = _text(self._settings, settings.content)
            if text != place.text:
                self._desk.place = place.saying(text)
        if (known := found.get(self._baseline)) is not None:
            self.baseline = _text(self._baseline, known.content)
        rest = tuple(it for it in index.files if it.path not in self.names)
        gone = index.gone - self.names.keys()
        return msgspec.structs.replace(index, files=rest, gone=gone)


def _text(path: Path, content: bytes) -> str:
    from postmortem.files.texts import snapshot

    return snapshot(path, content, _MODE).text
