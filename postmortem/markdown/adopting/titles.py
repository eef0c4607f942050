"""The heading of the title: which of its words are every report's."""

from __future__ import annotations

import re

_KIND = re.compile(
    r"""
    \b(?: post[-\ ]?mortem s? | incident | outage | problem | root\ cause\ analysis
        | rca | coe | pir | correction\ of\ error s? | retrospective | review | report
        | after[-\ ]action | analysis | learning | rapport | informe | bericht
        | st\u00f6rung | vorfall )\b
    | \u30dd\u30b9\u30c8\u30e2\u30fc\u30c6\u30e0 | \u969c\u5bb3\u5831\u544a
    | \u4e8b\u6545\u62a5\u544a | \u590d\u76d8
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLACE = re.compile(
    r"""\b(?: title | name | date | yyyy | number | brief | short | subject | summary
            | description | id | headline | titre | titel | fecha )\b
        | \{ | \[ | < | \#(?!\w*\d) | \.{3}""",
    re.VERBOSE | re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\s*\(?\b(?:template|vorlage|mod\u00e8le(?:\s+de)?|plantilla|example)\b\)?\s*",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"""(?:post-?)?incident\ (?:review|report|retrospective|analysis) | retrospective
        | rca | coe | pir | correction\ of\ errors? | root\ cause\ analysis
        | after[-\ ]action\ (?:review|report) | post[-\ ]mortem""",
    re.VERBOSE | re.IGNORECASE,
)
_MOST_WORDS = 6


def called(heading: str) -> str:
    """Return what a team calls its write-ups, by the title's heading; "" if nobody can.

    >>> called("Incident Review:")
    'incident review'
    >>> called("RCA:")
    'RCA'
    """
    said = heading.strip(" :")
    if not _CALLED.fullmatch(said):
        return ""
    return said if said.isupper() else said.casefold()


def prefix(heading: str) -> tuple[str, str]:
    """Return what stays of a title's heading before the title, and why.

    >>> prefix("Postmortem: the day the cache died")[0]
    'Postmortem:'
    >>> prefix("Incident title")
    ('', 'it only holds the place of one')
    """
    first, colon, _ = heading.partition(":")
    named = _KIND.search(first) and not _PLACE.search(first)
    if colon and named and len(first.split()) <= _MOST_WORDS:
        return f"{first.strip()}:", "what stands before the colon is every title's"
    bracket = re.match(r"\\?\[([^\]]+)\\?\]\s*(.*)", heading)
    if bracket and _KIND.search(bracket[1]) and not _PLACE.search(bracket[1]):
        return heading[: bracket.start(2)].strip(), "brackets stand before every title"
    bare = " ".join(_TEMPLATE.sub(" ", heading).split()).strip(" :-\u2013")
    if _PLACE.search(bare):
        return "", "it only holds the place of one"
    remark = re.sub(r"\s*[(\uff08].*$", "", bare)
    if _KIND.search(remark) and len(remark.split()) <= _MOST_WORDS:
        return f"{remark}:", "it says what kind of report it is"
    return "", "it is the title of one report"
