"""Reading an instant or a span with more thought: what all of it can mean.

Every meaning is found, and one alone has to be left.
"""

from __future__ import annotations

from datetime import datetime

from postmortem.moments.counting import counted
from postmortem.moments.hyphens import spelled_out
from postmortem.moments.meaning import Ends, label, meanings
from postmortem.moments.phrases import sides
from postmortem.moments.refusals import Ambiguous, NotATime, Span
from postmortem.moments.settling import Context
from postmortem.moments.tokens import plain
from postmortem.moments.writing import iso


def weighed(context: Context) -> Span:
    """Return what a text means; raises Unreadable."""
    text = context.text
    bare = plain(text)
    count = counted(bare, context.zone, context.near, context.previous)
    if count is not None:
        return count
    found: dict[tuple[datetime, datetime | None], tuple[Ends, Span]] = {}
    refusal: NotATime | None = None
    for spelled in spelled_out(bare):
        try:
            for ends, span in meanings(sides(spelled), context):
                found.setdefault((span.at, span.until), (ends, span))
        except NotATime as error:
            refusal = refusal or error
    if refusal and not found:
        raise refusal
    if len(found) > 1:
        options = tuple((label(ends), span) for ends, span in found.values())
        hint = f"write {' or '.join(_exactly(span) for _, span in options)}"
        raise Ambiguous(text, options, hint)
    return next(iter(found.values()))[1]


def _exactly(span: Span) -> str:
    said = iso(span.at) if span.until is None else f"{iso(span.at)}/{iso(span.until)}"
    return f"~{said}" if span.approximate else said
