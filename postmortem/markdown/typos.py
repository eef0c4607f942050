"""Names that a template reads and nothing has: each with the nearest right one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from postmortem import templating
from postmortem.errors import Problem, Problems
from postmortem.markdown import fields
from postmortem.markdown.context import HELPERS
from postmortem.markdown.fields import Field


def check_names(
    said: Mapping[str, Any],
    known: Mapping[str, Field],
    files: Sequence[Any],
    before: Sequence[Problem] = (),
) -> None:
    """Raise Problems for all names that nothing has, in the order of the lines.

    `said` is what a survey of the template gives; `before` are mistakes known already.
    """
    found = _in_order(_unknown(said, known, files))
    if found:
        raise Problems((*before, *found))


def beside(
    words: Sequence[Problem],
    said: Mapping[str, Any],
    known: Mapping[str, Field],
    files: Sequence[Any],
) -> list[Problem]:
    """Return what is wrong with a template's words, and its names that nothing has."""
    return _in_order([*words, *_unknown(said, known, files)])


def _unknown(
    said: Mapping[str, Any], known: Mapping[str, Field], files: Sequence[Any]
) -> Iterator[Problem]:
    paths = {found.name: str(found.path) for found in files}
    yield from _unknown_names(said["names"], known, paths)
    yield from _unknown_parts(said["parts"], known, paths)


def _in_order(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=lambda problem: (problem.path or "", problem.line or 0))


def _unknown_names(
    names: Any, known: Mapping[str, Field], paths: Mapping[str, str]
) -> list[Problem]:
    """Return a problem for every name of no field, with the nearest right one."""
    right = {*known, *HELPERS, "loop", "super", "range", "namespace", "caller", "self"}
    problems = []
    for name, places in names.items():
        if name in right or name.startswith("_"):
            continue
        near = templating.nearest(name, right)
        hint = f"did you mean {near!r}?" if near else None
        hint = hint or f'declare it: {{{{ field("{name}", "a question") }}}}'
        problems += [
            Problem(
                message=f"no field is called {name!r}",
                path=paths.get(file, file),
                line=line,
                hint=hint,
            )
            for file, line in places
        ]
    return problems


def _unknown_parts(
    parts: Any, known: Mapping[str, Field], paths: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for every part that no row of its field has."""
    for file, line, name, part in parts:
        field = known.get(name)
        if field is None or not field.parts or field.kind == fields.LIST:
            continue
        if part in field.parts or hasattr(dict, part):
            continue
        near = templating.nearest(part, field.parts)
        there = f"there are {', '.join(field.parts)}"
        yield Problem(
            message=f"a row of {name} has no {part!r}",
            path=paths.get(file, file),
            line=line,
            hint=f"did you mean {near!r}?" if near else there,
        )
