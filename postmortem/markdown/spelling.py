"""Inline Markdown taken apart and spelled again, with escapes only where they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from postmortem.markdown.parting import BREAK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_RUN = re.compile(r"[ \t\r\n\u2028\u2029]{2,}|[\t\r\n\u2028\u2029]")
"""What reads as one blank; a line break in text is from a character reference."""
_TRAILING = re.compile(r"[^\S\n]+(?=\n)")
_ESCAPED = re.compile(r"[\\`*_\[\]<&~]")
_OPENS = re.compile(r"<(?=[!?/a-zA-Z])")
_REFERENCE = re.compile(r"(&#?\w+);")
_NEEDY = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|&(?=#?\w+;)")
_UNTIDY_LINK = re.compile(r"[\s()<>\\]|^$")
_PAIRED = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_ROUND = re.compile(r"[()]")
_NO_ADDRESS = re.compile(r"[\s<>\\|]")
_AS_TEXT = ("text", "text_special", "softbreak")
_OPENED, _CLOSED = ("em_open", "strong_open"), ("em_close", "strong_close")
_FIXED = {"s_open": "~~", "s_close": "~~", "hardbreak": "\\\n"}

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
    """Say what the tokens mean, with neighbouring text joined and spelling left out.

    Left out, too, are empty comments, which nobody sees.
    """
    meant: Meaning = []
    for token in tokens:
        kind, said = token.type, token.content
        if (kind, said) == ("html_inline", BREAK) and not html_is_text:
            continue
        if kind == "softbreak":
            kind, said = "text", " "
        if kind == "text_special" or (kind == "html_inline" and html_is_text):
            kind = "text"
        if kind == "text":
            said = _RUN.sub(" ", said)
            if meant and meant[-1][0] == "text":
                said = _RUN.sub(" ", meant.pop()[1] + said)
            if said:
                meant.append(("text", said))
        elif kind == "hardbreak":
            meant.append((kind,))
        elif kind == "image":
            meant.append((kind, _alt(token), *_target(token)))
        else:
            meant.append((kind, _TRAILING.sub("", said), *_target(token)))
    return meant


def _target(token: Token) -> tuple[str, ...]:
    return (_address(token, "href"), _address(token, "src"), _title(token))


def _address(token: Token, name: str) -> str:
    """Return what a link goes to, with what would need an escape quoted.

    Formatters leave no escapes in it, and no references.
    """
    url = _NO_ADDRESS.sub(_quoted, str(token.attrs.get(name, "")))
    if _ROUND.search(_PAIRED.sub("", url)):
        url = _ROUND.sub(_quoted, url)
    return _REFERENCE.sub(r"\1%3B", url) if "&" in url else url


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _alt(token: Token) -> str:
    """Return the words of an image, which have no markup, and need no escape."""
    said = " ".join("".join(_words(token)).split())
    again = parsed(f"![{said}](x)")
    plain = len(again) == 1 and all(
        each.type in _AS_TEXT for each in again[0].children or ()
    )
    same = plain and "".join(_words(again[0])) == said
    return said if same else " ".join(_ESCAPED.sub("", said).split())


def _words(token: Token) -> Iterator[str]:
    for each in token.children or ():
        if each.type == "image":
            yield from _words(each)
        elif each.type != "html_inline":
            yield " " if each.type.endswith("break") else each.content


def _title(token: Token) -> str:
    return bare(" ".join(str(token.attrs.get("title", "")).split()))


def bare(text: str) -> str:
    r"""Return text without what needs an escape where formatters leave none.

    >>> bare("a\\* &copy; C:\\b")
    'a* copy; C:\\b'
    """
    while _NEEDY.search(text):
        text = _NEEDY.sub("", text).strip()
    return text


def spelled(tokens: Sequence[Token], style: Style, *, html_is_text: bool) -> str:
    """Spell the tokens in one of the styles; raw HTML as text where it is to be."""
    return "".join(_spelled(tokens, style, html_is_text=html_is_text))


def _spelled(
    tokens: Sequence[Token], style: Style, *, html_is_text: bool
) -> Iterator[str]:
    closers: list[str] = []
    text = before = ""
    for token in tokens:
        kind = token.type
        if kind in _AS_TEXT or (kind == "html_inline" and html_is_text):
            text += " " if kind == "softbreak" else token.content
            continue
        if closers[-1:] == [">"]:
            yield text
        else:
            said = _text(text, style, html_is_text=html_is_text)
            linked = kind == "link_open" and token.markup != "autolink"
            yield f"{said[:-1]}\\!" if linked and said[-1:] == "!" else said
        apart = not (html_is_text or text) and kind in _OPENED and before in _CLOSED
        text, before = "", kind
        if apart:  # one mark behind the other is read as a longer one
            yield BREAK
        match kind:
            case "link_open" if token.markup == "autolink":
                yield "<"
                closers.append(">")
            case "link_open":
                yield "["
                closers.append(f"]({_link(token, 'href')})")
            case "link_close":
                yield closers.pop()
            case "image":
                yield f"![{_alt(token)}]({_link(token, 'src')})"
            case "html_inline":
                yield _TRAILING.sub("", token.content)
            case _:
                yield _leaf(token, style)
    yield _text(text, style, html_is_text=html_is_text)


def _text(said: str, style: Style, *, html_is_text: bool) -> str:
    """Spell text; where HTML is text, none is begun: a value beside it could end it."""
    said = escaped(_RUN.sub(" ", said), full=style.full)
    return _OPENS.sub(r"\\<", said) if html_is_text and not style.full else said


def _leaf(token: Token, style: Style) -> str:
    """Spell a token that stands for itself, or for one end of an emphasis."""
    match token.type:
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
    url, title = _address(token, name), _title(token)
    if _UNTIDY_LINK.search(url):
        url = "<" + re.sub(r"[<>\\]", lambda found: "\\" + found[0], url) + ">"
    if not title:
        return url
    quoted = re.sub(r'["\\]', lambda found: "\\" + found[0], title)
    return f'{url} "{quoted}"'
