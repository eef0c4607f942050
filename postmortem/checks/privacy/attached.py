"""Credentials in the files beside a report, which are committed with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from postmortem.checks.around import Attached
from postmortem.checks.privacy.secrets import credentials, hint_of
from postmortem.checks.rules import ERROR, WARNING, rule

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that is looked into: a few seconds."""
_HEAD = 8000
"""Bytes in which a file that is no text has a zero."""
_MOST = 20
"""Credentials that are told of one file."""


@rule(
    code="PM703", name="a credential in an attachment", group="privacy", severity=ERROR
)
def attached(subject: Subject) -> Iterator[Finding]:
    """Yield what is in them, where the report links to each, else at its title."""
    for each in subject.around.attached:
        if each.unread:
            yield _at(
                subject,
                each.name,
                f"{each.name} is not looked into for credentials: {each.unread}",
                hint="look into it before it is committed",
                severity=WARNING,
            )
            continue
        more = f", and {each.more} more like it" if each.more else ""
        yield _at(
            subject,
            each.name,
            f"{each.name}:{each.line}:{each.column} looks like a credential: "
            f"{each.kind}, {each.shown}{more}",
            hint="revoke it where it was issued, then take it out of that file; "
            "whoever can read the repository has it",
        )


def looked_into(name: str, raw: bytes) -> Iterator[Attached]:
    """Yield the credentials in a file, each once with how often it is there again.

    What is no text has none; one in UTF-16 or Latin-1 is a text too.
    """
    from postmortem.importers.texts import decoded, encoding

    if encoding(raw[:_HEAD]) == "utf-8" and b"\0" in raw[:_HEAD]:
        return
    text = decoded(raw)[0]
    first: dict[str, Attached] = {}
    for found in credentials(text):
        secret = text[found.start : found.end]
        if secret in first:
            first[secret].more += 1
        elif len(first) < _MOST:
            begun = text.rfind("\n", 0, found.start) + 1
            first[secret] = Attached(
                name=name,
                kind=found.kind,
                shown=hint_of(secret),
                line=text.count("\n", 0, begun) + 1,
                column=found.start - begun + 1,
            )
    yield from first.values()


def _at(subject: Subject, name: str, message: str, **more: Any) -> Finding:
    for spelled in (name, quote(name)):
        start = subject.text.find(spelled)
        if start >= 0:
            return subject.span(start, start + len(spelled), message, **more)
    return subject.finding(message, field="title", **more)
