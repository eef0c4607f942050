"""One quick walk through a syntax tree: Jinja's own is most of what compiling costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAVES = (nodes.Name, nodes.TemplateData, nodes.Const)


def children(node: nodes.Node, without: Sequence[str] = ()) -> list[nodes.Node]:
    """Return the nodes right below a node, but for those in some of its fields."""
    found: list[nodes.Node] = []
    for name in node.fields:
        value = getattr(node, name, None)
        if value.__class__ is str or value is None or name in without:
            continue
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found += [each for each in value if isinstance(each, nodes.Node)]
    return found


def below(roots: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return these nodes and all below them, in the order of the text."""
    found: list[nodes.Node] = []
    waiting = [*roots][::-1]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if node.fields and not isinstance(node, _LEAVES):
            waiting += children(node)[::-1]
    return found
