"""How a draft is spelled on disk: JSON in ASCII, with the number of its format.

Half characters that a terminal gave, and NULs, come back as they were typed.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from postmortem.drafts.draft import Draft, Writer
from postmortem.errors import PostmortemError, Refused

FORMAT = 1
LIMIT = 64 * 1024 * 1024
"""Bytes of a draft: the largest report that is read, each character escaped."""

_INSTANTS = ("began", "saved")
_NAMES = tuple(field.name for field in fields(Draft))
_PASSING = ("typing", "saved")
"""What is another in each save; how the rest is spelled is remembered."""
_NEEDED = ("key", "root", "typing")


class Damaged(PostmortemError):
    """This is no draft, or not a whole one."""


class Newer(Refused):
    """A newer version of the program made this; it is left as it is."""

    def __init__(self, path: str) -> None:
        message = "a newer version of postmortem made this draft, so it is left alone"
        super().__init__(message, path=path, hint="Go on with that version.")


def encoded(draft: Draft, save: int) -> bytes:
    """Return the bytes that stand for a draft, in its save of that number."""
    parts = [f'"format": {FORMAT}, "save": {save}']
    for name in _NAMES:
        value = getattr(draft, name)
        if value is not None:
            spelled = _spelled if name in _PASSING else _remembered
            parts.append(f'"{name}": {spelled(value)}')
    return f"{{{', '.join(parts)}}}".encode("ascii")


def decoded(raw: bytes, key: str, path: str) -> tuple[Draft, int]:
    """Return the draft that bytes stand for, and the number of the save.

    Raises Damaged, or Newer.
    """
    tree = _tree(raw, path)
    number = tree.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise Newer(path)
    if type(number) is not int or number != FORMAT:
        raise Damaged("this draft does not say what format it has", path=path)
    for name in _NEEDED:
        if not isinstance(tree.get(name), str):
            raise Damaged(f"this draft has no readable {name}", path=path)
    if tree["key"] != key:
        raise Damaged("this draft has the name of another one", path=path)
    if type(tree.get("save")) is not int or tree["save"] < 1:
        raise Damaged("this draft does not say which save it is", path=path)
    values = {name: _value(tree, name, path) for name in _NAMES if name in tree}
    return Draft(**values), tree["save"]


def written_by(raw: bytes) -> Writer | None:
    """Return the process that a lock names; None when it names none."""
    try:
        return _writer(json.loads(raw))
    except (ValueError, RecursionError):
        return None


def signature(writer: Writer) -> bytes:
    """Return the bytes of a lock: the process that holds it."""
    return json.dumps(vars(writer)).encode("ascii")


def _spelled(value: Any) -> str:
    return json.dumps(vars(value) if isinstance(value, Writer) else value)


_remembered = lru_cache(maxsize=16)(_spelled)


def _tree(raw: bytes, path: str) -> dict[str, Any]:
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Damaged("this draft is not whole", path=path) from error
    if not isinstance(tree, dict):
        raise Damaged("this is no draft", path=path)
    return tree


def _value(tree: dict[str, Any], name: str, path: str) -> Any:
    """Return one attribute, checked for its type."""
    value = tree[name]
    try:
        if name == "writer":
            return _writer(value)
        if name == "answers":
            return tuple((_text(field), _text(words)) for field, words in value)
        if name in _INSTANTS:
            _check_instant(value)
        return _text(value)
    except (TypeError, ValueError) as error:
        raise Damaged(f"this draft has no readable {name}", path=path) from error


def _writer(tree: Any) -> Writer:
    """Return a process from its JSON, or raise ValueError."""
    if not isinstance(tree, dict) or type(tree.get("pid")) is not int:
        raise ValueError(tree)
    _check_instant(tree.get("since"))
    started, terminal = tree.get("started"), tree.get("terminal")
    return Writer(
        pid=tree["pid"],
        host=_text(tree.get("host")),
        started=None if started is None else _text(started),
        since=tree["since"],
        terminal=None if terminal is None else _text(terminal),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 -- one kind of error for one reader
    return value


def _check_instant(value: Any) -> None:
    if datetime.fromisoformat(_text(value)).tzinfo is None:
        raise ValueError(value)
