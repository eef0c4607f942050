"""Words that were used before, so that the next report can use the same ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from postmortem.archive.entries import Entry
from postmortem.archive.folders import Archive
from postmortem.errors import PostmortemError
from postmortem.files.texts import read_bytes

LISTS = ("services", "tags", "reviewers")
WORDS = ("owner",)

_LONGEST = 80
"""Characters; what is longer is a sentence and no word."""
_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""In the order in which GitHub looks, see https://docs.github.com/articles/about-code-owners."""
_LIMIT = 512 * 1024
_MOST = 500


def seen(archive: Archive, limit: int) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each field in the latest reports, the most frequent first.

    Of as many that are equally frequent the latest is first. Only front matter is read.
    """
    counts = {name: Counter[str]() for name in (*LISTS, *WORDS)}
    for entry in archive.latest(limit):
        for name, count in counts.items():
            count.update(tuple(dict.fromkeys(_words(entry, name))))
    return {
        name: tuple(word for word, _ in count.most_common(_MOST))
        for name, count in counts.items()
    }


def code_owners(root: Path) -> tuple[str, ...]:
    """Return who owns code, as the CODEOWNERS of a repository names them, each once.

    None for a file that is no text or is too large: it is only there to help.
    """
    for name in _OWNERS:
        path = root / name
        try:
            raw, _ = read_bytes(path, limit=_LIMIT, follow=False)
        except PostmortemError:
            continue
        owners = dict.fromkeys(_owners(raw.decode("utf-8", "replace")))
        return tuple(owners)[:_MOST]
    return ()


def _words(entry: Entry, name: str) -> Iterator[str]:
    said = entry.several(name) if name in LISTS else (entry.fact(name) or "",)
    for word in said:
        short = word.strip()
        if short and len(short) <= _LONGEST and short.isprintable():
            yield short


def _owners(text: str) -> Iterator[str]:
    """Yield `@user`, `@organisation/team`, addresses; a pattern may hold an @ too."""
    for line in text.splitlines():
        said = line.partition("#")[0].replace("\\ ", "?").strip()
        section = said.startswith(("[", "^["))
        words = said.rpartition("]")[2].split() if section else said.split()[1:]
        for word in words:
            if "@" in word[:-1] and len(word) <= _LONGEST and word.isprintable():
                yield word
