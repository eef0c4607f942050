"""Which row of a changed list was which: by key, by what it says, then by its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def matched(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Match rows of two versions: new index to old, in one order.

    Rows with keys are the same when their keys are; others when they are equal, then
    when time or text is, then by their place between rows that match.
    """
    pairs: dict[int, int] = {}
    for identity in (_key, _whole, _time_and_text, _text):
        names = [identity(row) for row in old]
        for at, name in enumerate(identity(row) for row in new):
            if name is None or at in pairs:
                continue
            same = (was for was, other in enumerate(names) if other == name)
            _pair(pairs, at, same)
    left = [at for at in range(len(old)) if at not in pairs.values()]
    for at in range(len(new)):
        if at not in pairs:
            keyed = _key(new[at]) is not None
            _pair(
                pairs,
                at,
                (was for was in left if not (keyed and _key(old[was]) is not None)),
            )
    return pairs


def elsewhere_before(
    old: Sequence[Any], new: Sequence[Any], pairs: Mapping[int, int]
) -> dict[int, int]:
    """Match the rows that only moved: new index to old, in no order.

    `pairs` are those that stay in one order.
    """
    moved: dict[int, int] = {}
    for identity in (_key, _whole, _keyless_text):
        for at, row in enumerate(new):
            name = identity(row)
            if at in pairs or at in moved or name is None:
                continue
            taken = {*pairs.values(), *moved.values()}
            for was, other in enumerate(old):
                if was not in taken and identity(other) == name:
                    moved[at] = was
                    break
    return moved


def _pair(pairs: dict[int, int], at: int, candidates: Iterable[int]) -> None:
    """Match a new row with the first of the old ones that is free and in order."""
    taken = set(pairs.values())
    for was in candidates:
        if was not in taken and _in_order(pairs, at, was):
            pairs[at] = was
            return


def _in_order(pairs: Mapping[int, int], at: int, was: int) -> bool:
    return all((a < at) == (b < was) for a, b in pairs.items())


def _key(row: Any) -> Any:
    return getattr(row, "key", None)


def _whole(row: Any) -> Any:
    return repr(row)


def _time_and_text(row: Any) -> Any:
    return (row.at, row.text) if getattr(row, "at", None) else None


def _keyless_text(row: Any) -> Any:
    return None if _key(row) else _text(row)


def _text(row: Any) -> Any:
    return row if isinstance(row, str) else getattr(row, "text", None) or None
