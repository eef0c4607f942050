"""Rows of a section read into the record: their times, their troubles, their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from postmortem.markdown import (
    clocks,
    convert,
    fields,
    loose_events,
    rejoining,
    rows,
    values,
)
from postmortem.markdown.blocks import COMMENT, PARAGRAPH
from postmortem.markdown.convert import Clock
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Rows
from postmortem.markdown.reading import Span
from postmortem.markdown.rows import Container, Found

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read(
    into: Gathering,
    homes: Sequence[Rows],
    here: Cut,
    form: Mapping[str, Field] | None = None,
) -> None:
    """Read the rows of a section, for which it is the home."""
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
    if left:
        _no_rows(into, left, here, clock)


def collect(into: Gathering) -> None:
    """Put what all sections gave of each field together, in the record's order."""
    for name, found in into.rows.items():
        known = into.forms[name]
        pairs = rejoining.merged(known, found)
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
    clock.zone = zone
    clock.previous = None
    for head, parts in zip(each.heads, each.columns, strict=False):
        if "at" in parts:
            clock.zone = clocks.zone_in(into, head, each.start) or zone
    if clock.zone is None and each.home is not None:
        clock.zone = clocks.filter_zone(each.home)
    clock.zone = clock.zone or into.zone


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
    for name in names:
        if into.forms[name].kind == fields.EVENTS and name not in into.empty:
            _loose_events(into, name, here, clock)


def _placeholders(into: Gathering, here: Cut) -> Iterator[tuple[bool, Span]]:
    """Yield the paragraphs that stand for rows, and whether they say that none are."""
    for number, block in enumerate(here.blocks):
        if block.kind != PARAGRAPH:
            continue
        end = block.end
        for below in here.blocks[number + 1 : number + 2]:
            if below.kind == COMMENT and below.start == end:
                end = below.end
        said = _COMMENT.sub("", block.content).strip()
        none = into.says_none(said)
        if none or into.says_unknown(said) or values.unset(block.content):
            yield none, into.span(block.start, end)


def _loose_events(into: Gathering, name: str, here: Cut, clock: Clock) -> None:
    """Read events from what is neither a table nor a list."""
    at = into.found.index(here)
    run = into.found[at : into.run(into.found, at, here.level + 1)]
    container = Container(
        field=name, home=None, shape="loose", start=here.start, end=run[-1].end
    )
    clock.zone = clock.zone or into.zone
    known = into.forms[name]
    for parts, start, end in loose_events.events(run, into.body_lines, clock.is_time):
        each = Found(parts=parts, container=container, start=start, end=end)
        _row(into, each, clock, known)
