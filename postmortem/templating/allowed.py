"""What a template may ask of a value, and what it may call: a list, nothing else."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

from jinja2 import runtime
from jinja2.environment import TemplateModule
from jinja2.utils import Namespace

if TYPE_CHECKING:
    from collections.abc import Mapping

ALLOWED: Mapping[type, frozenset[str]] = {
    str: frozenset(
        (
            "capitalize",
            "count",
            "endswith",
            "find",
            "isalpha",
            "isdigit",
            "islower",
            "isupper",
            "lower",
            "lstrip",
            "partition",
            "removeprefix",
            "removesuffix",
            "rpartition",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "title",
            "upper",
        )
    ),
    dict: frozenset(("get", "items", "keys", "values")),
    list: frozenset(("count", "index")),
    tuple: frozenset(("count", "index", "grouper", "list")),
    float: frozenset(("is_integer",)),
    runtime.LoopContext: frozenset(
        (
            "changed",
            "cycle",
            "depth",
            "depth0",
            "first",
            "index",
            "index0",
            "last",
            "length",
            "nextitem",
            "previtem",
            "revindex",
            "revindex0",
        )
    ),
    runtime.BlockReference: frozenset(("super",)),
    runtime.Macro: frozenset(("name", "arguments")),
}
"""What templates may ask of values beyond the keys of a dict."""

_FREE = (Namespace, TemplateModule)
"""What is in them, templates have put there."""
_CALLED = (
    runtime.Macro,
    runtime.BlockReference,
    runtime.LoopContext,
    runtime.Undefined,  # calling what is unknown says that it is
)


def part(owner: object, name: str) -> bool:
    """Tell whether a template may use this attribute of a value."""
    if name.startswith("_"):
        return False
    if isinstance(owner, _FREE):
        return True
    return any(
        isinstance(owner, kind) and name in parts for kind, parts in ALLOWED.items()
    )


def call(thing: Any, ours: Mapping[str, Any]) -> bool:
    """Tell whether a template may call this: its own things, ours, listed methods."""
    if isinstance(thing, _CALLED) or any(thing is known for known in ours.values()):
        return True
    if isinstance(thing, (types.MethodType, types.BuiltinMethodType)):
        return part(thing.__self__, thing.__name__)
    return False
