"""Operators that cannot make much from little.

The sandbox of Jinja knows no limits of memory; these keep single steps small where the
budget of the child process is not there to end them.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sized
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined

from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_TEXT = 4_000_000
"""Characters of one text."""
MOST_ITEMS = 100_000
"""Items of one list."""
MOST_COUNTED = 10_000
"""Numbers of one `range`."""
MOST_BITS = 1024
"""Binary digits of one whole number."""
WIDEST = 200
"""Characters that formatting and indenting may add at one place."""

_SPEC = re.compile(
    r"%[-+ #0]*(?P<width>\d*)(?:\.(?P<precision>\d*))?(?P<kind>.?)", re.DOTALL
)
_KINDS = frozenset("sdifFeEgGxXo%")
_AT_ONCE = 1000
"""Pieces of a text that are measured together."""


def summed_up(left: Any, right: Any) -> Any:
    """Add numbers, join texts or lists, none of them beyond its bound."""
    if isinstance(left, Sized) and isinstance(right, Sized):
        fits(left, len(left) + len(right))
    return operator.add(left, right)


def times(left: Any, right: Any) -> Any:
    """Multiply numbers, or repeat a text or list up to its bound."""
    for many, count in ((left, right), (right, left)):
        if isinstance(many, Sized) and isinstance(count, int):
            fits(many, len(many) * max(count, 0))
    if isinstance(left, int) and isinstance(right, int):
        _small(left.bit_length() + right.bit_length())
    return operator.mul(left, right)


def power(left: Any, right: Any) -> Any:
    """Raise a number to a power whose result is not beyond its bound."""
    if isinstance(left, int) and isinstance(right, int):
        _small(left.bit_length() * abs(right))
    return operator.pow(left, right)


def remainder(left: Any, right: Any) -> Any:
    """Return what is left of a division, or a text with its `%s` filled in."""
    if isinstance(left, str):
        return filled(left, *(right if isinstance(right, tuple) else (right,)))
    return operator.mod(left, right)


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": summed_up,
    "-": operator.sub,
    "*": times,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": power,
    "%": remainder,
}


def measured(parts: Iterable[Any]) -> list[str]:
    """Return parts that are about to become one text, as texts, if it is not too long.

    None is an empty text, as it is in `{{ }}`; a list or dict is a mistake.
    """
    total, texts = 0, []
    for part in parts:
        text = part if type(part) is str else written(part)
        text = text if isinstance(text, str) else str(text)
        total += len(text)
        if total > MOST_TEXT:
            raise too_much(f"a text of more than {MOST_TEXT} characters")
        texts.append(text)
    return texts


def written(value: Any) -> Any:
    """Return what `{{ value }}` writes: nothing for None; lists are a mistake."""
    if value is None:
        return ""
    if isinstance(value, (str, Undefined)) or hasattr(value, "__html__"):
        return value
    if isinstance(value, Iterable) or callable(value):
        message = f"only texts and numbers can be written, and this is {_kind(value)}"
        raise TemplateMistake(
            message, hint="say how to write it: |join(', '), or a loop"
        )
    return value


def together(parts: Iterable[str]) -> str:
    """Join what a template, block or macro wrote; takes the place of Jinja's own."""
    rest, made = iter(parts), ""
    while some := list(islice(rest, _AT_ONCE)):
        try:
            fits(made, len(made) + sum(map(len, some)))
            made += "".join(some)
        except TypeError:  # numbers and the like among them
            made = "".join(measured((made, *some)))
    return made


def counted(*bounds: int) -> range:
    """Return the numbers from one to another, at most MOST_COUNTED of them."""
    numbers = range(*bounds)
    if len(numbers) > MOST_COUNTED:
        raise too_much(f"a range of more than {MOST_COUNTED} numbers")
    return numbers


def filled(text: str, *values: Any) -> str:
    """Fill in `%s`, `%d`, `%.1f` and the like."""
    for spec in _SPEC.finditer(text):
        widths = (spec["width"], spec["precision"])
        if any(width and int(width[:9]) > WIDEST for width in widths):
            raise too_much(f"a format wider than {WIDEST} characters")
        if spec["kind"] not in _KINDS or spec["kind"] == "":
            message = f"{spec.group()!r} is no format"
            hint = "use %s for texts, %d for whole numbers, %.1f for others, %% for %"
            raise TemplateMistake(message, hint=hint)
    measured((text, *values))
    return text % values


def fits(kind: object, length: int) -> None:
    """Refuse a text or list of this length, if it is beyond its bound."""
    text = isinstance(kind, str)
    most = MOST_TEXT if text else MOST_ITEMS
    if length > most:
        many = f"{most} characters" if text else f"{most} items"
        raise too_much(f"a {'text' if text else 'list'} of more than {many}")


def too_much(what: str) -> TemplateMistake:
    """Say what a template makes that is beyond its bound."""
    return TemplateMistake(f"the template makes {what}", hint="make it smaller")


def _kind(value: object) -> str:
    match value:
        case list() | tuple() | range():
            return "a list"
        case dict():
            return "a dict"
    return "neither"


def _small(bits: int) -> None:
    if bits > MOST_BITS:
        raise too_much(f"a number of more than {MOST_BITS * 3 // 10} digits")
