"""The tags of a template that name other files, read without Jinja."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from postmortem.templating.sources import split
from postmortem.templating.tags import STRING, tags

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"[-+]?\s*(extends|include|import|from)\b\s*")
_COMMA = re.compile(r"\s*,?\s*")
_AFTER = {
    "extends": re.compile(r"\s*\Z"),
    "include": re.compile(
        r"\s*(ignore\s+missing)?\s*((?:with|without)\s+context)?\s*\Z"
    ),
    "import": re.compile(r"\s*as\s"),
    "from": re.compile(r"\s*import\s"),
}


class Reference(NamedTuple):
    """One `extends`, `include`, `import` or `from` tag."""

    tag: str
    names: tuple[str, ...]
    """Tried in this order; empty when the tag does not write them out."""
    line: int
    optional: bool = False
    """It says `ignore missing`."""


def references(text: str) -> Iterator[Reference]:
    """Yield those tags, in the order in which they stand; see `chains.references`."""
    _, text = split(text)
    at, line = 0, 1
    for tag in tags(text):
        match = _TAG.match(text, tag.start + 2, tag.end - 2)
        if tag.sign == "{%" and match:
            line += text.count("\n", at, match.start(1))
            at = match.start(1)
            rest = text[match.end() : tag.end - 2].rstrip("-+")
            yield _reference(match.group(1), rest, line)


def _reference(tag: str, rest: str, line: int) -> Reference:
    """Read what stands after the tag's name: strings, alone or in brackets."""
    bracket = rest[:1] in "([" and rest[:1]
    at, said = len(bracket or ""), []
    while string := STRING.match(rest, at):
        said.append(_unescaped(string.group()))
        comma = _COMMA.match(rest, string.end())
        at = comma.end() if comma else string.end()
        if not bracket:
            at = string.end()
            break
    if bracket:
        at = at + 1 if rest[at : at + 1] in ")]" else len(rest) + 1
    after = _AFTER[tag].match(rest, at) if at <= len(rest) else None
    if after is None:
        return Reference(tag=tag, names=(), line=line)
    optional = tag == "include" and after.group(1) is not None
    return Reference(tag=tag, names=tuple(said), line=line, optional=optional)


def _unescaped(string: str) -> str:
    """Return what a string of Jinja means; its escapes are those of Python."""
    raw = string[1:-1].encode("ascii", "backslashreplace")
    try:
        return raw.decode("unicode-escape")
    except UnicodeDecodeError:
        return string[1:-1]
