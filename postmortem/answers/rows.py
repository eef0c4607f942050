"""The rows of a field as people write them: mappings, or one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from postmortem import moments
from postmortem.answers.events import Line, event
from postmortem.answers.notes import Notes, place
from postmortem.answers.spoken import one_line
from postmortem.errors import PostmortemError
from postmortem.markdown import Field, convert, values
from postmortem.markdown.fields import ACTIONS, EVENTS, FACTORS, LIST, REVISIONS, TABLE
from postmortem.model import ACTION_STATUSES, Action, Revision
from postmortem.yamls import Node

LETTERS = {FACTORS: "F", ACTIONS: "A"}
"""The first character of a row's key."""

_LATER = timedelta(days=14)
_MONTH = timedelta(days=31)
_SINGULAR = {FACTORS: "a factor", ACTIONS: "an action", REVISIONS: "a revision"}


def rows(known: Field, node: Node, line: Line, now: datetime, notes: Notes) -> Any:
    """Return the rows of a field; None for not known, `()` for known to be none.

    What is wrong with a row is noted, and the row is left out.
    """
    if node.value is None or (isinstance(node.value, str) and values.unset(node.value)):
        return None
    if isinstance(node.value, str) and known.kind != LIST:
        hint = f"write it as a list, one row a line: {known.name}: ['…']"
        notes.wrong(node, f"{known.name} takes a list of rows", hint)
        return None
    if node.entries and known.kind != TABLE:
        notes.wrong(
            node, f"{known.name} takes a list, and this is a mapping", "begin it with -"
        )
        return None
    items = node.items if isinstance(node.value, tuple) else (node,)
    found = [row(known, item, line, now, notes) for item in items]
    _check_keys(known, items, found, notes)
    return tuple(each for each in found if each is not None)


def row(known: Field, node: Node, line: Line, now: datetime, notes: Notes) -> Any:
    """Return one row; None after noting why there is none."""
    if known.kind == EVENTS:
        return event(known, node, line, notes)
    if known.kind != TABLE:
        node = one_line(node, known.parts)
    parts = _parts(known, node, notes)
    if not parts:
        return None
    made, troubles = convert.row(
        known,
        {name: str(each.value) for name, each in parts.items()},
        convert.Clock(near=_today(parts.get("due"), line.near, now)),
    )
    for trouble in troubles:
        with notes.at(parts[trouble.part], trouble.part):
            raise trouble.error
    if made is None or (known.kind not in (LIST, TABLE) and not made.text):
        what = _SINGULAR.get(known.kind, f"a row of {known.name}").split(maxsplit=1)[1]
        notes.wrong(node, f"this {what} has no text", "write it as text: …")
        return None
    return _checked(made, parts, now.date(), notes)


def _parts(known: Field, node: Node, notes: Notes) -> dict[str, Node]:
    """Return the parts of a row that say something."""
    first = "text" if "text" in known.parts else known.parts[0]
    if isinstance(node.value, str):
        return {first: node}
    if isinstance(node.value, tuple) and known.kind == TABLE:
        if len(node.items) > len(known.parts):
            hint = f"there are {', '.join(known.parts)}"
            notes.wrong(node, f"this row of {known.name} has too many cells", hint)
        named: Iterable[tuple[str, Node]] = zip(known.parts, node.items, strict=False)
    else:
        named = node.entries.items()
    if not node.entries and not node.items:
        notes.wrong(node, f"this row of {known.name} says nothing")
    parts: dict[str, Node] = {}
    for name, part in named:
        own = _part(known, name)
        if own is None:
            what = _SINGULAR.get(known.kind, f"a row of {known.name}")
            notes.unknown(place(part), f"part of {what}", name, known.parts)
        elif isinstance(part.value, str):
            parts[own] = part
        elif part.value is not None:
            notes.wrong(part, f"{name} takes one text")
    return parts


def _today(due: Node | None, near: date | None, now: datetime) -> datetime:
    """Return the day after which a day without its year is the next one: now.

    Of an incident that is past, June 6 is the one behind it; `fri`, `+2w` and
    `in a month` count from now all the same.
    """
    if due is None or not isinstance(near, datetime) or near > now:
        return now
    text = str(due.value)
    try:
        days = [moments.read_day(text, today=it.date()) for it in (now, now + _LATER)]
    except (PostmortemError, OverflowError):
        return now
    return now if timedelta() < days[1] - days[0] < _MONTH else near


def _part(known: Field, name: str) -> str | None:
    """Return the part that is meant, which a table's heading may spell otherwise."""
    same = [part for part in known.parts if _plain(part) == _plain(name)]
    return same[0] if same else None


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).casefold().strip()


def _checked(made: Any, parts: dict[str, Node], today: date, notes: Notes) -> Any:
    if isinstance(made, Revision) and made.on is None and "on" not in parts:
        return made.replace(on=today)
    if isinstance(made, Action):
        status = made.status.casefold().replace("-", " ")
        if status not in ACTION_STATUSES:
            notes.unknown(parts["status"], "status", made.status, ACTION_STATUSES)
        return made.replace(status=status)
    return made


def _check_keys(
    known: Field, items: tuple[Node, ...], found: list[Any], notes: Notes
) -> None:
    """Note keys that are none, and those that occur twice."""
    letter = LETTERS.get(known.kind)
    taken: set[str] = set()
    for node, each in zip(items, found, strict=True):
        key = getattr(each, "key", None) if letter else None
        if key is None:
            continue
        at = node.entries.get("key", node)
        if not re.fullmatch(rf"{letter}[1-9]\d{{0,5}}", key):
            hint = f"write {letter}1, {letter}2 …, or leave it out"
            notes.wrong(at, f"{key!r} is no key of {known.name}", hint)
        elif key in taken:
            notes.wrong(at, f"the key {key} stands here twice", "leave one of them out")
        taken.add(key)
