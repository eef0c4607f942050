"""Where each field lives in a text: plain data, made from a template once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from postmortem.markdown import patterns
from postmortem.markdown.fields import Field
from postmortem.markdown.patterns import Item, Line
from postmortem.model import STATUSES

ALWAYS = "always"
"""In `required`, beside statuses and severities: from the first draft on."""
_EXEMPT = STATUSES[-1]
"""The status of an incident that needs no write-up: it has not gone through others."""

LABELS: Mapping[str, str] = {
    "postmortem": "postmortem",
    "unknown": "Not known yet.",
    "none": "None.",
    "elsewhere": "Not in this template",
    "to": "to",
    "detected after": "detected after",
    "noticed": "noticed",
    "time to detect": "time to detect",
    "time to acknowledge": "time to acknowledge",
    "time to mitigate": "time to mitigate",
    "time to resolve": "time to resolve",
    "add": "Add",
    "update": "Update",
}
"""The words that we write into a report, a prompt or a commit's message ourselves; a
template may translate them. `postmortem` is what the team calls its write-ups."""


class Section(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, cache_hash=True
):
    """A heading that the template writes, and what stands under it before the next."""

    heading: str
    """As the template writes it; for the title's, without the title."""
    level: int
    """0 before the first heading."""
    parent: int | None = None
    regex: str | None = None
    """For a heading with values in it: what it looks like."""
    optional: bool = False
    prose_level: int = 2
    """The highest heading that prose in it may have."""
    text: str | None = None
    """The field that it is the home of, alone."""
    before: tuple[str, ...] = ()
    """Regular expressions of the template's own lines before the field's text."""
    after: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    """The same for its lines that hold derived values, wherever they stand."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table: its head, and the patterns of its cells."""

    head: str
    patterns: tuple[Line, ...]


class Rows(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The home of rows: one loop of the template."""

    field: str
    loop: str
    section: int
    columns: tuple[Column, ...] = ()
    """For a table."""
    items: tuple[Item, ...] = ()
    """For a list: the patterns that its items may have."""
    marker: str = "- "
    fixed: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Parts that being in this section gives."""


class Outline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """Where each field lives; with the form, all that reading needs."""

    name: str
    version: str
    digest: str
    fields: Mapping[str, Field]
    """The form: every field of the template, in the order in which it is asked."""
    sections: tuple[Section, ...]
    rows: tuple[Rows, ...] = ()
    title: Line = ()
    """The pattern of the title's heading; empty where the template has none."""
    first: tuple[str, ...] = ()
    """The few fields that are asked before there is a file."""
    required: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """ALWAYS, a status or a severity, to the fields that it asks for."""
    labels: Mapping[str, str] = msgspec.field(default_factory=lambda: dict(LABELS))
    alone: tuple[str, ...] = ()
    """The texts and facts that no line but their own home's depends on."""

    @property
    def reference(self) -> str:
        """How a report names its template: name, version, short content hash."""
        return f"{self.name} {self.version} {self.digest[:8]}"

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """The parts of each field's rows that there is a place for."""
        found: dict[str, frozenset[str]] = {}
        for rows in self.rows:
            lines = [line for column in rows.columns for line in column.patterns]
            for item in rows.items:
                lines += [item.first, *item.rest]
            told = {name for line in lines for name in patterns.names(line)}
            found[rows.field] = (
                found.get(rows.field, frozenset()) | told | {*rows.fixed}
            )
        return found

    def splits(self, name: str) -> bool:
        """Tell whether a field's rows stand in several sections, by a part's value."""
        homes = [rows for rows in self.rows if rows.field == name]
        return len(homes) > 1 or any(rows.fixed for rows in homes)

    def required_for(
        self,
        *,
        status: str | None = None,
        severity: str | None = None,
        statuses: Sequence[str] = STATUSES,
    ) -> tuple[str, ...]:
        """Return the fields that a report of that status and severity must have.

        A status asks for what those before it in `statuses` ask for as well; a severity
        asks once the report is no draft any more. In the order of the form.
        """
        reached = _reached(status, statuses)
        if severity and len(reached) > 1:
            reached = (*reached, severity)
        asking = {ALWAYS, *(each.casefold() for each in reached)}
        wanted = {name for name, each in self.fields.items() if each.required}
        for by, names in self.required.items():
            wanted |= set(names) if by.casefold() in asking else set()
        beyond = sorted(wanted.difference(self.fields))
        return (*(name for name in self.fields if name in wanted), *beyond)

    def placed(self) -> Mapping[str, str]:
        """Say of each field of the body where it lives: text, table, list."""
        homes: dict[str, str] = {
            section.text: "text" for section in self.sections if section.text
        }
        for rows in self.rows:
            homes[rows.field] = "table" if rows.columns else "list"
        if self.title:
            homes["title"] = "heading"
        return homes


def _reached(status: str | None, statuses: Sequence[str]) -> tuple[str, ...]:
    """Return the statuses that a report has gone through, its own the last."""
    plain = [each.casefold() for each in statuses]
    if status is None:
        return tuple(statuses[:1])
    said = status.casefold()
    if said == _EXEMPT or said not in plain:
        return (status,)
    return tuple(statuses[: plain.index(said) + 1])


def encoded(outline: Outline) -> bytes:
    """Return the outline as JSON, for the cache."""
    return msgspec.json.encode(outline)


def decoded(cached: bytes) -> Outline:
    """Read an outline back; raises msgspec.MsgspecError for anything else."""
    return msgspec.json.decode(cached, type=Outline)


def plain(outline: Outline) -> Any:
    """Return the outline as plain values, for showing."""
    return msgspec.to_builtins(outline)
