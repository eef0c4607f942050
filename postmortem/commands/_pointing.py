"""Where a mistake in a template is: its column, and its path as somebody would type it.

Jinja tells lines, and whole paths; an editor jumps to what stands here.
A mistake names what it is about; that stands on its line, and its column is told too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postmortem.commands._places import shown_path
from postmortem.errors import PostmortemError, Problem, Problems

if TYPE_CHECKING:
    from postmortem.env import Env

_TEMPLATE = ".j2"
_QUOTED = re.compile(r"'([^']+)'")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"\{[{%]")


class InSight(click.Group):
    """Commands whose mistakes in templates are said as people look for them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run one of them."""
        try:
            return super().invoke(ctx)
        except PostmortemError as error:
            if (said := seen(error, ctx.obj)) is not error:
                raise said from error
            raise


def seen(error: PostmortemError, env: Env) -> PostmortemError:
    """Return an error with what it says of templates as people look for it."""
    problems = told(error.problems, env)
    if problems == error.problems:
        return error
    if isinstance(error, Problems):
        return Problems(problems)
    one = problems[0]
    return type(error)(
        one.message, path=one.path, line=one.line, column=one.column, hint=one.hint
    )


def told(problems: Iterable[Problem], env: Env) -> tuple[Problem, ...]:
    """Return problems, those of templates with column and a path that can be typed."""
    return tuple(
        replace(one, path=shown_path(Path(one.path), env))
        if one.path and one.path.endswith(_TEMPLATE)
        else one
        for one in _columns(problems)
    )


def _columns(problems: Iterable[Problem]) -> Iterator[Problem]:
    for one in problems:
        yield from pointed([one]) if (one.path or "").endswith(_TEMPLATE) else [one]


def pointed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return mistakes with a column each, where it can be told."""
    read: dict[str, list[str]] = {}
    return tuple(_pointed(problem, read) for problem in problems)


def _pointed(problem: Problem, read: dict[str, list[str]]) -> Problem:
    if problem.path is None or problem.line is None or problem.column is not None:
        return problem
    if problem.path not in read:
        read[problem.path] = _lines(problem.path)
    lines = read[problem.path]
    if not 0 < problem.line <= len(lines):
        return problem
    return replace(problem, column=_column(lines[problem.line - 1], problem.message))


def _column(line: str, message: str) -> int:
    """Return where in a line that stands which a message names, from 1."""
    for name in _named(message):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line)
        if found:
            return found.start() + 1
    tag = _TAG.search(line)
    return tag.start() + 1 if tag else len(line) - len(line.lstrip()) + 1


def _named(message: str) -> Iterator[str]:
    """Yield what a message is about: what it quotes, and its first word."""
    yield from _QUOTED.findall(message)
    first = _WORD.match(message)
    if first:
        yield first.group()


def _lines(path: str) -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return Path(path).read_text(encoding="utf-8-sig").splitlines()
    return []
