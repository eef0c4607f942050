"""Where something of people's own stood, kept as a comment while that place is none.

A section keeps below what it stood, and lines beside values keep on which side of the
template's own lines; the comment goes as soon as a template has the place again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from postmortem.markdown.inline import BREAK
from postmortem.markdown.synonyms import plain_heading
from postmortem.markdown.transfer.stretches import OTHER, SECTION, Stretch

GAP = "<!-- the template's own lines stood here -->"
"""Stands between lines of people where the old template wrote lines of its own."""

LEVEL = 2
"""Of a heading that nothing of the template can have below its own."""

_STOOD = re.compile(
    r"""<!--\ its\ place:\ below\ (?P<name>[^\W\d]\w*|"[^"]+")
    (?:,\ as\ (?P<marks>\#{1,6}))?\ -->""",
    re.VERBOSE,
)


def told(each: Stretch) -> Stretch:
    """Return a section of people's own with what it says of its place read."""
    if each.kind != OTHER or not each.body:
        return each
    found = _STOOD.fullmatch(each.body[0])
    if not found:
        return each
    body = list(each.body[1:])
    while body and not body[0].strip():
        body.pop(0)
    back = replace(each, stood=found["name"], body=tuple(body))
    if not found["marks"]:
        return back
    heading = each.heading.replace(BREAK, "")
    head = (f"{found['marks']} {heading}",)
    return replace(back, level=len(found["marks"]), heading=heading, head=head)


def raised(each: Stretch) -> Stretch:
    """Return a section that nobody knows so that no heading of ours is like it."""
    if not each.head:
        return each
    heading = each.heading.replace(BREAK, "")
    head = (f"{'#' * LEVEL} {BREAK}{heading}",)
    return replace(each, level=LEVEL, heading=heading, head=head, gap=1, tail=1)


def marked(each: Stretch, name: str, was: Stretch) -> Stretch:
    """Return a section that says below what its place is, and with which heading."""
    marks = f", as {'#' * was.level}" if each.head != was.head else ""
    mark = f"<!-- its place: below {name}{marks} -->"
    return replace(each, body=(mark, *([""] if each.body else []), *each.body))


def name_of(each: Stretch, among: Sequence[Stretch]) -> str:
    """Return what tells a section of a template; nothing where nothing does.

    A field's name says the same in every template; a heading has to do where there is
    no field, or where its rows stand below several headings.
    """
    firsts = Counter(other.names[0] for other in among if other.names)
    if each.names and firsts[each.names[0]] == 1:
        return each.names[0]
    heading = plain_heading(each.heading)
    return f'"{heading}"' if heading and not re.search(r'"|--|>', heading) else ""


def is_called(each: Stretch, name: str) -> bool:
    """Tell whether a section of a template is what a name tells."""
    if each.kind != SECTION:
        return False
    if name.startswith('"'):
        return plain_heading(each.heading) == name.strip('"')
    return name in each.names
