"""An answers file, YAML or JSON, to a record: everything wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from postmortem import model, moments, yamls
from postmortem.answers.asked import Answered, Asked
from postmortem.answers.events import Line
from postmortem.answers.labels import nearest_field
from postmortem.answers.notes import Notes, place
from postmortem.answers.row_kinds import kinds_of
from postmortem.answers.rows import rows
from postmortem.answers.spoken import one_line
from postmortem.answers.times import settled
from postmortem.errors import PostmortemError, Problems
from postmortem.markdown import Field, values
from postmortem.markdown.fields import MOMENT, ROW_KINDS, TEXT
from postmortem.model import Moment, Report
from postmortem.yamls import Node

_NEW = Report()
_ESCAPE = re.compile(
    r"\\(?:u[dD](?P<high>[89abAB][0-9a-fA-F]{2})\\u[dD](?P<low>[c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<lone>[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def read(
    text: str, asked: Asked, *, path: str | None = None, begun: Report = _NEW
) -> Answered:
    """Return the record of an answers file, on top of what is known already.

    A key is the name of a field; what a value may look like, `schema` says. `path` is
    for messages. Nothing is raised: mistakes are in `problems`, and what they are about
    is left out of the record.
    """
    try:
        top = yamls.load(_as_yaml(text), path, limit=yamls.ANSWERS_LIMIT)
    except Problems as error:
        return Answered(begun, error.problems, frozenset(asked.fields))
    notes = Notes(path)
    known = _known(top, asked, notes)
    return Answered(
        model.keyed(answered(known, asked, notes, begun)),
        notes.problems,
        frozenset(known),
    )


def template_named(text: str) -> str | None:
    """Return the template that answers say they are for; None when they do not."""
    try:
        top = yamls.load(_as_yaml(text), limit=yamls.ANSWERS_LIMIT)
    except Problems:
        return None
    node = top.entries.get("template")
    words = node.value.split() if node and isinstance(node.value, str) else []
    return words[0] if words else None


def answered(
    said: Mapping[str, Node], asked: Asked, notes: Notes, begun: Report
) -> Report:
    """Return the record with the answers of known fields put in, mistakes noted."""
    report = begun
    zone = asked.in_zone(None)
    if "zone" in said:
        with notes.at(said["zone"], "zone"):
            name = values.scalar(asked.fields["zone"], said["zone"].tree())
            zone = asked.in_zone(name)
            report = report.replace(zone=name and moments.zone_spelled(name))
    elif report.zone:
        zone = zone_of(report, asked)
    times = {name: node for name, node in said.items() if _is(asked, name, MOMENT)}
    told = next((each.at for each in report.timeline or () if each.at), None)
    known_times = _moments(report, asked)
    found_times = settled(times, known_times, asked, zone, notes, told=told)
    for name, at in found_times.items():
        report = report.with_value(name, at)
    kinds = {*asked.moments, *kinds_of(report.timeline)}
    line = Line(zone=zone, near=_near(report, asked), kinds=kinds)
    for name, node in said.items():
        if name != "zone" and name not in times:
            known = asked.fields[name]
            with notes.at(node, name):
                found = _value(known, node, line, asked, notes)
                report = report.with_value(name, found)
    return report


def prose(known: Field, node: Node, notes: Notes) -> model.Text | None:
    """Return a text: `()` for `[]`, a list of texts as a list with bullets."""
    if isinstance(node.value, str):
        return None if values.unset(node.value) else node.value.strip("\n").rstrip()
    if isinstance(node.value, tuple):
        texts = [one_line(each, ()).value for each in node.items]
        if all(isinstance(each, str) for each in texts):
            points = (str(each).strip().replace("\n", "\n  ") for each in texts)
            return "\n".join(f"- {each}" for each in points if each) or ()
    if node.value is not None:
        hint = "write it behind |, with the lines below indented; [] means none"
        notes.wrong(node, f"{known.name} takes a text", hint)
    return None


def near_moment(report: Report, asked: Asked) -> Moment | None:
    """Return the first moment that is known, which gives events their day."""
    return next(iter(_moments(report, asked).values()), None)


def zone_of(report: Report, asked: Asked) -> tzinfo:
    """Return the zone of a record's times; the one of the answers when it has none."""
    try:
        return asked.in_zone(report.zone)
    except PostmortemError:  # its file says so already, as a finding
        return asked.in_zone(None)


def _value(known: Field, node: Node, line: Line, asked: Asked, notes: Notes) -> Any:
    if known.kind == TEXT:
        return prose(known, node, notes)
    if known.kind in ROW_KINDS:
        return rows(known, node, line, asked.now, notes)
    return values.scalar(known, node.tree(), zone=line.zone, near=asked.now)


def _known(top: Node, asked: Asked, notes: Notes) -> dict[str, Node]:
    """Return the answers to what is asked; note the others."""
    known: dict[str, Node] = {}
    for name, node in top.entries.items():
        if name not in asked.fields:
            near = nearest_field(name, asked.fields)
            notes.unknown(place(node), "field", name, asked.fields, near)
        elif name != "template":  # whoever chose the form has read it
            known[name] = node
    return known


def _moments(report: Report, asked: Asked) -> dict[str, Moment]:
    known = {name: report.value(name) for name in asked.moments}
    return {name: at for name, at in known.items() if isinstance(at, Moment)}


def _near(report: Report, asked: Asked) -> Any:
    moment = near_moment(report, asked)
    return moment.at if moment else None


def _is(asked: Asked, name: str, kind: str) -> bool:
    return asked.fields[name].kind == kind


def _as_yaml(text: str) -> str:
    """Return JSON as the YAML that it nearly is: no halves of characters in escapes."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return text
    return _ESCAPE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    if found["lone"]:
        return r"\uFFFD"
    if not found["high"]:
        return found[0]
    high, low = int(f"d{found['high']}", 16), int(f"d{found['low']}", 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"
