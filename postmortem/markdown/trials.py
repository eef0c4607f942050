"""The laws of a template, tried: what is written is read back, and written the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from postmortem import markdown
from postmortem.markdown import hostile
from postmortem.markdown.template import Template, everything
from postmortem.model import Report

MOST = 12
"""Losses that are looked for: more say nothing new."""
_SHOWN = 120


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A value that a template loses, as small as it could be made."""

    field: str
    """The field that comes back as another value; "" for a text that differs."""
    among: tuple[str, ...]
    """The fields that are set when it is lost; one of them may be at fault."""
    wrote: str
    read: str

    @property
    def message(self) -> str:
        """Say what was written and what was read back."""
        if not self.field:
            return (
                f"what was read is not written as it was: first {self.wrote}, "
                f"then {self.read}"
            )
        others = [name for name in self.among if name != self.field]
        beside = f", beside {' and '.join(others)}" if others else ""
        return (
            f"{self.field} is not read back as it is written{beside}: "
            f"wrote {self.wrote}, read {self.read}"
        )


def losses(
    template: Template, *, count: int, seed: int = 0, known: Collection[str] = ()
) -> Iterator[Loss]:
    """Yield what a template loses of generated records, one loss a field.

    Fields that are `known` to be lost are not named again, nor what is lost beside
    them. Raises TemplateMistake when the template fails on a record.
    """
    named = set(known)
    found = 0
    for report in hostile.records(template.outline, count=count, seed=seed):
        written = markdown.canonical(report, template)
        wrong = _wrong(written, template)
        if not wrong or named.issuperset(wrong):
            continue
        small = _smallest(written, template, wrong)
        lost = _loss(small, template)
        if named.isdisjoint((lost.field, *lost.among)):
            yield lost
            found += 1
        named |= {lost.field, *wrong}
        if found >= MOST:
            return


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
    known = everything(template.outline.fields)
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
    among = tuple(
        name
        for name in _names(small, template)
        if name != "template" and small.value(name) is not None
    )
    wrong = _wrong(small, template)
    text = markdown.write(small, template)
    back = markdown.read(text, template).report
    if not wrong or not wrong[0]:
        again = markdown.write(back, template)
        one, two = _first_difference(text, again)
        return Loss(field="", among=among, wrote=repr(one), read=repr(two))
    name = wrong[0]
    wrote, read = _differing(_value(small, name), _value(back, name))
    return Loss(field=name, among=among, wrote=_shown(wrote), read=_shown(read))


def _first_difference(one: str, two: str) -> tuple[str, str]:
    lines, others = one.splitlines(), two.splitlines()
    longest = max(len(lines), len(others))
    for number in range(longest):
        mine = lines[number] if number < len(lines) else ""
        other = others[number] if number < len(others) else ""
        if mine != other:
            return mine, other
    return "", ""


def _differing(wrote: Any, read: Any) -> tuple[Any, Any]:
    """Return the first rows that differ, where there are as many of both."""
    if isinstance(wrote, tuple) and isinstance(read, tuple) and len(wrote) == len(read):
        for one, two in zip(wrote, read, strict=True):
            if one != two:
                return one, two
    return wrote, read


def _shown(value: Any) -> str:
    """Return a value in few words, with None for what is not known."""
    said = repr(value)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


