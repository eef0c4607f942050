"""Which column of a table says what: guessed from names and values, for confirming."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC

import msgspec

from postmortem.importers.candidates import Setting
from postmortem.importers.instants import SLASHED, Timeless, instant, unset

_TIMES = (
    *("datetime", "date_time", "timestamp", "time", "event_time", "occurred_at", "at"),
    *("when", "ts", "started_at", "starts_at", "start_time", "start", "opened_at"),
    *("state_changed_timestamp", "created_at", "created_on", "created", "date_created"),
    *("date", "logged_at", "received_at", "updated_at", "utc", "start_date"),
)
_SAME = frozenset(("datetime", "date_time", "timestamp", "time", "ts", "event_time"))
_TEXTS = (
    *("message", "text", "msg", "summary", "title", "description", "desc", "note"),
    *("body", "what", "what_happened", "content", "comment", "details", "subject"),
)
_WEAKER = ("event", "short", "action", "activity", "log", "entry", "command", "name")
"""Texts in a table; in JSON they may be anything."""
_AUTHORS = (
    *("author", "user", "username", "user_name", "who", "actor", "by", "sender"),
    *("person", "owner", "reporter", "created_by", "handle"),
)
_KINDS = ("kind", "event_kind", "moment", "category", "event_type", "type")
_LINKS = ("link", "url", "permalink", "html_url", "href")
_IDS = ("id", "uuid", "event_id", "unique_id", "record_id")
_SOURCES = ("source", "tool", "system", "channel", "service")
_KNOWN = frozenset(
    {"onset", "detected", "acknowledged", "declared", "identified", "mitigated"}
    | {"resolved", "closed", "alert", "deploy", "change", "message", "status update"}
)
_APART = re.compile(r"[\s./@:-]+|(?<=[a-z])(?=[A-Z])")
_ZONE = re.compile(r"[\[(].*[\])]$")
NAMES = ("time", "clock", "zone", "text", "author", "kind", "link", "id", "source")
"""What a column can be told to be."""
_ZONED = re.compile(r"(?:Z|[+-]\d\d:?\d\d|[A-Z]{3,4})\s*$|^\s*\d{9,}(?:\.\d+)?\s*$")
"""What says its zone itself, or counts seconds."""
_ANY_ZONE = Setting(zone=UTC)

Row = Mapping[str, object]


class Columns(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which column says what; a person may put it right."""

    time: str
    clock: str | None = None
    """The column of the time of day, where `time` holds the date alone."""
    zone: str | None = None
    """The column with the name of the zone of each row."""
    otherwise: str | None = None
    """The column of the time in rows that have none in `time`."""
    text: str
    author: str | None = None
    kind: str | None = None
    link: str | None = None
    id: str | None = None
    source: str | None = None

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Return what each column is taken for, to be confirmed: `("time", "Date")`."""
        named = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return tuple((name, said) for name, said in named if isinstance(said, str))

    def when(self, row: Row) -> object:
        """Return the time of a row as it is written."""
        found = row.get(self.time)
        if unset(found) and self.otherwise:
            return row.get(self.otherwise)
        if not isinstance(found, str):
            return found
        if self.clock and (clock := str(row.get(self.clock) or "").strip()):
            found = f"{found} {clock}"
        zone = str(row.get(self.zone) or "").strip() if self.zone else ""
        found = _spelled(found)
        return found if not zone or _ZONED.search(found) else f"{found} {zone}"

    def event_kind(self, row: Row) -> str | None:
        """Return the kind where the row names one that a timeline knows."""
        found = str(row.get(self.kind) or "").strip().lower() if self.kind else ""
        return found if found in _KNOWN else None


def guessed(
    names: Sequence[str], rows: Sequence[Row], *, by_name: bool = False
) -> Columns | None:
    """Return what the columns seem to be; None without a time or a text among them.

    Values are looked at too where names say nothing, unless only `by_name`.
    """
    plain = {_plain(name): name for name in reversed(names)}
    timed = [plain[each] for each in _TIMES if each in plain]
    timed = [each for each in timed if _is_time(each, rows)]
    by_value = () if by_name else (name for name in names if _is_sure(name, rows))
    time = timed[0] if timed else next(iter(by_value), None)
    day, clock = plain.get("date"), plain.get("time")
    apart = day is not None and clock is not None and time in (None, day)
    if apart:
        time, timed = day, []
    if time is None:
        return None
    others = [name for name in names if name not in (time, clock, *timed)]
    text = _first(plain, _TEXTS, others, rows)
    if text is None and not by_name:
        text = _first(plain, _WEAKER, others, rows) or _longest(others, rows)
    if text is None:
        return None
    rest = [name for name in others if name != text]
    return Columns(
        time=time,
        clock=clock if apart else None,
        zone=_first(plain, ("timezone", "time_zone", "tz"), rest, rows),
        otherwise=next((each for each in timed if _is_other(each, time)), None),
        text=text,
        author=_first(plain, _AUTHORS, rest, rows),
        kind=_first(plain, _KINDS, rest, rows),
        link=_first(plain, _LINKS, rest, rows),
        id=_first(plain, _IDS, rest, rows),
        source=_first(plain, _SOURCES, rest, rows),
    )


def with_told(
    guess: Columns | None, told: Mapping[str, str], names: Iterable[str]
) -> Columns | None:
    """Return the columns that a person named, and for the rest what they seem to be.

    None where one of them is not there, or the time or the text is not known.
    """
    there = {name.casefold(): name for name in names}
    said = {what: there.get(name.casefold().strip()) for what, name in told.items()}
    if None in said.values():
        return None
    known = dict(guess.shown()) if guess else {}
    if "time" in said:
        known = {k: v for k, v in known.items() if k not in ("clock", "otherwise")}
    free = {what: name for what, name in known.items() if name not in said.values()}
    every = {**free, **said}
    if "time" not in every or "text" not in every:
        return None
    return msgspec.convert(every, Columns)


def _plain(name: str) -> str:
    """Return a name as the lists here spell it: `Created At (UTC)` is created_at."""
    bare = _ZONE.sub("", name.strip())
    return _APART.sub("_", bare.strip()).strip("_").lower()


def _first(
    plain: Mapping[str, str],
    wanted: Iterable[str],
    names: Sequence[str],
    rows: Sequence[Row],
) -> str | None:
    found = (plain[each] for each in wanted if plain.get(each) in names)
    return next((name for name in found if _says(name, rows)), None)


def _says(name: str, rows: Sequence[Row]) -> bool:
    return any(isinstance(row.get(name), str | int) and row[name] != "" for row in rows)


def _longest(names: Sequence[str], rows: Sequence[Row]) -> str | None:
    lengths = {
        name: sum(len(said) for row in rows if isinstance(said := row.get(name), str))
        for name in names
    }
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return best if best is not None and lengths[best] > len(rows) else None


def _is_other(name: str, time: str) -> bool:
    """Tell whether a column is another spelling of the same time."""
    return name != time and all(_plain(each) in _SAME for each in (name, time))


def _is_time(name: str, rows: Sequence[Row]) -> bool:
    return any(_told(value) for row in rows if not unset(value := row.get(name)))


def is_time(text: str) -> bool:
    """Tell whether a text is a time, and no mere number."""
    return not text.isdigit() and _told(text)


def _is_sure(name: str, rows: Sequence[Row]) -> bool:
    """Tell whether all that a column holds are times, and no mere numbers."""
    values = [value for row in rows if not unset(value := row.get(name))]
    return bool(values) and all(isinstance(v, str) and is_time(v) for v in values)


def _spelled(text: str) -> str:
    """Return a time as others write it: Kibana says `Jan 5, 2024 @ 15:04:05.000`."""
    return text.replace(" @ ", " ").strip()


def _told(value: object) -> bool:
    if isinstance(value, str) and SLASHED.match(value):
        return True
    try:
        instant(_spelled(value) if isinstance(value, str) else value, _ANY_ZONE)
    except Timeless:
        return False
    return True
