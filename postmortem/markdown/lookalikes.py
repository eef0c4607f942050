"""Lines that look like derived ones, by marks alone: which of them are ours.

Any line in bold looks like a headline. It is one of ours if it says what we would have
written, or something like it; else somebody wrote it, and it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial

from postmortem.markdown import inline
from postmortem.model import STATUSES

_SAYS = re.compile(r"[^\W_]")
_SIGNS = re.compile(r"\\[^\W_]|\[[^\]]*\]|\.\*\??")
"""What stands in a pattern for a kind of character, or for anything at all."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_USUAL = frozenset(
    (
        *(word for status in STATUSES for word in _WORD.findall(status)),
        *("sev", "p", "s", "utc", "d", "h", "min"),
    )
)
"""Words of a headline whatever the report: severities, statuses, lengths of time."""


def ours(
    lines: Sequence[str],
    found: Sequence[int],
    looks: Collection[str],
    had: Sequence[str],
    wanted: Sequence[str],
    labels: Collection[str] = (),
) -> Sequence[int]:
    """Return those of the found lines that are ours, in their order.

    `looks` are the patterns by which they were found; where one has words in it, that
    is enough. What we `had` to write before a change, and want to write after it, says
    which of the others are, and how many there can be; `labels` are words of ours.
    """
    usual = _USUAL.union(*map(_words, labels))
    firm = [re.compile(look) for look in looks if _SAYS.search(_SIGNS.sub("", look))]
    plain = {at: " ".join(lines[at].split()) for at in found}
    soft = {
        at: _said(line)
        for at, line in plain.items()
        if not any(look.fullmatch(line) for look in firm)
    }
    most = max(len(had), len(wanted))
    known = [_said(line) for line in (*had, *wanted)]
    taken: list[int] = []
    for fits in (str.__eq__, partial(_alike, usual)):
        for line in known:
            left = (at for at in soft if at not in taken)
            taken += [at for at in left if fits(soft[at], line)][:1]
    others = {*soft} - {*taken[:most]}
    return [at for at in found if at not in others]


def _said(line: str) -> str:
    return inline.plain(line).casefold().strip()


def _words(text: str) -> set[str]:
    return {*_WORD.findall(_DIGITS.sub(" ", text.casefold()))}


def _alike(usual: Collection[str], one: str, ours: str) -> bool:
    """Tell whether a line has no word but those of ours, and the usual ones.

    >>> _alike(("draft",), "sev-1 · draft", "sev-2"), _alike((), "summary", "sev-2")
    (True, False)
    """
    words = _words(one)
    return bool(words) and words <= {*usual, *_words(ours)}
