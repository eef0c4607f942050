"""What the lines and headings of a template's own look like, whatever their values."""

from __future__ import annotations

import re

from postmortem.markdown.lines import VALUES, RawLine
from postmortem.markdown.pieces import HEADING
from postmortem.markdown.tagging import Mark
from postmortem.model import MOMENTS

_MOMENT = f"(?:{'|'.join(MOMENTS)})"
_DERIVED_LOOKS = {
    "formula": f"{_MOMENT} - {_MOMENT}",
    "length": r"[~-]*\d[\d a-z.]*",
}


def line_regex(raw: RawLine) -> str:
    """Return what a line of the template's own looks like, whatever its values are."""
    out = []
    for mark in raw.marks:
        if mark.kind == "literal":
            out.append(re.escape(mark.said).replace("\\ ", " +"))
        elif mark.kind in VALUES:
            out.append(_DERIVED_LOOKS.get(mark.of[0] if mark.of else "", ".*?"))
    return "".join(out).strip()


def heading_regex(raw: RawLine) -> str | None:
    """Return what a heading with values in it looks like; None for any other."""
    if not raw.values:
        return None
    line = list(raw.marks)
    at = next(n for n, mark in enumerate(line) if mark.kind == "literal")
    line[at] = Mark("literal", HEADING.sub("", line[at].said.lstrip(), count=1))
    regex = line_regex(RawLine(line))
    return regex.replace(" +.*?", " *.*?").replace(".*? +", ".*? *")
