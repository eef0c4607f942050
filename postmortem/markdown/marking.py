"""How a template's syntax tree gains its marks: every value, loop and condition."""

from __future__ import annotations

from typing import Any

import msgspec
from jinja2 import nodes

from postmortem import templating
from postmortem.markdown.tagging import DETAILS, INVERTIBLE, event

_ROW_KEEPING = (
    "selectattr",
    "rejectattr",
    "select",
    "reject",
    "list",
    "sort",
    "reverse",
)
"""Filters that give the rows that they were given, or some of them."""
WORDS = "labels"
"""What templates call their own words by."""


class Marker(msgspec.Struct, kw_only=True):
    """Puts the marks into one tree, in place."""

    name: str
    """The file that the tree was made from."""
    targets: set[str]
    """The names that its loops give to rows."""
    assigned: set[str]
    """The other names that it gives to something itself."""
    tests: list[str]
    """The conditions found so far, in this file and others."""
    loops: dict[str, dict[str, Any]]
    """The loops over fields found so far."""

    def mark(self, node: nodes.Node) -> None:
        """Mark what a node prints, decides and repeats."""
        if isinstance(node, (nodes.Name, nodes.Const)):
            return
        for field in node.fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                if value and isinstance(value[0], nodes.Node):
                    setattr(node, field, self._list(value))
            elif isinstance(value, nodes.Node):
                self.mark(value)
        if isinstance(node, nodes.CondExpr):
            node.test = self._test(node.test)[0]

    def _list(self, items: list[nodes.Node]) -> list[nodes.Node]:
        out: list[nodes.Node] = []
        for item in items:
            match item:
                case nodes.Output():
                    item.nodes = [self._output(child) for child in item.nodes]
                    out.append(item)
                case nodes.If():
                    out.append(self._if(item))
                case nodes.For():
                    out += self._for(item)
                case _:
                    self.mark(item)
                    out.append(item)
        return _joined(out)

    def _output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData) or self._is_wording(node):
            return node
        kind, of, row = self._kind(node)
        self.mark(node)
        return templating.printed(node, "_emit", kind, of, beside=row)

    def _is_wording(self, node: nodes.Node) -> bool:
        """Tell whether a value is one of the template's own words: `labels.to`.

        They are the same in every report, as if they were written there.
        """
        while isinstance(node, (nodes.Filter, nodes.Getattr, nodes.Getitem)):
            if isinstance(node, nodes.Filter) and (node.args or node.kwargs):
                return False
            if node.node is None:
                return False
            node = node.node
        return (
            isinstance(node, nodes.Name)
            and node.name == WORDS
            and node.name not in self.assigned | self.targets
        )

    def _kind(self, node: nodes.Expr) -> tuple[str, list[str], str | None]:
        """Say what an expression prints, where the tree shows it unmodified."""
        match node:
            case nodes.Name() if node.name in self.targets:
                return "item", [node.name], None
            case nodes.Name() if node.name not in self.assigned:
                return "field", [node.name], None
            case nodes.Filter(name=name) if name == DETAILS:
                if isinstance(node.node, nodes.Name):
                    parts = [str(argument.as_const()) for argument in node.args]
                    return "details", parts, node.node.name
            case nodes.Filter(name=name) if name in INVERTIBLE and not node.args:
                found = self._part(node.node)
                if found:
                    return "part", [found[1], str(name)], found[0]
            case _:
                found = self._part(node)
                if found:
                    return "part", [found[1], ""], found[0]
        names = sorted({name.name for name in node.find_all(nodes.Name)})
        return "derived", names, None

    def _part(self, node: nodes.Node | None) -> tuple[str, str] | None:
        match node:
            case nodes.Getattr(node=nodes.Name(name=row), attr=part):
                return row, part
            case nodes.Getitem(node=nodes.Name(name=row), arg=nodes.Const(value=part)):
                return row, str(part)
        return None

    def _test(self, test: nodes.Node) -> tuple[nodes.Expr, str]:
        key = f"{self.name}#{len(self.tests)}"
        self.tests.append(key)
        return nodes.Filter(test, "_test", [nodes.Const(key)], [], None, None), key

    def _if(self, node: nodes.If) -> nodes.If:
        self.mark(node.test)
        node.test, key = self._test(node.test)
        body = self._list(node.body)
        node.body = _joined([_event("if", key, "1"), *body, _event("fi", key)])
        node.elif_ = [self._if(branch) for branch in node.elif_]
        if node.else_:
            rest = self._list(node.else_)
            node.else_ = _joined([_event("if", key, "0"), *rest, _event("fi", key)])
        return node

    def _for(self, node: nodes.For) -> list[nodes.Node]:
        field = looped(node.iter)
        fixed = _fixed(node)
        for part in (node.iter, node.test):
            if part is not None:
                self.mark(part)
        body = self._list(node.body)
        node.else_ = self._list(node.else_)
        if field is None or not isinstance(node.target, nodes.Name):
            node.body = body
            return [node]
        number = f"{self.name}#{len(self.loops)}"
        self.loops[number] = {
            "field": field,
            "line": node.lineno,
            "file": self.name,
            "fixed": fixed,
        }
        target = node.target.name
        row = _filtered(nodes.Name(target, "load"), "_row", field, target)
        node.body = _joined([row, *body])
        start = _filtered(nodes.Const(""), "_loop", field, number)
        return [start, node, _event("end", field, number)]


def _joined(items: list[nodes.Node]) -> list[nodes.Node]:
    """Make one output of those that follow each other: less to compile and to run."""
    out: list[nodes.Node] = []
    for item in items:
        last = out[-1] if out else None
        if isinstance(item, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes += item.nodes
        else:
            out.append(item)
    return out


def _event(kind: str, *of: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(event(kind, *of))])


def _filtered(node: nodes.Expr, name: str, *arguments: str) -> nodes.Output:
    """Return the printing of an expression through one of our filters."""
    return nodes.Output([templating.printed(node, name, *arguments)])


def looped(node: nodes.Node | None) -> str | None:
    """Return the name that a loop runs over, seen through filters that keep rows."""
    while isinstance(node, nodes.Filter) and node.name in _ROW_KEEPING:
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _fixed(node: nodes.For) -> dict[str, str]:
    """Return the parts that a loop's filter holds equal to constants."""
    fixed: dict[str, str] = {}
    tests = [node.test] if node.test is not None else []
    while tests:
        match tests.pop():
            case nodes.And(left=left, right=right):
                tests += [left, right]
            case nodes.Compare(
                expr=nodes.Getattr(attr=part), ops=[nodes.Operand(op="eq", expr=right)]
            ) if isinstance(right, nodes.Const):
                fixed[part] = str(right.value)
    each: nodes.Node | None = node.iter
    while isinstance(each, nodes.Filter):
        match each:
            case nodes.Filter(
                name="selectattr",
                args=[nodes.Const(value=part), nodes.Const(value=test), right],
            ) if test in ("equalto", "eq", "==") and isinstance(right, nodes.Const):
                fixed[str(part)] = str(right.value)
        each = each.node
    return fixed
