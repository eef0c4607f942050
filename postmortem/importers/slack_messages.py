"""A message of Slack's as a candidate: built by the hundred thousand, so kept short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import cast

import msgspec

from postmortem.escape import single_line
from postmortem.importers import chat, evident
from postmortem.importers.candidates import Candidate, Setting, Unplaced
from postmortem.importers.harmless import harmless
from postmortem.importers.instants import Timeless, instant
from postmortem.importers.slack_raw import Message, decoded
from postmortem.importers.slack_text import (
    Names,
    from_attachments,
    from_blocks,
    from_files,
    link,
)
from postmortem.importers.slack_window import Window

_NOBODY = {
    *("channel_join", "channel_leave", "group_join", "group_leave", "bot_add"),
    *("bot_remove", "pinned_item", "unpinned_item", "channel_convert_to_private"),
    *("reminder_add", "huddle_thread", "channel_archive", "channel_unarchive"),
}
"""What Slack itself says when people come and go."""
_STAMP = len("1612345678.000200")
_NUMBERS: list[str] = []
_GONE = {"tombstone", "message_deleted"}
_fromtimestamp = datetime.fromtimestamp


class Reader:
    """Makes candidates of the messages of one channel."""

    def __init__(self, names: Names, source: str, channel: str) -> None:
        self.names = names
        self.people = cast("dict[str | None, str]", names.people)
        self.source = source
        self.channel = channel

    def candidates(
        self, messages: list[Message], name: str, window: Window | None = None
    ) -> list[Candidate | Unplaced]:
        """Return the messages of one file; what most of them are is done right here."""
        stamps = [message.ts for message in messages]
        instants = _instants(stamps)
        if instants is None:
            return [
                self.candidate(message, f"{name}#{number}")
                for number, message in enumerate(messages, 1)
            ]
        places: Sequence[int] = range(len(messages))
        if window is not None and (kept := window.kept(instants)) is not None:
            places, messages = kept, [messages[place] for place in kept]
            stamps = [stamps[place] for place in kept]
            instants = [instants[place] for place in kept]
        texts = [message.text or "" for message in messages]
        telling, unplain = evident.telling(texts)
        rare = telling | unplain
        people, source, channel = self.people, self.source, self.channel
        made, writing = Candidate, evident.WRITING
        return [
            made(
                at=at,
                text=plain,
                where=name + mark,
                said=ts,
                source=source,
                kind="message",
                author=author,
                id=channel + ts,
                weight=writing,
            )
            if number not in rare
            and (plain := text.strip())
            and message.subtype is None
            and message.bot_id is None
            and message.reactions is None
            and message.pinned_to is None
            and message.permalink is None
            and (author := people.get(message.user)) is not None
            else self.candidate(message, name + mark, at, quiet=number not in telling)
            for number, message, text, ts, at, mark in zip(
                count(), messages, texts, stamps, instants, _marks(places)
            )
        ]

    def candidate(
        self,
        message: Message,
        where: str,
        at: datetime | None = None,
        *,
        quiet: bool = False,
    ) -> Candidate | Unplaced:
        """Return the message as a candidate, or why it is none.

        `quiet` is known of what a person wrote: its words are no event's.
        """
        subtype, text, ts = message.subtype, message.text, message.ts
        try:
            at = at or _at(ts)
        except Timeless as error:
            return Unplaced(where=where, why=error.why)
        bot = message.bot_id is not None or subtype == "bot_message"
        url = message.permalink
        if text and not bot and text.isprintable() and "<" not in text:
            plain = text.strip() if "&" not in text else self.names.plain(text)
        else:
            plain = self._said(message, bot=bot)
            url = url or (link(text) if text else None)
        if subtype in _GONE:
            return Unplaced(where=where, why="it was deleted in Slack")
        if not plain:
            return Unplaced(where=where, why="it says nothing")
        quiet = (quiet and not bot) or subtype in _NOBODY
        said = None if quiet else evident.kind(plain)
        if bot or subtype in _NOBODY:
            weight = evident.CHATTER if said is None else evident.TELLING
        else:
            weight = evident.weight(plain, said)
        if message.reactions is not None or message.pinned_to is not None:
            weight = max(weight, evident.MARKED)
        user = message.user
        made = Candidate(
            at=at,
            text=plain,
            where=where,
            said=ts,
            source=self.source,
            kind=said or "message",
            author=self.people.get(user) or self._author(message),
            id=self.channel + ts,
            same=chat.same(plain, said) if bot and said else None,
            link=url,
            weight=weight,
        )
        return made if url is None and made.same is None else harmless(made)

    def _said(self, message: Message, *, bot: bool) -> str:
        plain = self.names.plain(message.text) if message.text else ""
        if not plain and message.blocks:
            plain = from_blocks(decoded(message.blocks), self.names)
        if message.attachments and (bot or not plain):
            more = from_attachments(decoded(message.attachments), self.names)
            if more and more not in plain:
                plain = f"{plain}\n{more}".strip()
        if not plain and message.files:
            plain = from_files(decoded(message.files))
        return plain

    def _author(self, message: Message) -> str | None:
        if message.username:
            return self.names.plain(message.username)
        for raw in (message.user_profile, message.bot_profile):
            profile = decoded(raw) if raw else None
            if isinstance(profile, dict):
                for key in ("display_name", "real_name", "name"):
                    if isinstance(name := profile.get(key), str) and name:
                        return self.names.plain(name)
        return single_line(message.user or message.bot_id or "") or None


def _marks(places: Sequence[int]) -> Sequence[str]:
    """Return `#1` for the place 0, and so on: written once for all files."""
    if places and places[-1] >= len(_NUMBERS):
        more = range(len(_NUMBERS) + 1, places[-1] + 2)
        _NUMBERS.extend(f"#{number}" for number in more)
    if isinstance(places, range):
        return _NUMBERS[: len(places)]
    return [_NUMBERS[place] for place in places]


def _instants(stamps: list[str]) -> list[datetime] | None:
    """Return the instants of all, to the microsecond; None if one has another form."""
    if {*map(len, stamps)} != {_STAMP}:
        return None
    try:
        return msgspec.convert(stamps, list[datetime], strict=False)
    except msgspec.ValidationError:
        return None


def _at(ts: str) -> datetime:
    """Read an instant with its microseconds: at this size a float still has them."""
    try:
        seconds = float(ts)
    except ValueError:
        seconds = 0.0
    if 1e9 <= seconds < 1e10 and ts[10:11] == "." and ts.isprintable():  # noqa: PLR2004
        return _fromtimestamp(seconds, UTC)
    return instant(ts, Setting(zone=UTC))
