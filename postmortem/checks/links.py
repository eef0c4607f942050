"""Where the links of a report lead: to a file, a heading of its own, or to nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from postmortem.checks.masking import FILLER
from postmortem.checks.rules import once

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_TARGET = r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))"
_LINK = re.compile(rf"(?<!\\)\[(?=(?:[^\[\]]|\[[^\[\]]*\]){{0,500}}\]\(\s*{_TARGET})")
_DEFINITION = re.compile(rf"^ {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*{_TARGET}", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#\\]", re.IGNORECASE)
_EMPTY = re.compile(r"(?<![\w\\\]])\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\]\(\)")
_NO_HOST = re.compile(r"(?:https?|ftp):/*", re.IGNORECASE)
_THIS_MACHINE = re.compile(
    r"https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?=[:/?#]|\Z)",
    re.IGNORECASE,
)
_OWN_LINE = re.compile(
    r"^[^\w\n]*(?:[\w-]+ ){0,3}[\w-]+(?P<colon>:)[*_]* <?(?P<url>https?://[^\s<>]+)>?\s*$",
    re.MULTILINE,
)
"""An address that stands behind what it is, as in a list of references."""
_HOSTS = ("://localhost", "://127.", "://0.0.0.0", "://[::1]")
_STANDS_FOR = frozenset(
    (
        *("todo", "tbd", "tbc", "tba", "fixme", "xxx", "url", "link", "placeholder"),
        *("...", "\N{HORIZONTAL ELLIPSIS}", "???", "insert-link", "link-here"),
    )
)
"""What stands for the address that somebody meant to write, in small letters."""
_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(.+)|^(?=\S)(.+)\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE
)
_NAMED = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^\s"'>]+)|\{[^{}\n]*#([^\s{}]+)""")
_NO_TEXT = re.compile(r"\]\([^)]*\)|<[^>]*>|[\W_]+")
_NUMBER = re.compile(r"-\d+\Z")
_WRITE = "write the link, or take it out"

Broken = tuple[int, int, str, str]
"""Where the target of a link stands, what is wrong with it, and what to do."""


def broken(subject: Subject) -> Iterator[Broken]:
    """Yield the links that nobody can follow."""
    text = subject.text
    if "](" in text or "]:" in text:
        for pattern in (_LINK, _DEFINITION):
            for found in _shown(subject, pattern):
                which = "bare" if found["bare"] else "angled"
                if wrong := _wrong(subject, found[which] or ""):
                    yield *found.span(which), *wrong
    if "]()" in text:
        for found in _shown(subject, _EMPTY):
            yield *found.span(), "this link has no address", _WRITE
    if any(it in text for it in _HOSTS):
        for found in _shown(subject, _OWN_LINE, "colon"):
            if _THIS_MACHINE.match(found["url"]):
                yield *found.span("url"), *_OF_ONE


def _shown(
    subject: Subject, pattern: re.Pattern[str], part: int | str = 0
) -> Iterator[re.Match[str]]:
    """Yield what is found in the text, where that part of it is no code or quote."""
    for found in pattern.finditer(subject.text):
        if subject.masked[found.start(part)] != FILLER:
            yield found


_OF_ONE = (
    "this address leads everybody to their own machine",
    "link what all readers can open, or name the host",
)


def _wrong(subject: Subject, target: str) -> tuple[str, str] | None:
    """Return what is wrong with a target, and what to do; none if it leads there."""
    if target.casefold() in _STANDS_FOR:
        return f"{target!r} stands for a link that is not written yet", _WRITE
    if _NO_HOST.fullmatch(target):
        return f"{target!r} is the beginning of an address alone", _WRITE
    if _THIS_MACHINE.match(target):
        return _OF_ONE
    if target.startswith("#"):
        if _has_heading(subject, unquote(target[1:])):
            return None
        return (
            f"this report has no heading {target!r}",
            "write the heading's words in small letters, with hyphens between them",
        )
    is_file = subject.around.is_file
    if is_file is None or _ELSEWHERE.match(target):
        return None
    path = unquote(re.split(r"[?#]", target)[0])
    if not path or is_file(path):
        return None
    return (
        f"there is no file {path!r} beside this report",
        "write its path as seen from this report's folder: graph.png, ../logs/api.txt",
    )


def _has_heading(subject: Subject, anchor: str) -> bool:
    """Tell whether a name is that of a heading, whoever makes the page of it."""
    bare = anchor.removeprefix("user-content-")
    if not bare or bare.casefold() == "top" or bare.startswith(":~:"):
        return True
    return bool(_anchors(subject) & {_plain(bare), _plain(_NUMBER.sub("", bare))})


@once
def _anchors(subject: Subject) -> set[str]:
    """Return the names of all headings and marks, with letters and digits alone."""
    found = {_plain(it[1] or it[2]) for it in _HEADING.finditer(subject.text)}
    found |= {_plain(it[1] or it[2]) for it in _NAMED.finditer(subject.text)}
    return found


def _plain(text: str) -> str:
    return _NO_TEXT.sub("", text).casefold()
