"""Reports that no template of ours wrote: an outline from what their headings say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from postmortem import yamls
from postmortem.markdown import cut, fields
from postmortem.markdown.blocks import LISTS, PARAGRAPH, TABLE, Block
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.outline import Outline, Rows, Section
from postmortem.markdown.patterns import PART, Piece
from postmortem.markdown.synonyms import heading_field

NAME = "unknown"
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<label>[^*_]{3,60}?):?(?:\*\*|__)\s*:?\s*(?P<rest>.*)", re.DOTALL
)


def outline(text: str) -> Outline:
    """Return an outline for a text without a known template, by what it is called.

    The first heading that is a name of a field is that field's home; the first heading
    of level 1 that is no such name is the title.
    """
    body = text.replace("\r\n", "\n")
    lines = body[yamls.split(body).body_start :].split("\n")
    sections: list[Section] = [Section(heading="", level=0)]
    homes: list[Rows] = []
    open_: dict[int, int] = {}
    taken: set[str] = set()
    title = False
    found = cut.cuts(lines, {}, bold=True)[1:]
    prose = set(_prose_alone(found))
    for at, each in enumerate(found):
        for level in [level for level in open_ if level >= each.level]:
            del open_[level]
        name = heading_field(each.heading)
        is_title = each.level == 1 and not title and name is None
        if not is_title and (name is None or name in taken or at in prose):
            continue
        parent = open_[max(open_)] if open_ else None
        open_[each.level] = len(sections)
        rows = name is not None and STANDARD[name].kind in fields.ROW_KINDS
        if rows and name is not None:
            homes.append(Rows(field=name, loop=f"{name}#0", section=len(sections)))
        sections.append(
            Section(
                heading=each.heading,
                level=each.level,
                parent=parent,
                regex=".*" if is_title else None,
                prose_level=each.level + 1,
                text=None if is_title or rows else name,
            )
        )
        title |= is_title
        taken |= {name} if name else set()
    return Outline(
        name=NAME,
        version="0",
        digest="0" * 12,
        fields=dict(STANDARD),
        sections=tuple(sections),
        rows=tuple(homes),
        title=(Piece(PART, "title"),) if title else (),
    )


def _prose_alone(found: Sequence[Cut]) -> Iterator[int]:
    """Yield the headings of rows with none below them, where a later one has some."""
    rows: dict[str, bool] = {}
    for at in range(len(found) - 1, -1, -1):
        name = heading_field(found[at].heading)
        if name is None or STANDARD[name].kind not in fields.ROW_KINDS:
            continue
        here = any(block.kind in (TABLE, *LISTS) for block in _below(found, at))
        if rows.get(name) and not here:
            yield at
        rows[name] = here or rows.get(name, False)


def _below(found: Sequence[Cut], at: int) -> Iterator[Block]:
    """Yield what stands below a heading, and below those under it."""
    yield from found[at].blocks
    for each in found[at + 1 :]:
        if each.level <= found[at].level:
            return
        yield from each.blocks


def labelled(found: Sequence[Cut]) -> Iterator[tuple[str, str]]:
    """Yield fields that a report gives in lines such as `**Impact**: a few users`."""
    for each in found:
        for block in each.blocks:
            said = [block.content] if block.kind == PARAGRAPH else []
            said += ["\n".join(item[0]) for item in block.items]
            for text in said:
                match = _LABEL.fullmatch(text)
                name = heading_field(match["label"]) if match else None
                if match and name and match["rest"].strip():
                    yield name, match["rest"].strip()


def facts(front: Any) -> Iterator[tuple[str, Any]]:
    """Yield the facts that other people's front matter calls by other names."""
    others = {
        "max_severity": "severity",
        "start_time": "onset",
        "end_time": "resolved",
        "resolved_on": "resolved",
        "author": "owner",
        "affected": "services",
        "keywords": "tags",
    }
    for name, node in front.items():
        known = others.get(name.strip().casefold().replace("-", "_"))
        if known:
            yield known, node
