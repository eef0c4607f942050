"""What a line of chat is about where its own words say it, and how much it weighs.

It is a hint for who chooses, and never more: words of a question say nothing.
"""

from __future__ import annotations

import re

CHATTER, WRITING, MARKED, TELLING = range(4)
"""Joins and bots; people; pins, reactions, commands and links; alerts and deploys."""

_LONGEST = 2_000
_SIGNS = tuple(
    (stem, kind, re.compile(form, re.VERBOSE))
    for stem, kind, form in (
        (
            "resolved",
            "resolved",
            r"""(?:(?<=\A)|(?<=\A[\W])|(?<=\A\W\W)|(?<=\A\W\W\W)
            |(?<=incident\s)|(?<=issue\s)|(?<=alert\s)|(?<=outage\s)|(?<=problem\s)
            |(?<=\sis\s)|(?<=\snow\s)|(?<=\sbeen\s)|(?<=\sfully\s))resolved\b""",
        ),
        ("recovered", "resolved", r"(?:(?<=\A)|(?<=\A\W)|(?<=\A\W\W))recovered\b"),
        ("all clear", "resolved", r"\ball\sclear\b"),
        ("mitigated", "mitigated", r"(?<!not\s)\bmitigated\b"),
        ("mitigation", "mitigated", r"\bmitigation\s(?:is\s)?(?:applied|in\splace)\b"),
        (
            "cause",
            "identified",
            r"""\bcause\s(?:is\b|was\b|found|identified|confirmed)
            |(?:(?<=found\sthe\s)|(?<=identified\sthe\s)|(?<=found\sthe\sroot\s)
            |(?<=identified\sthe\sroot\s))cause\b""",
        ),
        ("identified", "identified", r"\Aidentified\s?[-–:]"),
        (
            "declar",
            "declared",
            r"""\bdeclar(?:ed|ing)\s(?:an?\s|this\s(?:as\s)?)?(?:\w+\s)?
            (?:incident|outage|sev\b|sev-?\d|p\d\b)""",
        ),
        ("acknowledged", "acknowledged", r"\backnowledged\b"),
        ("firing", "alert", r"(?:(?<=\A)|(?<=\A\W)|(?<=\A\W\W))firing\b"),
        ("alert", "alert", r"(?:(?<=\A)|(?<=\A\W)|(?<=\A\W\W))alert(?:ing)?\b"),
        ("triggered", "alert", r"(?:(?<=\A)|(?<=\A\W)|(?<=\A\W\W))triggered\b"),
        (":rotating_light:", "alert", r":rotating_light:"),
        (
            "deploy",
            "deploy",
            r"""\bdeploy(?:ed\b|ing\b
            |(?:ment)?\s(?:started|finished|done|succeeded|failed|of|to)\b)""",
        ),
        ("roll", "deploy", r"\broll(?:(?:ed|ing)\s(?:back|out)|back)\b"),
        ("revert", "deploy", r"\brevert(?:ed|ing)\b"),
        ("released", "deploy", r"\breleased\b"),
    )
)
"""A stem, the kind that it may say, and the form in which it does: in this order."""
_LOOKED_FOR = (
    *("eploy", "roll", "solved", "mitigat", "root cause", "eclar", "all clear"),
)
"""What people write; that a text begins with an alert's words is for bots."""
_UNPLAIN = ("<", "&", "`", "\n")
_BETWEEN = "\x1e"
"""Stands between texts that are looked through at once."""
_BREAK = _BETWEEN.encode()
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_COMMANDS = (
    *("$ ", "kubectl ", "sudo ", "systemctl ", "git ", "psql ", "helm ", "terraform "),
    *("aws ", "gcloud ", "docker "),
)


def kind(text: str) -> str | None:
    """Return a moment's name, `alert` or `deploy` where the words say so.

    >>> kind("Rolled back api to 4.1"), kind("should we roll back?")
    ('deploy', None)
    """
    low = text[:_LONGEST].lower()
    for stem, said, form in _SIGNS:
        if stem not in low:
            continue
        if "?" in low:
            return None
        at = low.find(stem)
        while at >= 0:
            if form.match(low, at):
                return said
            at = low.find(stem, at + 1)
    return None


def telling(texts: list[str]) -> tuple[set[int], set[int]]:
    """Return which texts of chat may say more, and which are more than plain words.

    The numbers begin with 0. All are looked through at once, which is many times
    faster: for stems, and for the signs of links, of code and of what is not printable.
    """
    joined = _BETWEEN.join(texts)
    low = joined.lower()
    if len(low) != len(joined) or not _printable(joined, len(texts) - 1):
        return {*range(len(texts))}, {*range(len(texts))}
    said = [at for stem in _LOOKED_FOR for at in _places(stem, low)]
    signs = [at for sign in _UNPLAIN for at in _places(sign, low)]
    return _numbers(sorted(said), low), _numbers(sorted(signs), low)


def _places(sign: str, low: str) -> list[int]:
    found: list[int] = []
    at = low.find(sign)
    while at >= 0:
        found.append(at)
        at = low.find(sign, at + 1)
    return found


def _numbers(places: list[int], low: str) -> set[int]:
    """Return in which texts those places are, which are in order."""
    found: set[int] = set()
    number = end = 0
    for at in places:
        if at >= end:
            number += low.count(_BETWEEN, end, at)
            end = low.find(_BETWEEN, at) + 1 or len(low)
            found.add(number)
            number += 1
    return found


def _printable(joined: str, breaks: int) -> bool:
    """Tell whether nothing but so many breaks between texts commands a terminal."""
    if joined.isascii():
        rest = joined.encode().translate(None, _PLAIN)
        return len(rest) == breaks == rest.count(_BREAK)
    if joined.count(_BETWEEN) != breaks:
        return False
    return joined.replace(_BETWEEN, "").replace("\n", "").isprintable()


def weight(text: str, said: str | None) -> int:
    """Return how likely a person's words of that kind belong into a timeline."""
    if said is not None:
        return TELLING
    marked = "://" in text or "`" in text or "\n$ " in text
    return MARKED if marked or text.startswith(_COMMANDS) else WRITING
