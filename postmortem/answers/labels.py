"""The field that somebody means: by its name, or by the label that the form shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postmortem.answers.asked import OURS
from postmortem.markdown import Field
from postmortem.templating import nearest


def field_named(said: str, fields: Mapping[str, Field]) -> str | None:
    """Return the name of the field that goes by a name or label; None for no such one.

    Capitals do not count, nor what stands between words. A label that several fields
    have names none of them.
    """
    if said in fields:
        return said
    by_name = {plain(name): name for name in fields}
    return by_name.get(plain(said)) or _sole(
        [name for name, label in _labels(fields).items() if label == plain(said)]
    )


def field_meant(said: str, fields: Mapping[str, Field]) -> str | None:
    """Return the same, and the one field whose label has those words in it.

    `noticed` is `How it was noticed`, where no other label says so.
    """
    words = f" {plain(said)} "
    inside = [name for name, label in _labels(fields).items() if words in f" {label} "]
    return field_named(said, fields) or (_sole(inside) if words.strip() else None)


def nearest_field(said: str, fields: Mapping[str, Field]) -> str | None:
    """Return the field whose name or label looks most like a text, if any does."""
    labels = _labels(fields)
    if own := field_meant(said, {name: fields[name] for name in labels}):
        return own
    known = {label: name for name, label in labels.items()}
    known |= {plain(name): name for name in labels}
    near = nearest(plain(said), known)
    return known[near] if near else None


def plain(said: str) -> str:
    """Return a name or label without what its spellings differ by."""
    return re.sub(r"[\s_-]+", " ", said).strip().rstrip("?:").casefold()


def _labels(fields: Mapping[str, Field]) -> dict[str, str]:
    """Return the label of each field that somebody can answer."""
    return {
        name: plain(known.label or name)
        for name, known in fields.items()
        if name not in OURS
    }


def _sole(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 else None
