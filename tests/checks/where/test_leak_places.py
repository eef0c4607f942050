"""Where a secret stands that gitleaks has seen, whatever its version counts from."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from typing import Any

import pytest

from postmortem.commands._checking_leak_places import leaks_in

KEYS = [hashlib.sha256(b"%d" % number).hexdigest()[:32] for number in range(8)]
LINES = "\n".join(KEYS[5:])
TEXTS = [
    f"{KEYS[0]} is first\nand then some words\n",
    f"of it: {KEYS[1]}\n\n" * 2 + "words\n" * 400,
    f'\u00dcber \u2013 key = "{KEYS[2]}" and more\n\n\n{KEYS[3]}',
    f"> {LINES}\n\n| a | {KEYS[4]} |",
]
WHOLE = "\n".join(TEXTS)
SPANS = [
    *((WHOLE.index(each), each) for each in [*KEYS[:5], LINES]),
    (WHOLE.rindex(KEYS[1]), KEYS[1]),
]


@pytest.mark.parametrize("chunk", [None, 10_000, 1_000, 47])
def test_a_secret_is_found_at_its_own_place(chunk: int | None) -> None:
    """By its entropy: columns are one too large but on the first line of a chunk."""
    found = [_told(start, secret, chunk) for start, secret in SPANS]

    leaks = leaks_in(TEXTS, found)

    told = [
        text[leak.start : leak.end]
        for text, own in zip(TEXTS, leaks, strict=True)
        for leak in own
    ]
    assert sorted(told) == sorted(secret for _, secret in SPANS)


def test_a_secret_that_stood_there_in_other_letters_has_its_line() -> None:
    """It was decoded first, so that nothing of what is told can be held against it."""
    found = {"StartLine": 2, "EndLine": 2, "StartColumn": 5, "EndColumn": 12}
    found |= {"Match": "token REDACTED", "Entropy": 3.5}  # type: ignore[dict-item]  # any

    ((leak,),) = leaks_in(["one\nof YWJjZGU= it\n"], [found])

    assert (leak.start, leak.end) == (7, 15)


def test_columns_that_cannot_be_are_the_whole_line() -> None:
    """A place that is too wide is better than none."""
    for columns in ((40, 50), (5, 3), (0, 0)):
        start, end = columns
        found = {"StartLine": 2, "StartColumn": start, "EndColumn": end}
        ((leak,),) = leaks_in(["a\nsome words\n"], [found])

        assert (leak.start, leak.end) == (2, 12)


def test_versions_that_count_otherwise_are_understood() -> None:
    """What stands around the redacted secret says on which line it is."""
    texts = ["one\n", "two\nkey = abc def\nthree\n"]
    common = {"RuleID": "r", "StartColumn": 1, "EndColumn": 9}
    common["Match"] = "key = REDACTED"

    for line in (3, 4, 1):
        _, found = leaks_in(texts, [{**common, "StartLine": line, "EndLine": line}])

        (leak,) = found
        assert texts[1][leak.start : leak.end] == "abc"


def _told(start: int, secret: str, chunk: int | None) -> dict[str, Any]:
    """Return what gitleaks says; `chunk` is where it counts from anew, if it does."""
    around = WHOLE[start - 7 : start] == 'key = "'
    first, last = start - 7 * around, start + len(secret) + around
    raw = [len(WHOLE[:at].encode()) for at in (first, last)]
    begins = 0 if chunk is None else raw[0] // chunk * chunk
    text = WHOLE.encode()[begins:]
    lines = [text[: at - begins].count(b"\n") for at in raw]
    breaks = [text.rfind(b"\n", 0, at - begins) for at in raw]
    columns = [at - begins - max(it, 0) for at, it in zip(raw, breaks, strict=True)]
    shares = [many / len(secret) for many in Counter(secret).values()]
    return {
        "RuleID": "a rule",
        "Match": 'key = "REDACTED"' if around else "REDACTED",
        "StartLine": lines[0] + (chunk is None),
        "EndLine": lines[1] + (chunk is None),
        "StartColumn": columns[0] + 1,
        "EndColumn": columns[1],
        "Entropy": round(-sum(it * math.log2(it) for it in shares), 5),
    }
