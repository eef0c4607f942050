"""What is said about the running log when a report begins: that it can be imported."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError
from postmortem.scribe import Log

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.model import Report

_DAY = timedelta(days=1)


def offered(env: Env, report: Report) -> str | None:
    """Return a line about the log's lines of that incident; None where none are."""
    lines = lines_told(env, report)
    if lines is None:
        return None
    which = report.id or "ID"
    return (
        f"your log has {lines}: "
        f"`postmortem timeline {which} import --log` takes them over"
    )


def lines_told(env: Env, report: Report) -> str | None:
    """Return how many lines the log has of that incident, and of when; None for none.

    A report without any moment has those of the last day.
    """
    log = Log(env.state_dir)
    if not log.path.exists():
        return None
    from postmortem import moments, timeline

    window = timeline.usual(report)
    if window.begin is None:
        window = timeline.Window(env.now, env.now).wider(_DAY)
    try:
        entries = log.read().entries
    except PostmortemError:
        return None
    at = sorted(
        each.at.replace(microsecond=0) for each in entries if window.holds(each.at)
    )
    if not at:
        return None
    zone = moments.zone(env.zone)
    first, last = moments.clock(at[0], zone), moments.clock(at[-1], zone)
    many = "one line" if len(at) == 1 else f"{len(at)} lines"
    when = first if first == last else f"{first} to {last}"
    return f"{many} of that time ({when})"
