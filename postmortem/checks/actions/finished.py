"""Actions of other people's reports that nobody needs to have, since they are done.

As their status says or the line above their list, or as they are told: as the past.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postmortem.checks.actions.grouped import above
from postmortem.checks.completeness.fillers import is_done
from postmortem.model import DONE, Action

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_MANY = 3
"""From so many items on that are told as the past, one more is told so as well."""
_SOME = (
    r"(?:\w+(?<!e)ed|(?:re|un)?(?:begun|built|done|found|given|made|put|sent|set|taken"
    r"|written))\b"
)
"""A participle; not `need`, nor `speed`."""
_OPEN = (
    r"(?!(?:assumed|decided|failed|lacked|learned|limited|missed|needed|noticed|planned"
    r"|prioriti[sz]ed|proposed|realised|relied|requested|scheduled|suggested|used"
    r"|wanted)\b)"
)
"""What is said of what is still to do, or of how things are."""
_PAST = re.compile(
    rf"""(?! .* (?:\b(?:backlog|issues?|tasks?|tickets?)\b
                  | [.:;?!]\s+\S | \s[-\u2013\u2014]\s) )
        (?: we(?:['\u2019]ve|\ have)?\ (?:already\ |also\ |now\ )?{_OPEN}
             (?:\w+/)?{_SOME}
           | (?:(?! \b(?:because|before|could|check|ensure|how|if|must|should|since|so
                        |sure|that|until|verify|what|when|where|whether|which|while
                        |who|whom|whose|why|would)\b ) [^.:;?!])*?
             \b(?:was|were|ha(?:s|ve)\ been)\ (?:\w+ly\ )?{_OPEN}{_SOME}
           | [^.:;?!,]* \bwurden?\ [^.:;?!,]* (?:t|en)\W*\Z )""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS = ("was ", "were ", " been ", "we ", "we'", "we\u2019", "wurde")
"""What every match of it has in it."""


def unfinished(
    subject: Subject, actions: Sequence[tuple[int, Action]]
) -> list[tuple[int, Action]]:
    """Return those actions that are not done, with their numbers."""
    past = {number for number, action in actions if _is_past(action.text)}
    every = len(subject.report.actions or ())
    if len(past) >= max(_MANY, every - 1):
        return []
    return [it for it in actions if it[0] not in past and not _is_done(subject, *it)]


def _is_done(subject: Subject, number: int, action: Action) -> bool:
    if action.status == DONE:
        return True
    return any(is_done(line["said"]) for line in above(subject, number))


def _is_past(text: str) -> bool:
    """Tell whether an action begins with what happened, not with what is to do.

    >>> _is_past("All hosts were rebuilt."), _is_past("Rebuild what was broken.")
    (True, False)
    """
    small = text.casefold()
    return any(sign in small for sign in _SIGNS) and _PAST.match(small) is not None
