"""Templates see plain values only: no object of ours, no method with an effect."""

from __future__ import annotations

from typing import TypeVar

_SCALARS = frozenset({type(None), bool, int, float, str})
_DEEPEST = 40

T = TypeVar("T")


def plain(value: T, *, name: str = "context") -> T:
    """Return the value, if it is None, bool, int, float, str, or lists and dicts.

    Types are exact, since a subclass can bring methods along. Anything else is a bug of
    ours, never of a template: TypeError, with the place of the value.
    """
    _check(value, name, 0)
    return value


def _check(value: object, name: str, depth: int) -> None:
    kind = type(value)
    if kind in _SCALARS:
        return
    if depth > _DEEPEST:
        message = f"{name}: nested more than {_DEEPEST} deep"
        raise TypeError(message)
    if kind is list:
        for at, item in enumerate(value):  # type: ignore[var-annotated,arg-type]  # exact type checked
            if type(item) not in _SCALARS:
                _check(item, f"{name}[{at}]", depth + 1)
    elif kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]  # exact type checked
            if type(key) is not str:
                message = f"{name}: the key {key!r} is no plain text"
                raise TypeError(message)
            if type(item) not in _SCALARS:
                _check(item, f"{name}.{key}", depth + 1)
    else:
        message = f"{name}: {kind.__module__}.{kind.__qualname__} is no plain value"
        raise TypeError(message)
