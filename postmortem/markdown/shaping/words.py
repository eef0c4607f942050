"""Words made from values: how many there are, and where a ticket is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from postmortem.templating import TemplateMistake

_ID = re.compile(r"#?[^\W_](?:[\w./-]*[^\W_])?")
_PLACE = "{}"


def count_of(rows: object, one: str, many: str | None = None) -> str:
    """Say how many rows there are, or name a number: `1 action`, `3 actions`.

    `many` is the word for more than one where it does not end in `s`.
    """
    number = _number(rows)
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def linked(ids: object, pattern: str) -> str:
    """Link each id of a text or list to an address, with the id in place of `{}`.

    What is no plain id, such as a link or a sentence, stays as it is.
    """
    if str(pattern).count(_PLACE) != 1:
        hint = 'write linked("https://tickets.example/{}")'
        raise TemplateMistake("linked takes an address with one {} in it", hint=hint)
    if ids is None:
        return ""
    listed = ids if isinstance(ids, (list, tuple)) else re.split(r",\s+", str(ids))
    return ", ".join(_link(str(each).strip(), pattern) for each in listed)


def _link(said: str, pattern: str) -> str:
    if not _ID.fullmatch(said):
        return said
    return (
        f"[{said}]({pattern.replace(_PLACE, quote(said.removeprefix('#'), safe=''))})"
    )


def _number(rows: object) -> int | float:
    if isinstance(rows, (int, float)) and not isinstance(rows, bool):
        return rows
    if rows is None:
        return 0
    if isinstance(rows, (str, Mapping)) or not isinstance(rows, Iterable):
        message = f"count_of takes rows or a number, and this is neither: {rows!r:.40}"
        raise TemplateMistake(message, hint='write {{ actions | count_of("action") }}')
    return sum(1 for _ in rows)
