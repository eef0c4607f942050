"""What people write around a time, cut into tokens: every character has its part.

The grammar is strict: what is not known here is not a time, so that no lenient
reading turns `12` or `may` into a day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from postmortem.moments.american import SAID, meant_by
from postmortem.moments.refusals import NoForm, shown
from postmortem.moments.zones import abbreviated

MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
LONGEST = 120

_CAPITALS = re.compile(r"[A-Z]{2,5}", re.ASCII)

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAY_NAMES = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_KINDS = {
    **dict.fromkeys((*MONTHS, *_MONTH_NAMES, "sept"), "month"),
    **dict.fromkeys((*WEEKDAYS, *_WEEKDAY_NAMES), "weekday"),
    **dict.fromkeys(("tues", "weds", "thur", "thurs"), "weekday"),
    **dict.fromkeys(RELATIVE, "relative"),
    **dict.fromkeys(("to", "until", "till", "through", "thru"), "range"),
    **dict.fromkeys(("about", "around", "approx", "approximately"), "about"),
    **dict.fromkeys(("c", "ca", "circa", "roughly"), "about"),
    **dict.fromkeys(("at", "on", "the", "of"), "filler"),
    "noon": "clock",
}
_LOOKALIKES = str.maketrans(
    {
        "\N{EN DASH}": " - ",
        "\N{EM DASH}": " - ",
        "\N{HORIZONTAL BAR}": " - ",
        "\N{RIGHTWARDS ARROW}": " - ",
        "\N{WAVE DASH}": " - ",
        "\N{FULLWIDTH TILDE}": " - ",
        "\N{MINUS SIGN}": "-",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{ALMOST EQUAL TO}": "~",
    }
)

_TOKEN = re.compile(
    rf"""
    (?P<blank>[\s,;]+)
  | (?P<compact>\d{{8}}T\d{{4}}(?:\d\d(?:[.,]\d{{1,9}})?)?)(?!\d)
  | (?P<ymd>\d{{4,5}}(?P<by>[-/.])\d{{1,2}}(?P=by)\d{{1,2}}(?!\d)(?:T(?=\d))?)
  | (?P<dmy>\d{{1,2}}(?P<of>[-/.])\d{{1,2}}(?P=of)(?:\d{{4}}|\d\d)(?![\d:]))
  | (?P<clock>
        \d{{1,2}}:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?!\d|:\d)
      | \d{{1,2}}\.\d\d(?=\s?[ap]\.?m\b)
      | \d\d\.\d\d(?!\d|[.:]\d)
      | \d{{1,2}}h\d\d(?!\d|:\d)
    )
  | (?P<number>\d+(?:st|nd|rd|th)?(?!\d|:\d))
  | (?P<half>[ap](?:m\b|\.\s?m\b\.?)
        |\u5348[\u524d\u5f8c]|[\u4e0a\u4e0b]\u5348)   # the same in Japanese, in Chinese
  | (?P<offset>
        (?:UTC|GMT)\s?(?!-1[3-9]:|-2\d:)[+-]
        \d\d?(?::?\d\d(?::\d\d(?:\.\d+)?)?)?(?!\d)
      | [+-]\d\d?(?::?\d\d(?::\d\d(?:\.\d+)?)?)?(?!\d)
    )
  | (?P<zone>
        {SAID}
      | \[?(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada
          |Chile|Etc|Europe|Indian|Mexico|Pacific|US)/[a-z][a-z0-9_+/-]*\]?
      | \[(?:[+-][\d:.]+|UTC|GMT|Z)\]
      | (?:EST5EDT|CST6CDT|MST7MDT|PST8PDT)\b
    )
  | (?P<word>[a-z]+\.?)
  | (?P<check>\((?!\s*(?:(?:UTC|GMT)(?!\s\d\d?:\d\d)|[+-]))
        (?=[^()]*(?:\d:\d\d|\d{{4}}|\dh\d\d|\d\s?[ap]\.?m\b))[^()]*\))
  | (?P<bracket>[()]) | (?P<dash>-) | (?P<slash>/) | (?P<equals>=)
  | (?P<about>~|\u9803|\u3054\u308d)         # or that in Japanese, behind a time
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Token(NamedTuple):
    """One word, number or sign."""

    kind: str
    text: str
    tight: bool
    """Whether it follows the token before it without a blank."""


def plain(text: str) -> str:
    """Return it with the ordinary character for each that only looks different."""
    if len(text) > LONGEST:
        raise NoForm(
            f"{shown(text)} is too long for a time",
            hint="write the time alone, as in 2025-05-24 13:05 UTC",
        )
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).strip()


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a plain text; raises NoForm at what is none."""
    at, tight, last = 0, False, None
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise unknown(text, text[at:])
        kind = found.lastgroup or ""
        token = _token(kind, found[0], text, tight=tight)
        if kind == "offset" and not _signed(token, last):
            token = Token("dash", found[0][0], tight)
        at += len(token.text)
        tight = kind != "blank"
        if kind != "blank":
            last = token
            yield token


def unknown(text: str, rest: str) -> NoForm:
    """Return the refusal of a text, naming the part that is not understood.

    That part is the first word of `rest`; empty where something is missing.
    """
    rest = rest.partition(" ")[0]
    about = f": {shown(rest)} is no part of a time" if rest not in ("", text) else ""
    hint = "write 14:32, 2025-05-24 13:05 UTC, 9:12 am EDT or yesterday 3pm"
    if _CAPITALS.fullmatch(rest) and about and len(set(rest)) > 1:  # HH is no zone
        hint = f"for a zone write its offset, as in +02:00: none is called {rest}"
    elif about and (place := meant_by(rest.rstrip(",;"))):
        hint = f"for a zone write its name, as in {place}, or its offset"
    return NoForm(f"{shown(text)} is not a time{about}", hint=hint)


def _token(kind: str, said: str, text: str, *, tight: bool) -> Token:
    if kind != "word":
        return Token(kind, said, tight)
    word = said.rstrip(".")
    kind = _KINDS.get(word.lower(), "")
    if not kind and abbreviated(word):
        kind = "zone"
    if not kind:
        raise unknown(text, said)
    return Token(kind, said, tight)


def _signed(token: Token, last: Token | None) -> bool:
    """Tell a sign from a hyphen, which stands between the ends of a span."""
    if token.text[0] != "-" or last is None:
        return True
    if last.kind == "compact":
        return True
    if last.kind == "clock":
        colon = ":" in token.text
        seconds = last.text.count(":") > 1
        return not colon and (seconds or len(token.text) > len("-05"))
    return last.kind in ("half", "number") and not token.tight
