"""What says of a person, in the words of a cause, that it was somebody's error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_BEFORE = 40
"""Characters of the words that tell what did not do something."""
_WORDS = {
    "english": (
        *("error", "mistake", "failure", "factor", "lack of", "careless", "negligence"),
        *("inattention", "incompetence", "complacency", "did not", "didn", "failed to"),
        *("forgot to", "neglected to", "oversight", "tired", "exhausted", "fatigue"),
        *("inexperience", "incorrectly", "wrongly"),
    ),
    "german": (
        *("fehler", "fehlverhalten", "versagen", "unachtsamkeit", "aufmerksamkeit"),
        *("sorgfalt", "übersehen", "vergessen", "versäumt"),
    ),
}
"""By language, words of which each match has one: without them nothing is compiled."""


def blamed(text: str) -> Iterator[re.Match[str]]:
    """Yield the words by which a cause ends with what somebody did or did not do.

    The text is in small letters.
    """
    for language, words in _WORDS.items():
        if any(word in text for word in words):
            for found in _person(language).finditer(text):
                start = found.start()
                if not _system().search(text, max(start - _BEFORE, 0), start):
                    yield found


@cache
def _person(language: str) -> re.Pattern[str]:
    """Return what is said of a person in a language."""
    who = r"""(?:administrator|admin|colleague|contractor|dba|developer|employee
      |engineer|intern|on-call|person|responder|reviewer|sre|technician)"""
    english = rf"""\b(?:
            (?:engineer|human|manual|operator|pilot|procedural|process|user)
              [ -](?:errors?|mistakes?|failures?)\b
              (?!\ (?:codes?|counts?|logs?|messages?|pages?|rates?)\b
                |\ (?:are|is|was|were)\ (?:counted|logged|mapped|reported|returned)\b)
          | human\ factors?\b
          | lack\ of\ (?:training|care|attention|diligence|discipline|awareness)\b
          | (?:carelessness|negligence|inattention|incompetence|complacency)\b
          | (?:did\ not|didn['’]t|failed\ to|forgot\ to|neglected\ to)
              \ (?:follow|check|verify|notice|review|remember|tell|ask)\b
          | an\ oversight\b(?!\ (?:board|body|committee|role))
          | {who}s?\ (?: (?:was|were)\ (?:(?:too|very)\ )?(?:exhausted|tired
                  |inexperienced)
              | fatigue | inexperience | oversight )\b
          | (?:an?|one|our|the)\ (?:[\w-]+\ )?(?:{who}|(?<=an\ )operator)
              \ (?:did|entered|ran|set|typed)\ (?:[\w-]+\ ){{1,6}}?
              (?:incorrectly|wrongly)\b )
        | \A\W*(?:fatigue|inexperience|oversight)\W*\Z"""
    german = r"""\b(?: (?<!keine\ )(?<!keinen\ )(?<!gegen\ )(?:
              (?:anfänger|anwender|bedien|benutzer|flüchtigkeits)fehler[ns]?\b
              | menschliche[mnrs]?\ (?:fehler|fehlverhalten|versagen)s?\b
              | unachtsamkeit\b
              | (?:fehlende|mangelnde)r?\ (?:aufmerksamkeit|sorgfalt)\b )
              (?!(?:\ [\w-]+){0,3}\ (?:ab|zu|nicht|werden|abfängt|zulässt|möglich)\b)
          | (?:(?<!my)admin|administrator|bediener|bereitschaft|dienstleister|entwickler
              |ingenieur|kolleg|mitarbeiter|praktikant|techniker)(?:in(?:nen)?|e?[ns]?)
              \ (?:hat|haben|hatten?)\ (?:(?!kein|nich)[\w-]+\ ){0,6}?
              (?:übersehen|vergessen|versäumt)\b )"""
    return re.compile(english if language == "english" else german, re.VERBOSE)


@cache
def _system() -> re.Pattern[str]:
    """Return what is no person, before something that it did not do."""
    return re.compile(
        r"""\b(?:alert|balancer|check|client|code|command|controller|daemon
              |deploy(?:ment)?|gate|guard|hook|job|library|linter|monitor|parser|pipeline
              |probe|process|program|query|rule|scheduler|script|server|service|system
              |test|tool|validator|watchdog|which|that|it
              |router|switch|(?:bgp|peering|transit)\ (?:partner|peer|provider))s?
            \s+(?:\w+ly\s+|also\s+|then\s+)?\Z""",
        re.VERBOSE,
    )
