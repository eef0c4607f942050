"""Filters for the authors of templates: values shown in other ways, never read back.

What they print is derived: written anew when the values change. Each stands with an
example in the README, and each example is run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from postmortem.markdown.shaping import diagrams, rows, times, words

FILTERS: Mapping[str, Callable[..., Any]] = {
    "as_list": rows.as_list,
    "as_table": rows.as_table,
    "count_of": words.count_of,
    "humanised": times.humanised,
    "linked": words.linked,
    "mermaid_graph": diagrams.mermaid_graph,
    "mermaid_timeline": diagrams.mermaid_timeline,
    "since": times.since,
}
NAMES = (*FILTERS, "in_zone")


def filters(zone: Callable[[], tuple[tzinfo, str]]) -> dict[str, Callable[..., Any]]:
    """Return the filters by name; `zone` gives the report's zone and its name."""

    def in_zone(value: object, name: object = None) -> str:
        return times.in_zone(value, name, zone())

    return {**FILTERS, "in_zone": in_zone}
