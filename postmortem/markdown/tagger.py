"""A template's syntax trees, made ready to compile: fields declared, values marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from postmortem import templating
from postmortem.markdown.alone import repeated
from postmortem.markdown.marking import Marker, looped
from postmortem.markdown.tagging import Declaration

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tagger:
    """Rewrites the trees of one template's files; remembers what they declare."""

    def __init__(self) -> None:
        self.declarations: list[Declaration] = []
        self.tests: list[str] = []
        """Every condition, by file and number."""
        self.loops: dict[str, dict[str, Any]] = {}
        """Every loop over a field: its line, and the parts that its filter fixes."""
        self.names: dict[str, list[list[Any]]] = {}
        """For every name that is read and never assigned: the files and lines."""
        self.parts: list[list[Any]] = []
        """Every part of a row that is read: the file, the line, the field, the part."""
        self.again: set[str] = set()
        """The names that may be read many times, or are given another value."""

    def __call__(self, tree: nodes.Template, name: str) -> nodes.Template:
        """Return the tree with its marks in place."""
        found = templating.below([tree])
        if any(map(_declares, found)):
            tree = self._declared(tree)
            found = templating.below([tree])
        targets, assigned = _targets(found), _assigned(found)
        rows = _rows(found)
        for node in found:
            if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
                for field in rows.get(node.node.name, ()):
                    self.parts.append([name, node.lineno, field, node.attr])
            if not isinstance(node, nodes.Name) or node.ctx != "load":
                continue
            if node.name not in assigned:
                self.names.setdefault(node.name, []).append([name, node.lineno])
        self.again |= repeated(found, targets | assigned)
        Marker(
            name=name,
            targets=targets,
            assigned=assigned - targets,
            tests=self.tests,
            loops=self.loops,
        ).mark(tree)
        return tree

    def _declared(self, tree: nodes.Template) -> nodes.Template:
        tagger = self

        class Declare(NodeTransformer):
            def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
                return tagger._declare(node) or self.generic_visit(node)

        declared: nodes.Template = Declare().visit(tree)
        return declared

    def _declare(self, node: nodes.Call) -> nodes.Node | None:
        if not _declares(node):
            return None
        try:
            given = [argument.as_const() for argument in node.args]
            options = {pair.key: pair.value.as_const() for pair in node.kwargs}
        except nodes.Impossible:
            given, options = [], {}
        name = given[0] if given and isinstance(given[0], str) else ""
        question = str(given[1]) if len(given) > 1 else str(options.pop("question", ""))
        mistake = None
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            mistake = "field() takes a name and a question, both written out"
        self.declarations.append(
            Declaration(
                name=name,
                question=question,
                line=node.lineno,
                options=options,
                mistake=mistake,
            )
        )
        return nodes.Name(name or "title", "load", lineno=node.lineno)


def _declares(node: nodes.Node) -> bool:
    """Tell whether a node is a call of `field`."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "field"
    )


def _targets(found: Sequence[nodes.Node]) -> set[str]:
    """Return the names that loops give to their rows."""
    return {
        node.name
        for loop in found
        if isinstance(loop, nodes.For)
        for node in _parts(loop.target)
        if isinstance(node, nodes.Name)
    }


def _rows(found: Sequence[nodes.Node]) -> dict[str, tuple[str, ...]]:
    """Return the field whose rows a name stands for, where it is those of one only."""
    fields: dict[str, list[str | None]] = {}
    given = [
        node.name
        for node in found
        if isinstance(node, nodes.Name) and node.ctx in ("store", "param")
    ]
    for loop in found:
        if isinstance(loop, nodes.For) and isinstance(loop.target, nodes.Name):
            fields.setdefault(loop.target.name, []).append(looped(loop.iter))
    return {
        name: tuple(each for each in set(loops) if each)
        for name, loops in fields.items()
        if len(set(loops)) == 1 and given.count(name) == len(loops)
    }


def _parts(target: nodes.Node) -> Sequence[nodes.Node]:
    return [target] if isinstance(target, nodes.Name) else templating.below([target])


def _assigned(found: Sequence[nodes.Node]) -> set[str]:
    """Return the names that a template gives to something itself."""
    names: set[str] = set()
    for node in found:
        match node:
            case nodes.Name(ctx="store" | "param", name=name):
                names.add(name)
            case nodes.Macro(name=name) | nodes.Block(name=name):
                names.add(name)
            case nodes.Import(target=name):
                names.add(name)
            case nodes.FromImport(names=aliases):
                names |= {
                    each if isinstance(each, str) else each[1] for each in aliases
                }
    return names
