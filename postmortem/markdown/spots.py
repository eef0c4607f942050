"""Where in a composed body each value stands: what the composer notes as it writes."""

from __future__ import annotations

import msgspec

from postmortem.markdown.lines import RawLine


class TextSpot(msgspec.Struct, kw_only=True):
    """The home of a text: lines `start` up to `end`."""

    field: str
    start: int
    end: int
    section: int


class RowSpot(msgspec.Struct, kw_only=True):
    """One row that was written, at its home or elsewhere."""

    field: str
    number: int
    loop: str
    shape: str
    """table, list, or other."""
    section: int
    start: int
    end: int
    raw: list[RawLine]
    cells: list[str] = msgspec.field(default_factory=list)
    """The escaped cells of a table's row."""


class LoopSpot(msgspec.Struct, kw_only=True):
    """A loop over a field's rows; with no row, where its placeholder stands."""

    field: str
    loop: str
    section: int
    line: int
    """The output line before which its first row stands, or would."""
    rows: int = 0
    head: list[str] = msgspec.field(default_factory=list)
    """The column heads of a table, when it is one."""
    placeholder: tuple[int, int] | None = None


class SectionSpot(msgspec.Struct, kw_only=True):
    """A heading of the template, with the lines that are its own."""

    level: int
    heading: str
    raw: RawLine | None
    line: int
    """The heading's output line; -1 before the first heading."""
    own: list[tuple[int, RawLine]] = msgspec.field(default_factory=list)
    """The template's own lines, derived ones too."""


class PanelSpot(msgspec.Struct, kw_only=True):
    """A panel that was written, or the place of one that has nothing to show."""

    key: str
    """Its first comment, "" where nothing was written."""
    start: int
    end: int
    section: int
    raw: RawLine


class Composition(msgspec.Struct, kw_only=True):
    """The lines of a report without its front matter, and what stands where."""

    lines: list[str] = msgspec.field(default_factory=list)
    sections: list[SectionSpot] = msgspec.field(default_factory=list)
    texts: list[TextSpot] = msgspec.field(default_factory=list)
    rows: list[RowSpot] = msgspec.field(default_factory=list)
    loops: list[LoopSpot] = msgspec.field(default_factory=list)
    panels: list[PanelSpot] = msgspec.field(default_factory=list)
