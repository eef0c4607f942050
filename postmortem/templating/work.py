"""What can be asked of the child: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.templating.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable


def packed(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return template folders as plain values."""
    return [
        {
            "path": str(one.path),
            "trusted": one.trusted,
            "within": str(one.within) if one.within else None,
            "held": [list(each) for each in one.held],
        }
        for one in sources
    ]


def unpacked(said: Iterable[dict[str, Any]]) -> tuple[Source, ...]:
    """Return the template folders that plain values stand for."""
    return tuple(
        Source(
            path=Path(one["path"]),
            trusted=one["trusted"],
            within=Path(one["within"]) if one.get("within") else None,
            held=tuple((name, text) for name, text in one.get("held", ())),
        )
        for one in said
    )


def render(request: dict[str, Any]) -> dict[str, Any]:
    """Return the `text` that the template `name` makes of `context`."""
    from postmortem.templating.engine import build
    from postmortem.templating.speech import render as rendered

    engine = build(
        unpacked(request["sources"]), autoescape=request.get("autoescape", False)
    )
    return {"text": rendered(engine, request["name"], request["context"])}


def mistakes(request: dict[str, Any]) -> dict[str, Any]:
    """Return the `problems` of the template `name`, as plain values."""
    from postmortem.templating.survey import survey

    problems = survey(
        request["name"],
        unpacked(request["sources"]),
        filters=request.get("filters", ()),
        tests=request.get("tests", ()),
    )
    return {"problems": [asdict(problem) for problem in problems]}
