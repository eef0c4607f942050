"""Replacements in a YAML text, at the marks of its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from postmortem.yamls.scalars import encodable, flow_item, quoted, scalar

if TYPE_CHECKING:
    from postmortem.yamls.nodes import Node, Tree, Value

_BREAK = re.compile(r"\r\n|\n|\r|\Z")
_COLON = re.compile(r"[ \t]*:")
_DASH = re.compile(r" *- +")


def content(value: Value) -> Tree:
    """Return a value as reading it back gives it."""
    if value is None or isinstance(value, str):
        return value if value is None else encodable(value)
    if isinstance(value, Mapping):
        return {encodable(name): content(part) for name, part in value.items()}
    return [content(part) for part in value]


class Edits:
    """Replacements that do not overlap, collected against one text."""

    def __init__(self, text: str, newline: str) -> None:
        self._text = text
        self._newline = newline
        self._edits: list[tuple[int, int, str]] = []

    def applied(self) -> str:
        """Return the text with every replacement made."""
        parts, at = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self._text[at:start], new]
            at = end
        return "".join((*parts, self._text[at:]))

    def change(
        self,
        mapping: Node,
        values: Mapping[str, Tree],
        removed: set[str],
        order: Sequence[str] = (),
    ) -> None:
        """Set, add and remove keys of a block mapping."""
        entries = mapping.entries
        for name in removed & entries.keys():
            node = entries[name]
            self._edit(self._opening(_key(node)), self._below(node), "")
        for name in values.keys() & entries.keys():
            self._set(entries[name], values[name])
        ranks = {name: rank for rank, name in enumerate(order)}
        indent = " " * (mapping.column - 1) if entries else ""
        new = [name for name in values if name not in entries]
        for name in sorted(new, key=lambda name: ranks.get(name, len(ranks))):
            at = self._slot(entries, name, ranks)
            line = f"{indent}{scalar(name)}: {_inline(values[name], scalar)}"
            self._edit(at, at, line + self._newline)

    def _slot(
        self, entries: Mapping[str, Node], name: str, ranks: Mapping[str, int]
    ) -> int:
        """Return the offset of the line at which a new key is put."""
        known = {ranks[key]: node for key, node in entries.items() if key in ranks}
        rank = ranks.get(name, -1)
        if earlier := [other for other in known if other < rank]:
            return self._below(known[max(earlier)])
        if rank >= 0 and known:
            return self._opening(_key(known[min(known)]))
        return self._below(list(entries.values())[-1]) if entries else len(self._text)

    def _set(self, node: Node, value: Tree) -> None:
        if node.tree() == value:
            return
        if (
            isinstance(value, Mapping)
            and value
            and node.entries
            and node.style == "block"
        ):
            self.change(node, value, node.entries.keys() - value.keys())
        elif isinstance(value, list) and value and node.items:
            if node.style == "block":
                self._set_rows(node, value)
            else:
                self._edit(node.start, node.end, self._flow(node, value))
        else:
            self._set_whole(node, _inline(value, _like(node)))

    def _set_whole(self, node: Node, new: str) -> None:
        """Put a one-line text where a value of any shape stood."""
        if node.style == "block" or node.start == node.end:
            key = _key(node)
            colon = _COLON.match(self._text, key.end)
            behind = colon.end() if colon else node.start
            self._edit(behind, behind, f" {new}")
            if node.style == "block":
                self._edit(self._closing(behind), self._closing(node.end), "")
        else:
            self._edit(node.start, node.end, new)

    def _set_rows(self, node: Node, values: list[Tree]) -> None:
        """Change a block list by whole rows; equal items keep their lines."""
        items = node.items
        prefix = _DASH.match(self._text, self._opening(items[0]))
        dash = prefix[0] if prefix else " " * (node.column - 1) + "- "
        old, new = (
            [repr(item.tree()) for item in items],
            [repr(part) for part in values],
        )
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for step, first, last, start, end in steps:
            if step == "replace" and last - first == end - start:
                for item, value in zip(
                    items[first:last], values[start:end], strict=True
                ):
                    self._set_item(item, value)
            elif step != "equal":
                for item in items[first:last]:
                    self._edit(self._opening(item), self._below(item), "")
                at = self._below(items[first - 1]) if first else self._opening(items[0])
                rows = (
                    f"{dash}{_inline(value, scalar)}" for value in values[start:end]
                )
                self._edit(at, at, "".join(f"{row}{self._newline}" for row in rows))

    def _set_item(self, item: Node, value: Tree) -> None:
        gap = " " if item.start == item.end else ""
        self._edit(item.start, item.end, gap + _inline(value, _like(item)))

    def _flow(self, node: Node, values: list[Tree]) -> str:
        """Return a flow list in the layout of the old one, equal items as they were."""
        raw = {repr(old.tree()): self._text[old.start : old.end] for old in node.items}
        like = _like(node.items[0], flow_item)
        parts = [raw.get(repr(value)) or _inline(value, like) for value in values]
        lead = self._text[node.start + 1 : node.items[0].start]
        rest = self._text[node.items[-1].end : node.end - 1]
        if lead.strip() or rest.strip(", \t\r\n"):
            return f"[{', '.join(parts)}]"
        join = f",{lead}" if lead.strip(" \t") else ", "
        return f"[{lead}{join.join(parts)}{rest}]"

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new))

    def _opening(self, node: Node) -> int:
        """Return where the line begins on which a node begins."""
        before = self._text[: node.start]
        return max(before.rfind("\n"), before.rfind("\r")) + 1

    def _closing(self, at: int) -> int:
        """Return where the line of an offset ends, without its line break."""
        found = _BREAK.search(self._text, at)
        return found.start() if found else len(self._text)

    def _below(self, node: Node) -> int:
        """Return where the line begins that follows a node's last."""
        found = _BREAK.search(self._text, node.end)
        return found.end() if found else len(self._text)


def _inline(value: Tree, emit: Callable[[str], str]) -> str:
    """Return a value on one line; `emit` writes it when it is text."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return emit(value)
    if isinstance(value, list):
        return f"[{', '.join(_inline(part, flow_item) for part in value)}]"
    parts = (
        f"{flow_item(name)}: {_inline(part, flow_item)}" for name, part in value.items()
    )
    return f"{{{', '.join(parts)}}}"


def _like(node: Node, plain: Callable[[str], str] = scalar) -> Callable[[str], str]:
    """Return the emitter that keeps the quoting of an old value."""
    if node.style in ("single", "double"):
        return lambda text: quoted(text, prefer=node.style)
    return plain


def _key(node: Node) -> Node:
    """Return the key of a value in a mapping, else the value itself."""
    return node.key or node
