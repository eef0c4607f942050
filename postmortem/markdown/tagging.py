"""Marks in rendered text that say which value of the record came out where.

A template's syntax tree is rewritten before it is compiled, so that every value that
it prints, every loop and every condition leaves marks. Rendering marks, rather than
values alone, is what lets one template be the layout and the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from jinja2 import nodes

OPEN, MIDDLE, CLOSE, EVENT, END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"

INVERTIBLE = ("utc", "local", "box", "day")
"""Filters whose output tells the value that they were given."""

DETAILS = "details"
"""The filter that prints several parts of a row, and can be read back."""

_MARK = re.compile(
    f"{OPEN}(?P<tag>[^{MIDDLE}]*){MIDDLE}(?P<said>[^{CLOSE}]*){CLOSE}"
    f"|{EVENT}(?P<event>[^{END}]*){END}"
)


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a template declares where it stands."""

    name: str
    question: str
    line: int
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    mistake: str | None = None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A piece of rendered text: literal text, a printed value, or a turning point."""

    kind: str
    """literal, field, part, item, details, derived; loop, row, end, if, fi."""
    said: str = ""
    """What was printed."""
    of: tuple[str, ...] = ()
    """field: name. part: row, part, filter. item: variable. details: row, parts.
    derived: the names that it was made from. loop: name and number. row: row.
    if: test and branch."""


def marks(tagged: str) -> Iterator[Mark]:
    """Take a tagged text apart; neighbouring literals are not joined."""
    at = 0
    for found in _MARK.finditer(tagged):
        if found.start() > at:
            yield Mark("literal", tagged[at : found.start()])
        at = found.end()
        if found["event"] is not None:
            kind, *of = found["event"].split("\x1f")
            yield Mark(kind, "", tuple(of))
        else:
            kind, *of = found["tag"].split("\x1f")
            yield Mark(kind, found["said"], tuple(of))
    if at < len(tagged):
        yield Mark("literal", tagged[at:])


def tag(said: str, kind: str, *of: str) -> str:
    """Return the text of a printed value with its mark around it."""
    return f"{OPEN}{chr(31).join((kind, *of))}{MIDDLE}{said}{CLOSE}"


def event(kind: str, *of: str) -> str:
    """Return the mark of a turning point: a loop, a row, a condition."""
    return f"{EVENT}{chr(31).join((kind, *of))}{END}"


class Tagger:
    """Rewrites the trees of one template's files; remembers what they declare."""

    def __init__(self) -> None:
        self.declarations: list[Declaration] = []
        self.tests: list[str] = []
        self.loops: dict[str, dict[str, Any]] = {}
        """For every loop over a field: its line, and the parts that its filter fixes."""
        self.names: dict[str, list[list[Any]]] = {}
        """For every name that is read and never assigned: the files and lines."""

    def __call__(self, tree: nodes.Template, name: str) -> nodes.Template:
        """Return the tree with its marks in place."""
        from jinja2 import nodes

        tree = self._declared(tree)
        targets = {
            node.name
            for loop in tree.find_all(nodes.For)
            for node in (loop.target, *loop.target.find_all(nodes.Name))
            if isinstance(node, nodes.Name)
        }
        assigned = {
            node.name
            for node in tree.find_all(nodes.Name)
            if node.ctx in ("store", "param")
        } | {macro.name for macro in tree.find_all((nodes.Macro, nodes.Block))}
        assigned |= {
            alias if isinstance(alias, str) else alias[1]
            for node in tree.find_all(nodes.FromImport)
            for alias in node.names
        } | {node.target for node in tree.find_all(nodes.Import)}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name not in assigned:
                self.names.setdefault(node.name, []).append([name, node.lineno])
        _Rewriter(self, name, targets, assigned - targets).rewrite(tree)
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


class _Rewriter:
    """Puts the marks into one tree, in place."""

    def __init__(
        self, tagger: Tagger, name: str, targets: set[str], assigned: set[str]
    ) -> None:
        self.tagger = tagger
        self.name = name
        self.targets = targets
        self.assigned = assigned

    def rewrite(self, node: nodes.Node) -> None:
        from jinja2 import nodes

        for field, value in node.iter_fields():
            if isinstance(value, list):
                if value and isinstance(value[0], nodes.Node):
                    setattr(node, field, self._list(value))
            elif isinstance(value, nodes.Node):
                self.rewrite(value)
        if isinstance(node, nodes.CondExpr):
            node.test = self._test(node.test)[0]

    def _list(self, items: list[nodes.Node]) -> list[nodes.Node]:
        from jinja2 import nodes

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
                    self.rewrite(item)
                    out.append(item)
        return out

    def _output(self, node: nodes.Expr) -> nodes.Expr:
        from jinja2 import nodes

        if isinstance(node, nodes.TemplateData):
            return node
        kind, of, row = self._kind(node)
        self.rewrite(node)
        arguments: list[nodes.Expr] = [nodes.Const(kind), nodes.Const(of)]
        if row is not None:
            arguments.append(nodes.Name(row, "load"))
        return nodes.Filter(node, "_emit", arguments, [], None, None)

    def _kind(self, node: nodes.Expr) -> tuple[str, list[str], str | None]:
        """Say what an expression prints, where the tree shows it unmodified."""
        from jinja2 import nodes

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
        from jinja2 import nodes

        match node:
            case nodes.Getattr(node=nodes.Name(name=row), attr=part):
                return row, part
            case nodes.Getitem(node=nodes.Name(name=row), arg=nodes.Const(value=part)):
                return row, str(part)
        return None

    def _test(self, test: nodes.Expr) -> tuple[nodes.Expr, str]:
        from jinja2 import nodes

        key = f"{self.name}#{len(self.tagger.tests)}"
        self.tagger.tests.append(key)
        return nodes.Filter(test, "_test", [nodes.Const(key)], [], None, None), key

    def _if(self, node: nodes.If) -> nodes.If:
        self.rewrite(node.test)
        node.test, key = self._test(node.test)
        node.body = [_event("if", key, "1"), *self._list(node.body), _event("fi", key)]
        node.elif_ = [self._if(branch) for branch in node.elif_]
        if node.else_:
            rest = self._list(node.else_)
            node.else_ = [_event("if", key, "0"), *rest, _event("fi", key)]
        return node

    def _for(self, node: nodes.For) -> list[nodes.Node]:
        from jinja2 import nodes

        field = _looped(node.iter)
        fixed = _fixed(node)
        for part in (node.iter, node.test):
            if part is not None:
                self.rewrite(part)
        body = self._list(node.body)
        node.else_ = self._list(node.else_)
        if field is None or not isinstance(node.target, nodes.Name):
            node.body = body
            return [node]
        number = f"{self.name}#{len(self.tagger.loops)}"
        self.tagger.loops[number] = {
            "field": field,
            "line": node.lineno,
            "file": self.name,
            "fixed": fixed,
        }
        row = nodes.Output(
            [
                nodes.Filter(
                    nodes.Name(node.target.name, "load"),
                    "_row",
                    [nodes.Const(field), nodes.Const(node.target.name)],
                    [],
                    None,
                    None,
                )
            ]
        )
        node.body = [row, *body]
        start = nodes.Output(
            [
                nodes.Filter(
                    nodes.Const(""),
                    "_loop",
                    [nodes.Const(field), nodes.Const(number)],
                    [],
                    None,
                    None,
                )
            ]
        )
        return [start, node, _event("end", field, number)]


def _event(kind: str, *of: str) -> nodes.Output:
    from jinja2 import nodes

    return nodes.Output([nodes.TemplateData(event(kind, *of))])


def _looped(node: nodes.Expr | None) -> str | None:
    """Return the name that a loop runs over, seen through filters that keep rows."""
    from jinja2 import nodes

    while isinstance(node, nodes.Filter) and node.name in _ROW_KEEPING:
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _fixed(node: nodes.For) -> dict[str, str]:
    """Return the parts that a loop's filter holds equal to constants."""
    from jinja2 import nodes

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


_ROW_KEEPING = ("selectattr", "rejectattr", "select", "reject", "list", "sort", "reverse")
