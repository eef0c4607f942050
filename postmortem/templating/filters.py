"""Filters that cannot make much from little, in place of those of Jinja that can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import filters as theirs
from jinja2.utils import pass_environment, pass_eval_context
from markupsafe import Markup, escape, soft_str

from postmortem.templating.bounds import (
    MOST_ITEMS,
    WIDEST,
    fits,
    measured,
    too_much,
)
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment
    from jinja2.nodes import EvalContext

MOST_PLACES = 15
"""Decimal places that can be rounded to."""

_DEEPEST_INDENT = 8


def indented(text: str, width: int | str = 4, *flags: bool, **named: bool) -> str:
    """Indent lines, as Jinja does, by at most WIDEST characters."""
    by = len(width) if isinstance(width, str) else width
    if by > WIDEST:
        raise too_much(f"an indent of more than {WIDEST} characters")
    fits(text, len(text) + by * (text.count("\n") + 1))
    return theirs.do_indent(text, width, *flags, **named)


@pass_eval_context
def joined(
    context: EvalContext, value: Iterable[Any], d: str = "", attribute: Any = None
) -> str:
    """Join a list, as Jinja does, up to the bound of a text."""
    if attribute is not None:
        value = map(theirs.make_attrgetter(context.environment, attribute), value)
    parts = measured(value)
    fits(d, sum(map(len, parts)) + len(d) * len(parts))
    return theirs.sync_do_join(context, parts, d)


@pass_eval_context
def replaced(
    context: EvalContext, text: str, old: str, new: str, count: int | None = None
) -> str:
    """Replace one text by another, as Jinja does, up to the bound of a text."""
    text, old, new = soft_str(text), soft_str(old), soft_str(new)
    times_found = text.count(old) if count is None else min(text.count(old), count)
    fits(text, len(text) + len(new) * times_found)
    return theirs.do_replace(context, text, old, new, count)


@pass_eval_context
def as_json(context: EvalContext, value: Any, indent: int | None = None) -> str:
    """Return a value as JSON that HTML may hold, as Jinja does, up to its bound."""
    if any(at > MOST_ITEMS for at, _ in enumerate(_parts(value))):
        raise too_much(f"JSON of more than {MOST_ITEMS} values")
    if indent is not None and not 0 <= indent <= _DEEPEST_INDENT:
        raise too_much(f"an indent of more than {_DEEPEST_INDENT} characters")
    text = theirs.do_tojson(context, value, indent)
    fits(text, len(text))
    return text


def escaped(value: Any) -> Markup:
    """Escape a text for HTML, up to the bound of a text."""
    text = measured((value,))[0]
    return escape(text)


def as_text(value: Any) -> str:
    """Return a text or number as text."""
    return measured((value,))[0]


def rounded(value: float, precision: int = 0, method: Any = "common") -> float:
    """Round a number to at most fifteen places, as Jinja does."""
    if abs(precision) > MOST_PLACES:
        raise too_much(f"rounding to more than {MOST_PLACES} places")
    return theirs.do_round(value, precision, method)


@pass_environment
def summed(
    environment: Environment,
    numbers: Iterable[Any],
    attribute: Any = None,
    start: float = 0,
) -> float:
    """Add up numbers, and nothing else."""
    if attribute is not None:
        numbers = map(theirs.make_attrgetter(environment, attribute), numbers)
    total = start
    for number in (start, *numbers):
        if not isinstance(number, (int, float)):
            message = f"sum adds numbers, and {number!r:.40} is none"
            raise TemplateMistake(message)
        total += number
    return total - start


def _parts(value: Any) -> Iterator[Any]:
    """Yield a value and all that is in it, what is in it twice twice."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, (list, tuple)):
            waiting += part
