"""Whether a text says how many, how much or how long: the digits of a date say none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from postmortem.checks.completeness.in_words import AROUND, UNCOUNTED, is_counted

_LED = re.compile(r"^(?:EUR|USD|GBP|CHF|JPY|[A-Z]{1,2}\$|[A-Za-z][=+~])(?=\d)")
"""What stands before the digits of an amount: `US$40k`, `n=1,200`, `T+35min`."""
_MONTHS = frozenset(
    (
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct"),
        *("nov", "dec", "january", "february", "march", "april", "june", "july"),
        *("august", "september", "october", "november", "december", "januar"),
        *("februar", "märz", "mai", "juni", "juli", "okt", "oktober", "dez"),
        "dezember",
    )
)
_BEHIND_HOURS = ("am", "pm", "a.m", "p.m", "uhr")
_LENGTHS = ("h", "hours", "min", "minutes", "std", "stunden", "minuten")
_BEFORE_YEARS = ("in", "since", "seit")
_BESIDE_STATUS = ("and", "or", "und", "oder", "status", "error", "code", "response", "")
"""What may stand between HTTP and a status, and between two of them."""
_KINDS = ("ios", "android", "macos", "windows", "version", "versions", "error")
"""Before a number that says which, and not how many."""
_ORDINALS = ("st", "nd", "rd", "th")
_DIGIT = re.compile(r"\d")
_AMOUNT, _TIME, _DAY, _STATUS = "amount", "time", "day", "status"
_PAIR, _GROUP = 2, 3


def has_number(text: str) -> bool:
    """Tell whether a text says how many, how much or how long, in digits or words.

    >>> has_number("HTTP 500 since 2026-11-12, see F2"), has_number("for 35 minutes")
    (False, True)
    """
    return has_digits(text) or is_counted(text)


@lru_cache(maxsize=64)
def has_digits(text: str) -> bool:
    """Tell whether it says so in digits, or with two times: from when until when.

    Dates, versions, errors, statuses behind HTTP, keys, links, and how many incidents
    there were, say nothing of that.
    """
    times = 0
    for kind in _every(text):
        times += kind == _TIME
        if kind == _AMOUNT or times == _PAIR:
            return True
    return False


def has_amount(text: str) -> bool:
    """Tell whether it says in digits how many or how much, beside from when until when.

    >>> has_amount("from 10:02 until 10:40 UTC"), has_amount("for 38 minutes")
    (False, True)
    """
    return _AMOUNT in _every(text)


def _every(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if _DIGIT.search(line):
            yield from _kinds(line)


def _kinds(line: str) -> Iterator[str]:
    """Yield what the numbers of a line are."""
    said = re.sub("[–—]", " ", line).split()
    if said and said[0][:-1].isdigit() and said[0][-1] in ".)":
        said = said[1:]  # the number of a list
    said = [word for word in said if "://" not in word]
    words = [word.partition("](")[0].strip(AROUND) for word in said]
    behind_http, kind = False, ""
    for at, word in enumerate(words):
        before, behind = words[at - 1] if at else "", "".join(words[at + 1 : at + 2])
        if at and (said[at - 1].endswith(":") or said[at].startswith("(")):
            before = ""
        last, kind = kind, _kind(word, before, behind)
        if kind == _AMOUNT and behind_http and _is_status(word):
            kind = _STATUS
        if kind == _AMOUNT and _is_year(word) and last == _DAY:
            kind = _DAY
        behind_http = (
            word.casefold().startswith("http")
            or (behind_http and word.casefold() in _BESIDE_STATUS)
            or kind == _STATUS
        )
        yield kind
        if kind == _TIME and "-" in word and word.count(":") == _PAIR:
            yield _TIME


def _kind(word: str, before: str, behind: str) -> str:
    """Return what a word is by itself and its neighbours; "" for no number."""
    word = _LED.sub("", word)
    small = word.casefold()
    if not word[:1].isdigit():
        return ""
    if _is_time(word, behind.casefold()) or small.endswith(("am", "pm")):
        return _TIME
    parts = word.split(".")
    is_version = len(parts) > _PAIR and any(len(it) != _GROUP for it in parts[1:])
    is_which = before.casefold() in _KINDS and "%" not in word
    is_which = is_which or behind.casefold().startswith(UNCOUNTED)
    if is_version or is_which or small.endswith("xx"):
        return ""
    is_day = word[:4].isdigit() and word[4:5] == "-" and word[5:7].isdigit()
    is_day = is_day or word.count("/") == _PAIR or small.endswith(_ORDINALS)
    beside = before.casefold() in _BEFORE_YEARS and _is_year(word)
    if is_day or beside or _is_month(before) or _is_month(behind):
        return _DAY
    return _AMOUNT


def _is_time(word: str, behind: str) -> bool:
    hour, colon, rest = word.partition(":")
    is_clock = colon and hour[-2:].isdigit() and rest[:2].isdigit()
    return bool(is_clock and behind not in _LENGTHS) or behind in _BEHIND_HOURS


def _is_month(word: str) -> bool:
    return word[:1].isupper() and word.casefold() in _MONTHS


def _is_year(word: str) -> bool:
    return len(word) == len("2026") and word.isdigit() and word.startswith("20")


def _is_status(word: str) -> bool:
    bare = word.removesuffix("s")
    return len(bare) == _GROUP and bare.isdigit()
