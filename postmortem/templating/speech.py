"""What Jinja and Python say about a template, in our words and with the right place."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.exceptions import SecurityError, TemplatesNotFound
from jinja2.utils import missing

from postmortem.templating.engine import Engine, UnknownName
from postmortem.templating.grammar import lower, syntax
from postmortem.templating.plain import plain
from postmortem.templating.sources import names, split
from postmortem.templating.words import TemplateMistake, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

    from postmortem.templating.sources import Found

_UNSAFE = re.compile(r"access to attribute '(?P<it>.+)' of '(?P<kind>.+)' object.*")
_KINDS = {
    "str": "text",
    "Markup": "text",
    "dict": "dict",
    "list": "list",
    "int": "number",
    "float": "number",
    "NoneType": "value that is not known yet",
    "bool": "yes or no",
}
_SANDBOX = "a template lays out what it is given; it cannot reach into anything else"
_OF_PYTHON = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


def load(engine: Engine, name: str) -> jinja2.Template:
    """Return a template, compiled; raises TemplateMistake."""
    with in_our_words(engine, name):
        return engine.get_template(name)


def parse(engine: Engine, found: Found) -> jinja2.nodes.Template:
    """Return the syntax tree of one file; raises TemplateMistake."""
    path = str(found.path)
    with in_our_words(engine, path):
        return engine.parse(split(found.text)[1], found.name, path)


def render(engine: Engine, name: str, context: Mapping[str, Any]) -> str:
    """Return the text that a template makes of plain values; raises TemplateMistake."""
    plain(dict(context))
    template = load(engine, name)
    with in_our_words(engine, str(template.filename)):
        return template.render(context)


@contextmanager
def in_our_words(engine: Engine, name: str) -> Iterator[None]:
    """Turn whatever a template makes Jinja or Python raise into a TemplateMistake.

    `name` is blamed where no file is known better.
    """
    try:
        yield
    except TemplateMistake as error:
        said = error.problem
        if said.path:
            raise
        raise _placed(error, name, said.message, said.hint) from error
    except jinja2.TemplateError as error:
        raise _of_jinja(error, engine, name) from error
    except _OF_PYTHON as error:
        # without a template among its callers it is a bug of ours
        spent = isinstance(error, (MemoryError, RecursionError))
        if _place(error) is None and not spent:
            raise
        raise _placed(error, name, _python(error)) from error


def _of_jinja(
    error: jinja2.TemplateError, engine: Engine, name: str
) -> TemplateMistake:
    match error:
        case jinja2.TemplateSyntaxError():
            return syntax(error, engine)
        case jinja2.TemplateNotFound():
            return _not_found(error, engine, name)
        case UnknownName():
            return _unknown(error, name)
        case SecurityError():
            unsafe = _UNSAFE.match(error.message or "")
            what = (
                f"{quoted(unsafe['it'])} of a {_kind(unsafe['kind'])}"
                if unsafe
                else "this"
            )
            return _placed(error, name, f"{what} is not allowed here", _SANDBOX)
    return _placed(error, name, lower(error.message or ""))


def _python(error: BaseException) -> str:
    match error:
        case RecursionError():
            return "the template calls itself, or lists hold lists, without end"
        case MemoryError():
            return "the template takes too much memory"
    return f"this cannot be worked out: {lower(str(error))}"


def _not_found(
    error: jinja2.TemplateNotFound, engine: Engine, name: str
) -> TemplateMistake:
    absent = error.templates if isinstance(error, TemplatesNotFound) else [error.name]
    wanted = " nor ".join(quoted(one) for one in absent)
    hint = suggestion(str(absent[0]), names(engine.sources)) if absent else None
    return _placed(error, name, f"there is no template {wanted}", hint)


def _unknown(error: UnknownName, name: str) -> TemplateMistake:
    unknown, owner = error.name, error.owner
    place = _place(error)
    if error.hinted:
        return _placed(error, name, lower(error.message or ""))
    if owner is missing and isinstance(unknown, str):
        known = _visible(place[2]) if place else set()
        message = f"nothing is called {quoted(unknown)} here"
        return _placed(error, name, message, suggestion(unknown, known))
    if not isinstance(unknown, str):
        message = f"a {_kind(type(owner).__name__)} has no item {unknown!r:.40}"
        return _placed(error, name, message)
    known = set(owner) if isinstance(owner, dict) else set()
    message = f"a {_kind(type(owner).__name__)} has no {quoted(unknown)}"
    return _placed(error, name, message, suggestion(unknown, known))


def _placed(
    error: BaseException, name: str, message: str, hint: str | None = None
) -> TemplateMistake:
    path, line, _ = _place(error) or (name, None, None)
    return TemplateMistake(message, path=path, line=line, hint=hint)


def _place(error: BaseException) -> tuple[str, int, FrameType] | None:
    """Return path, line and frame of the innermost template code that was running."""
    place, step = None, error.__traceback__
    while step is not None:
        template = step.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template):
            line = template.get_corresponding_lineno(step.tb_lineno)
            place = (str(template.filename), line, step.tb_frame)
        step = step.tb_next
    return place


def _visible(frame: FrameType) -> set[str]:
    """Return the names that template code can use where it is."""
    local = {
        key.split("_", 2)[2]
        for key, value in frame.f_locals.items()
        if key.startswith("l_") and value is not missing
    }
    context = frame.f_locals.get("context")
    return local | set(context.get_all() if context else ())


def _kind(kind: str) -> str:
    return _KINDS.get(kind, "thing of this kind")
