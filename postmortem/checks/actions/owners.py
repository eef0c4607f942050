"""Who owns an action, by what is written: one role, several, or nobody at all."""

from __future__ import annotations

import re

from postmortem.checks.completeness import fillers

_SEVERAL = re.compile(r"\s*(?:,|;|&|\+|/|\band\b|\bor\b)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:admin(?:istrator)?|architect|commander|crew|dba|department|desk|developer"
    r"|director|engineer|group|guild|lead|manager|office|on-?call|owner|rotation|squad"
    r"|sre|team)\Z",
    re.IGNORECASE,
)
"""What a role ends with, or the name of a team."""
_ANOTHER = re.compile(r"(?:the|an?|her|his|their|our|its)\s", re.IGNORECASE)
"""What a role of its own begins with."""
_SHORT = 2
"""Letters of what is joined to one name, as in R&D or CI/CD."""
_ALL = frozenset(
    ("all", "every", "everyone", "everybody", "alle", "jeder", "sämtliche")
)
"""What begins the name of no owner: `all engineers`."""
_NOBODY = (
    *("all", "everyone", "everybody", "team", "the team", "the whole team", "we", "us"),
    *("somebody", "someone", "alle", "wir", "jeder", "jemand", "das team"),
    *("das ganze team", "tbd", "?"),
)


def is_nobody(owner: str) -> bool:
    """Tell whether an owner is nobody, all of a group, or whoever it may be.

    >>> is_nobody("all engineers"), is_nobody("tbd"), is_nobody("search lead")
    (True, True, False)
    """
    small = owner.casefold()
    everybody = " " in small and small.split()[0] in _ALL
    return everybody or small in _NOBODY or fillers.is_nobody(owner)


def has_role(owner: str) -> bool:
    """Tell whether a text ends with what a role or a team is called."""
    return _ROLE.search(owner) is not None


def count(owner: str) -> int:
    """Return how many owners a text names; `search and ads lead` is one."""
    parts = [
        part
        for part in _SEVERAL.split(owner)
        if part and part.casefold() not in _NOBODY
    ]
    if len(parts) <= 1 or re.search(r"[,;@]", owner):
        return len(parts)
    *first, last = parts
    ends = _ROLE.search(last) and not any(_ROLE.search(part) for part in first)
    alone = _ANOTHER.match(last) or _ROLE.fullmatch(last)
    short = " " not in owner and min(map(len, parts)) <= _SHORT
    return 1 if (ends and not alone) or short else len(parts)
