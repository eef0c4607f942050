"""The names of zones, and where headings say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pytest

from postmortem import moments


def _offset(size: str, name: str | None = None) -> timezone:
    sign = -1 if size[0] == "-" else 1
    length = sign * timedelta(hours=int(size[1:3]), minutes=int(size[4:]))
    return timezone(length, name) if name else timezone(length)


@pytest.mark.parametrize(
    "name, expected",
    [
        *((name, UTC) for name in ("UTC", "utc", "GMT", "Z", "z", " UTC ")),
        ("+02:00", _offset("+02:00")),
        ("-0500", _offset("-05:00")),
        ("+2", _offset("+02:00")),
        ("-05", _offset("-05:00")),
        ("\N{MINUS SIGN}05:00", _offset("-05:00")),
        ("UTC+1", _offset("+01:00")),
        ("utc-5", _offset("-05:00")),
        ("UTC - 5", _offset("-05:00")),
        ("GMT-03:30", _offset("-03:30")),
        ("UTC+0530", _offset("+05:30")),
        ("+00:09:21", timezone(timedelta(minutes=9, seconds=21))),
        ("CET", _offset("+01:00", "CET")),
        ("cest", _offset("+02:00", "CEST")),
        ("EST", _offset("-05:00", "EST")),
        ("PDT", _offset("-07:00", "PDT")),
        ("JST", _offset("+09:00", "JST")),
        ("NPT", _offset("+05:45", "NPT")),
        ("Europe/Paris", ZoneInfo("Europe/Paris")),
        ("europe/paris", ZoneInfo("Europe/Paris")),
        ("US/Pacific", ZoneInfo("US/Pacific")),
        ("pst8pdt", ZoneInfo("PST8PDT")),
        ("Etc/GMT+5", ZoneInfo("Etc/GMT+5")),
        ("PT", ZoneInfo("America/Los_Angeles")),
        ("MT", ZoneInfo("America/Denver")),
        ("CT", ZoneInfo("America/Chicago")),
        ("ET", ZoneInfo("America/New_York")),
    ],
)
def test_a_name_is_a_zone(name: str, expected: tzinfo) -> None:
    """IANA names, offsets and unambiguous abbreviations are read in any case."""
    assert moments.zone(name) == expected


def test_every_zone_of_this_machine_has_its_name() -> None:
    """Spelled as its file is, it is found without a list of them all."""
    for name in available_timezones():
        if "/" in name:
            assert moments.zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name", ["Europe", "right/UTC", "posixrules", "../UTC", "/UTC", "tzdata.zi", "a//b"]
)
def test_a_file_beside_the_zones_is_none(name: str) -> None:
    """A folder, a path that leads elsewhere, what is no zone."""
    with pytest.raises(moments.UnknownZone):
        moments.zone(name)


def test_an_abbreviation_keeps_its_name() -> None:
    """CET is one hour the whole year, and says that it was called so."""
    cet = moments.zone("CET")

    assert cet.tzname(None) == "CET"
    assert cet.utcoffset(datetime(2026, 7, 5)) == timedelta(hours=1)  # noqa: DTZ001


def test_every_iana_name_is_a_zone() -> None:
    """All but those that are no place, and those that abbreviations stand before."""
    fixed = {"CET", "EET", "EST", "GMT", "HST", "MET", "MST", "UTC", "WET"}
    names = available_timezones() - {"Factory", "localtime", "GMT+0", "GMT-0"} - fixed

    assert [name for name in names if str(moments.zone(name)) != name] == []
    assert all(isinstance(moments.zone(name), timezone) for name in fixed)


@pytest.mark.parametrize(
    "name, near",
    [
        ("Europe/Pariss", "Europe/Paris"),
        ("paris", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("Los_Angeles", "America/Los_Angeles"),
        ("America/Los Angeles", "America/Los_Angeles"),
        *((name, "Europe/Paris, an offset") for name in ("", "qqqq", "+24:00", "+100")),
        *((name, "Europe/Paris, an offset") for name in ("../etc", "/", "x" * 999)),
        *((name, "Europe/Paris, an offset") for name in ("Zürich", "\ud800", "\0")),
        ("Factory", "write "),
        ("America", "write America/"),
    ],
    ids=ascii,
)
def test_an_unknown_name_is_answered_with_near_ones(name: str, near: str) -> None:
    """The hint says what to write."""
    with pytest.raises(moments.UnknownZone) as refusal:
        moments.zone(name)

    assert near in (refusal.value.problem.hint or "")


@pytest.mark.parametrize(
    "name, places",
    [
        ("IST", ["India (+05:30)", "Israel (+02:00)", "Ireland (+01:00)"]),
        ("cst", ["US Central (-06:00)", "China (+08:00)"]),
        ("BST", ["Britain (+01:00)", "Bangladesh (+06:00)"]),
        ("AST", ["Atlantic (-04:00)", "Arabia (+03:00)"]),
    ],
)
def test_an_abbreviation_of_several_zones_is_asked_about(
    name: str, places: list[str]
) -> None:
    """The options are zones that can be read with."""
    with pytest.raises(moments.AmbiguousZone) as refusal:
        moments.zone(name)

    options = refusal.value.options
    assert [label for label, _ in options] == places
    assert len({zone.utcoffset(None) for _, zone in options}) == len(places)


@pytest.mark.parametrize(
    "heading, name",
    [
        ("Timeline (all times PST)", "PST"),
        ("Timeline (all times PST). All times approximations", "PST"),
        ("Time (UTC)", "UTC"),
        ("Time (utc)", "UTC"),
        ("time_utc", "UTC"),
        ("Date/Time (UTC)", "UTC"),
        ("All times UTC.", "UTC"),
        ("All times in CEST", "CEST"),
        ("_All times in EEST_", "EEST"),
        ("**All times listed in PST.**", "PST"),
        ("Date and Time in CET", "CET"),
        ("2. Timeline (CET)", "CET"),
        ("時刻 (JST)", "JST"),
        ("時刻（JST）", "JST"),
        ("All times are in 24-hour PST8PDT.", "PST8PDT"),
        ("Times are US/Pacific", "US/Pacific"),
        ("Time (Europe/Paris)", "Europe/Paris"),
        ("Time (PT)", "PT"),
        ("All times in ET", "ET"),
        ("Time (UTC+9)", "UTC+9"),
        ("Time (UTC+9 / JST)", "UTC+9"),
        ("Time (UTC - 5)", "UTC-5"),
        ("Timeline of events (GMT-03:30)", "GMT-03:30"),
        ("Time (+09:00)", "+09:00"),
        ("PST/PDT", "PT"),
        ("Time (CET/CEST)", "Europe/Paris"),
    ],
)
def test_a_heading_says_the_zone(heading: str, name: str) -> None:
    """In the heading, in a line under it, in the column head."""
    assert moments.column_zone(heading) == moments.zone(name)


@pytest.mark.parametrize(
    "heading",
    [
        *("Timeline", "Time", "", "Who/What", "Date/Time", "DATE", "Zeit", "Z"),
        *("US-WEST-2 went away", "WEST of it", "ET phone home", "WHAT WENT WELL"),
        *("Time (local)", "Time (ago)", "CAT 5 cable", "THE API WAS DOWN IN EU"),
        *("Europe/Pariss", "A short, confusing timeline", "x" * 9999, "\ud800"),
    ],
    ids=ascii,
)
def test_a_heading_without_a_zone_says_none(heading: str) -> None:
    """A word that only looks like a zone is no zone."""
    assert moments.column_zone(heading) is None


@pytest.mark.parametrize(
    "heading, options",
    [
        ("All times in IST", 3),
        ("Timeline (times in BST)", 2),
        ("Time (UTC / PDT)", 2),
        ("Time (UTC, CET, JST)", 3),
    ],
)
def test_a_heading_of_several_zones_is_asked_about(heading: str, options: int) -> None:
    """The reader of a file makes it a finding."""
    with pytest.raises(moments.AmbiguousZone) as refusal:
        moments.column_zone(heading)

    assert len(refusal.value.options) == options


def test_the_zone_of_the_machine_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """TZ names it, and a name that is none is said to be none."""
    monkeypatch.setenv("TZ", "Europe/Paris")

    assert str(moments.local_zone()) == "Europe/Paris"

    monkeypatch.setenv("TZ", "Mars/Base")
    with pytest.raises(moments.NoZone):
        moments.local_zone()


@pytest.mark.parametrize(
    "name, place",
    [
        ("US Eastern", "America/New_York"),
        ("US Eastern time", "America/New_York"),
        ("Eastern time", "America/New_York"),
        ("us central", "America/Chicago"),
        ("U.S. Mountain Time", "America/Denver"),
        ("Pacific time", "America/Los_Angeles"),
    ],
)
def test_the_zones_of_america_are_said_in_words(name: str, place: str) -> None:
    """They are the clocks of a place, as ET is, alone and behind a time."""
    here = datetime(2025, 5, 24, 9, 12, tzinfo=ZoneInfo(place))

    assert moments.zone(name) == ZoneInfo(place)
    assert moments.zone_spelled(name) == place
    for said in (f"Saturday 24 May 2025 9:12am {name}", f"2025-05-24 9:12 {name}"):
        assert moments.read(said).at == here
        assert moments.zone_named(said) == place
        assert moments.leading(f"{said}, support passes on complaints") == len(said)


@pytest.mark.parametrize(
    "name, hours",
    [("Eastern Standard Time", -5), ("US Central Daylight Time", -5)],
)
def test_a_half_of_the_year_is_said_in_words(name: str, hours: int) -> None:
    """It is a fixed offset, as EST is."""
    assert moments.zone(name).utcoffset(None) == timedelta(hours=hours)
    assert moments.zone_spelled(name) == name


@pytest.mark.parametrize(
    "name, place",
    [
        ("Eastern", "America/New_York"),
        ("us-central", "America/Chicago"),
        ("Pacific", "America/Los_Angeles"),
    ],
)
def test_a_word_of_a_zone_is_not_taken_for_one(name: str, place: str) -> None:
    """`9:12 Central database fails` is told by other clocks; the hint names a zone."""
    with pytest.raises(moments.UnknownZone) as refusal:
        moments.zone(name)

    assert str(refusal.value).endswith(f"write {place}")
    assert moments.leading(f"9:12 {name} goes down") == len("9:12")
