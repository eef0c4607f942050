"""The front matter that nearly every report has, read without a parser.

One key and one value on each line, in words that YAML takes as they are. Anything else
is left to the guards in `reading`, which give the same of what is read here.
"""

from __future__ import annotations

import re

from postmortem.yamls.nodes import Node

_WORDS = r"[A-Za-z0-9](?:[A-Za-z0-9 _./+()-]*[A-Za-z0-9_./+()-])?"
_PLAIN = r"[A-Za-z0-9](?:(?:[A-Za-z0-9 ,_./+()-]|:(?! ))*[A-Za-z0-9,_./+()-])?"
_LINE = re.compile(
    rf"(?P<key>[a-z][a-z_]*): (?:(?P<plain>{_PLAIN})|\"(?P<quoted>[ !#-\[\]-~]*)\""
    rf"|\[(?P<list>(?:{_WORDS}(?:, {_WORDS})*)?)\])"
)
_NULLS = ("null",)


def flat(text: str, first_line: int) -> Node | None:
    """Return the mapping that a text holds; None where it takes a parser to tell."""
    entries: dict[str, Node] = {}
    at, line = 0, first_line
    for said in text.removesuffix("\n").split("\n"):
        found = _LINE.fullmatch(said)
        if found is None or found["key"] in entries or found["key"] in _NULLS:
            return None
        value = _value(found, at, line)
        if value is None:
            return None
        entries[found["key"]] = value
        at += len(said) + 1
        line += 1
    end = next(reversed(entries.values())).end
    return Node(
        value=entries, start=0, end=end, line=first_line, column=1, style="block"
    )


def _value(found: re.Match[str], at: int, line: int) -> Node | None:
    key = Node(
        value=found["key"],
        start=at,
        end=at + found.end("key"),
        line=line,
        column=1,
        style="plain",
    )
    start = found.end("key") + 2
    value: str | tuple[Node, ...] | None = found["plain"]
    style = "plain"
    if found["list"] is not None:
        value, style = _items(found, at, line), "flow"
    elif found["quoted"] is not None:
        value, style = found["quoted"], "double"
    if value is None or (style == "plain" and str(value).casefold() in _NULLS):
        return None
    return Node(
        value=value,
        start=at + start,
        end=at + found.end(),
        line=line,
        column=start + 1,
        style=style,
        key=key,
    )


def _items(found: re.Match[str], at: int, line: int) -> tuple[Node, ...] | None:
    items = []
    start = found.start("list")
    for word in found["list"].split(", ") if found["list"] else ():
        if word.casefold() in _NULLS:
            return None
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
