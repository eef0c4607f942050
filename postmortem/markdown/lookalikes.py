"""Lines that look like derived ones, by marks alone: which of them are ours.

Any line in bold looks like a headline. It is one of ours if it says what we would have
written, or something like it; else somebody wrote it, and it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from postmortem.markdown import inline

_SAYS = re.compile(r"[^\W_]")
_SIGNS = re.compile(r"\\[^\W_]|\.\*\??")
"""What stands in a pattern for a kind of character, or for anything at all."""
_PARTS = re.compile(r"\s*[·|,;/]\s*|\s+[-\u2013\u2014]\s+")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_FEW = 2
"""Words that two lines must share to be alike by words alone."""


def ours(
    lines: Sequence[str],
    found: Sequence[int],
    looks: Collection[str],
    had: Sequence[str],
    wanted: Sequence[str],
) -> Sequence[int]:
    """Return those of the found lines that are ours, in their order.

    `looks` are the patterns by which they were found; where one has words in it, that
    is enough. What we `had` to write before a change, and want to write after it, says
    which of the others are, and how many there can be.
    """
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
    for fits in (str.__eq__, _alike):
        for line in known:
            left = (at for at, said in soft.items() if at not in taken)
            taken += [at for at in left if fits(soft[at], line)][:1]
    others = {*soft} - {*taken[:most]}
    return [at for at in found if at not in others]


def _said(line: str) -> str:
    return inline.plain(line).casefold().strip()


def _alike(one: str, ours: str) -> bool:
    """Tell whether a line has a part of ours, whatever its numbers, or but its words.

    >>> _alike("sev-1", "sev-2 · draft"), _alike("summary", "sev-2 · draft")
    (True, False)
    """
    parts = [{*_PARTS.split(_DIGITS.sub("0", each))} for each in (one, ours)]
    words = [{*_WORD.findall(_DIGITS.sub("0", each))} for each in (one, ours)]
    return not parts[0].isdisjoint(parts[1]) or (
        len(words[0]) >= _FEW and words[0] <= words[1]
    )
