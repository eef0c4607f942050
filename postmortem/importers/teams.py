"""Microsoft Teams, as Graph answers: chatMessage, alone or in the list `value`.

https://learn.microsoft.com/graph/api/resources/chatmessage
"""

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
from postmortem.importers.instants import unset
from postmortem.importers.records import Record
from postmortem.importers.texts import cleaned, plain_html
from postmortem.importers.trees import Tree, rows, word


class Teams:
    """Reads the messages of a channel or a chat."""

    name = "teams"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for messages with a body and a createdDateTime."""
        if evidence.only is None or not evidence.only.shape.json:
            return Verdict(taken=False, why="it is no JSON")
        row = first_row(evidence.only, "value")
        like = {"createdDateTime", "body"} <= row.keys()
        if like and {"messageType", "from", "chatId", "etag"} & row.keys():
            return Verdict(taken=True, why="messages of Microsoft Graph")
        said = 'it has no messages with "createdDateTime" and "body"'
        return Verdict(taken=False, why=said)

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield the messages, and the replies that stand within them."""
        for record in read(evidence, ("value",)):
            if not isinstance(record, Record):
                yield record
                continue
            yield _message(record.value, record.where, setting)
            row = record.value if isinstance(record.value, dict) else {}
            replies = row.get("replies")
            for number, reply in enumerate(
                replies if isinstance(replies, list) else ()
            ):
                yield _message(reply, f"{record.where}.{number + 1}", setting)


def _message(row: object, where: str, setting: Setting) -> Candidate | Unplaced:
    if not isinstance(row, dict):
        return Unplaced(where=where, why="it is no message")
    if not unset(row.get("deletedDateTime")):
        return Unplaced(where=where, why="it was deleted in Teams")
    bot = word(row, "from", "application", "displayName")
    kind = word(row, "messageType") or "message"
    said = Said(
        text=_text(row),
        time=row.get("createdDateTime"),
        author=word(row, "from", "user", "displayName") or bot,
        bot=bot is not None,
        service=kind != "message",
        marked=bool(row.get("reactions")) or word(row, "importance") == "urgent",
        link=word(row, "webUrl"),
        id=word(row, "id"),
    )
    return candidate(said, where=where, source="teams", setting=setting)


def _text(row: Tree) -> str:
    body = word(row, "body", "content") or ""
    said = plain_html(body) if word(row, "body", "contentType") == "html" else body
    subject = word(row, "subject")
    parts = [subject if subject and subject not in said else None, said]
    if not any(parts):
        names = [word(each, "name") for each in rows(row, "attachments")]
        parts = [f"shared {name}" for name in names if name]
    kind = word(row, "eventDetail", "@odata.type")
    if not any(parts) and kind:
        parts = [kind.rpartition(".")[2]]
    return cleaned("\n".join(part for part in parts if part))
