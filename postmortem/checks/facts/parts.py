"""The rule about a part that is larger than its whole: one of two numbers is a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import digits

from postmortem.checks.facts.phrased import made
from postmortem.checks.rules import rule
from postmortem.checks.subject import Subject
from postmortem.checks.windows import alike
from postmortem.model import Finding

_FIELDS = ("title", "summary", "impact", "what_happened")
_KINDS = bytes(
    48 if chr(at) in f"{digits}%" else 32 if chr(at).isspace() else at
    for at in range(256)
)
"""A nought for each digit and for the sign of a share, and a blank for each blank."""
_WORDS = (b"0 of ", b"0 out of ", b"0 von ", b"0 der ")
_NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,9})"
_COUNTED = r"""(?:accounts?|clients?|customers?|devices?|hosts?|instances|jobs|merchants
    |messages|nodes|orders?|payments|pods|queries|requests|servers?|sessions|shops|stores
    |tenants|users?|visitors|anfragen|aufträgen?|bestellungen|filialen|geräten?|konten
    |kunden|nachrichten|nutzern?|rechnern?|servern|zahlungen)\b(?!['\u2019-])"""
_ALL_OF = r"(?:(?:the|all|our|den|aller?|allen)\s+)?"
_TOO_MUCH = rf"""(?<![\w.,:/\#-])(?:
      (?P<part>{_NUMBER})\s+(?:out\s+)?(?:of|von)\s+{_ALL_OF}(?P<whole>{_NUMBER})
        \s+{_COUNTED}
    | (?P<share>\d{{3,4}})\s?%\s+(?:of|der|von)\s+{_ALL_OF}{_COUNTED}
        \s+(?:\w+\s+)?(?:did|failed|got|had|lost|saw|timed|was|were|schlugen|waren|wurden)\b)
    """
_CALLED = re.compile(
    r"\b(?:build|code|day|error|id|line|no|node|number|page|port|release|row|rule|shard"
    r"|status|step|ticket|version|in|since|by|until|am|seit)[ \n]\Z"
)
"""What stands before a number that counts nothing."""
_REACH, _BEHIND = 16, 60
"""Characters around such a word in which all of it stands."""
_ALL = 100
_YEARS = range(1990, 2100)


@rule(code="PM127", name="a part that is larger than the whole", group="facts")
def larger(subject: Subject) -> Iterator[Finding]:
    """Yield parts of a number that are larger than it, and shares of over a hundred."""
    for passage in subject.passages_of(*_FIELDS):
        said = subject.small(passage)
        for at in sorted(alike(said, _KINDS, *_WORDS)):
            match = made(_TOO_MUCH).search(said, max(0, at - _REACH), at + _BEHIND)
            if match and match.start() <= at and _is_too_much(match):
                yield subject.marked(
                    passage,
                    match,
                    f"{' '.join(passage.words(match).split())!r} is more than all",
                    hint="one of the numbers is wrong, or they count different things",
                )


def _is_too_much(found: re.Match[str]) -> bool:
    if found["share"]:
        return int(found["share"]) > _ALL
    part, whole = (int(re.sub("[.,]", "", found[it])) for it in ("part", "whole"))
    before = found.string[max(0, found.start() - _REACH) : found.start()]
    counted = part not in _YEARS and whole not in _YEARS
    return part > whole and counted and not _CALLED.search(before)
