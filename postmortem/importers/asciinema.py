"""asciinema: that a terminal was recorded, from its header; the rest are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.importers.candidates import Found, Note, Setting, Verdict
from postmortem.importers.telling import Piece
from postmortem.importers.trees import Tree, has, within, word

if TYPE_CHECKING:
    from postmortem.importers.evidence import Evidence

_VERSIONS = ("1", "2", "3")


class Asciinema:
    """Reads the header of a recording: its only time is when it began."""

    name = "asciinema"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for a version and the size of a terminal."""
        header = _header(evidence)
        if header is None:
            return Verdict(taken=False, why="it has no header of a recording")
        return Verdict(taken=True, why="a terminal's recording")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the beginning of the recording, where its header has it."""
        tree, name = _header(evidence) or {}, evidence.members[0].name
        title = word(tree, "title") or word(tree, "command")
        piece = Piece(tree=tree, where=f"{name}:1", setting=setting)
        yield piece.event(
            tree.get("timestamp"),
            "terminal recorded" + (f": {title}" if title else ""),
            "asciinema",
            weight=1,
        )
        said = "what the recording shows is counted from its beginning and is not read"
        yield Note(where=name, text=said)


def _header(evidence: Evidence) -> Tree | None:
    if evidence.only is None:
        return None
    records = evidence.only.shape.records
    tree: Tree = records[0] if records else {}
    sized = has(tree, "width", "height") or has(within(tree, "term"), "cols")
    return tree if sized and word(tree, "version") in _VERSIONS else None
