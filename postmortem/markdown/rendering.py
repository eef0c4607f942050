"""Where a template's code runs: plain requests in, marked text out.

Both functions take and give what JSON can hold, so that a template which is not trusted
runs in a child process. They are called through `postmortem.templating.run`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from postmortem import moments, templating
from postmortem.markdown import details, shaping, when
from postmortem.markdown.context import ROW
from postmortem.markdown.shaping.panel import Panel
from postmortem.markdown.tagging import event, tag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from postmortem.templating import Source

_UTC = "UTC"
MOST_PROBES = 80
"""Renders of one template that looking for its outline may take."""

OURS = (
    *("_emit", "_row", "_loop", "_test", "utc", "local", "box", "day", "details"),
    *shaping.NAMES,
)


def survey(request: dict[str, Any]) -> dict[str, Any]:
    """Say what a template declares and reads; render it with each condition both ways.

    Takes `name`, `sources` and a full `context`. Gives `declarations`, `names` (where
    each is read), `parts` (of rows, the same), `again` (the names that may be read
    repeatedly), `loops`, and the marked text of each way: as the record says, all
    conditions true, all false, and each true alone.
    """
    prepared = _prepare(request)
    context = request.get("context")
    answer: dict[str, Any] = {
        "declarations": [
            msgspec.to_builtins(each) for each in prepared.tagger.declarations
        ],
        "names": prepared.tagger.names,
        "parts": prepared.tagger.parts,
        "again": sorted(prepared.tagger.again),
        "loops": prepared.tagger.loops,
        "probes": {},
    }
    if context is None:
        return answer
    tests = prepared.tagger.tests
    none = dict.fromkeys(tests, False)
    ways: dict[str, dict[str, bool] | None] = {
        "as it is": None,
        "true": dict.fromkeys(tests, True),
        "false": none,
    }
    for key in tests[: MOST_PROBES - len(ways)]:
        ways[key] = {**none, key: True}
    for way, forced in ways.items():
        answer["probes"][way] = prepared.render(context, forced)
    return answer


def names(request: dict[str, Any]) -> dict[str, Any]:
    """Say what a template declares and reads, as `survey` does, without compiling it.

    Some of its filters may be none; nothing is said of one that cannot be parsed.
    """
    from postmortem.markdown.tagger import Tagger

    sources = templating.unpacked(request["sources"])
    tagger = Tagger()
    engine = templating.environment(sources, transform=tagger)
    try:
        for found in templating.chain(request["name"], sources):
            templating.parse(engine, found)
    except templating.TemplateMistake:
        tagger = Tagger()
    return {
        "declarations": [msgspec.to_builtins(each) for each in tagger.declarations],
        "names": tagger.names,
        "parts": tagger.parts,
    }


def render(request: dict[str, Any]) -> dict[str, Any]:
    """Render the template called `name` with `context`; `text` comes back marked."""
    return {"text": _prepare(request).render(request["context"], None)}


def forget() -> None:
    """Forget the templates that were compiled, as a process that begins has none."""
    _prepared.cache_clear()


class _Prepared:
    """A template, compiled with its marks, ready to be rendered many times."""

    def __init__(self, name: str, sources: tuple[Source, ...]) -> None:
        from postmortem.markdown.tagger import Tagger

        self.name = name
        self.tagger = Tagger()
        self.forced: Mapping[str, bool] | None = None
        self.lists: Mapping[str, Any] = {}
        self.next: dict[str, int] = {}
        self.items: dict[str, str] = {}
        self.zone: tzinfo | None = None
        self.zone_name = _UTC
        self.engine = templating.environment(
            sources,
            filters={
                "_emit": self.emit,
                "_row": self.row,
                "_loop": self.loop,
                "_test": self.test,
                "utc": utc,
                "local": self.local,
                "box": box,
                "day": str,
                "details": lambda row, *parts: details.written(parts, row),
                **shaping.filters(self.clocks),
            },
            transform=self.tagger,
        )
        for found in templating.chain(name, sources):
            templating.load(self.engine, found.name)

    def render(
        self, context: Mapping[str, Any], forced: Mapping[str, bool] | None
    ) -> str:
        self.forced, self.lists, self.next, self.items = forced, context, {}, {}
        zone = context.get("zone")
        self.zone = _zone(zone) if zone else None
        self.zone_name = str(zone) if self.zone else _UTC
        undeclared = {
            each.name: None
            for each in self.tagger.declarations
            if each.name not in context
        }
        return templating.render(self.engine, self.name, {**undeclared, **context})

    def emit(self, value: Any, kind: str, of: list[str], row: object = None) -> str:
        """Print a value with its mark."""
        if isinstance(value, str) and "\ue000" in value:
            return value
        if isinstance(value, Panel):
            return tag(value, "panel", value.by, *of)
        said = _said(value)
        key = row.get(ROW) if isinstance(row, dict) else None
        if kind == "item":
            key = self.items.get(of[0])
            if key and isinstance(value, str):
                return tag(said, "part", key, "text", "")
        elif kind == "part" and key:
            if of == ["at", ""] and value:
                said = when.written(when.from_iso(value), None)
            return tag(said, "part", key, *of)
        elif kind == "details" and key:
            return tag(said, "details", key, *of)
        elif kind == "field":
            return tag(said, "field", *of)
        return tag(said, "derived", *of)

    def loop(self, _: object, field: str, number: str) -> str:
        """Begin a loop over a field's rows."""
        self.next[field] = 0
        return event("loop", field, number)

    def row(self, value: object, field: str, target: str) -> str:
        """Begin a row; a plain list's row is told by its place."""
        if isinstance(value, dict):
            key = value.get(ROW)
            return event("row", key) if key else ""
        items = self.lists.get(field)
        if not isinstance(items, list) or value not in items:
            return ""
        at = items.index(value, self.next.get(field, 0))
        self.next[field] = at + 1
        self.items[target] = f"{field}:{at}"
        return event("row", self.items[target])

    def test(self, value: object, key: str) -> bool:
        """Tell a condition's outcome, or the one that a probe asks for."""
        return bool(value) if self.forced is None else self.forced.get(key, bool(value))

    def clocks(self) -> tuple[tzinfo, str]:
        """Return the report's zone and its name; UTC where it has none."""
        return self.zone or moments.zone(_UTC), self.zone_name

    def local(self, value: str | None) -> str:
        """Print a time in the report's zone; without one, in UTC with the word."""
        if not value:
            return ""
        return when.written(when.from_iso(value), self.zone)


def _zone(name: str) -> tzinfo | None:
    """Return the report's zone; None for a name that is a finding when it is read."""
    try:
        return moments.zone(name)
    except moments.Unreadable:
        return None


def utc(value: str | None) -> str:
    """Print a time in UTC, without the word: the column or heading says it."""
    return when.written(when.from_iso(value), moments.zone("UTC")) if value else ""


def box(status: str | None) -> str:
    """Print the inside of a check box: `x` when done."""
    return "x" if status == "done" else " "


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(_said(each) for each in value)
        case dict():
            return ", ".join(
                f"{key} {_said(each)}" for key, each in value.items() if key != ROW
            )
    return str(value)


@lru_cache(maxsize=16)
def _prepared(name: str, digest: str, sources: tuple[Source, ...]) -> _Prepared:
    del digest  # it is in the key: other content is another template
    return _Prepared(name, sources)


def _prepare(request: dict[str, Any]) -> _Prepared:
    sources = templating.unpacked(request["sources"])
    return _prepared(request["name"], request["digest"], sources)
