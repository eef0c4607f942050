"""Candidates made by hand, and whole handfuls of them for laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from postmortem.importers import Candidate
from postmortem.model import Event
from postmortem.timeline import Group, Intake, People, Sifted, Wanted, Window, sift

START = datetime(2025, 5, 24, 13, 0, tzinfo=UTC)
NOBODY = People()
SOURCES = ("slack #incident", "slack #ops", "pagerduty api", "alertmanager", "log")
TEXTS = (
    "rolled back api to 4.1",
    "HighErrorRate firing",
    "looking at the graphs",
    "ok",
    "a | b\n| 99:99 | forged |",
    "**detected:** [x](javascript:1) <b> `c`",
)


def instant(minutes: float) -> datetime:
    """Return a time that many minutes after one o'clock."""
    return START + timedelta(minutes=minutes)


def said(
    minutes: float, text: str = "hello to all of you", source: str = "slack #incident"
) -> Candidate:
    """Return what somebody says."""
    at = instant(minutes)
    return Candidate(
        at=at, text=text, where="a.json#1", said=at.isoformat(), source=source
    )


def alert(minutes: float, source: str, **more: str) -> Candidate:
    """Return an alert that several tools know by one name."""
    at = instant(minutes)
    return Candidate(
        at=at,
        text=more.get("text", f"HighErrorRate by {source}"),
        where=f"{source}#1",
        said=at.isoformat(),
        source=source,
        kind=more.get("kind", "alert"),
        same=more.get("same", "alert higherrorrate api"),
        id=more.get("id"),
        link=more.get("link"),
        weight=3,
    )


def heaps(
    candidates: list[Candidate],
    rows: tuple[Event, ...] = (),
    *,
    window: Window | None = None,
    wanted: Wanted | None = None,
) -> Sifted:
    """Sift candidates as an import does."""
    intake = Intake(window=window or Window(), wanted=wanted or Wanted())
    for each in candidates:
        intake.add(each)
    return sift(intake, rows, people=NOBODY)


def texts(groups: tuple[Group, ...] | list[Group]) -> list[str]:
    """Return what the leads of groups say."""
    return [group.lead.text for group in groups]


@st.composite
def one(draw: st.DrawFn) -> Candidate:
    """Draw a candidate near the others, so that many of them are alike."""
    seconds = draw(st.integers(0, 1200))
    fraction = draw(st.sampled_from((0, 0, 123456)))
    at = START + timedelta(seconds=seconds, microseconds=fraction)
    number = draw(st.integers(1, 12))
    return Candidate(
        at=at,
        text=draw(st.sampled_from(TEXTS)),
        where=f"day.json#{number}",
        said=at.isoformat(),
        source=draw(st.sampled_from(SOURCES)),
        kind=draw(st.sampled_from((None, "message", "alert", "resolved", "deploy"))),
        author=draw(st.sampled_from((None, "amara.k", "jo"))),
        id=draw(st.sampled_from((None, None, f"r{number}"))),
        same=draw(st.sampled_from((None, None, "alert x api", "alert x resolved"))),
        link=draw(st.sampled_from((None, None, "https://example.com/1"))),
        weight=draw(st.integers(0, 3)),
    )


many = st.lists(one(), max_size=25)
