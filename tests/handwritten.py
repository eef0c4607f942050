"""Sample A as people leave it: with paragraphs, sections and notes of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from postmortem import files

_SAMPLE = Path(__file__).parents[1] / "samples" / "a-failover"
_ADDED: dict[str, tuple[tuple[str, str], ...]] = {
    "paragraphs": (
        ("- **Who and how much**", "First of the impact.\n\n"),
        ("The traffic director is the safeguard", "In the middle of it.\n\n"),
        ("## Revisions\n", "Last of the questions.\n\n"),
        ("### What went well\n", "We looked twice.\n\n"),
    ),
    "sections": (
        ("## Timeline\n", "## Weather\n\nIt rained.\n\n### Of the week\n\nDry.\n\n"),
        ("## Safeguards\n", "## Costs\n\nNone so far.\n\n"),
        ("## Open questions\n", "## Promises to others\n\nTwo.\n\n"),
        ("", "\n## Thanks\n\nTo the bypass crew.\n"),
    ),
    "deeper": (("### What slowed us\n", "### Deeper\n\nBy hand.\n\n"),),
    "rows": (
        ("| Time (UTC) |", "Read this first.\n\n"),
        ("- Time to detect", "Times are *measured*.\n\n"),
        ("## Detection and response\n", "Last of the timeline.\n\n"),
        ("- [ ] **A3**", "  - waits for a date of the exercise\n"),
    ),
    "comments": (
        ("## What happened\n", "<!-- ask the identity team about this -->\n\n"),
        ("- Why did the transfer switch", "<!-- order by weight -->\n\n"),
    ),
}
"""What people add, each before the first place where that stands."""

USUAL = ("paragraphs", "sections", "rows", "comments")
"""All but a section below a heading that is below another."""


def added(*kinds: str) -> list[str]:
    """Return the lines that are added, but for headings, whose level may change."""
    said = [said for kind in kinds for _, said in _ADDED[kind]]
    lines = [line.strip(" -") for line in "".join(said).split("\n")]
    return ["core", *(line for line in lines if line and line[0] != "#")]


@cache
def handwritten(*kinds: str) -> str:
    """Return sample A with what people add; a column in the timeline is always one."""
    (path,) = _SAMPLE.glob("*.md")
    text = files.read(path).text
    for before, said in (each for kind in kinds for each in _ADDED[kind]):
        at = text.index(f"\n{before}") + 1 if before else len(text)
        text = text[:at] + said + text[at:]
    start = text.index("| Time (UTC) |")
    lines = text[start:].split("\n")
    rows = lines.index("")
    lines[:rows] = [f"{line} core |" for line in lines[:rows]]
    lines[:2] = ["| Time (UTC) | Event | Source | Team |", "| --- | --- | --- | --- |"]
    return text[:start] + "\n".join(lines)
