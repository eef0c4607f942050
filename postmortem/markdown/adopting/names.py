"""Which field a heading, a label or a column head is a name of; names for new ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from postmortem.markdown import fields
from postmortem.markdown.adopting.words import FACTS, HEADINGS, LENGTHS, PARTS
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.synonyms import COLUMNS, heading_field, plain_heading
from postmortem.markdown.synonyms import HEADINGS as FOREIGN

_LONGEST = 40
_BROAD = (
    *("updates", "failed", "held", "identified", "context", "analysis", "response"),
    *("links", "fix", "story", "todo", "resources", "unknowns", "references"),
)
"""Names of fields that say little at the edge of a heading."""
_MOST_MORE = 2
"""Words that a heading may have beside the name of a field."""
_KIND_OF = re.compile(
    r"^(?:the|an?|incident|outage|event|post-?mortem|report|detailed|full|our)\s+"
)
_JOINT = re.compile(r"\s*(?:/|&|\+|,| and | et | und | y )\s*")


def heading_names(heading: str, *, near: bool = True) -> Iterator[str]:
    """Yield the standard fields that a heading may be a name of, the surest first.

    With `near`, those too whose name stands at its edge, as in "Impact on users".
    """
    plain = plain_heading(heading)
    sure = heading_field(heading) or HEADINGS.get(plain)
    if sure:
        yield sure
    for said in (_KIND_OF.sub("", plain), _JOINT.split(plain)[0]):
        name = heading_field(said) or HEADINGS.get(said.strip(" ?.!"))
        if name:
            yield name
    if near:
        yield from _inside(plain)


def _inside(plain: str) -> Iterator[str]:
    """Yield fields whose name stands at an edge of a heading, the longest first."""
    words = plain.split()
    edges = [
        (" ".join(words[start:end]), start)
        for more in range(1, _MOST_MORE + 1)
        for start, end in ((0, len(words) - more), (more, len(words)))
        if 0 < end - start < len(words)
    ]
    for said, _ in sorted(edges, key=lambda edge: -len(edge[0])):
        name = HEADINGS.get(said) or _exactly(said)
        if name and said not in _BROAD:
            yield name


def _exactly(said: str) -> str | None:
    return next((name for name, names in FOREIGN.items() if said in names), None)


def fact_name(label: str) -> str | None:
    """Return the fact of the front matter that a label is a name of."""
    plain = plain_heading(label)
    for said in (plain, _KIND_OF.sub("", plain), _JOINT.split(plain)[0]):
        name = FACTS.get(said.strip(" ?.!#"))
        if name:
            return name
    return None


def length_name(label: str) -> str | None:
    """Return the duration that a label is a name of: it is derived, not asked."""
    plain = plain_heading(label)
    return LENGTHS.get(plain) or LENGTHS.get(_KIND_OF.sub("", plain))


def part_names(heads: Sequence[str], kind: str) -> list[str | None]:
    """Return for each column the part of a row of that kind that it is for.

    A head that says exactly what a part is called goes before one that only begins
    so, and that before one with such a word in it.
    """
    found: list[str | None] = [None] * len(heads)
    for ways in (_whole, _beginning, _anywhere):
        for at, head in enumerate(heads):
            left = [part for part in fields.PARTS.get(kind, ()) if part not in found]
            said = ways(plain_heading(head))
            if found[at] is None:
                found[at] = next(
                    (part for each in said for part in left if _is(each, part)), None
                )
    return found


def _is(said: str, part: str) -> bool:
    return said == part or said in COLUMNS.get(part, ()) or said in PARTS.get(part, ())


def _whole(plain: str) -> Sequence[str]:
    return (plain,)


def _beginning(plain: str) -> Sequence[str]:
    return (_JOINT.split(plain)[0].strip(),)


def _anywhere(plain: str) -> Sequence[str]:
    return (*(each.strip() for each in _JOINT.split(plain)), *plain.split())


def stem(said: str) -> str:
    """Return the words of a heading without numbers before it and remarks behind."""
    return plain_heading(said) or said


def slug(said: str) -> str:
    """Return a name for a field or column; "" for words without letters from a to z.

    >>> slug("Élément d'action: 2 (new)")
    'element_d_action_2_new'
    """
    letters = unicodedata.normalize("NFKD", said.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    name = re.sub(r"^[\d_]+", "", name)
    if len(name) > _LONGEST:
        name = name[:_LONGEST].rpartition("_")[0] or name[:_LONGEST]
    return name.strip("_")


def is_rows(name: str | None) -> bool:
    """Tell whether a standard field has rows."""
    return name is not None and STANDARD[name].kind in fields.ROW_KINDS
