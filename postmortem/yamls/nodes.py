"""What a guarded YAML text is read into: a tree of strings with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

FRONT_MATTER_LIMIT = 64 * 1024
"""Bytes of UTF-8."""
ANSWERS_LIMIT = 1024 * 1024
"""Bytes of UTF-8."""

Tree = str | None | list["Tree"] | dict[str, "Tree"]
"""Plain content: what a Node holds, without its places."""
Value = str | None | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written; None within a collection is written `null`."""

_NO_ENTRIES: Mapping[str, Node] = MappingProxyType({})


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One value of a YAML text, and where it stands."""

    value: str | tuple[Node, ...] | Mapping[str, Node] | None
    """None for a plain scalar that is empty, `~` or `null`; else text as written."""
    start: int
    """Offset in the loaded text, in characters, of the value's first character."""
    end: int
    """Offset behind its last character; comments after it are not part of it."""
    line: int
    """1-based, counted from `first_line`."""
    column: int
    """1-based, in characters."""
    style: str
    """plain, single, double, literal or folded; flow or block for a collection."""
    key: Node | None = None
    """The key under which it stands in a mapping."""

    @property
    def entries(self) -> Mapping[str, Node]:
        """The values of a mapping by key, in the order written; else empty."""
        return self.value if isinstance(self.value, Mapping) else _NO_ENTRIES

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list; else empty."""
        return self.value if isinstance(self.value, tuple) else ()

    def tree(self) -> Tree:
        """Return the content alone: dicts, lists, strings and None."""
        if isinstance(self.value, tuple):
            return [item.tree() for item in self.value]
        if isinstance(self.value, Mapping):
            return {name: node.tree() for name, node in self.value.items()}
        return self.value


def load(
    text: str,
    path: str | None = None,
    first_line: int = 1,
    *,
    limit: int = FRONT_MATTER_LIMIT,
) -> Node:
    """Return the mapping that a YAML text holds; an empty text is an empty mapping.

    `path` and `first_line` (the 1-based line of `text` in that file) are for messages.
    Raises Problems, and nothing else, for any text that is not one plain mapping of
    strings, lists and mappings: syntax, size, depth, anchors, aliases, tags, merge
    keys, keys that occur twice.
    """
    from postmortem.yamls.flat import flat

    if len(text) <= limit and (found := flat(text, first_line)):
        return found
    from postmortem.yamls.reading import Reading

    return Reading(text, path, first_line, limit).mapping()


def content(text: str, first_line: int = 1) -> dict[str, Tree]:
    """Return what `load` gives of front matter, without the places of its values."""
    from postmortem.yamls import flat

    if len(text) <= FRONT_MATTER_LIMIT and (found := flat.content(text)):
        return found
    top = load(text, first_line=first_line)
    return {name: node.tree() for name, node in top.entries.items()}
