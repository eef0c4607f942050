"""Rows as people write them where no pattern fits: times, boxes, keys, details."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postmortem.markdown import details, fields, tails
from postmortem.markdown.fields import Field
from postmortem.markdown.inline import BREAK
from postmortem.model import FACTOR_KINDS

_CHECK = re.compile(r"\[(?P<box>[ xX~-])\]\s+")
_KEY = re.compile(r"(?:\*\*|__|`)?(?P<key>[A-Z]\d+)(?:\*\*|__|`)?[:.]?\s+")
_DETAILS = re.compile(r"\s+\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_DONE_WHEN = re.compile(r"done when:?\s*(.+)", re.IGNORECASE)
_EVIDENCE = re.compile(r"evidence:\s*(.+)", re.IGNORECASE)
_KIND = re.compile(r"(?:\*\*|__|[*_`])?(?P<kind>[A-Za-z]+)(?:\*\*|__|[*_`])?:\s+")
_CAUSE = re.compile(r"\s+\(from (?P<key>F\d+)\)\s*$")
_DONE = re.compile(
    r"(?:\s+[-\u2013\u2014|])?\s*(?:\u2705|\*\*?(?:DONE|Done)\*\*?|\(done\)|\bDONE\b)\s*$",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"(?P<mark>\*\*|__|\*|_|`|\[)(?P<inside>[^*_`\]]+?)(?:\*\*|__|\*|_|`|\])"
)
_SPLIT = re.compile(r"\s*(?::(?=\s)|\s[-\u2013\u2014|]+(?=\s)|\s(?=\S))\s*")
_UNKNOWN = re.compile(r"\[(?P<said>\?+)\]\s*")
_DAY = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d)\s*[:\u2013\u2014-]?\s+(?P<text>.*)", re.DOTALL
)
_HARD_BREAK = re.compile(r"(?<!\\)(?P<escaped>(?:\\\\)*)\\$")
"""A backslash at the end of a line that another one follows."""
_LONGEST_TIME = 60
_LONGEST_OWNER = 3
"""Words, where nothing but a mere day tells that brackets hold details."""
_NO_OWNERS = ("after", "before", "first", "from", "last", "see", "seen", "since")
"""What begins words about a day that is not the action's."""
_DAY_LIKE = re.compile(
    r"\W*(?:\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]*\W)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\W*\d{1,2}(?:[:.h][\dX?]{2}|\s?[ap]\.?m\b)", re.IGNORECASE)


def action(lines: list[str]) -> dict[str, str]:
    """Read an action item: box, key, text, details, `done when`."""
    rest, parts = _told_below(lines, _DONE_WHEN, "done_when")
    box = _CHECK.match(rest)
    if box:
        rest = rest[box.end() :]
        if box["box"] in "xX":
            parts["status"] = "done"
    key = _KEY.match(rest)
    if key and key["key"].startswith("A"):
        parts["key"], rest = key["key"], rest[key.end() :]
    done = _DONE.search(rest)
    if done:
        parts["status"], rest = "done", rest[: done.start()]
    wanted = fields.PARTS[fields.ACTIONS]
    tail = _DETAILS.search(rest)
    if tail and _telling(tail["inside"]):
        parts = {**details.read(tail["inside"], wanted), **parts}
        rest = rest[: tail.start()]
    text, told = details.labelled(rest, wanted)
    if not told and ":" in rest:
        text, told = tails.cut(rest, wanted)
    if parts.keys().isdisjoint(told):
        rest, parts = text, {**parts, **told}
    return {**parts, "text": rest}


def factor(lines: list[str]) -> dict[str, str]:
    """Read a factor: key, kind, text, what it comes from, evidence."""
    rest, parts = _told_below(lines, _EVIDENCE, "evidence")
    key = _KEY.match(rest)
    if key and key["key"].startswith("F"):
        parts["key"], rest = key["key"], rest[key.end() :]
    kind = _KIND.match(rest)
    if kind and kind["kind"].casefold() in FACTOR_KINDS:
        parts["kind"], rest = kind["kind"].casefold(), rest[kind.end() :]
    cause = _CAUSE.search(rest)
    if cause:
        parts["cause"], rest = cause["key"], rest[: cause.start()]
    return {**parts, "text": rest}


def _told_below(
    lines: list[str], below: re.Pattern[str], part: str
) -> tuple[str, dict[str, str]]:
    """Return an item's text, and the part that is told on a line of its own."""
    parts: dict[str, str] = {}
    text: list[str] = []
    for line in lines:
        if text:
            text[-1] = _HARD_BREAK.sub(r"\g<escaped>", text[-1])
        found = below.fullmatch(line.strip()) if text else None
        if found:
            parts[part] = found[1]
        else:
            text.append(line.strip())
    return " ".join(text), parts


def event(lines: list[str], is_time: Callable[[str], bool]) -> dict[str, str]:
    """Read an event: the longest beginning that is a time, and the text behind it."""
    rest = " ".join(line.strip() for line in lines)
    unknown = _UNKNOWN.match(rest)
    if unknown:
        return {"at": unknown["said"], "text": rest[unknown.end() :]}
    for said, text in _times(rest):
        if is_time(said):
            return {"at": said, "text": text.strip()}
    return {"text": rest}


def day(text: str, is_day: Callable[[str], bool]) -> dict[str, str]:
    """Read an event that begins with a day, and with no time of it; else nothing."""
    for said, rest in _times(text) if _DAY_LIKE.match(text) else ():
        if rest and is_day(said):
            late = _CLOCK.match(rest)
            return {} if late else {"at": said, "text": rest.strip()}
    return {}


def row(
    known: Field, lines: list[str], is_time: Callable[[str], bool]
) -> dict[str, str]:
    """Read a list item that no pattern of the template fits."""
    match known.kind:
        case fields.ACTIONS:
            return action(lines)
        case fields.FACTORS:
            return factor(lines)
        case fields.EVENTS:
            return event(lines, is_time)
        case fields.REVISIONS:
            rest = " ".join(line.strip() for line in lines)
            day = _DAY.match(rest)
            found = day.groupdict() if day else event(lines, is_time)
            return {"on": found.get("at") or "", "text": found["text"]}
        case fields.TABLE if known.parts:
            return {known.parts[0]: " ".join(line.strip() for line in lines)}
    return {"text": " ".join(line.strip() for line in lines)}


def _telling(inside: str) -> bool:
    """Tell whether brackets hold details: a due date, a type, a priority, a key.

    A mere day is one behind its owner; alone it may be of something else.
    """
    if inside.startswith(BREAK):
        return False
    found = details.read(inside, fields.PARTS[fields.ACTIONS])
    told = found.keys() - {"owner"}
    if told != {"due"} or not inside.endswith(found["due"]):
        return bool(told)
    before = inside.removesuffix(found["due"])
    words = found.get("owner", "").casefold().split()
    named = 0 < len(words) <= _LONGEST_OWNER and words[0] not in _NO_OWNERS
    return before.rstrip().casefold().endswith(("due", "by", "bis", ":", "=")) or named


def _times(text: str) -> Iterator[tuple[str, str]]:
    wrapped = _WRAPPED.match(text)
    if wrapped and any(character.isdigit() for character in wrapped["inside"]):
        rest = text[wrapped.end() :].lstrip(" :-\u2013\u2014|")
        yield wrapped["inside"].strip(" :-"), rest
    if not any(character.isdigit() for character in text[:_LONGEST_TIME]):
        return
    ends = list(_SPLIT.finditer(text[: _LONGEST_TIME + 1]))
    for found in reversed(ends):
        said = text[: found.start()].strip()
        if any(character.isdigit() for character in said):
            yield said, text[found.end() :].lstrip(" :-\u2013\u2014|")
    if not ends:
        yield text, ""
