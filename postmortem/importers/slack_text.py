"""Slack's own markup as plain text: mentions, channels, links, blocks, attachments.

The form is https://docs.slack.dev/messaging/formatting-message-text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from postmortem.importers.texts import cleaned

_MARKED = re.compile(r"<([^<>\n]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LINK = re.compile(r"<(https?://[^<>|\s]+)")
_DEEP = 8
_MOST = 60


class Names:
    """What the ids of people and channels stand for."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}
        self.channels: dict[str, str] = {}

    def add_people(self, rows: object) -> None:
        """Learn from users.json: the name that people see, else the handle."""
        for row in _objects(rows):
            profile = row.get("profile")
            shown = profile.get("display_name") if isinstance(profile, dict) else None
            name = shown or row.get("real_name") or row.get("name")
            if isinstance(row.get("id"), str) and isinstance(name, str):
                self.people[row["id"]] = cleaned(name)

    def add_channels(self, rows: object) -> None:
        """Learn from channels.json and groups.json."""
        for row in _objects(rows):
            if isinstance(row.get("id"), str) and isinstance(row.get("name"), str):
                self.channels[row["id"]] = cleaned(row["name"])

    def plain(self, text: str) -> str:
        """Return a text without markup: `<@U1>`, `<#C1|ops>`, `<url|label>`, `&amp;`.

        >>> Names().plain("<!here> see <https://example.com|the graph> &lt;b&gt;")
        '@here see the graph (https://example.com) <b>'
        """
        if "<" in text:
            text = _MARKED.sub(self._meant, text)
        if "&" in text:
            for entity, sign in _ENTITIES:
                text = text.replace(entity, sign)
        return cleaned(text)

    def _meant(self, found: re.Match[str]) -> str:
        inner, _, label = found[1].partition("|")
        sign, rest = inner[:1], inner[1:]
        if sign == "@":
            return f"@{label or self.people.get(rest, rest)}"
        if sign == "#":
            return f"#{label or self.channels.get(rest, rest)}"
        if sign == "!":
            said = label or rest.partition("^")[0]
            return said if rest.startswith("date^") else f"@{said.lstrip('@')}"
        if inner.startswith(("mailto:", "tel:")):
            return label or inner.partition(":")[2]
        if not label or label == inner or inner.endswith(f"//{label}"):
            return inner
        return f"{label} ({inner})"


def link(text: str) -> str | None:
    """Return the first address in a text of Slack's."""
    found = _LINK.search(text)
    return found[1].replace("&amp;", "&") if found else None


def from_blocks(blocks: object, names: Names) -> str:
    """Return what blocks say; https://docs.slack.dev/reference/block-kit/blocks."""
    lines = [line for block in _objects(blocks) for line in _block(block, names, _DEEP)]
    return "\n".join(filter(None, lines))


def from_attachments(attachments: object, names: Names) -> str:
    """Return what attachments say: bots put what matters there."""
    lines: list[str] = []
    for each in _objects(attachments):
        said = [each.get(key) for key in ("pretext", "title", "text")]
        told = [names.plain(part) for part in said if isinstance(part, str) and part]
        for row in _objects(each.get("fields")):
            title, value = row.get("title"), row.get("value")
            if isinstance(title, str) and isinstance(value, str):
                told.append(f"{names.plain(title)}: {names.plain(value)}")
        if not told:
            told.append(from_blocks(each.get("blocks"), names))
        if not any(told) and isinstance(fallback := each.get("fallback"), str):
            told.append(names.plain(fallback))
        lines += dict.fromkeys(filter(None, told))
    return "\n".join(lines[:_MOST])


def from_files(files: object) -> str:
    """Return the names of what was shared."""
    names = [row.get("title") or row.get("name") for row in _objects(files)]
    said = ", ".join(cleaned(name) for name in names if isinstance(name, str))
    return f"shared {said}" if said else ""


def _block(block: Mapping[str, Any], names: Names, deep: int) -> Iterator[str]:
    text = block.get("text")
    if isinstance(text, dict):
        text = text.get("text")
    if isinstance(text, str):
        yield names.plain(text)
    for row in _objects(block.get("fields")):
        if isinstance(said := row.get("text"), str):
            yield names.plain(said)
    if deep and block.get("elements"):
        inline = str(block.get("type")).startswith("rich_text")
        parts = [_element(each, names, deep) for each in _objects(block["elements"])]
        yield ("" if inline else " ").join(parts).strip()


def _element(element: Mapping[str, Any], names: Names, deep: int) -> str:
    kind, text = element.get("type"), element.get("text")
    if kind == "user":
        return f"@{names.people.get(str(element.get('user_id')), 'someone')}"
    if kind == "channel":
        key = str(element.get("channel_id"))
        return f"#{names.channels.get(key, key)}"
    if kind == "emoji":
        return f":{element.get('name')}:"
    if kind == "link":
        url = element.get("url")
        return f"{text} ({url})" if isinstance(text, str) and text else str(url)
    if kind == "broadcast":
        return f"@{element.get('range')}"
    if isinstance(text, str):
        return text
    said = "\n".join(filter(None, _block(element, names, deep - 1)))
    return f"{said}\n" if str(kind).startswith("rich_text") else said


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value[:100_000] if isinstance(each, dict))
