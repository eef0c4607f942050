"""Which fields stand alone: no line but those of their own home depends on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem import model
from postmortem.markdown.fields import Field
from postmortem.markdown.tagging import marks

if TYPE_CHECKING:
    from jinja2 import nodes

EVERY = "*"
"""Among the names that are read repeatedly: any name may be."""
_FACTS = frozenset(("title", "template", "zone"))
"""Facts that other lines and values hang on, whatever a template mentions."""
_HELPERS: Mapping[str, Sequence[str]] = {
    "durations": model.MOMENTS,
    "headline": (*model.MOMENTS, "severity", "status"),
    "self": (EVERY,),
}
"""The names whose values are made from fields, and from which."""


def repeated(tree: nodes.Template, assigned: Collection[str]) -> set[str]:
    """Return the names that a file may read many times, or gives a value itself."""
    from jinja2 import nodes

    found = set(assigned)
    if next(tree.find_all(nodes.NSRef), None):
        found.add(EVERY)
    for node in tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock)):
        for inner in _within(node):
            if isinstance(inner, nodes.Name):
                found.add(inner.name)
            elif isinstance(inner, (nodes.Include, nodes.Import, nodes.FromImport)):
                found.add(EVERY)
    return found


def _within(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield all below a node but what a loop runs over: that is asked for once."""
    from jinja2 import nodes

    for child in node.iter_child_nodes(exclude=("iter",)):
        yield child
        yield from child.find_all(nodes.Node)


def alone(
    form: Mapping[str, Field],
    names: Mapping[str, Sequence[Any]],
    again: Collection[str],
    homes: Iterable[str],
    probes: Mapping[str, str],
) -> tuple[str, ...]:
    """Return the fields of a form that can change without other lines.

    `names` says of every name where it is read, `again` which are read repeatedly,
    `homes` has a field as often as it has one. Texts and rows are read by their homes
    alone; a fact of the front matter by nothing at all.
    """
    told = {*again, *_FACTS}
    for helper, made_from in _HELPERS.items():
        if helper in names:
            told.update(made_from)
    for probe in probes.values():
        shown = (mark.of for mark in marks(probe) if mark.kind in ("field", "loop"))
        told.update(of[0] for of, times in Counter(shown).items() if times > 1)
    if EVERY in told:
        return ()
    own = Counter(homes)
    return tuple(
        name
        for name, known in form.items()
        if name not in told
        and len(names.get(name, ())) == own[name]
        and known.in_body == (name in own)
    )
