"""Where the time ends that a line of a timeline begins with."""

from __future__ import annotations

import re

from postmortem.moments.hyphens import spelled_out
from postmortem.moments.phrases import sides
from postmortem.moments.refusals import NoForm, NotATime
from postmortem.moments.tokens import plain

_LONGEST = 80
_BEGINNING = re.compile(r"\s*(?:[~≈(]|c\.|[^\W\d_]{0,13}\W{0,3})?\s*\d")
_END = re.compile(r"(?<=[0-9A-Za-z)\]])(?![0-9A-Za-z])|(?<=\.[mM]\.)")


def leading(text: str) -> int:
    """Return how many characters of a line are the time it begins with; 0 for none.

    Only the form is looked at, so that `read` says what is wrong with `13:06 PM`.

    >>> leading("16:58 UTC - the disk is full")
    9
    """
    if not _BEGINNING.match(text):
        return 0
    ends = [found.start() for found in _END.finditer(text, 0, _LONGEST)]
    return next((end for end in reversed(ends) if _has_form(text[:end])), 0)


def _has_form(text: str) -> bool:
    try:
        sides(spelled_out(plain(text))[0])
    except NoForm:
        return False
    except NotATime:
        return True
    return True
