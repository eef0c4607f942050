"""Mattermost's bulk export: JSON lines, https://docs.mattermost.com/onboard/bulk-loading-data.html."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.importers.candidates import (
    Candidate,
    Found,
    Setting,
    Unplaced,
    Verdict,
)
from postmortem.importers.chat import Said, candidate, read
from postmortem.importers.evidence import Evidence
from postmortem.importers.records import Record
from postmortem.importers.texts import cleaned
from postmortem.importers.trees import Tree, word

_POSTS = ("post", "direct_post")


class Mattermost:
    """Reads the posts and their replies."""

    name = "mattermost"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for lines whose type names the key beside it."""
        shape = evidence.only.shape if evidence.only else None
        if shape is None or not shape.json:
            return Verdict(taken=False, why="it is no JSON")
        kinds = [row.get("type") for row in shape.records if row.get("type") in row]
        if {"version", "team", "channel", "user", "post", "direct_post"} & {*kinds}:
            return Verdict(taken=True, why="a bulk export of Mattermost")
        return Verdict(taken=False, why='it has no lines of type "post"')

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield posts, each with its replies; teams and users are no events."""
        for record in read(evidence, ()):
            if not isinstance(record, Record):
                yield record
                continue
            row = record.value
            kind = word(row, "type")
            if isinstance(row, dict) and kind in _POSTS:
                yield from _post(row.get(kind), record.where, setting)


def _post(post: object, where: str, setting: Setting) -> Iterator[Candidate | Unplaced]:
    if not isinstance(post, dict):
        yield Unplaced(where=where, why="it is no post")
        return
    channel = word(post, "channel")
    source = f"mattermost #{channel}" if channel else "mattermost"
    yield _message(post, where, source, setting)
    replies = post.get("replies")
    for number, reply in enumerate(replies if isinstance(replies, list) else (), 1):
        inner = f"{where}.{number}"
        if isinstance(reply, dict):
            yield _message(reply, inner, source, setting)
        else:
            yield Unplaced(where=inner, why="it is no post")


def _message(
    row: Tree, where: str, source: str, setting: Setting
) -> Candidate | Unplaced:
    kind = word(row, "type") or ""
    said = Said(
        text=cleaned(word(row, "message") or ""),
        time=row.get("create_at"),
        author=word(row, "user"),
        bot=bool(isinstance(row.get("props"), dict) and row["props"].get("from_bot")),
        service=kind.startswith("system_"),
        marked=bool(row.get("reactions") or row.get("is_pinned")),
    )
    return candidate(said, where=where, source=source, setting=setting)
