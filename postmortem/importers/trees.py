"""Decoded JSON, asked for what a tool may or may not have put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Tree = Mapping[str, Any]
_NOTHING: Tree = {}


def word(tree: object, *path: str) -> str | None:
    """Return the text or number at the end of a path of keys; None for none or blank.

    >>> word({"agent": {"summary": " On-call "}}, "agent", "summary")
    'On-call'
    """
    found = _at(tree, path)
    if isinstance(found, str):
        return found.strip() or None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return str(found)


def first(tree: object, *keys: str) -> str | None:
    """Return the first of these keys that says something."""
    return next((said for key in keys if (said := word(tree, key))), None)


def within(tree: object, *path: str) -> Tree:
    """Return the object at the end of a path of keys; an empty one for none."""
    found = _at(tree, path)
    return found if isinstance(found, dict) else _NOTHING


def rows(tree: object, *path: str) -> Iterator[Tree]:
    """Yield the objects of the list at the end of a path of keys."""
    found = _at(tree, path)
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def words(tree: object, *path: str) -> tuple[str, ...]:
    """Return the texts of the list at the end of a path of keys."""
    found = _at(tree, path)
    if not isinstance(found, list):
        return ()
    return tuple(each for each in found if isinstance(each, str) and each)


def has(tree: object, *keys: str) -> bool:
    """Tell whether it is an object with all of these keys."""
    return isinstance(tree, dict) and all(key in tree for key in keys)


def _at(tree: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(tree, dict):
            return None
        tree = tree.get(key)
    return tree
