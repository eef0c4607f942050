"""A row's strings to the row of the record, with what could not be read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

import msgspec

from postmortem import model, moments
from postmortem.errors import PostmortemError
from postmortem.markdown import fields, inline
from postmortem.markdown.fields import Field
from postmortem.markdown.values import unset
from postmortem.markdown.when import is_days, says_unknown
from postmortem.markdown.when import read as read_when

T = TypeVar("T")


class Clock(msgspec.Struct, kw_only=True):
    """What completes a time that stands alone: zones and the times around it."""

    zone: tzinfo | None = None
    """Of the column or heading, else of the report."""
    near: date | None = None
    """The day, or an instant of it."""
    previous: datetime | None = None
    """The time of the row above."""
    written: Callable[[], Sequence[date]] = tuple
    """The days that the text writes out, for a day without its year."""
    days: bool = False
    """Whether a day and no more, or `unknown`, is the time of an event."""
    alone: str = ""
    """A day that a row above says and no more, where nothing else says one."""
    unsaid: str = ""
    """Why the day is not taken from around it."""
    unzoned: str = ""
    """The same of the zone."""

    def is_time(self, said: str) -> bool:
        """Tell whether a text is a time, in whatever zone."""
        try:
            moments.read(
                said,
                zone=self.zone or moments.zone("UTC"),
                near=self.near or datetime(2000, 1, 1, tzinfo=moments.zone("UTC")),
                previous=self.previous,
            )
        except moments.NoForm:
            begun = self.days and any(map(str.isdigit, said))
            return begun and says_unknown(said)
        except PostmortemError:
            return True
        return True

    def told(self, error: PostmortemError) -> tuple[str, str | None]:
        """Say what is wrong with a time, why nothing around it helps, and what does."""
        first = error.problems[0]
        if not isinstance(error, moments.NoDay | moments.NoZone):
            return first.message, first.hint
        why = self.unzoned if isinstance(error, moments.NoZone) else self.unsaid
        message = f"{first.message}: {why}" if why else first.message
        once = "or once in a heading above the rows: 2025-05-24 (UTC)"
        return message, f"{first.hint}, {once}"


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a row that could not be read."""

    part: str
    error: PostmortemError


def row(
    known: Field, parts: Mapping[str, str], clock: Clock
) -> tuple[Any, list[Trouble]]:
    """Return a row of the record and what went wrong; None for a row of nothing."""
    said: dict[str, str] = {
        part: value
        for part, text in parts.items()
        if (value := inline.canonical(text)) and not says_nothing(value)
    }
    if not said:
        return None, []
    _lettered(said, known.kind)
    match known.kind:
        case fields.LIST:
            return said.get("text", ""), []
        case fields.TABLE:
            return {part: said.get(part) for part in known.parts}, []
        case fields.EVENTS:
            return _event(said, clock, wording=inline.BREAK in parts.get("at", ""))
        case fields.FACTORS:
            return model.Factor(**{"text": "", **_of(model.Factor, said)}), []
        case fields.REVISIONS:
            day, troubles = _day("on", said, clock)
            return model.Revision(text=said.get("text", ""), on=day), troubles
    _part_done(said)
    respell(said)
    day, troubles = _day("due", said, clock)
    rest = {"text": "", **_of(model.Action, said), "due": day}
    return model.Action(**rest), troubles


_DONE = frozenset(
    ("done", "complete", "completed", "closed", "fixed", "resolved", "x", "\u2705")
) | frozenset(
    ("\u5b8c\u4e86", "\u5df2\u5b8c\u6210", "erledigt", "abgeschlossen", "umgesetzt")
)


def respell(said: dict[str, str]) -> None:
    """Give an action's status and type the words that the record has for them."""
    for part, words in (
        ("status", model.ACTION_STATUSES),
        ("type", model.ACTION_TYPES),
    ):
        bare = said.get(part, "").strip("*_ .()").casefold()
        if part == "status" and bare in _DONE:
            bare = model.DONE
        if bare in words:
            said[part] = bare


def _lettered(said: dict[str, str], kind: str) -> None:
    """Give a row that is only numbered, as in a column `#`, the key of that number."""
    letter = {fields.FACTORS: "F", fields.ACTIONS: "A"}.get(kind)
    number = said.get("key", "").rstrip(".)")
    if letter and number.isascii() and number.isdecimal():
        said["key"] = f"{letter}{number}"


def _part_done(said: dict[str, str]) -> None:
    """Take from an action's day that it is done, as in `2026-12-01 (done)`."""
    day, _, told = said.get("due", "").rpartition("(")
    is_done = told.endswith(")") and told[:-1].strip().casefold() in _DONE
    if is_done and day.strip() and "status" not in said:
        said["due"], said["status"] = day.strip(), model.DONE


def says_nothing(value: str) -> bool:
    """Tell whether a cell or item reads as not known."""
    return value in ("?", "TBD", "TODO") or (value.startswith("<!--") and unset(value))


def _of(kind: Any, said: Mapping[str, str]) -> dict[str, Any]:
    return {name: said[name] for name in kind.__struct_fields__ if name in said}


def _natural(key: str) -> tuple[str, int]:
    """Return a key as it is ordered: A2 before A10."""
    letters = key.rstrip("0123456789")
    return letters, int(key[len(letters) :] or 0)


def _event(
    said: Mapping[str, str], clock: Clock, *, wording: bool
) -> tuple[Any, list[Trouble]]:
    """Read an event; `wording` says that its time is marked as no instant."""
    text = said.get("at", "")
    rest: dict[str, Any] = {"text": "", **_of(model.Event, said)}
    rest.pop("at", None)
    if wording:
        return model.Event(**{**rest, "said": text}), []
    plain = inline.plain(text)
    when, error = read_when(plain, clock.zone, near=clock.near, previous=clock.previous)
    if isinstance(error, moments.NoDay):
        from postmortem.markdown import undated

        when, error = undated.read(plain, clock) or (when, error)
    if error:
        when = when._replace(said=text)
    told = clock.days and error is not None
    days = told and is_days(plain)
    told = days or (told and says_unknown(plain))
    troubles = [Trouble(part="at", error=error)] if error and not told else []
    if when.at is not None:
        clock.previous = when.at
    elif error:
        from postmortem.markdown import undated

        undated.leave(error, plain, clock, days=days)
    return model.Event(**{**rest, **when._asdict()}), troubles


def _day(
    part: str, said: Mapping[str, str], clock: Clock
) -> tuple[date | None, list[Trouble]]:
    if part not in said:
        return None, []
    near = clock.near
    today = near.date() if isinstance(near, datetime) else near
    try:
        return moments.read_day(inline.plain(said[part]), today=today), []
    except PostmortemError as error:
        return None, [Trouble(part=part, error=error)]


def in_key_order(known: Field, found: Sequence[tuple[Any, T]]) -> list[tuple[Any, T]]:
    """Put the rows of several sections in one order: their keys', or their times'."""
    keyed = known.kind in (fields.FACTORS, fields.ACTIONS)
    if keyed and all(value.key for value, _ in found):
        return sorted(found, key=lambda pair: (pair[0].key[0], int(pair[0].key[1:])))
    if known.kind == fields.EVENTS:
        latest = datetime.max.replace(tzinfo=moments.zone("UTC"))
        return sorted(found, key=lambda pair: pair[0].at or latest)
    return list(found)
