"""Values that a template shows only through a filter whose work cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from postmortem import templating
from postmortem.markdown.rendering import OURS
from postmortem.markdown.tagging import DETAILS, INVERTIBLE

if TYPE_CHECKING:
    from jinja2 import nodes

_KEPT = (*INVERTIBLE, DETAILS)


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """A value that is printed through a filter."""

    field: str
    part: str | None
    """For a part of a row: its name."""
    filter: str
    file: str
    line: int


def sifted(request: dict[str, Any]) -> dict[str, Any]:
    """Return what is `found`: values printed through a filter that loses text.

    Parts that stand in brackets lose nothing, and are found for their names.

    Takes the `name` of a template and its `sources`; nothing is rendered. It is called
    through `postmortem.templating.run`.
    """
    sources = templating.unpacked(request["sources"])
    found: list[Sifted] = []

    def look(tree: nodes.Template, name: str) -> nodes.Template:
        found.extend(_of(tree, name, {}))
        return tree

    filters = dict.fromkeys(OURS, str)
    engine = templating.environment(sources, filters=filters, transform=look)
    for file in templating.chain(request["name"], sources):
        templating.load(engine, file.name)
    return {"found": [asdict(each) for each in found]}


def _of(node: nodes.Node, file: str, rows: Mapping[str, str]) -> Iterator[Sifted]:
    """Yield what stands below a node; `rows` maps loop variables to their fields."""
    from jinja2 import nodes

    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        looped = _unfiltered(node.iter)
        if isinstance(looped, nodes.Name):
            rows = {**rows, node.target.name: looped.name}
    if isinstance(node, nodes.Output):
        for shown in node.nodes:
            yield from _shown(shown, file, rows)
            yield from _bracketed(shown, file, rows)
        return
    for child in node.iter_child_nodes():
        yield from _of(child, file, rows)


def _shown(shown: nodes.Expr, file: str, rows: Mapping[str, str]) -> Iterator[Sifted]:
    from jinja2 import nodes

    names = []
    inner: nodes.Node | None = shown
    while isinstance(inner, nodes.Filter):
        names.append(str(inner.name))
        inner = inner.node
    lossy = next((name for name in names if name not in _KEPT), None)
    if lossy is None:
        return
    value = _value(inner, rows)
    if value is not None:
        name, part = value
        yield Sifted(field=name, part=part, filter=lossy, file=file, line=shown.lineno)


def _bracketed(
    shown: nodes.Expr, file: str, rows: Mapping[str, str]
) -> Iterator[Sifted]:
    """Yield the parts of a row that stand in brackets, by the names they are given."""
    from jinja2 import nodes

    for each in (shown, *shown.find_all(nodes.Filter)):
        match each:
            case nodes.Filter(name=name, node=nodes.Name(name=row), args=args) if (
                name == DETAILS and row in rows
            ):
                for part in args:
                    if isinstance(part, nodes.Const):
                        yield Sifted(
                            field=rows[row],
                            part=str(part.value),
                            filter=DETAILS,
                            file=file,
                            line=part.lineno,
                        )


def _value(
    node: nodes.Node | None, rows: Mapping[str, str]
) -> tuple[str, str | None] | None:
    """Return the field that an expression is, and which part of its rows."""
    from jinja2 import nodes

    match node:
        case nodes.Getattr(node=nodes.Name(name=row), attr=part) if row in rows:
            return rows[row], str(part)
        case nodes.Name(name=row) if row in rows:
            return rows[row], "text"
        case nodes.Name(name=name):
            return str(name), None
        case nodes.Call(
            node=nodes.Name(name="field"), args=[nodes.Const(value=name), *_]
        ):
            return str(name), None
    return None


def _unfiltered(node: nodes.Node | None) -> nodes.Node | None:
    from jinja2 import nodes

    while isinstance(node, nodes.Filter):
        node = node.node
    return node
