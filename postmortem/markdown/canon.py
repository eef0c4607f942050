"""The canonical form of a record: what is the same after it was written and read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from postmortem import model
from postmortem.markdown import convert, elsewhere, fields, inline, prose, values
from postmortem.markdown.fields import Field, everything
from postmortem.markdown.outline import Outline
from postmortem.model import Report, keyed


def canonical(
    report: Report, outline: Outline, only: Collection[str] | None = None
) -> Report:
    """Return the record as reading gives it back after it was written; idempotent.

    Rows have keys, prose is closed in its section (headings demoted), lines are one
    line of inline Markdown without HTML, and what says nothing is not known. With
    `only`, other fields are left as they are.
    """
    known = everything(outline.fields)
    changes: dict[str, Any] = {"template": outline.reference}
    for name in model.STANDARD:
        if name != "template" and (only is None or name in only):
            changes[name] = _value(known[name], report.value(name), outline)
    extra = {
        name: made
        for name, value in report.extra.items()
        if (made := _extra(name, value, outline) if _named(name, only) else value)
        is not None
    }
    report = report.replace(**changes, extra=extra)
    report = keyed(report)
    for name in {rows.field for rows in outline.rows if outline.splits(rows.field)}:
        found = report.value(name)
        if found and (only is None or name in only):
            pairs = convert.in_key_order(known[name], [(row, None) for row in found])
            report = report.with_value(name, tuple(row for row, _ in pairs))
    other = report.other
    if only is None or "other" in only:
        other = tuple(_other(each) for each in report.other)
    return report.replace(other=other)


def _named(name: str, only: Collection[str] | None) -> bool:
    return only is None or name in only


def _value(known: Field, value: Any, outline: Outline) -> Any:
    if value is None:
        return None
    if known.kind == fields.TEXT:
        return _text(known.name, value, outline)
    if known.kind in fields.ROW_KINDS:
        return _rows(known, value)
    if known.name == "title":
        line = inline.canonical(value)
        unknown = values.says(line, outline.labels["unknown"])
        return None if values.unset(line) or unknown else line
    if isinstance(value, str):
        line = " ".join(inline.scrubbed(value).split())
        return None if values.unset(line) else line
    if isinstance(value, tuple):
        lines = (" ".join(inline.scrubbed(str(each)).split()) for each in value)
        return tuple(line for line in lines if line)
    return value


def _text(name: str, value: Any, outline: Outline) -> Any:
    if value == ():
        return ()
    section = next((each for each in outline.sections if each.text == name), None)
    level = section.prose_level if section else elsewhere.LEVEL + 2
    if section and section.optional:
        level = max(level, elsewhere.LEVEL + 2)
    text = prose.canonical(value, level=level)
    text = values.answered(text, outline.labels["unknown"])
    if values.unset(text) or values.says(text, outline.labels["unknown"]):
        return None
    return () if values.says_none(text, outline.labels["none"]) else text


def _rows(known: Field, value: Any) -> tuple[Any, ...]:
    made = (_row(known, row) for row in value)
    return tuple(row for row in made if row is not None)


def _row(known: Field, row: Any) -> Any:
    if isinstance(row, str):
        line = inline.canonical(row)
        return line if line and not convert.says_nothing(line) else None
    if isinstance(row, Mapping):
        cells = {part: _cell(part, row.get(part)) for part in known.parts}
        return cells if any(cells.values()) else None
    changes = {
        name: _cell(name, said)
        for name in row.__struct_fields__
        if isinstance(said := getattr(row, name), str)
    }
    said = {name: line for name, line in changes.items() if line}
    if isinstance(row, model.Action):
        convert.respell(said)
        said.setdefault("status", model.OPEN)
    made = row.replace(**{**changes, **said, "text": said.get("text", "")})
    says = (getattr(made, name) for name in row.__struct_fields__ if name != "status")
    return made if any(says) else None


def _cell(part: str, said: Any) -> str | None:
    line = _line(said)
    return inline.link(line) if line and part == "link" else line


def _line(said: Any) -> str | None:
    if said is None:
        return None
    line = inline.canonical(str(said))
    return line if line and not convert.says_nothing(line) else None


def _extra(name: str, value: Any, outline: Outline) -> Any:
    known = outline.fields.get(name)
    if known is not None:
        return _value(known, value, outline)
    if elsewhere.in_body(value):
        made = _value(elsewhere.undeclared(name, value), value, outline)
        if isinstance(made, tuple):
            columns = {part for row in made for part in row if row[part]}
            made = tuple({p: row[p] for p in row if p in columns} for row in made)
        return made or None
    tree = values.tree(None, value)
    if isinstance(tree, list):
        return tuple(inline.scrubbed(each) for each in tree)
    return inline.scrubbed(tree) if isinstance(tree, str) else tree


def _other(other: model.Other) -> model.Other:
    level = elsewhere.LEVEL
    heading = inline.canonical(other.heading)
    text = prose.canonical(other.text, level=level + 1)
    return model.Other(heading=heading, text=text, level=level)
