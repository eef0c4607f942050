"""How a template is parsed and compiled: nothing is computed before it is rendered.

Jinja folds constants when it compiles, and `{{ 'a' * 10**9 }}` would cost a gigabyte
just to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import TemplateAssertionError
from jinja2.parser import Parser

from postmortem.templating import chains, trees
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from jinja2.compiler import Frame

_Node = TypeVar("_Node", bound=nodes.Node)

_PRINTER = "printed_by"
DEEPEST = 100
"""Levels of tags and brackets in one file."""
TOO_DEEP = "this is nested too deep"


class Generator(CodeGenerator):
    """Compiles without computing: what a template makes is made when it is rendered."""

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: Any
    ) -> str:
        if not isinstance(node, (nodes.TemplateData, nodes.Const)) or _printer(node):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        printer = _printer(node)
        if printer is None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"environment.filters[{printer[0]!r}](")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        printer = _printer(node)
        if printer is None:
            super()._output_child_post(node, frame, finalize)
            return
        _, arguments, beside = printer
        self.write("".join(f", {each!r}" for each in arguments))
        if beside is not None:
            self.write(", ")
            self.visit(nodes.Name(beside, "load"), frame)
        self.write(")")

    def visit_Concat(  # noqa: N802 - named by Jinja
        self, node: nodes.Concat, frame: Frame
    ) -> None:
        """Measure the parts of `a ~ b` before they are joined."""
        if frame.eval_ctx.autoescape:
            self.write("markup_join(environment.measured((")
        else:
            self.write("str_join(environment.measured((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(")))")


def printed(
    node: nodes.Expr, by: str, *arguments: object, beside: str | None = None
) -> nodes.Expr:
    """Have what a template prints there go through a filter, which returns the text.

    The filter is given the value, the arguments, which are plain, and what the name
    `beside` stands for. The tree stays as small as it is: its size is what compiling
    costs.
    """
    setattr(node, _PRINTER, (by, arguments, beside))
    return node


def _printer(node: nodes.Node) -> tuple[str, tuple[object, ...], str | None] | None:
    printer: tuple[str, tuple[object, ...], str | None] | None
    printer = getattr(node, _PRINTER, None)
    return printer


class Reader(Parser):
    """Parses, and says of a tag that is never closed where it was opened."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.opened: list[int] = []

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """Remember the line of each tag while it is open."""
        self.opened.append(self.stream.current.lineno)
        statement = super().parse_statement()
        self.opened.pop()
        return statement

    def fail_eof(
        self, end_tokens: tuple[str, ...] | None = None, lineno: int | None = None
    ) -> NoReturn:
        """Name the line of the innermost tag that is open."""
        super().fail_eof(end_tokens, self.opened[-1] if self.opened else lineno)


def check(
    tree: nodes.Template, source: str, name: str | None, filename: str | None
) -> None:
    """Refuse tags that switch escaping, words of ours, files that `chain` cannot see.

    What `chain` does not see would escape both trust and the content hash. Filters with
    an underscore are for those who change the tree.
    """
    _check_depth(tree, filename)
    found = trees.below([tree])
    for modifier in _of(found, nodes.EvalContextModifier):
        message = "a template does not switch escaping on or off"
        raise TemplateAssertionError(message, modifier.lineno, name, filename)
    for extends in _of(found, nodes.Extends)[1:]:
        message = "a template extends one file at most"
        raise TemplateAssertionError(message, extends.lineno, name, filename)
    for word in (*_of(found, nodes.Filter), *_of(found, nodes.Test)):
        if word.name.startswith("_"):
            kind = type(word).__name__.lower()
            message = f"No {kind} named {word.name!r}."
            raise TemplateAssertionError(message, word.lineno, name, filename)
    tags = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    naming = [each for each in found if isinstance(each, tags)]
    seen = {each.names for each in chains.references(source)} if naming else set()
    for node in naming:
        meant = _constant(node)
        if not meant or meant not in seen:
            raise TemplateAssertionError(chains.UNNAMED, node.lineno, name, filename)


def _of(found: list[nodes.Node], kind: type[_Node]) -> list[_Node]:
    return [node for node in found if isinstance(node, kind)]


def _check_depth(tree: nodes.Template, filename: str | None) -> None:
    """Refuse a tree that would be too deep for those who walk it, us included."""
    level: list[nodes.Node] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in trees.children(node)]
        if not level:
            return
    raise TemplateMistake(TOO_DEEP, path=filename, line=level[0].lineno)


def _constant(tag: nodes.Node) -> tuple[str, ...]:
    """Return the files that a tag names, () unless all are written out."""
    node = next(iter(tag.iter_fields(only=("template",))))[1]
    items = node.items if isinstance(node, (nodes.List, nodes.Tuple)) else [node]
    values = [item.value for item in items if isinstance(item, nodes.Const)]
    texts = tuple(value for value in values if isinstance(value, str))
    return texts if len(texts) == len(items) else ()
