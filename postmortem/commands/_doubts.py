"""What cannot be so in a report: said when it is written, and nobody is kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem import model
from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.model import Report


def tell_doubts(env: Env, report: Report) -> None:
    """Say which moments are in an impossible order, and which keys name no row."""
    for doubt in doubts(report):
        tell(env, f"look again: {doubt}")


def doubts(report: Report) -> list[str]:
    """Return what cannot be so, a line each."""
    found = [
        f"{each.end} is before {each.start}, so that {each.name} is negative"
        for each in model.durations(report)
        if each.length.total_seconds() < 0
    ]
    keys = {factor.key for factor in report.factors or ()}
    named = [(it.key or it.text, it.factor) for it in report.actions or ()]
    named += [(it.key or it.text, it.cause) for it in report.factors or ()]
    found += [
        f"{name} names {key}, and there is no such factor"
        for name, key in named
        if key and key not in keys
    ]
    return found
