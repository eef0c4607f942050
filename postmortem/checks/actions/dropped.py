"""Actions that say of themselves that nobody does them: none at all, or a dropped one.

As in `N/A` alone, and in `Page at night as well. Discussed but decided not to do.`
"""

from __future__ import annotations

import re
from functools import cache

from postmortem.checks.completeness.fillers import is_nothing

_BOX = "[n/a]"
"""What may stand where a check box would."""
_WORDS = (
    *("decided", "won", "dropped", "cancel", "abandon", "will not", "not doing"),
    *("nicht", "verworfen"),
)
"""What one of the patterns' matches has in it."""
_BEHIND = 120
"""Characters at the end in which it stands."""


def is_dropped(text: str) -> bool:
    """Tell whether the words of an action are none, or end with that it was dropped.

    >>> is_dropped("None"), is_dropped("Add a limit (won't do)")
    (True, True)
    >>> is_dropped("Alert when packets are dropped")
    False
    """
    if is_nothing(text):
        return True
    small = text.casefold()
    if small.startswith(_BOX):
        return True
    end = max(len(small) - _BEHIND, 0)
    told = any(small.find(word, end) >= 0 for word in _WORDS)
    return told and _pattern().search(small, end) is not None


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a last sentence, or an addition, that says so."""
    return re.compile(
        r"""(?: [.!?;]\s+ | \s[-\u2013\u2014]\s+ | [(\[] ) [*_]*
            (?:(?: and | but | discussed | has\ been | have | it | later | then | this
                 | was | we ),?\s)*
            (?: decided\ (?:not\ to(?:\ do)?|against)(?:\ (?:it|so|that|this))?
              | (?:won['\u2019]?t|will\ not)\ (?:do|fix|happen)(?:\ (?:it|this))?
              | will\ not\ be\ (?:done|implemented) | wontfix | not\ doing\ (?:it|this)
              | abandoned | cancell?ed | dropped | verworfen
              | wird\ nicht\ (?:gemacht|umgesetzt) )
            (?:,?\s(?:as|because|da|for\ now|since|weil)\b[^.]*)? \W*\Z""",
        re.VERBOSE,
    )
