"""Rows made by hypothesis: events, factors, actions, and when things were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from postmortem import model
from postmortem.model import Action, Event, Factor, Moment
from tests.hostile import said

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"),
    *("Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca"),
)


def _instant(base: datetime) -> SearchStrategy[datetime]:
    seconds = st.integers(0, 3 * 86400)
    micros = st.one_of(
        st.just(0), st.integers(0, 999).map(lambda n: n * 1000), st.integers(0, 999_999)
    )
    exact = st.builds(
        lambda second, micro: base + timedelta(seconds=second, microseconds=micro),
        seconds,
        micros,
    )
    return exact | st.integers(0, 3 * 1440).map(lambda n: base + timedelta(minutes=n))


instants = st.builds(
    lambda at, zone: at.astimezone(ZoneInfo(zone)),
    st.one_of(
        _instant(datetime(2025, 5, 24, tzinfo=UTC)),
        _instant(datetime(2024, 12, 30, 12, tzinfo=UTC)),
        _instant(datetime(2025, 11, 1, tzinfo=UTC)),  # clocks go back in New York
        _instant(datetime(2025, 3, 29, tzinfo=UTC)),  # and forward in Berlin
        _instant(datetime(2025, 4, 5, tzinfo=UTC)),  # by half an hour, Lord Howe
        _instant(datetime(1999, 12, 31, tzinfo=UTC)),
        _instant(datetime(2038, 1, 18, tzinfo=UTC)),
    ),
    st.sampled_from(ZONES),
)
"""Instants near one another, to the minute, second, milli- and microsecond."""

days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
moments = st.builds(Moment, at=instants, approximate=st.booleans())
WORDINGS = (
    *("early that morning", "unknown date", "just before lunch", "???", "X", "later"),
    *("9:12 IST", "13:06 PM", "25:00", "2025-13-01", "02:30 or so", "~", "at 5ish"),
)


@st.composite
def events(draw: st.DrawFn, text: SearchStrategy[str] = said) -> Event:
    """Draw a line of the timeline: at an instant, over a span, or as somebody said."""
    when: dict[str, Any] = {}
    match draw(st.integers(0, 4)):
        case 0 | 1 | 2:
            when["at"] = draw(instants)
            when["approximate"] = draw(st.booleans())
            if draw(st.booleans()):
                length = draw(st.integers(1, 2000))
                end = when["at"].astimezone(UTC) + timedelta(minutes=length)
                when["until"] = end.astimezone(when["at"].tzinfo)
        case 3:
            when["said"] = draw(st.sampled_from(WORDINGS))
    when |= {part: draw(st.none() | text) for part in ("kind", "source", "link")}
    return Event(text=draw(text), **when)


@st.composite
def factors(draw: st.DrawFn, text: SearchStrategy[str] = said) -> tuple[Factor, ...]:
    """Draw factors with keys of their own, or none; causes name another's key."""
    keys = draw(st.lists(st.integers(1, 30), max_size=4, unique=True))
    kinds = st.sampled_from((None, *model.FACTOR_KINDS)) | text
    return tuple(
        Factor(
            text=draw(text),
            key=draw(st.sampled_from((f"F{key}", f"F{key}", None))),
            kind=draw(kinds),
            evidence=draw(st.none() | st.just("assumed") | text),
            cause=draw(st.sampled_from((None, *(f"F{other}" for other in keys)))),
        )
        for key in keys
    )


@st.composite
def actions(draw: st.DrawFn, text: SearchStrategy[str] = said) -> tuple[Action, ...]:
    """Draw promises, from a bare text to one of which everything is known."""
    keys = draw(st.lists(st.integers(1, 30), max_size=4, unique=True))
    part = st.none() | text
    return tuple(
        Action(
            text=draw(text),
            key=draw(st.sampled_from((f"A{key}", f"A{key}", None))),
            type=draw(st.sampled_from((None, *model.ACTION_TYPES)) | part),
            owner=draw(part),
            due=draw(st.none() | days),
            priority=draw(st.sampled_from((None, *model.PRIORITIES)) | part),
            link=draw(st.just("https://x.example/1") | st.just("#12") | part),
            status=draw(st.sampled_from((*model.ACTION_STATUSES, "blocked"))),
            done_when=draw(part),
            factor=draw(st.none() | st.just("F1") | part),
        )
        for key in keys
    )


def tables(
    columns: tuple[str, ...], text: SearchStrategy[str] = said
) -> SearchStrategy[tuple[Mapping[str, str | None], ...]]:
    """Draw rows of a table that a template declares."""
    row = st.fixed_dictionaries({column: st.none() | text for column in columns})
    return st.lists(row, max_size=3).map(tuple)
