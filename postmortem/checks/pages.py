"""The page of each rule: what it finds, why, and a weak and a better example.

A page is a Markdown file, `pages/<code>.md`, that people read as it is; its examples
are pieces of a report laid out by the default template, which the tests try.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from postmortem import yamls
from postmortem.errors import Missing
from postmortem.yamls import Tree

FOLDER = Path(__file__).parent / "pages"

_HEAD = re.compile(r"# (?P<code>PM\d{3}): (?P<name>.+)\n+(?P<what>(?s:.+))")
_FENCED = re.compile(r"(?ms)^~~~\w*\n(.*?)^~~~$")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one rule."""

    code: str
    name: str
    what: str
    why: str
    weak: str
    better: str
    where: dict[str, Tree] = msgspec.field(default_factory=dict)
    """What the examples are tried with: settings, today, earlier statuses, files."""
    text: str
    """The page for people, Markdown: all but what the examples are tried with."""


def page(code: str) -> Page:
    """Return the page of a rule; raises Missing where there is none."""
    path = FOLDER / f"{code}.md"
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise Missing(f"there is no page of the rule {code!r}") from error
    return parsed(text)


def parsed(text: str) -> Page:
    """Return a page from its text; raises ValueError for one without its parts."""
    head, *parts = re.split(r"(?m)^## (?=(?:Why|Where|Weak|Better)$)", text)
    found = _HEAD.match(head)
    sections = dict(part.split("\n", 1) for part in parts)
    if not found or not {"Why", "Weak", "Better"} <= sections.keys():
        raise ValueError("a page has a heading with the code, Why, Weak and Better")
    where = yamls.load(_fenced(sections["Where"])).tree() if "Where" in sections else {}
    return Page(
        code=found["code"],
        name=found["name"],
        what=found["what"].strip(),
        why=sections["Why"].strip(),
        weak=_fenced(sections["Weak"]),
        better=_fenced(sections["Better"]),
        where=where if isinstance(where, dict) else {},
        text=head
        + "".join(f"## {part}" for part in parts if not part.startswith("Where\n")),
    )


def _fenced(section: str) -> str:
    found = _FENCED.search(section)
    return found[1] if found else ""
