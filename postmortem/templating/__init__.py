"""Sandboxed Jinja: templates are other people's text, never code of ours.

The only room that runs Jinja. A template is found only inside the template folders;
it sees plain values and a reviewed list of words, and has bounds on what it makes; one
that is not trusted runs in a child process with a budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postmortem.templating.chains import (
    chain,
    digest,
    references,
    trusted,
    walk,
)
from postmortem.templating.plain import plain
from postmortem.templating.sources import Found, Source, find, names, split
from postmortem.templating.words import TemplateMistake, nearest
from postmortem.templating.work import packed, unpacked
from postmortem.templating.worker import Worker, run

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from jinja2 import Template, nodes

    from postmortem.errors import Problem
    from postmortem.templating.engine import Engine, Transform

__all__ = [
    "Found",
    "Source",
    "TemplateMistake",
    "Worker",
    "below",
    "chain",
    "children",
    "digest",
    "environment",
    "find",
    "load",
    "mistakes",
    "names",
    "nearest",
    "packed",
    "parse",
    "plain",
    "printed",
    "references",
    "render",
    "run",
    "split",
    "trusted",
    "unpacked",
]


def environment(  # noqa: PLR0913 - the parts that it is made of
    sources: Sequence[Source],
    *,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    globals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's word
    tests: Mapping[str, Callable[..., Any]] | None = None,
    autoescape: bool = False,
    transform: Transform | None = None,
    finalize: Callable[[Any], Any] | None = None,
) -> Engine:
    """Return a sandbox that loads templates from these folders, the first one first.

    `filters`, `tests` and `globals` are ours, and join the reviewed ones. `transform`
    is given each parsed file with its name. Without `finalize`, None writes nothing,
    and writing a list or dict is a mistake.
    """
    from postmortem.templating.engine import build

    return build(
        sources,
        filters=filters,
        tests=tests,
        globals=globals,
        autoescape=autoescape,
        transform=transform,
        finalize=finalize,
    )


def below(roots: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return nodes of a syntax tree and all below them, in the order of the text."""
    from postmortem.templating import trees

    return trees.below(roots)


def children(node: nodes.Node, without: Sequence[str] = ()) -> list[nodes.Node]:
    """Return the nodes right below a node, but for those in some of its fields."""
    from postmortem.templating import trees

    return trees.children(node, without)


def printed(
    node: nodes.Expr, by: str, *arguments: object, beside: str | None = None
) -> nodes.Expr:
    """Have what a template prints there go through a filter; see `compiling`."""
    from postmortem.templating import compiling

    return compiling.printed(node, by, *arguments, beside=beside)


def load(engine: Engine, name: str) -> Template:
    """Return a template, compiled; raises TemplateMistake."""
    from postmortem.templating import speech

    return speech.load(engine, name)


def parse(engine: Engine, found: Found) -> nodes.Template:
    """Return the syntax tree of one file, its words unchecked; raises TemplateMistake.

    The engine's `transform` is given it.
    """
    from postmortem.templating import speech

    return speech.parse(engine, found)


def render(engine: Engine, name: str, context: Mapping[str, Any]) -> str:
    """Return the text that a template makes of plain values; raises TemplateMistake."""
    from postmortem.templating import speech

    return speech.render(engine, name, context)


def mistakes(
    name: str,
    sources: Sequence[Source],
    *,
    filters: Collection[str] = (),
    tests: Collection[str] = (),
    worker: Worker | None = None,
) -> tuple[Problem, ...]:
    """Return every mistake that can be seen in a template without running it.

    `filters` and `tests` are the names that the caller adds to the reviewed ones.
    Reading costs time too: a template that is not trusted is read in the child.
    """
    from postmortem.templating.travel import problem

    files = tuple(walk(name, sources, note=bool).values())
    request = {
        "name": name,
        "sources": packed(sources),
        "filters": list(filters),
        "tests": list(tests),
    }
    answer = run(
        "postmortem.templating.work:mistakes",
        request,
        trusted=trusted(files),
        worker=worker,
        path=str(files[-1].path),
    )
    return tuple(problem(said) for said in answer["problems"])
