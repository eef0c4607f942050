"""Bytes of any encoding as text, by the line or as a whole, and text made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from postmortem import escape
from postmortem.importers.candidates import Note, Unplaced

if TYPE_CHECKING:
    from postmortem.importers.evidence import Member

LONGEST_LINE = 1024 * 1024
"""Bytes; what is longer is no line that a person or a program wrote."""
LONGEST_TEXT = 8_000
"""Characters of one event; a report is no archive."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_GAPS = re.compile(r"\n{3,}")
_OUTER = re.compile(r"\s+")
_NEWLINES = {"p", "div", "br", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5"}
_NEWLINES |= {"h6", "table", "blockquote", "pre", "hr"}
_SILENT = {"script", "style"}


class Line(NamedTuple):
    """One line of a text, without its end."""

    number: int
    """1-based."""
    text: str


def encoding(head: bytes) -> str:
    """Tell the encoding of a text by its beginning; UTF-8 when nothing else shows."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    zeros = head[:512]
    if len(zeros) > 1 and zeros.count(0) * 3 > len(zeros):
        return "utf-16-le" if zeros[1] == 0 else "utf-16-be"
    return "utf-8"


def decoded(raw: bytes) -> tuple[str, str | None]:
    """Return the text, and what had to be guessed about its encoding."""
    name = encoding(raw)
    try:
        return raw.decode(name), None
    except UnicodeDecodeError as error:
        if name.startswith("utf-16"):
            return raw.decode(name, "replace"), f"it is damaged UTF-16: {error.reason}"
        said = f"the byte 0x{raw[error.start]:02X} is not UTF-8; it is read as Latin-1"
        return _latin(raw), said


def lines(member: Member) -> Iterator[Line | Unplaced | Note]:
    """Yield the lines of a text, one after the other, however long it is."""
    with member.open() as stream:
        head = stream.read(4096)
    if encoding(head).startswith("utf-16"):
        text, guessed = decoded(member.read())
        if guessed:
            yield Note(where=member.name, text=guessed)
        for number, line in enumerate(text.splitlines(), 1):
            yield Line(number, line.removeprefix("\ufeff"))
        return
    yield from _lines(member)


def _lines(member: Member) -> Iterator[Line | Unplaced | Note]:
    told = False
    number = 0
    with member.open() as stream:
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                while (rest := stream.readline(LONGEST_LINE)) and rest[-1:] != b"\n":
                    pass
                said = "the line is longer than 1 MB"
                yield Unplaced(where=f"{member.name}:{number}", why=said)
                continue
            if number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            raw = raw.rstrip(b"\r\n")
            try:
                yield Line(number, raw.decode())
            except UnicodeDecodeError as error:
                if not told:
                    byte = f"0x{raw[error.start]:02X}"
                    said = f"the byte {byte} is not UTF-8; it is read as Latin-1"
                    yield Note(where=f"{member.name}:{number}", text=said)
                told = True
                yield Line(number, _latin(raw))


def cleaned(text: str) -> str:
    r"""Return plain text that commands no terminal and hides nothing, lines kept.

    >>> cleaned("  disk \x1b[31mfull\x1b[0m \r\n\r\n\r\n\r\nnow\u202e ")
    'disk ^[[31mfull^[[0m\n\nnowU+202E'
    """
    if text.isprintable():
        return _cut(text.strip())
    text = _BREAKS.sub("\n", text[: 2 * LONGEST_TEXT])
    text = "\n".join(map(str.rstrip, text.split("\n")))
    text = _GAPS.sub("\n\n", text)
    return _cut(escape.terminal(text).strip())


def plain_html(body: str) -> str:
    r"""Return what a reader of this HTML would see, as cleaned text.

    >>> plain_html("<div><p>db &amp; cache are <b>down</b></p><br>see below</div>")
    'db & cache are down\nsee below'
    """
    reader = _Reader()
    reader.feed(body[: 16 * LONGEST_TEXT])
    reader.close()
    return cleaned(reader.text())


def _latin(raw: bytes) -> str:
    """Read what is no UTF-8 as Windows does, whose Latin-1 has signs for 0x80-0x9F."""
    return raw.decode("cp1252", "replace")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


class _Reader(HTMLParser):
    """Collects the text of HTML, with line breaks where blocks end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _NEWLINES:
            self._parts.append("\n")
        named = dict(attrs)
        if tag in ("img", "emoji") and (said := named.get("alt")):
            self._parts.append(said)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _NEWLINES:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(_OUTER.sub(" ", data))

    def text(self) -> str:
        """Return what was collected."""
        found = "".join(self._parts).replace("\xa0", " ")
        return "\n".join(filter(None, (line.strip() for line in found.split("\n"))))
