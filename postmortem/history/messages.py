"""The message of a commit, made of plain strings that may come from anywhere."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from postmortem.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECT = 72
"""Characters of a subject, after which forges and `git log` cut it."""
NO_SUBJECT = "(no subject)"

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_TRAILER = re.compile(r"(?P<key>[A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:|\(cherry picked from ")
_CUT = re.compile(r"---|diff --git |diff -|Index: ")
"""Where `git am` and `git interpret-trailers` believe that a message ends."""
_SKIP = re.compile(
    r"\[\s*(?P<one>(?:skip[ -]?(?:ci|actions|checks|azp|netlify|vercel)|no[ -]?ci"
    r"|(?:ci|actions|checks)[ -]?skip))\s*\]|\*\*\*(?P<two>NO_CI)\*\*\*",
    re.IGNORECASE,
)
"""What build servers obey wherever it stands."""
_AUTOSQUASH = re.compile(r"(?P<word>fixup|squash|amend)! ")


def message(
    subject: str, body: str = "", trailers: Iterable[tuple[str, str]] = ()
) -> str:
    """Return a commit message: one line, the body, and these trailers and no others.

    Nothing in subject or body can be taken for a trailer, for the end of the message or
    for an order to a build server. Raises ValueError for what is no key of a trailer.
    """
    last = [_trailer(key, value) for key, value in trailers]
    last = [line for line in last if line]
    parts = [_subject(subject), _body(body, followed=bool(last)), "\n".join(last)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _subject(text: str) -> str:
    line = _AUTOSQUASH.sub(r"\g<word>: ", _line(text), count=1)
    if len(line) <= SUBJECT:
        return line or NO_SUBJECT
    end = line.rfind(" ", SUBJECT // 2, SUBJECT)
    if end < 0:
        end = SUBJECT - 1
        while unicodedata.combining(line[end]):
            end -= 1
    return f"{line[:end].rstrip(' ,;:-(')}…"


def _body(text: str, *, followed: bool) -> str:
    lines = [_clean(line).rstrip() for line in _said(text).split("\n")]
    paragraphs = "\n".join(lines).strip("\n").split("\n\n")
    return "\n\n".join(
        _defused(part, last=not followed and part is paragraphs[-1])
        for part in paragraphs
    )


def _defused(paragraph: str, *, last: bool) -> str:
    """Indent the lines that git would read as something else than text.

    A key with a hyphen (`Signed-off-by`, `Change-Id`) is one for some tool wherever it
    stands; any other is a trailer only in the last paragraph.
    """
    lines = []
    for line in paragraph.split("\n"):
        found = _TRAILER.match(line)
        key = (found["key"] or "-") if found else ""
        read = bool(found) and (last or "-" in key)
        lines.append(f" {line}" if read or _CUT.match(line) else line)
    return "\n".join(lines)


def _trailer(key: str, value: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"no key of a trailer: {key!r}")
    line = _line(value)
    return f"{key}: {line}" if line else ""


def _line(text: str) -> str:
    return " ".join(_clean(" ".join(_said(text).split())).split())


def _said(text: str) -> str:
    """Return the text with LF only, and with a sign for what no encoding can say."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _clean(line: str) -> str:
    line = terminal(line.replace("\t", "    "))
    return _SKIP.sub(lambda found: f"({found['one'] or found['two']})", line)
