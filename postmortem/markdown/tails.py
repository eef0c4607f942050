"""What the words of an action end with, where labels say what it is.

As in `Cap the retries; owner: edge lead; due: 2026-12-01`. What does not look like what
its label says stays among the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from postmortem.markdown.inline import BREAK
from postmortem.markdown.synonyms import part_named, plain_heading
from postmortem.markdown.when import is_day
from postmortem.model import ACTION_STATUSES, ACTION_TYPES

_PARTS = ("owner", "due", "type", "priority", "status", "link")
_LABEL = re.compile(
    r"""(?: [;,.|] \s+ | \s+ (?:[-\u2013\u2014|/]|->|\u2192) \s+ | \s+ (?=[*_]) )
    (?P<mark> \*\*? | __? )? (?P<label> [^\W\d_][\w ]{1,20}? )
    (?(mark) (?: (?P=mark) \s? : | : (?P=mark) ) | : ) (?=\s)""",
    re.VERBOSE,
)
_LINK = re.compile(
    r"<?https?://\S+|\[[^\]]*\]\(\S*\)|(?:[\w./-]+)?#\d+|[A-Z][A-Z0-9]+-\d+"
)
_PRIORITY = re.compile(r"P\d")
_SENTENCE = re.compile(r"[.!?:]\s")
_LONGEST = 60
"""Characters of one part."""
_ENDS = " \t.;,|-\u2013\u2014/"


def cut(text: str, parts: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Part a text from what labels tell at its end, part by part."""
    labels = [it for it in _LABEL.finditer(text) if _part(it["label"]) in parts]
    if not labels or _opens(text[: labels[0].start()]) or BREAK in text:
        return text, {}
    ends = [*(it.start() for it in labels[1:]), len(text)]
    words = text[: labels[0].start()]
    told: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=True):
        part, said = _part(label["label"]), text[label.end() : end].strip(_ENDS)
        if part and part not in told and _looks(part, said):
            told[part] = said
        else:
            words += text[label.start() : end]
    words = words.rstrip(_ENDS)
    return (words, told) if words and told else (text, {})


def _opens(text: str) -> bool:
    """Tell whether a bracket or code is open at the end of a text."""
    return text.count("(") != text.count(")") or text.count("`") % 2 == 1


def _part(label: str) -> str | None:
    return part_named(plain_heading(label), _PARTS, ())


def _looks(part: str, said: str) -> bool:
    """Tell whether words are what a label says that they are."""
    if not said or len(said) > _LONGEST:
        return False
    match part:
        case "due":
            return is_day(said)
        case "type":
            return said.casefold() in ACTION_TYPES
        case "status":
            return said.casefold() in ACTION_STATUSES
        case "priority":
            return _PRIORITY.fullmatch(said) is not None
        case "link":
            return _LINK.fullmatch(said) is not None
    return not _SENTENCE.search(said)
