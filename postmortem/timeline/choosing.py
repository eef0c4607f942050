"""Which candidates somebody wants, and which of them are likely to be wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from postmortem.errors import PostmortemError
from postmortem.timeline.folding import Group
from postmortem.timeline.merging import tool

T = TypeVar("T")

LIKELY = 2
"""The weight from which on a candidate is proposed."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Filters: each that is given has to fit; several of one sort mean any of them."""

    words: tuple[re.Pattern[str], ...] = ()
    kinds: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.kinds or self.authors or self.sources)

    def fits(self, group: Group) -> bool:
        """Tell whether an event is wanted, by any of its accounts."""
        members = group.members
        return (
            _any(self.words, lambda it: any(it.search(each.text) for each in members))
            and _any(self.kinds, lambda it: any(_same(it, m.kind) for m in members))
            and _any(self.authors, lambda it: any(_same(it, m.author) for m in members))
            and _any(self.sources, lambda it: any(of(m.source, it) for m in members))
        )


def wanted(
    *,
    grep: Iterable[str] = (),
    kinds: Iterable[str] = (),
    authors: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Wanted:
    """Return the filters that somebody typed.

    Raises PostmortemError for what is no regular expression.
    """
    return Wanted(
        words=tuple(map(_pattern, grep)),
        kinds=tuple(kinds),
        authors=tuple(each.removeprefix("@") for each in authors),
        sources=tuple(sources),
    )


def of(source: str, named: str) -> bool:
    """Tell whether a source is the named one: the tool, a part of it, or both.

    >>> of("slack #incident", "slack"), of("slack #incident", "#incident")
    (True, True)
    """
    whole, bare = source.casefold(), named.casefold().strip()
    part = whole.removeprefix(tool(source)).strip()
    channel = (part, part[1:]) if part.startswith("#") else ()
    return bare in (whole, tool(source), *channel)


def ranked(groups: Iterable[Group]) -> tuple[list[Group], list[Group]]:
    """Return what is likely to be wanted, and the rest; each in its order.

    Likely are alerts, deploys, what was pinned or answered by many, commands and links,
    as the importers weigh them.
    """
    likely: list[Group] = []
    rest: list[Group] = []
    for group in groups:
        (likely if group.weight >= LIKELY else rest).append(group)
    return likely, rest


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        hint = "write words as they stand there, or a regular expression"
        said = f"{text!r} is no regular expression: {error}"
        raise PostmortemError(said, hint=hint) from error


def _any(options: Sequence[T], fits: Callable[[T], bool]) -> bool:
    return not options or any(fits(each) for each in options)


def _same(named: str, said: str | None) -> bool:
    return said is not None and named.casefold() == said.casefold().removeprefix("@")
