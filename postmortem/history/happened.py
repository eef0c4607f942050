"""What happened in a repository between two instants: commits and tags, as facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from postmortem.history.heads import head
from postmortem.history.running import Running
from postmortem.importers.git import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from postmortem.history.place import History

MOST = 20_000
"""Commits that are looked at, the newest ones."""
DEADLINE = 60.0
"""Seconds; a long history is walked to where the window begins."""
SKEW = timedelta(days=7)
"""Git looks no further than a commit of before the window, and clocks may be wrong."""

_COMMIT = "%H%x00%P%x00%cI%x00%aN%x00%s%x00%b%x00"
_TAG = "%00".join(
    (
        *("%(refname:lstrip=2)", "%(objectname)", "%(*objectname)"),
        *("%(taggerdate:iso-strict)", "%(taggername)", "%(contents:subject)", ""),
    )
)
_FIELDS = 6
"""In each of the two formats; a NUL ends every field, and none holds one."""
_REVERTS = re.compile(r"\bThis reverts commit ([0-9a-f]{7,64})")
_REFS = ("--branches", "--tags", "--remotes")


def happened(
    history: History, begin: datetime, end: datetime, limit: int = MOST
) -> tuple[Fact, ...]:
    """Return the commits and the tags with a date of that window, the oldest first.

    The date is when a commit was committed, or its tag was made: when it was written
    may be weeks before. Commits are those of all branches and tags, fetched ones too.
    """
    tags = tuple(_tags(history))
    names: dict[str, list[str]] = {}
    for tag in tags:
        if tag.when is None and tag.tag:
            names.setdefault(tag.sha, []).append(tag.tag)
    facts = [*_commits(history, begin, end, limit, names), *tags]
    facts = [fact for fact in facts if fact.when and begin <= fact.when <= end]
    return tuple(sorted(facts, key=lambda fact: fact.when or begin))


def _commits(
    history: History,
    begin: datetime,
    end: datetime,
    limit: int,
    names: Mapping[str, Sequence[str]],
) -> Iterator[Fact]:
    # Not `log`, which would run gpg where log.showSignature is set.
    args: tuple[str, ...] = (
        *("rev-list", f"-n{limit}", "--no-commit-header", "--encoding=UTF-8"),
        *(f"--max-age={_epoch(begin - SKEW)}", f"--min-age={_epoch(end)}"),
        *(f"--format={_COMMIT}", *_REFS, "--end-of-options"),
    )
    if head(history).sha is not None:
        args = (*args, "HEAD")
    for sha, parents, when, author, subject, body in _read(history, args):
        yield Fact(
            sha=sha,
            when=_instant(when),
            author=author,
            subject=subject,
            refs=tuple(names.get(sha, ())),
            parents=tuple(parents.split()),
            reverts=tuple(_REVERTS.findall(body)),
        )


def _tags(history: History) -> Iterator[Fact]:
    """Yield the tags; one that is only a name of a commit has no time."""
    args = ("for-each-ref", f"--format={_TAG}", "refs/tags")
    for name, own, named, when, author, subject in _read(history, args):
        at = _instant(when)
        yield Fact(sha=named or own, when=at, author=author, subject=subject, tag=name)


def _read(history: History, args: tuple[str, ...]) -> Iterator[Sequence[str]]:
    with Running(history.root, *args) as running:
        out = running.end(deadline=DEADLINE).out.decode("utf-8", "replace")
    fields = out.split("\0")
    for at in range(0, len(fields) - _FIELDS, _FIELDS):
        first, *rest = fields[at : at + _FIELDS]
        yield (first.removeprefix("\n"), *rest)


def _instant(text: str) -> datetime | None:
    """Return the instant that git wrote; None for none, or one of no calendar."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _epoch(at: datetime) -> int:
    return max(0, int(at.astimezone(UTC).timestamp()))
