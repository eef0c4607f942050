"""Derived lines that were right before are not written again to compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.markdown import Template
from tests.test_presets import GOLDENS, preset

NAMES = sorted(path.stem for path in GOLDENS.glob("*-a-failover.md"))
PANELS = "howie-a-failover"
"""Has what no other preset has."""


def _read(name: str) -> tuple[str, Template, str]:
    """Return a text, its template, and what tells that it is right."""
    template = preset(name.removesuffix("-a-failover"))
    text = Path(GOLDENS / f"{name}.md").read_text("utf-8")
    found, right = markdown.judged(text, template, markdown.read(text, template), "")
    assert found == ()
    assert right
    return text, template, right


def _others(text: str) -> Iterator[str]:
    """Yield the text with each line gone, doubled, or saying another thing in turn."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        ways: tuple[list[str], ...] = (
            [f"{line} indeed"],
            [],
            [re.sub(r"\d", lambda it: str((int(it[0]) + 1) % 10), line, count=1)],
            [line, line],
        )
        yield "\n".join((*lines[:at], *ways[at % len(ways)], *lines[at + 1 :]))


@pytest.mark.parametrize("name", ["sre-a-failover", PANELS])
def test_whatever_line_is_another(name: str) -> None:
    """What is remembered of a text says nothing of one that is not right."""
    text, template, right = _read(name)

    for other in _others(text):
        reading = markdown.read(other, template)
        if any(each.severity == "error" for each in reading.findings):
            continue
        again = markdown.judged(other, template, reading, right)
        assert again.findings == markdown.stale(other, template)


@pytest.mark.parametrize("name", NAMES)
def test_an_edit_of_prose_is_not_compared(name: str) -> None:
    """No derived line depends on it: what was right before is right now."""
    text, template, right = _read(name)
    reading = markdown.read(text, template)
    outline = template.outline
    spans = reading.spans.texts
    alone = [it for it in spans if it in outline.alone and reading.report.value(it)]
    lines = text.split("\n")
    lines[spans[alone[0]].start] += " And so it was."
    other = "\n".join(lines)

    again = markdown.judged(other, template, markdown.read(other, template), right)

    assert again.right == right
