"""Discord, as DiscordChatExporter writes it: https://github.com/Tyrrrz/DiscordChatExporter."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.importers.candidates import (
    Candidate,
    Found,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.chat import Said, candidate, first_row, read
from postmortem.importers.evidence import Evidence
from postmortem.importers.records import Record
from postmortem.importers.texts import cleaned
from postmortem.importers.trees import Tree, rows, word

_WRITTEN = (
    "Default",
    "Reply",
    "0",
    "19",
    "20",
    "ChatInputCommand",
    "ThreadStarterMessage",
)


class Discord:
    """Reads one channel as JSON."""

    name = "discord"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for messages with a timestamp, a content and an author."""
        if evidence.only is None or not evidence.only.shape.json:
            return Verdict(taken=False, why="it is no JSON")
        row = first_row(evidence.only, "messages")
        if {"timestamp", "content", "author"} <= row.keys():
            return Verdict(taken=True, why="messages of a Discord channel")
        said = 'it has no messages with "timestamp", "content" and "author"'
        return Verdict(taken=False, why=said)

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the messages of the channel."""
        for record in read(evidence, ("messages",)):
            yield _message(record, setting) if isinstance(record, Record) else record


def _message(record: Record, setting: Setting) -> Candidate | Unplaced:
    row = record.value
    if not isinstance(row, dict):
        return Unplaced(where=record.where, why="it is no message")
    channel = word(record.around, "channel", "name")
    kind = word(row, "type") or "Default"
    said = Said(
        text=_text(row),
        time=row.get("timestamp"),
        author=word(row, "author", "nickname")
        or word(row, "author", "name")
        or word(row, "author", "username"),
        bot=bool(isinstance(row.get("author"), dict) and row["author"].get("isBot")),
        service=kind not in _WRITTEN,
        marked=bool(row.get("isPinned") or row.get("reactions")),
        id=word(row, "id"),
    )
    source = f"discord #{channel}" if channel else "discord"
    return candidate(said, where=record.where, source=source, setting=setting)


def _text(row: Tree) -> str:
    """Return what it says; a bot's is in its embeds, a picture has a name."""
    parts = [word(row, "content")]
    for embed in rows(row, "embeds"):
        parts += [word(embed, "title"), word(embed, "description")]
        for field in rows(embed, "fields"):
            name, value = word(field, "name"), word(field, "value")
            parts.append(f"{name}: {value}" if name and value else None)
    if not any(parts):
        names = [word(each, "fileName") for each in rows(row, "attachments")]
        parts = [f"shared {name}" for name in names if name]
    return cleaned("\n".join(dict.fromkeys(part for part in parts if part)))
