"""A message as Slack wrote it: what of it is used, decoded quickly or leniently."""

from __future__ import annotations

from typing import Any

import msgspec


class Message(msgspec.Struct, frozen=True, gc=False):
    """What of a message is used; what is rare and deep is decoded only when wanted."""

    ts: str
    text: str | None = None
    user: str | None = None
    subtype: str | None = None
    username: str | None = None
    bot_id: str | None = None
    permalink: str | None = None
    reactions: msgspec.Raw | None = None
    pinned_to: msgspec.Raw | None = None
    user_profile: msgspec.Raw | None = None
    bot_profile: msgspec.Raw | None = None
    blocks: msgspec.Raw | None = None
    attachments: msgspec.Raw | None = None
    files: msgspec.Raw | None = None


def lenient(record: object) -> Message | None:
    """Return a message whatever else is wrong with it; None when it is none."""
    if not isinstance(record, dict):
        return None
    if isinstance(inner := record.get("message"), dict):
        record = {**inner, "subtype": inner.get("subtype")}
    ts = record.get("ts")
    if not isinstance(ts, str | int | float) or isinstance(ts, bool):
        return None
    words = ("text", "user", "subtype", "username", "bot_id", "permalink")
    deep = ("reactions", "pinned_to", "user_profile", "bot_profile", "blocks")
    parts: dict[str, Any] = {
        key: record[key] for key in words if isinstance(record.get(key), str)
    }
    for key in (*deep, "attachments", "files"):
        if record.get(key):
            parts[key] = _encoded(record[key])
    return Message(ts=ts if isinstance(ts, str) else repr(ts), **parts)


def decoded(raw: msgspec.Raw) -> Any:
    """Return what was left undecoded; None when it cannot be."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _encoded(value: object) -> msgspec.Raw | None:
    try:
        return msgspec.Raw(msgspec.json.encode(value))
    except (UnicodeEncodeError, RecursionError, ValueError, TypeError):
        return None
