"""The people of the settings in a text: each name, however it is set, by a stand-in.

Nothing but the settings tells a name from a word, so nobody else is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

NAME = "\N{LATIN SMALL LETTER HV}"
"""What the phrases have for each character of a name: a letter that no text has."""

_OPENING = "*_[@"
_CLOSING = re.compile(
    r"(?P<own>['\u2019]s)?(?P<marks>(?:[*_]|\x00+|\](?:\[[^\]\n]*\])?)*)(?![\w-])"
)
"""What may stand behind a name that is bold, italic or a link; its target is masked."""
_LINK = re.compile(r"\x00+|\](?:\[[^\]\n]*\])?")
_AND = re.compile(r"(?P<comma>,)?[ \n](?:(?P<last>and|und|or|oder|&)[ \n])?|(?P<or>/)")
"""What may stand between two names; neither a comma nor a word makes no list."""
_PLACE = r"(?![ \n](?i:street|road|avenue|lane|river|valley|data ?cent(?:er|re))\b)"
"""Behind a name that is one of a place."""

_Span = tuple[int, int, str]
"""Where a name begins and ends, with its marks, and how it ends: a genitive."""


def nameless(masked: str, lowered: str, people: Iterable[str]) -> str:
    """Return a text in small letters, with a stand-in for these people; as long.

    Their names are whole words, as they are written in the settings: many a one is, in
    small letters, a word like others; behind an @ it is none. Those that are named
    together are one stand-in.
    """
    names = sorted(filter(_is_name, people), key=len, reverse=True)
    if not names:
        return lowered
    parts, end = [], 0
    for start, stop, own in _joined(masked, _spans(masked, names)):
        parts += [lowered[end:start], NAME * (stop - start - len(own)), own]
        end = stop
    return "".join([*parts, lowered[end:]]) if end else lowered


def _is_name(text: str) -> bool:
    """Tell whether it can be told from other words: it is no single letter."""
    return len(text) > 1 and text[0].isalnum()


def _spans(text: str, names: Sequence[str]) -> Iterator[_Span]:
    """Yield where these names stand; behind them the *s* of a genitive may be."""
    begun = "|".join(f"[{it[0]}{it[0].upper()}]{re.escape(it[1:])}" for it in names)
    called = rf"(?<=@)(?<![\w.-]@)(?i:{'|'.join(map(re.escape, names))})(?!/)"
    word = re.compile(
        rf"(?<![^\W_])(?<!-)(?:{begun}|{called})(?=s?(?![^\W_]|-)){_PLACE}"
    )
    for found in word.finditer(text):
        start, end = found.span()
        if marked := _marked(text, start, end):
            yield marked
        elif text[start - 1 : start] != "_" and text[end : end + 1] != "_":
            yield start, end, ""


def _marked(text: str, start: int, end: int) -> _Span | None:
    """Return a name with the marks around it, if they belong together."""
    begin = start
    while begin and text[begin - 1] in _OPENING:
        begin -= 1
    found = _CLOSING.match(text, end)
    opened = text[begin:start].removesuffix("@")
    if begin == start or not found or re.match(r"[\w-]", text[begin - 1 : begin]):
        return None
    if opened[::-1] != _LINK.sub("[", found["marks"]):
        return None
    return begin, found.end(), found["own"] or ""


def _joined(text: str, spans: Iterable[_Span]) -> Iterator[_Span]:
    """Yield the spans, and as one those of a list that ends in an *and*."""
    held: list[_Span] = []
    for each in spans:
        listed = _AND.fullmatch(text, held[-1][1], each[0]) if held else None
        if not listed or held[-1][2] or not any(listed.groups()):
            yield from held
            held = [each]
        elif listed["or"] or (listed["last"] and len(held) > bool(listed["comma"])):
            held = [(held[0][0], *each[1:])]
        elif listed["last"]:
            yield from held
            held = [each]
        else:
            held.append(each)
    yield from held
