"""Rows of a section read into the record: their times, their troubles, their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from postmortem.markdown import (
    clocks,
    convert,
    fields,
    instead,
    rejoining,
    rows,
)
from postmortem.markdown.blocks import LISTS, TABLE
from postmortem.markdown.convert import Clock
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.gathering import Gathering
from postmortem.markdown.outline import Rows
from postmortem.markdown.rows import LOOSE, Container, Found
from postmortem.markdown.synonyms import COLUMNS, plain_heading
from postmortem.markdown.timing import Timing
from postmortem.markdown.when import is_days

_PIPE = re.compile(r"(?<!\\)\|")


def read_section(into: Gathering, homes: Sequence[Rows], found: Sequence[Cut]) -> int:
    """Read a section and the headings by which people grouped its rows.

    Returns how many of the cuts belong to it: the first one, and those after it that
    hold rows of it under days, times or other headings that the template does not know.
    """
    run = found[: into.run(found, 0, found[0].level + 1)]
    before = {home.field: len(into.rows.get(home.field, ())) for home in homes}
    timing = read(into, homes, found[0])
    taken = 1
    for name in before:
        for _, each in into.rows.get(name, ())[before[name] :]:
            inside = [at for at, cut in enumerate(run) if cut.start <= each.end]
            if each.container.shape == LOOSE and inside:
                taken = max(taken, inside[-1] + 1)
    while taken < len(run) and _grouped(run[taken], homes, into):
        read(into, homes, run[taken], outer=timing)
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
    outer: Timing | None = None,
) -> Timing:
    """Read the rows of one cut, for which it is the home; return what times them.

    `outer` is that of the section that it is a part of.
    """
    names = tuple(dict.fromkeys(home.field for home in homes))
    if form is None:
        form = {name: known for name in names if (known := into.field(name))}
    into.forms |= form
    events = any(known.kind == fields.EVENTS for known in form.values())
    timing = Timing(into, here, outer, events=events)
    clock = timing.clock
    held: set[str] = set()
    derived: tuple[str, ...] = ()
    if here.section is not None:
        derived = into.outline.sections[here.section].derived
    found = list(rows.read(timing.blocks(), homes, form, clock.is_time, derived))
    if clock.days:
        _tell_days(found)
    for number, each in enumerate(found):
        if isinstance(each, Container):
            _container(into, each, timing)
            timing.lean(_times(found, number + 1))
            continue
        held.add(each.container.field)
        _row(into, each, clock, form[each.container.field])
    left = [name for name in names if name not in held]
    if held:
        for _, span in instead.placeholders(into, here, ours=True):
            for name in held:
                into.spans.placeholders.setdefault(name, []).append(span)
    if left:
        _no_rows(into, left, here, timing)
    return timing


def _tell_days(found: Iterable[Container | Found]) -> None:
    """Tell the day from the text of each item that begins with no more than a day."""
    from postmortem.markdown import loose

    for each in found:
        if isinstance(each, Container) or each.container.shape != "list":
            continue
        if not each.parts.get("at"):
            each.parts |= loose.day(each.parts.get("text", ""), is_days)


def _times(
    found: Sequence[Container | Found], at: int
) -> Iterator[tuple[str, int, int]]:
    """Yield the times of the rows from a place on, as written, and their lines."""
    for number in range(at, len(found)):
        each = found[number]
        if isinstance(each, Container):
            return
        yield each.parts.get("at", ""), each.start, each.end


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


def _container(into: Gathering, each: Container, timing: Timing) -> None:
    """Note a table or list, and set the clock to the day and zone of its times."""
    into.spans.containers.append(each)
    if each.heads:
        _check_width(into, each)
    clock = timing.clock
    pairs = zip(each.heads, each.columns, strict=False)
    head = next((head for head, parts in pairs if "at" in parts), "")
    timing.begin(each.start, each.end, head)
    clock.days = timing.foreign and sum(map(_is_of_times, each.heads)) <= 1
    if head:
        timing.column(head, each.start)
    if clock.zone is None and (
        clock.unzoned or (head and clocks.gone(each.home, head))
    ):
        return
    clock.zone = clock.zone or timing.above()
    if clock.zone is None and each.home is not None:
        clock.zone = clocks.filter_zone(each.home)
    clock.zone = clock.zone or into.zone


def _is_of_times(head: str) -> bool:
    return plain_heading(head) in COLUMNS["at"]


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
        message, hint = clock.told(trouble.error)
        column = _column(into, line, each.parts.get(trouble.part, ""))
        into.report("PM103", message, line, column, field=known.name, hint=hint)
    if each.notes and known.kind == fields.EVENTS:
        from postmortem.markdown import below

        below.report(into, each)
    if value is None and known.kind in fields.ROW_TYPES:
        value, each.blank = fields.ROW_TYPES[known.kind](text=""), True
    if value is not None:
        into.rows.setdefault(known.name, []).append((value, each))


def _column(into: Gathering, line: int, said: str) -> int:
    return max(0, into.lines[line - 1].find(said)) + 1 if said else 1


def _no_rows(into: Gathering, names: Iterable[str], here: Cut, timing: Timing) -> None:
    """Read what a section without rows says: unknown, none, or paragraphs."""
    for none, span in instead.placeholders(into, here):
        for name in names:
            into.empty.setdefault(name, []).append(() if none else None)
            into.spans.placeholders.setdefault(name, []).append(span)
    instead.report_html(into, here)
    for name in names:
        if into.forms[name].kind == fields.EVENTS and name not in into.empty:
            _loose_events(into, name, here, timing)


def _loose_events(into: Gathering, name: str, here: Cut, timing: Timing) -> None:
    """Read events from what is neither a table nor a list."""
    from postmortem.markdown import loose_events

    at = into.found.index(here)
    run = into.found[at : into.run(into.found, at, here.level + 1)]
    container = Container(
        field=name, home=None, shape=LOOSE, start=here.start, end=run[-1].end
    )
    homes = [home for home in into.outline.rows if home.field == name]
    template = clocks.filter_zone(homes[0]) if homes else None
    clock, known = timing.clock, into.forms[name]
    found = list(
        loose_events.events(run, into.body_lines, clock.is_time, lists=timing.foreign)
    )
    timing.begin_lines(run, [start for _, start, _ in found])
    if not clock.unzoned:
        clock.zone = clock.zone or timing.above()
    timing.lean((parts["at"], start, end) for parts, start, end in found)
    for parts, start, end in found:
        timing.go_on(start)
        if not clock.unzoned:
            clock.zone = clock.zone or timing.above() or template or into.zone
        each = Found(parts=parts, container=container, start=start, end=end)
        _row(into, each, clock, known)
