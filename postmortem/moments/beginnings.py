"""Where the time ends that a line of a timeline begins with."""

from __future__ import annotations

import re

from postmortem.moments.hyphens import spelled_out
from postmortem.moments.phrases import sides
from postmortem.moments.refusals import NoForm, NotATime
from postmortem.moments.tokens import plain
from postmortem.moments.zones import abbreviated

_LONGEST = 80
_BEGINNING = re.compile(r"\s*(?:[~≈(]|c\.|[^\W\d_]{0,13}\W{0,3})?\s*\d")
_MORE = re.compile(
    r"""
    [-+:.,/]\d                      # its digits go on
    | \s[-+\u2212]\d\d:\d\d\w       # 9:12 -04:005
    | \s?[ap]\.?m\.?\d              # 9:12 am5
    | \s?(?P<zone>[A-Z]{2,5})\d     # 9:12 EDT5
    | \s?(?P<upper>(?-i:[A-Z]{2,5}(?=[a-z])))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    r"(?<=[0-9A-Za-z)\]])(?![0-9A-Za-z])|(?<=\.[mM]\.)|(?<=[\u9803\u308d])(?!\w)"
    r"|(?<=\d~)(?![\w~])"
)


def leading(text: str) -> int:
    """Return how many characters of a line are the time it begins with; 0 for none.

    Only the form is looked at, so that `read` says what is wrong with `13:06 PM`. What
    goes on right behind a time, as the 2 in `9:05-04:002`, makes it none.

    >>> leading("16:58 UTC - the disk is full")
    9
    """
    if not _BEGINNING.match(text):
        return 0
    ends = [found.start() for found in _END.finditer(text, 0, _LONGEST)]
    end = next((end for end in reversed(ends) if _has_form(text[:end])), 0)
    return 0 if goes_on(text, end) else end


def goes_on(text: str, end: int) -> bool:
    """Tell whether what is behind a time in a line would belong to it, and does not."""
    found = _MORE.match(text, end)
    word = found and (found["zone"] or found["upper"])
    return bool(found and (not word or abbreviated(word)))


def _has_form(text: str) -> bool:
    try:
        sides(spelled_out(plain(text))[0])
    except NoForm:
        return False
    except NotATime:
        return True
    return True
