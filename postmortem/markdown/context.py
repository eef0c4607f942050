"""What a template is given: the record as plain strings, lists and mappings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from postmortem import model, moments
from postmortem.markdown import fields, inline
from postmortem.markdown.fields import Field
from postmortem.markdown.when import When, iso
from postmortem.model import Report

ROW = "__row"
"""The key under which a row says which one it is; templates cannot see it."""

HELPERS = ("durations", "headline", "labels")
"""The names in a template's context that are not fields."""


def context(
    report: Report,
    form: Mapping[str, Field],
    labels: Mapping[str, str],
    without: Collection[str] = (),
) -> dict[str, Any]:
    """Return the context: plain types only, whatever the record holds.

    The fields of the body among `without` are given as if they were not known.

    Prose and moments are strings or None, `()` an empty string; rows are lists of
    mappings; an unknown list is empty.
    """
    hidden = frozenset(without)
    plain = {
        name: value(
            None if name in hidden and field.in_body else report.value(name), field
        )
        for name, field in form.items()
    }
    plain["durations"] = [_duration(each, labels) for each in model.durations(report)]
    plain["headline"] = list(headline(report, labels))
    plain["labels"] = dict(labels)
    return plain


def value(given: Any, field: Field) -> Any:
    """Return one value as a template sees it."""
    if field.kind in fields.ROW_KINDS:
        return [
            row if isinstance(row, str) else {**row, ROW: f"{field.name}:{number}"}
            for number, row in enumerate(rows(given, field))
        ]
    if given is None and field.kind in (fields.LINES, fields.SEVERAL):
        return []
    match given:
        case ():
            return "" if field.kind == fields.TEXT else []
        case str():
            return inline.scrubbed(given)
        case model.Moment():
            return moment(given)
        case tuple():
            return [inline.scrubbed(str(each)) for each in given]
        case date():
            return given.isoformat()
    return given


def rows(given: Any, field: Field) -> list[Any]:
    """Return the rows of a list or table: strings, or mappings of the field's parts."""
    return [row(each, field) for each in given or ()]


def row(given: Any, field: Field) -> Any:
    """Return one row as strings by part; a plain list's row is a string."""
    if isinstance(given, str):
        return inline.scrubbed(given)
    if isinstance(given, model.Event):
        when = When(given.at, given.until, given.approximate, given.said)
        plain: dict[str, Any] = {"at": iso(when) or None}
    else:
        plain = {}
    for part in field.parts:
        if part not in plain:
            plain[part] = _said(_part(given, part))
    return plain


def _part(given: Any, part: str) -> Any:
    return given.get(part) if isinstance(given, Mapping) else getattr(given, part)


def _said(given: Any) -> str | None:
    if given is None:
        return None
    return inline.scrubbed(given.isoformat() if isinstance(given, date) else str(given))


def moment(given: model.Moment) -> str:
    """Spell a moment as it stands in front matter: ISO 8601, `~` when approximate."""
    return ("~" if given.approximate else "") + moments.iso(given.at)


def headline(report: Report, labels: Mapping[str, str]) -> Iterable[str]:
    """Say the incident in a few words: severity, span, time to detect, status."""
    if report.severity:
        yield report.severity
    if report.onset:
        yield _span(report, report.onset, labels)
    elif report.detected:
        at = moments.clock(report.detected.at, moments.zone("UTC"))
        yield f"{labels['noticed']} {_about(report.detected.approximate)}{at} UTC"
    for each in model.durations(report):
        if each.name == "time to detect":
            said = moments.duration(each.length)
            yield f"{labels['detected after']} {_about(each.approximate)}{said}"
    if report.status:
        yield report.status


def _span(report: Report, onset: model.Moment, labels: Mapping[str, str]) -> str:
    about = _about(onset.approximate)
    start = moments.clock(onset.at, moments.zone("UTC"))
    end = report.resolved or report.mitigated
    if end is None:
        return f"{about}{start} UTC {labels['to']} ?"
    length = moments.duration(end.at - onset.at)
    if onset.approximate or end.approximate:
        length = f"~{length}"
    last = moments.clock(end.at, moments.zone("UTC"), with_date=_days(onset.at, end.at))
    return (
        f"{about}{start} {labels['to']} {_about(end.approximate)}{last} UTC ({length})"
    )


def _days(start: Any, end: Any) -> bool:
    utc = moments.zone("UTC")
    return bool(start.astimezone(utc).date() != end.astimezone(utc).date())


def _about(approximate: bool) -> str:  # noqa: FBT001 - one fact, one sign
    return "~" if approximate else ""


def _duration(each: model.Duration, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": labels.get(each.name, each.name),
        "length": _about(each.approximate) + moments.duration(each.length),
        "formula": f"{each.end} - {each.start}",
        "start": each.start,
        "end": each.end,
        "seconds": int(each.length.total_seconds()),
        "approximate": each.approximate,
    }
