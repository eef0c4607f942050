"""What is written is read back, and nothing that is typed breaks the reading."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from postmortem import moments
from tests.moments.mistakes import AMBIGUOUS, NO_TIMES
from tests.moments.spellings import INSTANTS, SPANS

NAMES = (
    *("Europe/Paris", "Europe/London", "Europe/Dublin", "America/New_York"),
    *("America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "Asia/Kolkata"),
    *("Asia/Tehran", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Jerusalem", "Asia/Tokyo"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Kiritimati"),
    *("Africa/Casablanca", "Africa/Monrovia", "Antarctica/Troll", "Atlantic/Azores"),
    *("UTC", "CET", "CEST", "PST", "EDT", "AEST", "PT", "-03:30", "+14:00", "-12:00"),
)
CHANGES = tuple(
    moments.read(text).at
    for text in (
        *("2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-03-29T01:00Z"),
        *("2025-11-02T05:30Z", "2025-11-02T06:30Z", "2025-03-09T07:00Z"),
        *("2025-04-05T15:15Z", "0001-01-01T00:00Z", "9999-12-31T23:59:59.999999Z"),
    )
)
CHANGED = tuple(moments.clock(at, moments.zone("UTC")) for at in CHANGES)
LATEST = datetime.max  # noqa: DTZ901 - the strategies' edge

zones = st.one_of(
    st.sampled_from(NAMES).map(moments.zone),
    st.timezones(),
    st.integers(-1439, 1439).map(lambda size: timezone(timedelta(minutes=size))),
)
clocks = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(LATEST.replace(year=1970), LATEST, timezones=st.just(UTC)),
)
precisions = st.sampled_from((60_000_000, 1_000_000, 1_000, 1))
steps = st.timedeltas(timedelta(), timedelta(days=40))


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Draw aware times of any zone, many to the minute, some in a change of clocks."""
    at = draw(st.one_of(clocks, st.sampled_from(CHANGES)))
    at = at.replace(tzinfo=draw(zones)) if draw(st.booleans()) else at
    return _cut(at, draw(precisions))


def _cut(at: datetime, step: int) -> datetime:
    within = at.second * 1_000_000 + at.microsecond
    second, microsecond = divmod(within // step * step, 1_000_000)
    return at.replace(second=second, microsecond=microsecond)


def _same(at: datetime) -> datetime:
    """Return the instant with its offset fixed, which equals it everywhere."""
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()), fold=0)


@given(instants())
def test_iso_reads_back(at: datetime) -> None:
    """The instant and its offset survive, whatever zone is around."""
    read = moments.read(moments.iso(at), zone=moments.zone("America/New_York")).at

    assert (read, read.utcoffset()) == (_same(at), at.utcoffset())


@given(instants(), zones)
def test_a_clock_reads_back(at: datetime, zone: tzinfo) -> None:
    """What a zone's clock showed is that instant when it is read in the zone."""
    assert moments.read(moments.clock(at, zone), zone=zone).at == _same(at)


@given(instants(), zones)
def test_a_clock_without_its_date_reads_back(at: datetime, zone: tzinfo) -> None:
    """Given the day, the time of day is enough."""
    day = moments.shown_in(at, zone).date()

    read = moments.read(moments.clock(at, zone, with_date=False), zone=zone, near=day)

    assert read.at == _same(at)


@given(instants(), steps, zones, st.booleans(), st.booleans(), precisions)
def test_a_span_reads_back(
    at: datetime,
    length: timedelta,
    zone: tzinfo,
    approximate: bool,  # noqa: FBT001
    with_date: bool,  # noqa: FBT001
    step: int,
) -> None:
    """Both ends survive, with and without the date, and so does the tilde."""
    at = _same(at)
    assume(at.replace(tzinfo=None) < LATEST - length - timedelta(days=2))
    until = _cut(at + length, step)
    assume(until >= at)
    text = moments.span(at, until, zone, approximate=approximate, with_date=with_date)

    day = moments.shown_in(at, zone).date()
    span = moments.read(text, zone=zone, near=day)

    assert (span.at, span.until, span.approximate) == (at, until, approximate)


@given(instants(), zones)
@example(CHANGES[-1], moments.zone("America/Santo_Domingo"))
def test_a_description_names_the_instant(at: datetime, zone: tzinfo) -> None:
    """Its two clocks agree, and are the instant, without any zone around.

    Nothing is more than twelve hours behind UTC, but for Manila before 1844; beyond
    that it looks like the end of a span.
    """
    offset = moments.shown_in(at, zone).utcoffset()
    assume(offset is not None and offset >= timedelta(hours=-12))

    assert moments.read(moments.describe(at, zone)).at == _same(at)


@given(st.timedeltas())
@example(timedelta.min)
@example(timedelta.max)
def test_a_length_reads_back(length: timedelta) -> None:
    """Nothing is rounded."""
    assert moments.read_duration(moments.duration(length)) == length


@given(st.dates())
def test_a_day_reads_back(day: date) -> None:
    """However it is spelled."""
    assert moments.read_day(day.isoformat()) == day
    assert moments.read_day(f"{day.day} {day:%B} {day.year:04}") == day
    assert moments.read_day(f"{day:%a}, {day:%b} {day.day}, {day.year:04}") == day


TYPED = tuple(
    dict.fromkeys(
        (*SPANS, *AMBIGUOUS, *NO_TIMES, *sum(map(tuple, INSTANTS.values()), ()))
    )
)
WORDS = (
    *("14:32", "2026-11-20", "1432", "9", "am", "pm", "-", " - ", "/", "=", "(", ")"),
    *("UTC", "PST", "IST", "Z", "+02:00", "-05:00", "UTC-4", "Europe/Paris", "T", ":"),
    *("to", "~", "c.", "sat", "May", "yesterday", "ago", "now", "+5m", "5/6/2025", ","),
    *("[", "]", "noon", "at", "24", "2026", "1612345678", "0h28", "17.07", "60", "00"),
)
texts = st.one_of(
    st.text(),
    st.text(alphabet="0123456789:-+ TZ/().,~apmUTCESDhJan[]=–"),
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    st.sampled_from(TYPED),
    st.builds(
        lambda text, at, put: text[:at] + put + text[at + len(put) :],
        st.sampled_from(TYPED),
        st.integers(0, 30),
        st.text(max_size=2),
    ),
)


@given(
    texts,
    st.none() | zones,
    st.none() | instants() | st.dates(),
    st.none() | instants(),
)
@example("0001-01-01T00:00:00Z", moments.zone("PT"), date.min, CHANGES[-2])
@example("00:00", moments.zone("PT"), None, CHANGES[-2])
@example("23:59", moments.zone("+14:00"), None, CHANGES[-1])
def test_reading_fails_in_its_own_ways_only(
    text: str, zone: tzinfo | None, near: date | None, previous: datetime | None
) -> None:
    """Whatever is typed gives a span in order, or says what is so and what to do."""
    span, refusal = _read(text, zone, near, previous)

    if span is not None:
        assert isinstance(span.at.tzinfo, timezone)
        assert span.until is None or span.until >= span.at
    if refusal is not None:
        assert refusal.problem.hint


@given(st.sampled_from((*AMBIGUOUS, *CHANGED)) | texts, zones, instants())
def test_an_option_can_be_chosen_by_writing_it(
    text: str, zone: tzinfo, near: datetime
) -> None:
    """All that an unclear text can mean differs, and ISO tells each of it."""
    _, refusal = _read(text, zone, near, None)
    options: tuple[tuple[str, moments.Span], ...] = ()
    if isinstance(refusal, moments.Ambiguous | moments.Absent):
        options = refusal.options

    ends = [(span.at, span.until) for _, span in options]

    assert len(set(ends)) == len(ends) != 1
    assert [_again(span) for _, span in options] == ends


def _read(
    text: str, zone: tzinfo | None, near: date | None, previous: datetime | None
) -> tuple[moments.Span | None, moments.Unreadable | None]:
    try:
        return moments.read(text, zone=zone, near=near, previous=previous), None
    except moments.Unreadable as refusal:
        return None, refusal


def _again(span: moments.Span) -> tuple[datetime, datetime | None]:
    text = moments.iso(span.at)
    if span.until is not None:
        text = f"{text}/{moments.iso(span.until)}"
    read = moments.read(text)
    return read.at, read.until


@given(texts, st.none() | st.dates(), st.none() | st.dates())
def test_other_readings_fail_in_their_own_ways_only(
    text: str, today: date | None, near: date | None
) -> None:
    """So do those of days, lengths, zones, headings and beginnings of lines."""
    with contextlib.suppress(moments.Unreadable):
        moments.read_day(text, today=today, near=near)
    for read in (moments.read_duration, moments.zone, moments.column_zone):
        with contextlib.suppress(moments.Unreadable):
            read(text)

    assert 0 <= moments.leading(text) <= len(text)


@pytest.mark.parametrize("text", TYPED, ids=ascii)
def test_a_typed_text_means_the_same_with_more_room(text: str) -> None:
    """Blanks around it change nothing."""
    near = CHANGES[3]

    assert _outcome(text, near) == _outcome(f"  {text}\t", near)


def _outcome(text: str, near: datetime) -> object:
    try:
        return moments.read(text, zone=moments.zone("Europe/Paris"), near=near)
    except moments.Unreadable as refusal:
        return type(refusal)
