"""The laws of a template, tried: what is written is read back, and written the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import msgspec

from postmortem import markdown
from postmortem.markdown import hostile
from postmortem.markdown.template import Template
from postmortem.model import Report

MOST = 12
"""Losses that are looked for: more say nothing new."""
_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A value that a template loses, as small as it could be made."""

    field: str
    """The field that comes back as another value; "" for a text that differs."""
    beside: Mapping[str, str]
    """What else is set when it is lost, and may be at fault, by field."""
    wrote: str
    read: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have to do with it."""
        return tuple(name for name in (self.field, *self.beside) if name)

    @property
    def message(self) -> str:
        """Say what was written and what was read back."""
        told = [f"{name} {said}" for name, said in self.beside.items()]
        beside = f", beside {' and '.join(told)}" if told else ""
        if not self.field:
            return (
                f"what is read is not written as it was{beside}: "
                f"first {self.wrote}, then {self.read}"
            )
        return (
            f"{self.field} is not read back as it is written{beside}: "
            f"wrote {self.wrote}, read {self.read}"
        )


def losses(
    template: Template, *, count: int, seed: int = 0, known: Collection[str] = ()
) -> Iterator[Loss]:
    """Yield what a template loses of generated records, one loss a field.

    Fields that are `known` to be lost are not named again, nor what is lost because of
    them alone. Raises TemplateMistake when the template fails on a record.
    """
    named = set(known)
    found = 0
    for report in hostile.records(template.outline, count=count, seed=seed):
        written = markdown.canonical(_without(report, named), template)
        wrong = _wrong(written, template)
        while not named.issuperset(wrong):
            lost = _loss(_smallest(written, template, wrong), template)
            if named.isdisjoint(lost.fields):
                yield lost
                found += 1
            if found >= MOST:
                return
            named |= {lost.field, *(() if lost.field else lost.beside)}
            # What else is lost of this record is another fault.
            named |= set(wrong) if lost.field not in wrong else set()
            written = _without(written, named)
            wrong = _wrong(written, template)


def _without(report: Report, names: Collection[str]) -> Report:
    for name in names:
        if name and name not in ("other", "template"):
            report = report.with_value(name, None)
    return report


def _wrong(written: Report, template: Template) -> tuple[str, ...]:
    """Return the fields that are not read back; ("",) where only the text differs."""
    text = markdown.write(written, template)
    back = markdown.read(text, template).report
    if back == written:
        return () if markdown.write(back, template) == text else ("",)
    return tuple(
        name
        for name in (*_names(written, template), "other")
        if _value(back, name) != _value(written, name)
    ) or ("",)


def _names(report: Report, template: Template) -> list[str]:
    known = template.known
    return list(dict.fromkeys((*known, *report.extra)))


def _value(report: Report, name: str) -> Any:
    return report.other if name == "other" else report.value(name)


def _smallest(written: Report, template: Template, wrong: tuple[str, ...]) -> Report:
    """Return a record with as little as possible in which something is still lost."""
    small = _alone(written, template, wrong) or written
    for name in _names(small, template):
        if name == "template" or small.value(name) is None:
            continue
        for value in (None, *_smaller(small.value(name))):
            tried = markdown.canonical(small.with_value(name, value), template)
            if tried.value(name) != small.value(name) and _wrong(tried, template):
                small = tried
                break
    return small


def _alone(
    written: Report, template: Template, wrong: tuple[str, ...]
) -> Report | None:
    """Return a record with one of the lost fields alone, where it is lost so too."""
    for name in wrong:
        if name and name != "other":
            tried = Report().with_value(name, written.value(name))
            alone = markdown.canonical(tried, template)
            if name in _wrong(alone, template):
                return alone
    return None


def _smaller(value: Any) -> Iterator[Any]:
    """Yield parts of a value, the smallest first."""
    if isinstance(value, tuple) and len(value) > 1:
        yield from ((row,) for row in value)
    if isinstance(value, str) and "\n" in value:
        yield from sorted((part for part in value.split("\n\n")), key=len)


def _loss(small: Report, template: Template) -> Loss:
    wrong = _wrong(small, template)
    text = markdown.write(small, template)
    back = markdown.read(text, template).report
    name = next((each for each in wrong if each), "")
    beside = {
        other: shown(small.value(other))
        for other in _names(small, template)
        if other not in ("template", name) and small.value(other) is not None
    }
    if name:
        wrote, read = _differing(_value(small, name), _value(back, name))
    else:
        wrote, read = _differing(
            tuple(text.splitlines()), tuple(markdown.write(back, template).splitlines())
        )
    return Loss(field=name, beside=beside, wrote=shown(wrote), read=shown(read))


def _differing(wrote: Any, read: Any) -> tuple[Any, Any]:
    """Return the first rows or lines that differ, () for one that is not there."""
    if not (isinstance(wrote, tuple) and isinstance(read, tuple)) or () in (
        wrote,
        read,
    ):
        return wrote, read
    pairs = zip_longest(wrote, read, fillvalue=())
    return next(((one, two) for one, two in pairs if one != two), (wrote, read))


def shown(value: Any) -> str:
    """Return a value in few words; of a row only what is set."""
    if isinstance(value, msgspec.Struct):
        parts = (
            f"{name}={shown(said)}"
            for name in value.__struct_fields__
            if (said := getattr(value, name)) not in (None, False)
        )
        said = f"{type(value).__name__}({', '.join(parts)})"
    elif isinstance(value, tuple):
        said = f"[{', '.join(shown(each) for each in value)}]"
    elif isinstance(value, date):
        said = value.isoformat()
    else:
        said = repr(value)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
