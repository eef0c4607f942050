"""Actions that say whose they are elsewhere than an owner stands: above their list.

As in `**Platform team**` or `### Edge & search leads` over the items of each of them.
Nothing is written into the record by that; it is only not said that nobody has them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.checks.actions.owners import has_role, is_nobody

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_LINE = re.compile(
    r"\s*(?P<head>\#{2,6}\s+)?(?P<mark>\*\*|__)?(?P<said>[^*_#\n]{2,60}?)"
    r"(?P<colon>:)?(?(mark)(?P=mark):?)\s*"
)
_FILE = Path(__file__).with_name("areas.toml")
_INITIALS = re.compile("[A-Z]{2,3}")
_JOINED = re.compile(r"\s*(?:[,;&+/]|\s[-\u2013\u2014]\s|\b(?:and|und)\b)\s*")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
"""One to three words, each with a capital."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s|\s+\S")
_SAYS = re.compile(
    r"@[\w-]+(?:(?:,| and| &) @[\w-]+)*,? (?:will|(?:is|are) going to|to)\b"
)


def has_somebody(subject: Subject, number: int) -> bool:
    """Tell whether somebody stands above the list of an action, or begins its words."""
    actions = subject.report.actions or ()
    if _SAYS.match(actions[number].text):
        return True
    rows = subject.spans.rows.get("actions", ())
    if number >= len(rows) or rows[number].container.shape != "list":
        return False
    above = _above(subject, subject.spans.body + rows[number].start)
    return above is not None and _is_somebody(above)


def _above(subject: Subject, line: int) -> re.Match[str] | None:
    """Return the line that stands above the list of a line, from 0, if it is short."""
    lines = subject.lines
    body = subject.spans.body
    cuts = (body + cut.line for cut in subject.spans.sections.values())
    top = max((cut for cut in cuts if cut < line), default=body - 1)
    while line > top + 1:
        line -= 1
        said = lines[line]
        if said.strip() and not _ITEM.match(said):
            return _LINE.fullmatch(said)
    return None


@cache
def _areas() -> frozenset[str]:
    """Return what actions are grouped by that is nobody, in small letters."""
    import tomllib

    read = tomllib.loads(_FILE.read_text("utf-8"))
    return frozenset(word for words in read["areas"].values() for word in words)


def _is_somebody(above: re.Match[str]) -> bool:
    """Tell whether a line is the name of a person, some people, a role or a team.

    One word that is no line in bold may be of anything: `### Networking`.
    """
    said = above["said"].strip()
    if is_nobody(said) or not (above["mark"] or above["head"] or above["colon"]):
        return False
    if said.startswith("@") or has_role(said):
        return True
    parts = _JOINED.split(said)
    if not above["mark"] and len(parts) == 1 and not _INITIALS.fullmatch(said):
        return False
    return all(
        _NAME.fullmatch(part)
        and _areas().isdisjoint(part.casefold().split())
        and not is_nobody(part)
        for part in parts
    )
