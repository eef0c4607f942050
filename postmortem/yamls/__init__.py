"""Guarded YAML: strings stay strings, every mistake has a line, an edit is a splice."""

from __future__ import annotations

from postmortem.yamls.edits import Value
from postmortem.yamls.fences import Split, split
from postmortem.yamls.nodes import (
    ANSWERS_LIMIT,
    FRONT_MATTER_LIMIT,
    Node,
    Tree,
    content,
    load,
)
from postmortem.yamls.scalars import flow, scalar
from postmortem.yamls.splices import splice

__all__ = [
    "ANSWERS_LIMIT",
    "FRONT_MATTER_LIMIT",
    "Node",
    "Split",
    "Tree",
    "Value",
    "content",
    "flow",
    "load",
    "scalar",
    "splice",
    "split",
]
