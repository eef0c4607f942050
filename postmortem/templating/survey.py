"""Every mistake that can be seen in the files of a template, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes

from postmortem.errors import Problem
from postmortem.templating import chains
from postmortem.templating.engine import Engine, build
from postmortem.templating.grammar import syntax
from postmortem.templating.sources import split
from postmortem.templating.tags import tags
from postmortem.templating.words import TemplateMistake, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

from postmortem.templating.sources import Found, Source

_REREAD = 64 * 1024
"""Characters up to which a file is read again behind its first mistake."""
_MOST = 20
"""Mistakes looked for in one file."""


def survey(
    name: str,
    sources: Sequence[Source],
    *,
    filters: Collection[str] = (),
    tests: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return the mistakes of a template and of the files it needs; see `mistakes`."""
    engine = build(
        sources,
        filters=dict.fromkeys(filters, str),
        tests=dict.fromkeys(tests, bool),
    )
    problems: list[Problem] = []
    for file in chains.walk(name, sources, note=problems.append).values():
        problems += _of_file(file, engine)
    places = list(dict.fromkeys(problem.path for problem in problems))
    problems.sort(key=lambda one: (places.index(one.path), one.line or 0))
    return tuple(dict.fromkeys(problems))


def _of_file(file: Found, engine: Engine) -> list[Problem]:
    """Return what is wrong inside one file, as far as it can be read."""
    path, text = str(file.path), split(file.text)[1]
    problems: list[Problem] = []
    tree = None
    while tree is None and len(problems) < _MOST:
        try:
            tree = engine.parse(text, file.name, path)
        except TemplateMistake as error:
            return [*problems, error.problem]
        except jinja2.TemplateSyntaxError as error:
            problems += syntax(error, engine).problems
            text = _without(text, error.lineno) if len(text) <= _REREAD else ""
            if not text:
                break
    if tree is not None:
        problems += _unknown_words(tree, engine, path)
    return problems or [*_of_compiling(text, file, engine)]


def _without(text: str, line: int) -> str:
    """Return the text without the first `{{ }}` of that line, "" if it has none."""
    for tag in tags(text):
        first = text.count("\n", 0, tag.start) + 1
        lines = text.count("\n", tag.start, tag.end)
        if tag.sign == "{{" and first <= line <= first + lines:
            blank = "{#" + "\n" * lines + "#}"
            return text[: tag.start] + blank + text[tag.end :]
    return ""


def _unknown_words(
    tree: nodes.Template, engine: Engine, path: str
) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        kind = "filter" if isinstance(node, nodes.Filter) else "test"
        known = engine.filters if kind == "filter" else engine.tests
        if node.name not in known:
            yield Problem(
                message=f"there is no {kind} {node.name!r}",
                path=path,
                line=node.lineno,
                hint=suggestion(node.name, known),
            )


def _of_compiling(text: str, file: Found, engine: Engine) -> tuple[Problem, ...]:
    try:
        engine.compile(text, file.name, str(file.path))
    except TemplateMistake as error:
        return error.problems
    except jinja2.TemplateSyntaxError as error:
        return syntax(error, engine).problems
    return ()
