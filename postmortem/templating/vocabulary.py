"""The words that templates may use: a reviewed list of filters, tests and functions.

Left out on purpose: whatever can make much from little (center, wordwrap, batch,
slice, lipsum), reaches into objects (attr, xmlattr, pprint), marks text as safe HTML
(safe), or gives another answer each time (random).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2.filters
import jinja2.tests
from jinja2.utils import Namespace

from postmortem.templating import bounds
from postmortem.templating import filters as ours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

THEIRS: Mapping[str, Any] = jinja2.filters.FILTERS
ASKED: Mapping[str, Any] = jinja2.tests.TESTS

FILTERS: Mapping[str, Callable[..., Any]] = {
    **{
        name: THEIRS[name]
        for name in (
            "abs",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "first",
            "float",
            "groupby",
            "int",
            "items",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "reverse",
            "select",
            "selectattr",
            "sort",
            "title",
            "trim",
            "truncate",
            "unique",
            "upper",
        )
    },
    "e": ours.escaped,
    "escape": ours.escaped,
    "format": bounds.filled,
    "indent": ours.indented,
    "join": ours.joined,
    "replace": ours.replaced,
    "round": ours.rounded,
    "string": ours.as_text,
    "sum": ours.summed,
    "tojson": ours.as_json,
}

TESTS: Mapping[str, Callable[..., Any]] = {
    name: ASKED[name]
    for name in ASKED
    if name not in ("callable", "escaped", "filter", "test", "sameas")
}

GLOBALS: Mapping[str, Callable[..., Any]] = {
    "range": bounds.counted,
    "namespace": Namespace,
}
