"""Which rows gain a key when a record is put into a text: those that are written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from postmortem.markdown.matching import matched
from postmortem.model import Report

KEYED = ("factors", "actions")


def as_they_were(
    old: Report,
    new: Report,
    moved: Mapping[str, Collection[int]] | None = None,
    *,
    strict: bool = False,
) -> Report:
    """Return the new record, in which rows that say what they said gain no key.

    Their lines stay as somebody wrote them, whatever changes beside them. `moved` are
    the old rows of each field that are written all the same; with `strict` rows that
    say something else gain none either.
    """
    for name in KEYED:
        before, after = old.value(name), new.value(name)
        if before and after and any(row.key is None for row in before):
            rows = _rows(before, after, (moved or {}).get(name, ()), strict=strict)
            new = new.replace(**{name: rows})
    return new


def _rows(
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    moved: Collection[int],
    *,
    strict: bool,
) -> tuple[Any, ...]:
    had = {row.key for row in old}
    bare = [row if row.key in had else row.replace(key=None) for row in new]
    stays = {
        at
        for at, was in matched(old, bare).items()
        if was not in moved and (strict or old[was] == bare[at])
    }
    return tuple(bare[at] if at in stays else row for at, row in enumerate(new))
