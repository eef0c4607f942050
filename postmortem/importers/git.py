"""A repository's commits, merges, reverts and tags as what may have been deployed.

Only the room `history` runs git: what it found comes here as plain facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from postmortem.importers import sameness
from postmortem.importers.candidates import Candidate, Unplaced
from postmortem.importers.texts import cleaned

_SHORT = 10
_MERGED = 2
"""Parents that make a commit a merge."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A commit, or a tag with a time of its own, as the repository has it."""

    sha: str
    """Of the commit; of a tag, of the commit that it names."""
    when: datetime | None
    """Aware; when it was committed or tagged. None for a date beyond the calendar."""
    author: str
    subject: str
    tag: str | None = None
    """The name, where this is the tag and not the commit."""
    refs: tuple[str, ...] = ()
    """Tags without a time of their own that name the commit."""
    parents: tuple[str, ...] = ()
    reverts: tuple[str, ...] = ()
    """Commits that it says it takes back."""


def candidates(
    facts: Iterable[Fact], repository: str
) -> Iterator[Candidate | Unplaced]:
    """Yield a candidate for each fact; `repository` is the name that people know."""
    for fact in facts:
        short = fact.sha[:_SHORT]
        where = f"{repository} {fact.tag or short}"
        if fact.when is None:
            yield Unplaced(where=where, why="its date is on no calendar")
            continue
        kind, weight, text = _told(fact, short)
        yield Candidate(
            at=fact.when,
            text=cleaned(text),
            where=where,
            said=fact.when.isoformat(),
            source=f"git {repository}",
            kind=kind,
            author=fact.author or None,
            id=f"tag {fact.tag}" if fact.tag else f"commit {fact.sha}",
            same=None if fact.tag else sameness.commit(fact.sha),
            weight=weight,
        )


def _told(fact: Fact, short: str) -> tuple[str, int, str]:
    """Return its kind, its weight, and what it is in words."""
    if fact.tag:
        return "deploy", 3, f"tag {fact.tag} ({short}): {fact.subject}"
    tags = f" (tag {', '.join(fact.refs)})" if fact.refs else ""
    if fact.reverts or fact.subject.startswith('Revert "'):
        taken = ", ".join(sha[:_SHORT] for sha in fact.reverts)
        of = f" of {taken}" if taken else ""
        return "change", 2, f"revert {short}{tags}{of}: {fact.subject}"
    what = "merge" if len(fact.parents) >= _MERGED else "commit"
    weight = 2 if what == "merge" or tags else 1
    return "change", weight, f"{what} {short}{tags}: {fact.subject}"
