"""One line of inline Markdown: its canonical form, and its escapes for each place.

The canonical form depends only on what the line means, so that a formatter which
respells emphasis or escapes leaves the value equal. Raw HTML becomes text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from postmortem.markdown import parting

BREAK = parting.BREAK

_MARKED = re.compile(r"[\\`*_\[\]<&~]")
"""What may mean something in a line; nearly none of it stands in most lines."""
_PLAIN = r"(?:[^\\`*_\[\]<&~]++|(?<=[^\W_])_(?=[^\W_]))"
"""Words: taken whole, as giving some of them back never helps and takes long."""
_CLOSED = r"(?=[\s.,;:)!?]|$)"
_SIMPLE = re.compile(
    rf"""(?: {_PLAIN}
         | (?<![^\s(]) \*\*(?=[^\s*]) {_PLAIN}+ (?<=[^\s]) \*\* {_CLOSED}
         | (?<![^\s(]) \*(?=[^\s*]) {_PLAIN}+ (?<=[^\s]) \* {_CLOSED}
         | (?<![^\s(]) `[^`\s](?:[^`]*[^`\s])?` {_CLOSED}
         | (?<![^\s(]) \[{_PLAIN}+\]\([\w/.#][\w./:%?=#,+@-]*\) {_CLOSED}
         )*""",
    re.VERBOSE,
)
"""Text in which emphasis, code and links stand between words, spelled our way."""
_SLANTED = re.compile(r"_([^\W_][^\\`*_\[\]<&~]*(?<=[\w.!?]))_")
"""Plain words in emphasis, as we write them where nothing is known yet."""
_LED = re.compile(r"\n\s+")
_SPACES = re.compile(r" +")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BARE_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<")
MOST_OPENED = 500
"""Brackets and backticks in one paragraph that are looked at: time grows with their
square."""
_REMEMBERED = 1000
"""Characters of the longest line whose spelling is kept: most lines come again."""
TAGS = "\ue000\ue001\ue002\ue003\ue004"
"""Characters with which rendering marks values; no value holds them."""

_SPECIAL = re.compile(r"[\\`*\[\]<&~]|(?<![^\W_])_|_(?![^\W_])")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIRTY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\ue004]")
_BLANK_REFERENCE = r"(?i:&(?:\#0*(?:9|10|13|32)|\#x0*(?:9|a|d|20)|tab|newline);)"
"""A blank at the edge of emphasis, which no formatter leaves as it is."""
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
_REFERENCE = re.compile(r"\\(&\#?\w+);")
_ROUNDS = 5
"""What quoting does to marks beside it is settled in two."""
_MARK = re.compile(r"\*|(?<!\w)_|_(?!\w)")
_TASK = re.compile(r"\[[ xX]\](?:\s|$)")


def canonical(text: str) -> str:
    r"""Return the canonical form of one line of inline Markdown; idempotent.

    >>> canonical("_Down_  for <b>all</b>")
    '*Down* for \\<b>all\\</b>'
    """
    line = " ".join(scrubbed(text.replace(BREAK, "")).split())
    if "<" in line:
        line = " ".join(_LINE_BREAK.sub(" ", line).split())
    if _is_tidy(line):
        return line
    spelled = respelled(line, html_is_text=True)
    return _BLANKS.sub(" ", spelled).strip()


def _is_tidy(line: str) -> bool:
    """Tell whether a line is spelled our way for sure."""
    return not _MARKED.search(line) or _SIMPLE.fullmatch(line) is not None


def _has_odd_blanks(text: str) -> bool:
    return "  " in text or "\t" in text or "\u2028" in text or "\u2029" in text


def scrubbed(text: str) -> str:
    """Return the text without what no Markdown file may hold, made visible."""
    if not _DIRTY.search(text):
        return text
    for tag in TAGS:
        text = text.replace(tag, "\ufffd")
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode())


def words(source: str) -> str | None:
    """Return a paragraph of nothing but words as one line; None of any other one.

    That is as `respelled` spells it, and it begins nothing.
    """
    if not source[:1].isalpha() or _MARKED.search(source) or _has_odd_blanks(source):
        return None
    line = source.replace("\n", " ").strip(" ")
    return _SPACES.sub(" ", line) if "  " in line else line


def respelled(
    source: str, *, html_is_text: bool = False, env: Mapping[str, Any] | None = None
) -> str:
    """Spell inline Markdown in the canonical way, with escapes only where they count.

    Where no canonical spelling means the same (emphasis wedged into emphasis), or it
    would take too long to look for one (a thousand brackets), the source stands as it
    is; raw HTML that is to be text is then escaped altogether.
    Soft breaks become spaces, hard ones a backslash at the end of the line; links by
    reference are resolved where `env` holds the document's definitions.
    """
    if not _has_odd_blanks(source):
        line = source.replace("\n", " ").strip(" ")
        line = _SPACES.sub(" ", line) if "  " in line else line
        if _is_tidy(line):
            return line
        slanted = _SLANTED.fullmatch(line)
        if slanted and line.isprintable():
            return f"*{slanted[1]}*"
    if sum(map(source.count, "[<`")) > MOST_OPENED:
        return _BARE_TAG.sub(r"\1\\<", source) if html_is_text else source
    if len(source) > _REMEMBERED or (env and env.get("references")):
        return _respelled(source, env, html_is_text=html_is_text)
    return _remembered(source, html_is_text=html_is_text)


@lru_cache(maxsize=2048)
def _remembered(source: str, *, html_is_text: bool) -> str:
    return _respelled(source, None, html_is_text=html_is_text)


def _respelled(
    source: str, env: Mapping[str, Any] | None, *, html_is_text: bool
) -> str:
    """Try one style after the other; the first that means the same wins."""
    from postmortem.markdown import spelling

    tokens = spelling.parsed(source, env)
    wanted = spelling.meaning(tokens, html_is_text=html_is_text)
    said = [each[1] for each in wanted if each[0] == "text"]
    lone = any("`" in each for each in said)
    if any(each.type in ("em_open", "strong_open") for each in tokens):
        lone |= any(_MARK.search(each) for each in said)
    for style in spelling.STYLES:
        if lone and not style.full:
            continue  # it opens what a neighbour closes, or a formatter mistakes it
        spelled = spelling.spelled(tokens, style, html_is_text=html_is_text)
        if spelling.meaning(spelling.parsed(spelled), html_is_text=False) == wanted:
            spelled = _LED.sub("\n", scrubbed(spelled).strip())
            return spelled if html_is_text else parting.parted(spelled)
    if html_is_text:
        return spelling.escaped(source, full=True)
    plain = re.sub(r"\s*\n\s*", "\n", re.sub(_BLANK_REFERENCE, " ", source)).strip()
    return respelled(plain, env=env) if plain != source else parting.parted(source)


def cell(text: str) -> str:
    r"""Escape a canonical line for a table cell: `|` becomes `\|`."""
    if "|" not in text:
        return text
    return re.sub(r"\\*\|", lambda found: "\\" + found[0], text)


def at_start(text: str, *, task: bool = False) -> str:
    """Escape a canonical line so that it begins a paragraph and nothing else.

    With `task`, a check box at its beginning is text too.
    """
    if text[:1].isalpha():
        return text
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
    return re.sub(r"(^|\s)(#+)$", r"\1\\\2", text) if "#" in text else text


def link(text: str) -> str:
    """Return a link's target with the one spelling that formatters leave alone.

    It stays canonical as a line: what is beside a mark may make it one of emphasis.
    """
    for _ in range(_ROUNDS):
        said = _REFERENCE.sub(r"\1%3B", text.replace("|", "%7C").replace("\\<", "%3C"))
        said = canonical(_quoted(said))
        if said == text:
            break
        text = said
    return text


def _quoted(text: str) -> str:
    if text.isascii() or " " in text:
        return text
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(text)


def plain(text: str) -> str:
    """Return a canonical line as a person reads it: no markup, no escapes."""
    if not _SPECIAL.search(text):
        return text
    from postmortem.markdown import spelling

    return "".join(_plain(spelling.parsed(text)))


def _plain(tokens: Sequence[Any]) -> Iterable[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _plain(token.children or ())
        else:
            yield token.content
