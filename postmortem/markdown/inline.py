"""One line of inline Markdown: its canonical form, and its escapes for each place.

The canonical form depends only on what the line means, so that a formatter which
respells emphasis or escapes leaves the value equal. Raw HTML becomes text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BREAK = "<!---->"
"""An empty comment: invisible, kept by formatters, taken out again by the reader."""

TAGS = "\ue000\ue001\ue002\ue003\ue004"
"""Characters with which rendering marks values; no value holds them."""

_SPECIAL = re.compile(r"[\\`*\[\]<&~]|(?<![^\W_])_|_(?![^\W_])")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_RUN = re.compile(r"[ \t]{2,}|\t")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIRTY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\ue004]")
_ESCAPED = re.compile(r"[\\`*_\[\]<&~]")
_STARTER = re.compile(
    r"""
      (?P<mark> [-+*] (?=\s|$) | \#{1,6} (?=\s|$) | > | \|
              | -{2,}(?=\s*$) | =+(?=\s*$) | `{3,} | ~{3,} | \[ (?=[^\]]+\]:)
              | :?-+:?(?=\s*\|)
              | < (?= [!?] | /?[a-zA-Z][a-zA-Z0-9-]* (?:\s|/?>|$) )
              | (?P<rule> [-*_] ) (?= (?:\s*(?P=rule)){2,} \s*$ ) )
    | (?P<number> \d{1,9} ) (?=[.)](?:\s|$))
    """,
    re.VERBOSE,
)
_TASK = re.compile(r"\[[ xX]\](?:\s|$)")
_UNTIDY_LINK = re.compile(r"[\s()<>\\]|^$")

Shape = list[tuple[str, ...]]


class _Style(NamedTuple):
    full: bool
    """Escape all that could mean something, not only what does."""
    marks: str
    """The emphasis mark, by depth."""


_STYLES = (
    _Style(full=False, marks="**"),
    _Style(full=True, marks="**"),
    _Style(full=False, marks="*_"),
    _Style(full=True, marks="*_"),
    _Style(full=False, marks="_*"),
    _Style(full=True, marks="_*"),
)


def canonical(text: str) -> str:
    """Return the canonical form of one line of inline Markdown; idempotent.

    >>> canonical("_Down_  for <b>all</b>")
    '*Down* for \\\\<b>all\\\\</b>'
    """
    line = " ".join(scrubbed(text.replace(BREAK, "")).split())
    if not _SPECIAL.search(line):
        return line
    spelled = respelled(line, html_is_text=True)
    return _BLANKS.sub(" ", spelled).strip()


def scrubbed(text: str) -> str:
    """Return the text without what no Markdown file may hold, made visible."""
    if not _DIRTY.search(text):
        return text
    for tag in TAGS:
        text = text.replace(tag, "\ufffd")
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode())


def respelled(
    source: str, *, html_is_text: bool = False, env: Mapping[str, Any] | None = None
) -> str:
    """Spell inline Markdown in the canonical way, with escapes only where they count.

    Where no canonical spelling means the same (emphasis wedged into emphasis), the
    source stands as it is; raw HTML that is to be text is then escaped altogether.
    Soft breaks become spaces, hard ones a backslash at the end of the line; links by
    reference are resolved where `env` holds the document's definitions.
    """
    if not _SPECIAL.search(source):
        return " ".join(source.split())
    tokens = _tokens(source, env)
    wanted = _shape(tokens, html_is_text=html_is_text)
    for style in _STYLES:
        spelled = "".join(_spell(tokens, style, html_is_text=html_is_text))
        if _shape(_tokens(spelled), html_is_text=False) == wanted:
            return spelled
    return _text(source, full=True) if html_is_text else source


def cell(text: str) -> str:
    r"""Escape a canonical line for a table cell: `|` becomes `\|`."""
    return re.sub(r"\\*\|", lambda found: "\\" + found[0], text) if "|" in text else text


def at_start(text: str, *, task: bool = False) -> str:
    """Escape a canonical line so that it begins a paragraph and nothing else.

    With `task`, a check box at its beginning is text too.
    """
    if task and _TASK.match(text):
        return f"\\{text}"
    found = _STARTER.match(text)
    if not found:
        return text
    if found["number"]:
        return f"{found['number']}\\{text[found.end() :]}"
    return f"\\{text}"


def heading(text: str) -> str:
    """Escape a canonical line for a heading: a last run of `#` is not its end."""
    return re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)


def link(text: str) -> str:
    """Return a link's target with the one spelling that formatters leave alone."""
    if text.isascii() or " " in text:
        return text
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(text)


def broken(text: str, separators: Iterable[str]) -> str:
    """Put an empty comment behind every separator that stands in the text."""
    for separator in separators:
        if separator.strip():
            text = text.replace(separator, separator + BREAK)
    return text


@cache
def engine() -> MarkdownIt:
    """Return the parser for inline text: CommonMark with strike-through, links kept."""
    from markdown_it import MarkdownIt

    engine = MarkdownIt("commonmark", {"maxNesting": 200}).enable("strikethrough")
    engine.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return engine


def _tokens(line: str, env: Mapping[str, Any] | None = None) -> list[Token]:
    tokens: list[Token] = []
    md = engine()
    md.inline.parse(line, md, dict(env or {}), tokens)
    return tokens


def _shape(tokens: Sequence[Token], *, html_is_text: bool) -> Shape:
    """Say what the tokens mean, with neighbouring text joined and spelling left out."""
    shape: Shape = []
    for token in tokens:
        kind, said = token.type, token.content
        if kind == "softbreak":
            kind, said = "text", " "
        if kind == "text_special" or (kind == "html_inline" and html_is_text):
            kind = "text"
        if kind == "text":
            said = _RUN.sub(" ", said)
            if shape and shape[-1][0] == "text":
                said = shape.pop()[1] + said
            if said:
                shape.append(("text", said))
        elif kind == "hardbreak":
            shape.append((kind,))
        elif kind == "image":
            alt = _shape(token.children or (), html_is_text=html_is_text)
            shape.append((kind, repr(alt), *_target(token)))
        else:
            shape.append((kind, said, *_target(token)))
    return shape


def _target(token: Token) -> tuple[str, ...]:
    return tuple(str(token.attrs.get(name, "")) for name in ("href", "src", "title"))


def _spell(
    tokens: Sequence[Token], style: _Style, *, html_is_text: bool
) -> Iterable[str]:
    closers: list[str] = []
    full = style.full
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                yield _text(_RUN.sub(" ", token.content), full=full)
            case "html_inline":
                html = token.content
                yield _text(html, full=full) if html_is_text else html
            case "code_inline":
                yield _code(token.content)
            case "em_open" | "em_close":
                yield style.marks[token.level % 2]
            case "strong_open" | "strong_close":
                yield style.marks[token.level % 2] * 2
            case "s_open" | "s_close":
                yield "~~"
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\\\n"
            case "link_open" if token.markup == "autolink":
                yield "<"
                closers.append(">")
            case "link_open":
                yield "["
                closers.append(f"]({_link(token, 'href')})")
            case "link_close":
                yield closers.pop()
            case "image":
                alt = "".join(
                    _spell(token.children or (), style, html_is_text=html_is_text)
                )
                yield f"![{alt}]({_link(token, 'src')})"


def _text(text: str, *, full: bool) -> str:
    return _ESCAPED.sub(lambda found: "\\" + found[0], text) if full else text


def _code(content: str) -> str:
    fence = "`"
    while re.search(rf"(?<!`){fence}(?!`)", content):
        fence += "`"
    padded = content[:1] == "`" or content[-1:] == "`"
    padded |= content[:1] == content[-1:] == " " and content.strip() != ""
    pad = " " if padded else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _link(token: Token, name: str) -> str:
    url = str(token.attrs.get(name, ""))
    title = token.attrs.get("title")
    if _UNTIDY_LINK.search(url):
        url = "<" + re.sub(r"[<>\\]", lambda found: "\\" + found[0], url) + ">"
    if title is None:
        return url
    quoted = re.sub(r'["\\]', lambda found: "\\" + found[0], str(title))
    return f'{url} "{quoted}"'


def plain(text: str) -> str:
    """Return a canonical line as a person reads it: no markup, no escapes."""
    return "".join(_plain(_tokens(text))) if _SPECIAL.search(text) else text


def _plain(tokens: Sequence[Any]) -> Iterable[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _plain(token.children or ())
        else:
            yield token.content
