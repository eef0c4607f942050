"""The zone of a report, taken from the first time that somebody tells of it."""

from __future__ import annotations

from datetime import datetime

from postmortem import moments
from postmortem.answers.asked import Asked
from postmortem.answers.reading import near_moment, zone_of
from postmortem.model import Report


def zone_taken(report: Report, said: str, at: datetime, asked: Asked) -> str | None:
    """Return the zone that a time names, where the report is to have it from now on.

    Nobody tells a time by clocks that they do not read: the zone of the first one is
    that of those that name none. None where the report knows times already, or has a
    zone of its own, or where the clocks of its zone show that time alike, or the time
    names no zone or one of several. Only somebody who sees it is taken at such a word.
    """
    if not asked.confirmed or report.zone not in (None, asked.zone):
        return None
    told = near_moment(report, asked) or any(it.at for it in report.timeline or ())
    here = moments.shown_in(at, zone_of(report, asked))
    if told or here.utcoffset() == at.utcoffset():
        return None
    return moments.zone_named(said)
