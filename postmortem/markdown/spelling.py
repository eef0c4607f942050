"""Inline Markdown taken apart and spelled again, with escapes only where they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_RUN = re.compile(r"[ \t]{2,}|\t")
_ESCAPED = re.compile(r"[\\`*_\[\]<&~]")
_UNTIDY_LINK = re.compile(r"[\s()<>\\]|^$")
_FIXED = {"s_open": "~~", "s_close": "~~", "softbreak": " ", "hardbreak": "\\\n"}

Meaning = list[tuple[str, ...]]
"""What a line means, told apart from how it is spelled."""


class Style(NamedTuple):
    """A way to spell what a line means."""

    full: bool
    """Escape all that could mean something, not only what does."""
    marks: str
    """The emphasis mark, by depth."""


STYLES = (
    Style(full=False, marks="**"),
    Style(full=True, marks="**"),
    Style(full=False, marks="*_"),
    Style(full=True, marks="*_"),
    Style(full=False, marks="_*"),
    Style(full=True, marks="_*"),
)
"""The styles in the order in which they are tried: the first that reads back wins."""


@cache
def engine() -> MarkdownIt:
    """Return the parser for inline text: CommonMark with strike-through, links kept."""
    from markdown_it import MarkdownIt

    engine = MarkdownIt("commonmark", {"maxNesting": 200}).enable("strikethrough")
    engine.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return engine


def parsed(line: str, env: Mapping[str, Any] | None = None) -> list[Token]:
    """Return the tokens of a line; `env` holds the document's link definitions."""
    tokens: list[Token] = []
    md = engine()
    md.inline.parse(line, md, dict(env or {}), tokens)
    return tokens


def meaning(tokens: Sequence[Token], *, html_is_text: bool) -> Meaning:
    """Say what the tokens mean, with neighbouring text joined and spelling left out."""
    meant: Meaning = []
    for token in tokens:
        kind, said = token.type, token.content
        if kind == "softbreak":
            kind, said = "text", " "
        if kind == "text_special" or (kind == "html_inline" and html_is_text):
            kind = "text"
        if kind == "text":
            said = _RUN.sub(" ", said)
            if meant and meant[-1][0] == "text":
                said = meant.pop()[1] + said
            if said:
                meant.append(("text", said))
        elif kind == "hardbreak":
            meant.append((kind,))
        elif kind == "image":
            alt = meaning(token.children or (), html_is_text=html_is_text)
            meant.append((kind, repr(alt), *_target(token)))
        else:
            meant.append((kind, said, *_target(token)))
    return meant


def _target(token: Token) -> tuple[str, ...]:
    return tuple(str(token.attrs.get(name, "")) for name in ("href", "src", "title"))


def spelled(tokens: Sequence[Token], style: Style, *, html_is_text: bool) -> str:
    """Spell the tokens in one of the styles; raw HTML as text where it is to be."""
    return "".join(_spelled(tokens, style, html_is_text=html_is_text))


def _spelled(
    tokens: Sequence[Token], style: Style, *, html_is_text: bool
) -> Iterator[str]:
    closers: list[str] = []
    for token in tokens:
        match token.type:
            case "link_open" if token.markup == "autolink":
                yield "<"
                closers.append(">")
            case "link_open":
                yield "["
                closers.append(f"]({_link(token, 'href')})")
            case "link_close":
                yield closers.pop()
            case "image":
                alt = spelled(token.children or (), style, html_is_text=html_is_text)
                yield f"![{alt}]({_link(token, 'src')})"
            case "html_inline" if not html_is_text:
                yield token.content
            case _:
                yield _leaf(token, style)


def _leaf(token: Token, style: Style) -> str:
    """Spell a token that stands for itself, or for one end of an emphasis."""
    match token.type:
        case "text" | "text_special":
            return escaped(_RUN.sub(" ", token.content), full=style.full)
        case "html_inline":
            return escaped(token.content, full=style.full)
        case "code_inline":
            return _code(token.content)
        case "em_open" | "em_close":
            return style.marks[token.level % 2]
        case "strong_open" | "strong_close":
            return style.marks[token.level % 2] * 2
    return _FIXED.get(token.type, "")


def escaped(text: str, *, full: bool) -> str:
    """Return text with a backslash before all that could mean something, if `full`."""
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
