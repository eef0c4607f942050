"""The front matter of a report: facts by their keys, unknown keys kept as they are."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from postmortem import errors, moments, yamls
from postmortem.errors import PostmortemError
from postmortem.markdown import conflict, foreign, values
from postmortem.markdown.gathering import Gathering
from postmortem.model import Moment

UNREADABLE = "PM001"
"""The finding that says that the front matter, or a conflict, cannot be read at all."""
WRECKED = "PM003"
"""The one that says that the front matter stands between no fences."""
NOTHING_READ = (UNREADABLE, WRECKED)
"""Nothing is changed in a text with one of these."""


def read(into: Gathering) -> None:
    """Read the front matter; the zone first, since other facts are told in it."""
    split = into.split
    if split.problem:
        _problem(into, split.problem, WRECKED if split.wrecked else UNREADABLE)
    try:
        node = yamls.load(split.front or "", into.path, split.front_line)
    except errors.Problems as error:
        left = list(conflict.conflicts((split.front or "").splitlines()))
        for each in left:
            unreadable(into, each.message, split.front_line + each.line, each.hint)
        for problem in () if left else error.problems:
            _problem(into, problem)
        return
    entries = node.entries
    into.spans.front = entries
    if "zone" in entries:
        scalar(into, "zone", entries["zone"])
        into.zone = _known_zone(into, entries["zone"])
    near: datetime | None = None
    for name, entry in entries.items():
        if name != "zone":
            scalar(into, name, entry, near)
            value = into.given.get(name)
            near = value.at if isinstance(value, Moment) else near


def scalar(
    into: Gathering, name: str, node: yamls.Node, near: datetime | None = None
) -> None:
    """Read one key; `near` is the moment before it, for a clock time without a day.

    A time without a zone weighs less where no template is named: the tools of others
    write it so, and nobody may know any more which zone it was.
    """
    known = into.field(name)
    if known is None:
        into.keep(name, _plain(node.tree()))
        return
    if known.in_body:
        message = f"{name} has its home in the body, under its own heading"
        if into.outline.name != foreign.NAME:
            into.report("PM002", message, node.line, field=name)
        into.extra[name] = _plain(node.tree())
        return
    try:
        value = values.scalar(known, node.tree(), zone=into.zone, near=near)
    except PostmortemError as error:
        first = error.problems[0]
        old = isinstance(error, moments.NoZone) and "template" not in into.spans.front
        into.report(
            "PM102",
            f"{name}: {first.message}",
            node.line,
            node.column,
            field=name,
            hint=first.hint,
            severity="warning" if old else "error",
        )
        return
    into.keep(name, value)


def unreadable(into: Gathering, message: str, line: int, hint: str) -> None:
    """Report what keeps the text from being read, and from being changed."""
    into.report(UNREADABLE, message, line, severity="error", hint=hint)


def _problem(into: Gathering, problem: errors.Problem, code: str = UNREADABLE) -> None:
    into.report(
        code,
        problem.message,
        problem.line or 1,
        problem.column or 1,
        severity="error",
        hint=problem.hint,
    )


def _known_zone(into: Gathering, node: yamls.Node) -> tzinfo | None:
    name = into.given.get("zone")
    try:
        return moments.zone(name) if name else None
    except PostmortemError as error:
        first = error.problems[0]
        into.report(
            "PM101",
            first.message,
            node.line,
            node.column,
            field="zone",
            hint=first.hint,
        )
        return None


def _plain(tree: Any) -> Any:
    """Return what an unknown key holds, with lists as tuples; None for nothing."""
    if isinstance(tree, list):
        return tuple(_plain(each) for each in tree)
    if isinstance(tree, dict):
        return {key: _plain(each) for key, each in tree.items()}
    return tree
