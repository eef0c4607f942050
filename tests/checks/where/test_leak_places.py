"""Where a secret stands that gitleaks has seen, whatever its version counts from."""

from __future__ import annotations

import base64
import hashlib
import math
import random
import string
import time
from collections import Counter
from itertools import product
from typing import Any, NamedTuple

import pytest

from postmortem.commands._checking_leak_places import leaks_in

KEYS = [hashlib.sha256(b"%d" % number).hexdigest()[:32] for number in range(8)]
KEYS[3] += "\u00e9"
LINES = "BEGIN IT\n" + "\n".join(KEYS[5:])
TEXTS = [
    f"{KEYS[0]} is first\nand then some words\n",
    f"of it: {KEYS[1]}\n\n" * 2 + "words\n" * 400,
    f'\u00dcber \u2013 key = "{KEYS[2]}"\n\n\n{KEYS[3]}',
    f"> {LINES}\n\n| a | {KEYS[4]} |\n{KEYS[1]}",
]
KINDS = ["digits", "hex", "padded", "marked"]
AROUND = ["> | ", "| |", "=\n", '""', "``", "=,", "(),", ""]
ABOVE = "some words that are as long as it\n"
DIGITS = string.ascii_letters + string.digits


class Way(NamedTuple):
    """How a version counts: in chunks of so many bytes, and lines anew in each."""

    chunk: int = 1_000_000
    anew: bool = False


NEW, OLD = Way(), Way(anew=True)
WAYS = [
    NEW,
    OLD,
    *(Way(chunk, anew=True) for chunk in (10_000, 1_000)),
    *(Way(chunk) for chunk in (10_000, 1_000, 100)),
]


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_found_at_its_own_place(way: Way) -> None:
    """By its entropy: columns are one too large but on the first line of a chunk."""
    spans = [
        (number, start, start + len(secret))
        for number, text in enumerate(TEXTS)
        for secret in [*KEYS[:5], LINES]
        for start in range(len(text))
        if text.startswith(secret, start)
    ]
    assert len(spans) == 8

    found = [_told(TEXTS, *span, way=way) for span in spans]

    assert sorted(_placed(TEXTS, found)) == sorted(spans)


@pytest.mark.parametrize("around, kind", [*product(AROUND, KINDS), ("//", "padded")])
@pytest.mark.parametrize("above, way", [("", NEW), (ABOVE, NEW), (ABOVE, OLD)])
def test_a_place_is_never_one_off(around: str, above: str, way: Way, kind: str) -> None:
    """One more before it and one less at its end often leave the entropy as it is."""
    half = len(around) // 2
    chance = random.Random(f"{around} {above} {kind}")  # noqa: S311 - no secret
    for _ in range(40):
        secret = _secret(kind, chance)
        text = f"{above}{around[:half]}{secret}{around[half:]}"
        start = len(above) + half
        told = _told([text], 0, start, start + len(secret), way=way)

        assert _placed([text], [told]) == [(0, start, start + len(secret))]


@pytest.mark.parametrize(
    "text, way",
    [("a\nzabcdefghijkl2", NEW), ("a\nabcdefghijkl2", Way(2)), ("=abc-d efghij", NEW)],
)
def test_a_secret_that_is_unlikely_has_its_place(text: str, way: Way) -> None:
    """In the middle of a word, or with a blank in it."""
    start = text.index("abc")
    told = _told([text], 0, start, start + 12, way=way)

    assert _placed([text], [told]) == [(0, start, start + 12)]


@pytest.mark.parametrize("fewer", [0, 1])
def test_a_secret_in_a_long_line_is_found_at_once(fewer: int) -> None:
    """A chunk begins in the middle of it, far below other reports."""
    texts = ["a line of text\n" * 100_000, "x-y \u00e9 " * 8_000 + f" {KEYS[0]} ends"]
    start = texts[1].index(KEYS[0])
    told = _told(texts, 1, start, start + 32, way=Way(25_000))
    told |= {name: told[name] - fewer for name in ("StartLine", "EndLine")}
    began = time.process_time()

    assert _placed(texts, [told]) == [(1, start, start + 32)]
    assert time.process_time() - began < 1


@pytest.mark.parametrize("near", ["pi-dump six nicer", "a pi-dum pi-dump-six"])
def test_a_secret_in_a_long_line_has_no_blank_and_cuts_no_word(near: str) -> None:
    """Words before it may be of the same entropy by chance."""
    text = f"words {near} and then 'bdfhj-lnr' it is"
    start = text.index("bdf")
    told = _told([text], 0, start, start + 9)
    told |= {"StartColumn": 3, "EndColumn": 11}

    assert _placed([text], [told]) == [(0, start, start + 9)]


@pytest.mark.parametrize("above", ["> six-l ord", "> pi-dumbest"])
def test_a_secret_on_another_line_has_no_blank_and_cuts_no_word(above: str) -> None:
    """Where lines are counted anew, a line above may have it by chance."""
    text = f"{above}\n\nof\nit\n> bdfhj-lnr"
    start = text.index("bdf")
    told = _told([text], 0, start, start + 9) | {"StartLine": 2, "EndLine": 2}

    assert _placed([text], [told]) == [(0, start, start + 9)]


@pytest.mark.parametrize("key", [f"{KEYS[0]}\n\n", KEYS[0].replace("b", " ")])
def test_lines_from_nought_are_tried_before_all_others(key: str) -> None:
    """Another secret on a line above may be as long, and of the same entropy."""
    text = f"of {key}\nof {KEYS[0][::-1]}"
    start = text.rindex("of ") + 3
    told = _told([text], 0, start, start + 32, way=OLD)

    assert _placed([text], [told]) == [(0, start, start + 32)]


def test_two_alike_in_two_reports_are_two() -> None:
    """Even where the same is told of both, as lines are counted anew."""
    texts = [f"words\ntoken {KEYS[0]}"] * 2
    told = _told(texts, 0, 12, 44)

    assert _placed(texts, [told, told]) == [(0, 12, 44), (1, 12, 44)]


def test_two_rules_may_find_the_same() -> None:
    """Both are told."""
    texts = [f"words\ntoken {KEYS[0]}"] * 2
    told = _told(texts, 0, 12, 44)

    placed = _placed(texts, [told, {**told, "RuleID": "another"}])

    assert placed == [(0, 12, 44)] * 2


def test_a_secret_that_stood_there_in_other_letters_has_its_line() -> None:
    """It was decoded first, so that nothing of what is told can be held against it."""
    found = {"StartLine": 2, "EndLine": 2, "StartColumn": 5, "EndColumn": 12}
    found |= {"Match": "token REDACTED", "Entropy": 3.5}  # type: ignore[dict-item]  # any

    assert _placed(["one\nof YWJjZGU= it\n"], [found]) == [(0, 7, 15)]


@pytest.mark.parametrize(
    "columns", [(40, 50), (10**9, 3), (7, 6), (0, 0), (8, 0), (4, 6)]
)
@pytest.mark.parametrize("line", ["some-words", "\u00dcber word-"])
@pytest.mark.parametrize("match", ["REDACTED", "some-wREDACTED"])
def test_columns_that_cannot_be_are_the_whole_line(
    columns: tuple[int, int], line: str, match: str
) -> None:
    """A place that is too wide is better than none, and than one that cuts a word."""
    start, end = columns
    found = {"StartLine": 2, "StartColumn": start, "EndColumn": end, "Match": match}

    assert _placed([f"a\n{line}\n"], [found]) == [(0, 2, 12)]


@pytest.mark.parametrize("lines", [(0, 0), (-5, -5), (10**9, 0), (1, -5), (1, 5)])
def test_lines_that_cannot_be_are_the_nearest(lines: tuple[int, int]) -> None:
    """So that something is told of it at all."""
    found = {"StartLine": lines[0], "EndLine": lines[1], "EndColumn": 1}

    assert _placed(["some words"], [found]) == [(0, 0, 10)]


@pytest.mark.parametrize("last, match", [(2, ""), (1, "some wREDACTED")])
def test_a_place_ends_with_its_text_and_is_not_empty(last: int, match: str) -> None:
    """Where a match goes on in the next report, or has no secret in it."""
    found = {"StartLine": 1, "EndLine": last, "EndColumn": 6, "Match": match}

    assert _placed(["some words", "also, it"], [found]) == [(0, 0, 10)]


@pytest.mark.parametrize("line", [3, 4, 1])
@pytest.mark.parametrize("match", ["key = REDACTED", "REDACTED; end"])
def test_versions_that_count_otherwise_are_understood(line: int, match: str) -> None:
    """What stands around the redacted secret says on which line it is."""
    here = match.replace("REDACTED", "abc")
    texts = ["one-two-three\n", f"two-two-three\n{here} def\nthree\n"]
    told = {"RuleID": "r", "StartColumn": 1, "EndColumn": len(here), "Match": match}
    start = texts[1].index("abc")

    placed = _placed(texts, [{**told, "StartLine": line, "EndLine": line}])

    assert placed == [(1, start, start + 3)]


def _secret(kind: str, chance: random.Random) -> str:
    match kind:
        case "padded":
            return base64.b64encode(chance.randbytes(26)).decode()
        case "hex":
            return chance.randbytes(16).hex()
    return "".join(chance.choices(DIGITS, k=20)) + "!" * (kind == "marked")


def _placed(texts: list[str], found: list[Any]) -> list[tuple[int, int, int]]:
    """Return the number of the text and the place of each leak, in order."""
    return [
        (number, leak.start, leak.end)
        for number, own in enumerate(leaks_in(texts, found))
        for leak in own
    ]


def _told(
    texts: list[str], number: int, first: int, last: int, *, way: Way = NEW
) -> dict[str, Any]:
    """Return what gitleaks says of a secret in one of the texts."""
    secret, whole = texts[number][first:last], "\n".join(texts)
    above = sum(len(text) + 1 for text in texts[:number])
    around = texts[number][:first].endswith('key = "')
    ends = above + first - 7 * around, above + last + around
    raw = [len(whole[:at].encode()) for at in ends]
    chunk = raw[0] // way.chunk * way.chunk
    text = whole.encode()
    lines = [text.count(b"\n", chunk if way.anew else 0, at) for at in raw]
    breaks = [max(text.rfind(b"\n", chunk, at), chunk) for at in raw]
    columns = [at - it for at, it in zip(raw, breaks, strict=True)]
    shares = [many / len(secret.encode()) for many in Counter(secret).values()]
    return {
        "RuleID": "a rule",
        "Match": 'key = "REDACTED"' if around else "REDACTED",
        "StartLine": lines[0] + (not way.anew),
        "EndLine": lines[1] + (not way.anew),
        "StartColumn": columns[0] + 1,
        "EndColumn": columns[1],
        "Entropy": round(-sum(it * math.log2(it) for it in shares), 6),
    }
