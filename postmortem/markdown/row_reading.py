"""Rows of a section read into the record: their times, their troubles, their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from postmortem.escape import uncommented
from postmortem.markdown import (
    clocks,
    convert,
    fields,
    rejoining,
    rows,
    values,
)
from postmortem.markdown.blocks import COMMENT, LISTS, PARAGRAPH, TABLE, Block
from postmortem.markdown.convert import Clock
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Rows
from postmortem.markdown.reading import Span
from postmortem.markdown.rows import Container, Found

_HTML_TABLE = re.compile(r"^\s*<table\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")


def read_section(into: Gathering, homes: Sequence[Rows], found: Sequence[Cut]) -> int:
    """Read a section and the headings by which people grouped its rows.

    Returns how many of the cuts belong to it: the first one, and those after it that
    hold rows of it under days, times or other headings that the template does not know.
    """
    run = found[: into.run(found, 0, found[0].level + 1)]
    before = {home.field: len(into.rows.get(home.field, ())) for home in homes}
    read(into, homes, found[0])
    taken = 1
    for name in before:
        for _, each in into.rows.get(name, ())[before[name] :]:
            inside = [at for at, cut in enumerate(run) if cut.start <= each.end]
            if each.container.shape == "loose" and inside:
                taken = max(taken, inside[-1] + 1)
    while taken < len(run) and _grouped(run[taken], homes, into):
        read(into, homes, run[taken])
        taken += 1
    return taken


def _grouped(here: Cut, homes: Sequence[Rows], into: Gathering) -> bool:
    """Tell whether a heading that nobody knows holds rows of the section above it."""
    if not any(block.kind == TABLE or block.kind in LISTS for block in here.blocks):
        return False
    kinds = {known.kind for home in homes if (known := into.field(home.field))}
    return fields.ACTIONS in kinds or (
        fields.EVENTS in kinds and clocks.day_of(here.heading) is not None
    )


def read(
    into: Gathering,
    homes: Sequence[Rows],
    here: Cut,
    form: Mapping[str, Field] | None = None,
) -> None:
    """Read the rows of one cut, for which it is the home."""
    names = tuple(dict.fromkeys(home.field for home in homes))
    if form is None:
        form = {name: known for name in names if (known := into.field(name))}
    into.forms |= form
    zone = clocks.heading_zone(into, here)
    clock = Clock(zone=zone, near=clocks.near(into, here))
    held: set[str] = set()
    derived: tuple[str, ...] = ()
    if here.section is not None:
        derived = into.outline.sections[here.section].derived
    for each in rows.read(here.blocks, homes, form, clock.is_time, derived):
        if isinstance(each, Container):
            _container(into, each, clock, zone)
            continue
        held.add(each.container.field)
        _row(into, each, clock, form[each.container.field])
    left = [name for name in names if name not in held]
    if held:
        for _, span in _placeholders(into, here, ours=True):
            for name in held:
                into.spans.placeholders.setdefault(name, []).append(span)
    if left:
        _no_rows(into, left, here, clock)


def collect(into: Gathering) -> None:
    """Put what all sections gave of each field together, in the record's order."""
    for name, found in list(into.rows.items()):
        known = into.forms[name]
        pairs = rejoining.merged(known, found)
        if not pairs:
            del into.rows[name]
            continue
        if into.outline.splits(name):
            pairs = convert.in_key_order(known, pairs)
        into.spans.rows[name] = [each for _, each in pairs]
        into.keep(name, tuple(value for value, _ in pairs))
    for name, said in into.empty.items():
        if name not in into.rows and () in said:
            into.keep(name, ())


def _container(
    into: Gathering, each: Container, clock: Clock, zone: tzinfo | None
) -> None:
    """Note a table or list, and set the clock to the zone of its times."""
    into.spans.containers.append(each)
    if each.heads:
        _check_width(into, each)
    clock.zone = zone
    clock.previous = None
    for head, parts in zip(each.heads, each.columns, strict=False):
        if "at" in parts:
            clock.zone = clocks.zone_in(into, head, each.start) or zone
            if clock.zone is None and clocks.gone(each.home, head):
                return
    if clock.zone is None and each.home is not None:
        clock.zone = clocks.filter_zone(each.home)
    clock.zone = clock.zone or into.zone


def _check_width(into: Gathering, each: Container) -> None:
    """Report the cells of a table that stand under no head: Markdown drops them."""
    for at in range(each.start, each.end):
        line = into.body_lines[at]
        if line.count("|") <= len(each.heads) + 1:
            continue
        edges = [found.start() for found in _PIPE.finditer(line.strip())]
        inner = [edge for edge in edges if 0 < edge < len(line.strip()) - 1]
        if len(inner) >= len(each.heads):
            column = line.index(line.strip()) + inner[len(each.heads) - 1] + 3
            message = "this cell is under no head, and no part of the table"
            hint = "give the column a head, or join the cells"
            into.report("PM103", message, into.body + at + 1, column, hint=hint)


def _row(into: Gathering, each: Found, clock: Clock, known: Field) -> None:
    home = each.container.home
    parts = {**each.parts, **(home.fixed if home else {})}
    value, troubles = convert.row(known, parts, clock)
    line = into.body + each.start + 1
    for trouble in troubles:
        first = trouble.error.problems[0]
        into.report(
            "PM103",
            first.message,
            line,
            _column(into, line, each.parts.get(trouble.part, "")),
            field=known.name,
            hint=first.hint,
        )
    if each.notes and known.kind == fields.EVENTS:
        message = "what stands below this event is no part of the record"
        hint = "give each time a line of its own"
        into.report("PM104", message, line, field=known.name, hint=hint)
    if value is None and known.kind in fields.ROW_TYPES:
        value, each.blank = fields.ROW_TYPES[known.kind](text=""), True
    if value is not None:
        into.rows.setdefault(known.name, []).append((value, each))


def _column(into: Gathering, line: int, said: str) -> int:
    return max(0, into.lines[line - 1].find(said)) + 1 if said else 1


def _no_rows(into: Gathering, names: Iterable[str], here: Cut, clock: Clock) -> None:
    """Read what a section without rows says: unknown, none, or paragraphs."""
    for none, span in _placeholders(into, here):
        for name in names:
            into.empty.setdefault(name, []).append(() if none else None)
            into.spans.placeholders.setdefault(name, []).append(span)
    for block in here.blocks:
        if block.kind == COMMENT and _HTML_TABLE.search(_block_text(into, block)):
            message = "a table in HTML is not read"
            line = into.body + block.start + 1
            into.report("PM103", message, line, hint="write it in Markdown, with pipes")
    for name in names:
        if into.forms[name].kind == fields.EVENTS and name not in into.empty:
            _loose_events(into, name, here, clock)


def _block_text(into: Gathering, block: Block) -> str:
    """Return the lines of a block as they stand."""
    return "\n".join(into.body_lines[block.start : block.end])


def _placeholders(
    into: Gathering, here: Cut, *, ours: bool = False
) -> Iterator[tuple[bool, Span]]:
    """Yield the paragraphs that stand for rows, and whether they say that none are.

    `ours` are those of our own words alone, which stay when somebody adds rows.
    """
    for number, block in enumerate(here.blocks):
        if block.kind != PARAGRAPH:
            continue
        end = block.end
        for below in here.blocks[number + 1 : number + 2]:
            if below.kind == COMMENT and below.start == end:
                end = below.end
        said = uncommented(block.content).strip()
        none = into.says_none(said)
        unset = not ours and values.unset(block.content)
        if none or unset or into.says_unknown(said):
            yield none, into.span(block.start, end)


def _loose_events(into: Gathering, name: str, here: Cut, clock: Clock) -> None:
    """Read events from what is neither a table nor a list."""
    from postmortem.markdown import loose_events

    at = into.found.index(here)
    run = into.found[at : into.run(into.found, at, here.level + 1)]
    container = Container(
        field=name, home=None, shape="loose", start=here.start, end=run[-1].end
    )
    homes = [home for home in into.outline.rows if home.field == name]
    template = clocks.filter_zone(homes[0]) if homes else None
    clock.zone = clock.zone or template or into.zone
    known = into.forms[name]
    for parts, start, end in loose_events.events(run, into.body_lines, clock.is_time):
        each = Found(parts=parts, container=container, start=start, end=end)
        _row(into, each, clock, known)
