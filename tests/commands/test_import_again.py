"""Evidence that is exported again later brings what is new, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.commands.author import Author
from tests.commands.stage import Said
from tests.commands.test_timeline import rows

AT = 1748092800  # 2025-05-24 13:20 UTC


def _message(minute: int, text: str, **more: Any) -> dict[str, Any]:
    stamp = f"{AT + 60 * minute}.000{minute:03}"
    return {"type": "message", "user": "U1", "ts": stamp, "text": text, **more}


def _imported(author: Author, *messages: dict[str, Any]) -> Said:
    author.write("slack-export/users.json", '[{"id": "U1", "name": "jo"}]')
    author.write("slack-export/channels.json", '[{"id": "C1", "name": "incident"}]')
    author.write("slack-export/incident/2025-05-24.json", json.dumps(messages))
    return author.run("timeline", "x-down", "import", "slack-export", "--all")


def test_windows_that_overlap_add_each_message_once(
    author: Author, report: Path
) -> None:
    """IMP-DUP: of a thread, edited, deleted, and within one minute, in order."""
    first = _message(1, "the database is slow to answer")
    second = _message(2, "rolled back the api to 4.1")
    thread = {"thread_ts": second["ts"], "parent_user_id": "U1"}
    reply = _message(3, "that was the deploy of noon", **thread)
    shared = {**reply, "subtype": "thread_broadcast"}
    same = _message(3, "customers are back since a minute")
    same["ts"] = f"{AT + 180}.000004"
    gone = _message(1, "This message was deleted.", subtype="tombstone", hidden=True)
    edited = {**first, "text": "the database was slow to answer", "edited": {}}
    later = _message(5, "all clear, the incident is over")

    _imported(author, first, second, reply, shared, same)
    before = rows(report)
    again = _imported(author, second, reply, shared, same)
    more = _imported(author, edited, second, reply, same, later)
    last = _imported(author, gone, second, later)

    assert len(before) == 4
    assert ": 0 offered" in again.out
    assert ": 1 offered" in more.out
    assert ": 0 offered" in last.out
    assert rows(report) == [*before, rows(report)[-1]]
    texts = [row.split(" | ")[1] for row in rows(report)]
    assert "that was the deploy of noon" in texts[2]
    assert "customers are back" in texts[3]
