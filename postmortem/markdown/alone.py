"""Which fields stand alone: no line but those of their own home depends on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postmortem import model, templating
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


def repeated(tree: Sequence[nodes.Node], assigned: Collection[str]) -> set[str]:
    """Return the names that a file may read many times, or gives a value itself.

    What a loop runs over is asked for once. `tree` is every node of the file.
    """
    from jinja2 import nodes

    found = set(assigned)
    for node in tree:
        if isinstance(node, nodes.NSRef):
            found.add(EVERY)
        elif isinstance(node, (nodes.For, nodes.Macro, nodes.CallBlock)):
            inside = templating.children(node, without=("iter",))
            for inner in templating.below(inside):
                if isinstance(inner, nodes.Name):
                    found.add(inner.name)
                elif isinstance(inner, (nodes.Include, nodes.Import, nodes.FromImport)):
                    found.add(EVERY)
    return found


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
