"""A text cut at its headings, and each cut matched to the section of an outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from postmortem.markdown.blocks import HEADING, PARAGRAPH, Block
from postmortem.markdown.inline import BREAK
from postmortem.markdown.outline import Outline, Section
from postmortem.markdown.panels import PanelSpan, parted
from postmortem.markdown.scanning import blocks
from postmortem.markdown.synonyms import heading_field, plain_heading

_BOLD = re.compile(r"(?:\*\*|__)(?P<name>[^*_]+)(?:\*\*|__):?")
_DEEPEST = 6


class Cut(msgspec.Struct, kw_only=True):
    """A heading and what stands below it, up to the next heading of any level."""

    level: int
    """0 before the first heading."""
    heading: str
    line: int
    """The heading's line in the body; -1 before the first heading."""
    start: int
    """The first line below the heading."""
    end: int
    own: Block | None = None
    """The heading itself."""
    blocks: list[Block] = msgspec.field(default_factory=list)
    panels: list[PanelSpan] = msgspec.field(default_factory=list)
    """What is derived as a whole; it is not among the blocks."""
    section: int | None = None
    """The outline's section that it is."""


def cuts(lines: Sequence[str], env: dict[str, Any], *, bold: bool = False) -> list[Cut]:
    """Cut a body at the headings of its top level.

    With `bold`, a bold line of its own that is a name of a field is a heading too.
    """
    found = [Cut(level=0, heading="", line=-1, start=0, end=len(lines))]
    for block in blocks(lines, env):
        if bold and block.kind == PARAGRAPH:
            _promote(block)
        if block.kind == HEADING:
            found[-1].end = block.start
            found.append(
                Cut(
                    level=block.level,
                    heading=block.content.replace("\n", " "),
                    line=block.start,
                    start=block.end,
                    end=len(lines),
                    own=block,
                )
            )
        else:
            found[-1].blocks.append(block)
    for each in found:
        each.blocks, each.panels = parted(each.blocks)
    return found


def _promote(block: Block) -> None:
    said = _BOLD.fullmatch(block.content)
    if said and heading_field(said["name"]):
        block.kind, block.content, block.level = HEADING, said["name"], _DEEPEST


def match(found: Sequence[Cut], outline: Outline) -> None:
    """Give each cut the section that it is, where it is one."""
    places = _places(outline.sections)
    taken: set[int] = set()
    open_: dict[int, int | None] = {}
    if found[0].level == 0 and 0 in places.by_level:
        found[0].section = places.by_level[0]
        taken.add(places.by_level[0])
    prose_level = 7
    said = [(cut.level, plain_heading(cut.heading)) for cut in found[1:]]
    left = Counter(said)
    for cut, key in zip(found[1:], said, strict=True):
        left[key] -= 1
        for level in [each for each in open_ if each >= cut.level]:
            del open_[level]
        section = places.find(cut, taken, open_, again=left[key] > 0)
        if section is not None:
            cut.section = section
            taken.add(section)
            prose_level = outline.sections[section].prose_level
        elif cut.level < prose_level:
            prose_level = 7
        open_[cut.level] = cut.section
    _match_renamed(found, outline, taken)


@lru_cache(maxsize=16)
def _places(sections: tuple[Section, ...]) -> _Places:
    return _Places(sections)


class _Places:
    """An outline's sections, ready to be looked up by heading."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.by_level: dict[int, int] = {}
        self.by_heading: dict[tuple[int, str], list[int]] = {}
        self.by_regex: list[tuple[int, int, re.Pattern[str]]] = []
        self.parents: dict[int, int | None] = {}
        for at, section in enumerate(sections):
            self.parents[at] = section.parent
            if section.level == 0:
                self.by_level[0] = at
            elif section.regex is not None:
                compiled = re.compile(section.regex)
                self.by_regex.append((section.level, at, compiled))
            else:
                key = (section.level, plain_heading(section.heading))
                self.by_heading.setdefault(key, []).append(at)

    def find(
        self,
        cut: Cut,
        taken: set[int],
        open_: Mapping[int, int | None],
        *,
        again: bool,
    ) -> int | None:
        """Return the section that a heading is; `again` if the same one comes later."""
        if cut.heading.startswith(BREAK):
            return None
        candidates = [
            at
            for at in self.by_heading.get((cut.level, plain_heading(cut.heading)), ())
            if at not in taken
        ]
        if again or not candidates:
            shaped = [
                at
                for level, at, regex in self.by_regex
                if level == cut.level
                and at not in taken
                and regex.fullmatch(cut.heading)
            ]
            # A title may say what a heading below it says.
            if not candidates or (shaped and shaped[0] < candidates[0]):
                candidates = shaped
        above = [open_[level] for level in sorted(open_) if level < cut.level]
        parent = above[-1] if above else None
        for at in candidates:
            if self.parents[at] == parent or not above:
                return at
        return None


def _match_renamed(found: Sequence[Cut], outline: Outline, taken: set[int]) -> None:
    """Find sections whose heading was reworded or moved to another level by hand."""
    missing = {
        at: section
        for at, section in enumerate(outline.sections)
        if at not in taken and section.level > 0 and section.regex is None
    }
    if not missing:
        return
    fields_of = _fields_of(outline)
    certain = {
        plain_heading(each.heading) for each in missing.values() if not each.optional
    }
    prose_level = 7
    for cut in found[1:]:
        if cut.section is not None:
            prose_level = outline.sections[cut.section].prose_level
            continue
        if cut.heading.startswith(BREAK):
            continue
        plain = plain_heading(cut.heading)
        if cut.level >= prose_level and plain not in certain:
            continue
        named = heading_field(cut.heading)
        for at, section in missing.items():
            same = plain_heading(section.heading) == plain
            if same or (named is not None and named in fields_of.get(at, ())):
                cut.section = at
                prose_level = section.prose_level
                del missing[at]
                break


def _fields_of(outline: Outline) -> Mapping[int, tuple[str, ...]]:
    homes: dict[int, tuple[str, ...]] = {}
    for at, section in enumerate(outline.sections):
        if section.text:
            homes[at] = (section.text,)
    for rows in outline.rows:
        homes[rows.section] = (*homes.get(rows.section, ()), rows.field)
    return homes
