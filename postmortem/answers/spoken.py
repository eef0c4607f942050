"""One line that YAML takes for a mapping because of a colon or question mark in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postmortem.yamls import Node

_WORD = re.compile(r"[^\W\d]\w*")


def one_line(node: Node, parts: Iterable[str]) -> Node:
    """Return the text that `- 9:30 alert: disk full` or `- ? unclear` was meant to be.

    That is a mapping of one key, which is more than a word and no part of a row; any
    other node is returned as it is.
    """
    if len(node.entries) != 1 or node.style != "block":
        return node
    ((name, value),) = node.entries.items()
    asked = value.key is not None and value.key.start > node.start
    plain = value.value is None or isinstance(value.value, str)
    if name in parts or not plain or (_WORD.fullmatch(name) and not asked):
        return node
    text = f"{'? ' if asked else ''}{name}"
    if isinstance(value.value, str):
        text = f"{text}: {value.value}"
    return Node(
        value=text,
        start=node.start,
        end=node.end,
        line=node.line,
        column=node.column,
        style="plain",
        key=node.key,
    )
