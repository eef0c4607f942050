"""The front matter that nearly every report has, read without a parser.

One key and one value on each line, in words that YAML takes as they are. Anything else
is left to the guards in `reading`, which give the same of what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from postmortem.yamls.nodes import Node, Tree

_WORDS = r"[A-Za-z0-9](?:[A-Za-z0-9 _./+()-]*[A-Za-z0-9_./+()-])?"
_PLAIN = r"[A-Za-z0-9](?:(?:[A-Za-z0-9 ,_./+()-]|:(?! ))*[A-Za-z0-9,_./+()-])?"
_LINE = re.compile(
    rf"(?P<key>[a-z][a-z_]*): (?:(?P<plain>{_PLAIN})|\"(?P<quoted>[ !#-\[\]-~]*)\""
    rf"|\[(?P<list>(?:{_WORDS}(?:, {_WORDS})*)?)\])"
)
_NULL = "null"


def flat(text: str, first_line: int) -> Node | None:
    """Return the mapping that a text holds; None where it takes a parser to tell."""
    lines = _lines(text)
    if lines is None:
        return None
    entries: dict[str, Node] = {}
    at = 0
    for line, found in enumerate(lines, first_line):
        entries[found["key"]] = _value(found, at, line)
        at += found.end() + 1
    return Node(
        value=entries, start=0, end=at - 1, line=first_line, column=1, style="block"
    )


def content(text: str) -> dict[str, Tree] | None:
    """Return the same without the places of its values, which takes half the time."""
    lines = _lines(text)
    if lines is None:
        return None
    read: dict[str, Tree] = {}
    for found in lines:
        key, plain, quoted, several = found.groups()
        read[key] = plain if quoted is None else quoted
        if several is not None:
            read[key] = [*several.split(", ")] if several else []
    return read


def _lines(text: str) -> Sequence[re.Match[str]] | None:
    """Return the lines as they were matched; None where one takes a parser."""
    lines, keys = [], {_NULL}
    null = _NULL in text.casefold()
    for said in text.removesuffix("\n").split("\n"):
        found = _LINE.fullmatch(said)
        if found is None or found["key"] in keys or (null and _has_null(found)):
            return None
        lines.append(found)
        keys.add(found["key"])
    return lines


def _has_null(found: re.Match[str]) -> bool:
    plain, several = found["plain"], found["list"]
    if plain is not None:
        return len(plain) == len(_NULL) and plain.casefold() == _NULL
    return bool(several) and _NULL in several.casefold().split(", ")


def _value(found: re.Match[str], at: int, line: int) -> Node:
    key = Node(
        value=found["key"],
        start=at,
        end=at + found.end("key"),
        line=line,
        column=1,
        style="plain",
    )
    start = found.end("key") + 2
    value: str | tuple[Node, ...] = found["plain"]
    style = "plain"
    if found["list"] is not None:
        value, style = _items(found, at, line), "flow"
    elif found["quoted"] is not None:
        value, style = found["quoted"], "double"
    return Node(
        value=value,
        start=at + start,
        end=at + found.end(),
        line=line,
        column=start + 1,
        style=style,
        key=key,
    )


def _items(found: re.Match[str], at: int, line: int) -> tuple[Node, ...]:
    items = []
    start = found.start("list")
    for word in found["list"].split(", ") if found["list"] else ():
        items.append(
            Node(
                value=word,
                start=at + start,
                end=at + start + len(word),
                line=line,
                column=start + 1,
                style="plain",
            )
        )
        start += len(word) + 2
    return tuple(items)
