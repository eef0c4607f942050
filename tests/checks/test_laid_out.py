"""What formatters do to a report leaves each finding what it was known by."""

from __future__ import annotations

import pytest

from postmortem.checks import check
from postmortem.checks.around import NEW
from postmortem.checks.results import Result, result
from tests.checks.reports import subject

TEXT = """\
# The database was down

## Summary

It was down. Nobody's alarm went off, and an engineer
carelessly "forgot" the ticket of *the* disk. Obviously it was full.
The root cause was the operator's mistake.

## What's left to do

> An engineer carelessly ignored the
> alarm of the disk.

## Action items

- Improve monitoring of the database, of its disks, and of everything that
  stands beside them
- Everyone should be more careful

## Contributing factors

| Kind | What |
| --- | --- |
| root | The engineer carelessly filled the disk |
"""
EDITS = {
    "other bullets": (("- Im", "* Im"), ("- Ev", "+ Ev")),
    "numbers": (("- Im", "1. Im"), ("  sta", "   sta"), ("- Ev", "2. Ev")),
    "brackets": (("- Im", "1) Im"), ("  sta", "   sta"), ("- Ev", "2) Ev")),
    "boxes": (("- Im", "- [ ] Im"), ("- Ev", "- [ ] Ev")),
    "quotes": (('"forgot"', "\u201cforgot\u201d"), ("'s", "\u2019s")),
    "underlines": (("*the*", "_the_"),),
    "unwrapped": (
        *(("engineer\nc", "engineer c"), ("that\n  sta", "that sta")),
        *(("full.\n", "full. "), ("the\n> alarm", "the alarm")),
    ),
    "wrapped": (("of its", "of\n  its"), (" forgot", "\nforgot")),
    "a sentence a line": ((". ", ".\n"),),
    "cells": (("| root | ", "| root  |   "),),
    "blanks": (("- Ev", "-   Ev"), ("\n", "\r\n")),
}


def _found(text: str) -> Result:
    """Return what is found in a report of no template."""
    own = subject(text.replace("\r\n", "\n"), lost=NEW)
    return result(own, check(own), formers=True)


def _told(found: Result) -> list[str]:
    return [f"{it.code} {it.line} {it.message}" for it in found.findings]


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_a_formatter_makes_no_finding_another_one(
    edits: tuple[tuple[str, str], ...],
) -> None:
    """Marks of lists, check boxes, the form of quotes, and wrapped lines are its."""
    text = TEXT
    for old, new in edits:
        text = text.replace(old, new)

    before, now = _found(TEXT), _found(text)

    assert {it.code for it in before.findings} >= {"PM303", "PM401", "PM501", "PM503"}
    assert _told(now.since(before)) == _told(before.since(now)) == []


def test_a_ticked_box_takes_with_it_that_nobody_has_the_action() -> None:
    """What is done needs nobody in such a report; all else is what it was."""
    before, now = _found(TEXT), _found(TEXT.replace("- Ev", "- [x] Ev"))

    assert _told(now.since(before)) == []
    assert [it.code for it in before.since(now).findings] == ["PM401"]


@pytest.mark.parametrize(
    "old, new, codes",
    [
        ("It was down. Nobody", "It was slow. Nobody", []),
        ("was down. No", "was carelessly down. No", ["PM503"]),
        ('carelessly "forgot"', "carelessly overlooked", ["PM501", "PM503"]),
        ("Everyone should be", "All should always be", ["PM401", "PM411"]),
    ],
)
def test_other_words_are_another_finding(old: str, new: str, codes: list[str]) -> None:
    """Those of its own sentence: what is beside that is none of its business."""
    assert old in TEXT

    now = _found(TEXT.replace(old, new)).since(_found(TEXT))

    assert [it.code for it in now.findings] == codes


def test_what_an_older_form_knows_is_known_beside_today_s() -> None:
    """In one file, where only some reports were looked at since."""
    found = _found(TEXT)
    mixed = [*found.prints[::2], *found.formers[1::2]]

    assert found.without(found.formers).findings == ()
    assert found.without(mixed).findings == ()
    assert _told(found.without(mixed[1:])) == _told(found)[:1]
