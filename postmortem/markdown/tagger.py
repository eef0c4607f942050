"""A template's syntax trees, made ready to compile: fields declared, values marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from postmortem.markdown.alone import repeated
from postmortem.markdown.marking import Marker
from postmortem.markdown.tagging import Declaration

if TYPE_CHECKING:
    from jinja2 import nodes


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
        self.again: set[str] = set()
        """The names that may be read many times, or are given another value."""

    def __call__(self, tree: nodes.Template, name: str) -> nodes.Template:
        """Return the tree with its marks in place."""
        from jinja2 import nodes

        tree = self._declared(tree)
        targets, assigned = _targets(tree), _assigned(tree)
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name not in assigned:
                self.names.setdefault(node.name, []).append([name, node.lineno])
        self.again |= repeated(tree, targets | assigned)
        Marker(
            name=name,
            targets=targets,
            assigned=assigned - targets,
            tests=self.tests,
            loops=self.loops,
        ).mark(tree)
        return tree

    def _declared(self, tree: nodes.Template) -> nodes.Template:
        from jinja2.visitor import NodeTransformer

        tagger = self

        class Declare(NodeTransformer):
            def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
                return tagger._declare(node) or self.generic_visit(node)

        declared: nodes.Template = Declare().visit(tree)
        return declared

    def _declare(self, node: nodes.Call) -> nodes.Node | None:
        from jinja2 import nodes

        if not (isinstance(node.node, nodes.Name) and node.node.name == "field"):
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


def _targets(tree: nodes.Template) -> set[str]:
    """Return the names that loops give to their rows."""
    from jinja2 import nodes

    return {
        node.name
        for loop in tree.find_all(nodes.For)
        for node in (loop.target, *loop.target.find_all(nodes.Name))
        if isinstance(node, nodes.Name)
    }


def _assigned(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives to something itself."""
    from jinja2 import nodes

    names = {
        node.name
        for node in tree.find_all(nodes.Name)
        if node.ctx in ("store", "param")
    }
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    names |= {block.name for block in tree.find_all(nodes.Block)}
    names |= {node.target for node in tree.find_all(nodes.Import)}
    return names | {
        alias if isinstance(alias, str) else alias[1]
        for node in tree.find_all(nodes.FromImport)
        for alias in node.names
    }
