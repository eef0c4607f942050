"""A JSON text that is read as it is wanted, piece by piece, and forgotten behind."""

from __future__ import annotations

import codecs
from typing import Any, BinaryIO

from postmortem.importers.jsons import Damage, Value, between, blank, value_at
from postmortem.importers.texts import encoding

LARGEST = 16 * 1024 * 1024
"""Characters of one record."""
_PIECE = 512 * 1024


class Feed:
    """A text that is read as it is wanted."""

    def __init__(self, stream: BinaryIO | None, text: str = "") -> None:
        self.text = text.removeprefix("\ufeff")
        self.at = 0
        self.gone = 0
        """Characters before `text`, which are read and forgotten."""
        self.breaks = 0
        """Line breaks before `counted`, of the whole text."""
        self.counted = 0
        """The place in `text` up to which line breaks are counted."""
        self.stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None

    @property
    def line(self) -> int:
        """The line of the place, from 1."""
        if self.at >= self.counted:
            self.breaks += self.text.count("\n", self.counted, self.at)
        else:  # somebody went back
            self.breaks -= self.text.count("\n", self.at, self.counted)
        self.counted = self.at
        return self.breaks + 1

    def more(self) -> bool:
        """Read another piece, as long again as what is held; tell if there was one."""
        if self.stream is None or len(self.text) - self.at > LARGEST:
            return False
        piece = self.stream.read(max(_PIECE, len(self.text) - self.at))
        if self._decoder is None:
            name = encoding(piece[:4096])
            self._decoder = codecs.getincrementaldecoder(name)("replace")
        text = self._decoder.decode(piece, final=not piece)
        if not piece:
            self.stream = None
            self.text += text
            return bool(text)
        self.breaks = self.line - 1
        self.gone += self.at
        self.text = self.text[self.at :] + text
        self.at = self.counted = 0
        return True

    def peek(self, skip: bool = True) -> str:  # noqa: FBT001, FBT002 - inner
        """Return the next character that is no blank; empty at the end."""
        while True:
            self.at = (between if skip else blank)(self.text, self.at)
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """Read a value; raises Damage, at the place in the whole text."""
        while True:
            try:
                found = value_at(self.text, self.at)
            except Damage as error:
                if not self.more():
                    raise Damage(
                        self.gone + error.at, error.why, cut=error.cut
                    ) from error
                continue
            if not (self._open(found) and self.more()):
                self.at = found.end
                return found.value

    def _open(self, found: Value) -> bool:
        """Tell whether a value near the very end may go on: 12 of 12.5e+3."""
        near = found.end + len("e+") >= len(self.text)
        return near and not isinstance(found.value, dict | list | str)
