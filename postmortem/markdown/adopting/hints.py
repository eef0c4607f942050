"""What in a document tells what to write, what stands for an answer, and what stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postmortem.markdown import inline
from postmortem.markdown.adopting.words import IMPERATIVES

_FEW_WORDS, _BRACKETED = 3, 8
_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(<?([^)\s>]*)>?[^)]*\)")
_MARKS = re.compile(r"<!--|-->|\[(?=[ xX]\])|(?<=[\[][ xX])\]|!\[[^\]]*\]\([^)]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BULLET = re.compile(r"^\s*(?:[-*+\u00b7\u2022]|\d{1,9}[.)])(?:\s+|$)", re.MULTILINE)
_SAID = {"`": "", "&nbsp;": " ", "{{": "", "}}": ""}
_PLAIN = re.compile("|".join(map(re.escape, _SAID)))
_BOX = re.compile(r"^\s*\[[ xX]?\]\s*")
_QUOTE = re.compile(r"^\s*>+\s?", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![^\W_])[*_]{1,3}|[*_]{1,3}(?![^\W_])")
_MASK = re.compile(
    r"""
    (?: \[[^\]]*\] | <[^<>]*> | \{\{[^{}]*\}\} | \$?\{[^{}]*\} | %[\w ]+% | \.{2,}
      | \u2026 | _{3,} | \?+ | [-\u2013\u2014]+ | [xX]{2,} | \#[xXnN]{1,}
      | \b(?:[YJA]{2,4}|[MDTHhms]{1,2})(?:[-/.:]?(?:[YJA]{2,4}|[MDTHhms]{1,2}))+\b
      | \b(?:tbd|tbc|todo|n/a|none|item|thing|one|two|three|text|first|second|third
          |name|names|date|time|title|link|url|here|lorem|ipsum|dolor|sit|amet|etc
          |consectetur|etiam|quis|dapibus|curabitur|vulputate|felis|foo|bar|baz|your
          |yyyy|utc|jst|update|action|example|number|placeholder)s?\b
      | 00:\d\d
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEFT = re.compile(r"\W*(?:TODO|TBD|TBC|FIXME)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_AND_SO_ON = re.compile(r"(?:\w+\s*)?(?:\.{2,}|\u2026)\s*[?\uff1f]?")
_TELLS = re.compile(
    r"""[?\uff1f](?:\s|\)|$) | \bgo(?:es)?\ here\b | \bfill(?:ed)?\ (?:in|out)\b
    | \bshould\b | \bto\ be\ (?:done|filled|written|added)\b | \be\.g\. | \bEg:
    | \bfor\ example\b | \b(?:sentence|paragraph)s?\b
    | (?:\u8a18\u8ff0|\u304f\u3060\u3055\u3044|\u8bf7) | \u3002$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def words(text: str) -> str:
    """Return what a piece of Markdown says, without its marks, on one line."""
    said = _LINK.sub(lambda link: f"{link[1]} ({link[2]})", text)
    said = _MARKS.sub(" ", _QUOTE.sub("", said))
    said = _BULLET.sub("", _TAG.sub(" ", said))
    said = _EMPHASIS.sub("", _PLAIN.sub(lambda found: _SAID[found[0]], said))
    return " ".join(inline.scrubbed(said.replace("\\\n", " ")).split())


def is_emphasised(text: str) -> bool:
    """Tell whether all of a text is slanted, or stands in brackets."""
    said = text.strip()
    for mark in "*_":
        if len(said) > 1 and said[0] == said[-1] == mark and said[1] != mark:
            return True
    inside = said[1:-1]
    edges = (said[:1], said[-1:])
    return edges in (("[", "]"), ("<", ">"), ("(", ")"), ("{", "}")) and not (
        inside.count(edges[0]) or "](" in said
    )


def is_placeholder(text: str) -> bool:
    """Tell whether a text only holds the place of an answer: `[name]`, TBD, `...`."""
    said = _BOX.sub("", _BULLET.sub("", text.strip())).strip()
    bare = _EMPHASIS.sub("", said).strip()
    left = _MASK.sub(" ", bare)
    return len("".join(_WORD.findall(left))) == 0 or (
        bool(_MASK.search(bare)) and len(_WORD.findall(left)) * 3 <= len(bare.split())
    )


def is_hint(text: str) -> bool:
    """Tell whether a text tells what to write: asked, told, slanted or in brackets."""
    if is_emphasised(text) or _LEFT.match(text) or _TELLS.search(text):
        return True
    first = _WORD.search(words(text))
    return first is not None and first[0].casefold() in IMPERATIVES


def is_long_hint(text: str) -> bool:
    """Tell whether a text asks for more than a word or two."""
    said = words(text).strip("[]<>(){} ")
    most = _BRACKETED if is_emphasised(text.strip("*_")) else _FEW_WORDS
    return is_hint(text) and len(said.split()) > most


def question(texts: Iterable[str]) -> str:
    """Return hints as one question, in words that a comment in a report can hold."""
    said = []
    for text in texts:
        plain = words(text)
        if is_emphasised(plain):
            plain = plain[1:-1]
        plain = plain.strip(" -*_")
        if _AND_SO_ON.fullmatch(plain):
            continue
        if any(each.isalnum() for each in plain):
            ends = plain[-1] in ".?!:;,)\u2026" or not plain[-1].isascii()
            said.append(plain if ends else f"{plain}.")
    joined = re.sub(r"-{2,}", "\u2013", " ".join(said))
    return " ".join(joined.replace("<!", "< !").split())
