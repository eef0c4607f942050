"""Whether a text says how an incident was noticed, or only that it was."""

from __future__ import annotations

import re

from postmortem.checks.completeness.fillers import is_told

_NOTICED = (
    r"(?:(?:we|some(?:one|body)|the team|wir|jemand|das team|es wurde"
    r"|(?:it|(?:the|this) (?:problem|issue|incident|error|fault|outage)) was"
    r"|(?:das|dieses) problem wurde|(?:der fehler|die störung|der vorfall) wurde) )?"
    r"(?:noticed|detected|discovered|found|seen|bemerkten?|bemerkt|entdeckt"
    r"|festgestellt)(?: (?:it|this|the problem|es))?(?: manual(?:ly|l))?"
    r"(?:,? (?:and|und) [\w -]{1,20} (?:was|were|wurden?) \w+)?"
    r"|manual(?:ly)?|manuell|un(?:known|bekannt)|n/?a|k\. ?a|[-–—]+"
)
"""In small letters; compiled where a text is so short."""


def says_no_signal(text: str) -> bool:
    """Tell whether a text says only that it was noticed, or that nobody knows.

    >>> says_no_signal("We noticed it."), says_no_signal("We noticed it in the log.")
    (True, False)
    """
    bare = "" if is_told(text) else " ".join(text.casefold().split()).strip(" *_.!")
    return re.fullmatch(_NOTICED, bare) is not None
