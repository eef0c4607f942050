"""What is asked for, with everything that completes an answer; and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from typing import NamedTuple

import msgspec

from postmortem import markdown, moments
from postmortem.errors import Problem
from postmortem.markdown import Field, Outline
from postmortem.markdown.fields import MOMENT, REVISIONS
from postmortem.model import MOMENTS, Report

OURS = ("id", "template", "retired")
"""Fields of which the toolkit keeps account itself; nobody need be asked."""

_FINAL = ("final", "closed")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A form, and the present in which it is answered."""

    outline: Outline
    now: datetime
    """Aware; `+2w`, `yesterday` and `-10 min` count from it."""
    zone: str = "UTC"
    """The zone of times that say none, where the answers name no other."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The team's own words for a field, such as its severities."""
    confirmed: bool = False
    """Whether somebody is shown what was understood before it counts: a clock alone
    is then the last time that clocks showed it."""

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field that can be answered: the form's, then the other standard ones.

        What the template has no place for goes under its last heading.
        """
        return {
            name: msgspec.structs.replace(each, choices=self.choices[name])
            if self.choices.get(name)
            else each
            for name, each in markdown.everything(self.outline.fields).items()
        }

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """The names of all moments, in the order in which they usually come."""
        own = [name for name, each in self.fields.items() if each.kind == MOMENT]
        return (*MOMENTS, *(name for name in own if name not in MOMENTS))

    def in_zone(self, name: str | None) -> tzinfo:
        """Return the zone of that name, else the one in which answers are given.

        Raises PostmortemError for a name of none or of several.
        """
        return moments.zone(name or self.zone)


class Answered(NamedTuple):
    """The record so far, what was wrong, and which fields were spoken of."""

    report: Report
    problems: tuple[Problem, ...] = ()
    named: frozenset[str] = frozenset()


def missing(answered: Answered, outline: Outline) -> tuple[Problem, ...]:
    """Return a problem for every field that has to be answered and is not.

    A title is always wanted; a template marks others as required. One that was
    answered wrongly is not missing.
    """
    return tuple(
        Problem(message=f"{each.name} is missing", hint=each.question)
        for name, each in markdown.everything(outline.fields).items()
        if (each.required or name == "title")
        and answered.report.value(name) is None
        and not (name in answered.named and answered.problems)
    )


def unknown(report: Report, outline: Outline) -> tuple[Field, ...]:
    """Return the fields that a person who reads the report sees to be not known yet.

    They are the form's fields of the body, and of the front matter those that are asked
    first or required. What was revised is none before the report is final.
    """
    final = report.status in _FINAL
    return tuple(
        each
        for name, each in outline.fields.items()
        if (each.in_body or each.required or name in outline.first)
        and report.value(name) is None
        and (final or each.kind != REVISIONS or each.required)
    )
