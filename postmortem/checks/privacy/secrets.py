"""Credentials in a report, by what they look like; none is ever repeated.

The kinds are data, in `secrets.toml`. A name and an equals sign before something that
is plainly no word is one too; placeholders, short hashes and paths are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.rules import ERROR, once, rule
from postmortem.checks.windows import found_in, lines, lowered, spots

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_FILE = Path(__file__).with_suffix(".toml")
_SHOWN = 4
_LONG = 15
"""The fewest characters of a credential that has no blank in it."""
_GIVEN = re.compile(r"[\w-]*[\"'`]?(?:\s*[:=]|\s+(?:is|was)\b)")
_BEHIND = 300
"""Characters behind the end of a line in which a value may end whose name is on it."""
_STAND_IN = re.compile(
    r"(?i)\A\W*(?:x{3,}|\*{3,}|\.{3,}|(?:your|my|the|some|an?|new|old|test|dummy|fake)"
    r"[-_]|example|changeme|change-me|redacted|removed|masked|hidden|placeholder|none"
    r"|null|true|false|unset|empty|todo|tbd|vault:|env:|file:|ssm:|arn:|op://|sops)"
    r"|[*\u2022\u2026]{3}|x{6}|\.\.\.|\$[{(]?\w|\{\{|%\(|%\w+%|<\w|REDACTED|EXAMPLE"
)
_HASH = re.compile(r"(?i)(?:sha\d+:)?[0-9a-f]{7,128}(?:\W|\Z)|[0-9a-f]{8}-[0-9a-f]{4}-")
_WORDS = re.compile(r"[A-Za-z]+(?:[-_./:][A-Za-z]+)*[.:!?]?")
_HEX = re.compile(r"(?i)[0-9a-f]{32,}(?:\W|\Z)")
"""A hash or a key: what it is, its name says."""
_OF_HASHES = re.compile(
    r"(?i)(?:hash(?:ed)?|digest|checksum|sha\d*|md5)[_-]?(?:passw|pwd|secret|token)"
    r"|(?:etag|commit|cache|public|page|next|continuation|cursor|sync|request|trace"
    r"|csrf|idempoten\w*|dedup\w*)[_-]?token|public[_-]?(?:api|access)|id\W*\Z"
)
_PATH = re.compile(r"(?:\w+:/)?[~.]?/?(?:[\w.@-]+/)+[\w.@+-]*=?")
_RUN = re.compile(r"[A-Za-z0-9]{10,}")
_READABLE = re.compile(r"(?:[vV]\d+|[A-Z]{2,}+[a-z]*+|[A-Z][a-z]++|[a-z]{2,}+|\d++)++")
"""Words and numbers written as one: PaymentsApi2."""
_SIGNS = re.compile(r"[\w.-][!#$%^&*+=~?]+\w")
_METHODS = re.compile(r"(?i)argon2|pbkdf2|bcrypt|base64|sha-?\d|md5|utf-?8|aes|oauth2")


class Kind(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One kind of credential."""

    name: str
    """What it is called, to stand behind "a" in a sentence."""
    words: tuple[str, ...]
    """Lower case; without one of them in the text the pattern is not tried."""
    source: str
    """The pattern as it is written."""
    assigned: bool = False
    """Whether it goes by a name alone, so that what stands there is looked at too."""
    spoken: bool = False
    """Whether that name and what stands there are words of a sentence."""
    apart: bool = False
    """Whether blanks may stand between its parts, or it may be short."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for; compiled when a text has one of the words."""
        return re.compile(self.source)


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """Where one stands in a text, and of what kind it is."""

    kind: str
    start: int
    end: int


@rule(code="PM701", name="a credential", group="privacy", severity=ERROR)
def credential(subject: Subject) -> Iterator[Finding]:
    """Yield credentials, in code and quotes as anywhere."""
    for found in known(subject):
        yield subject.span(
            found.start,
            found.end,
            f"this looks like a credential: {found.kind}, "
            f"{hint_of(subject.text[found.start : found.end])}",
            hint="revoke it where it was issued, then take it out of here; "
            "whoever can read the repository has it",
        )


@once
def known(subject: Subject) -> Sequence[Credential]:
    """Return the credentials of a report, looked for once."""
    return credentials(subject.text)


def credentials(text: str) -> Sequence[Credential]:
    """Return the credentials in a text, the outermost of each stretch, in its order."""
    lower = _lowered(text)
    long = "\n".join([each for each in lower.split() if len(each) >= _LONG])
    found = [
        Credential(kind=kind.name, start=start, end=end)
        for kind in kinds()
        for match in _matches(kind, text, lower if kind.apart else long)
        for start, end in (_span(match),)
        if _is_one(text[start:end], kind, text[match.start() : start])
    ]
    kept: list[Credential] = []
    for each in sorted(found, key=lambda it: (it.start, -it.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _lowered(text: str) -> str:
    """Return a text in small letters, as long as it was; most take the quick way."""
    try:
        return text.encode("latin-1").lower().decode("latin-1")
    except UnicodeEncodeError:
        return lowered(text)


def _matches(kind: Kind, text: str, lower: str) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds, where one of its words is in the text in `lower`.

    What goes by a name alone is looked for on lines where such a name is given a value.
    """
    if not any(map(lower.__contains__, kind.words)):
        return
    if kind.assigned:
        places = [at for at in spots(lower, kind.words) if _GIVEN.match(lower, at)]
        yield from found_in(kind.pattern, text, lines(text, places, _BEHIND))
    else:
        yield from kind.pattern.finditer(text)


@cache
def kinds() -> Sequence[Kind]:
    """Return what is looked for, in the order of the file."""
    import tomllib

    return tuple(
        Kind(
            name=each["name"],
            words=tuple(each["words"]),
            source=each["pattern"],
            assigned=each.get("assigned", False),
            spoken=each.get("spoken", False),
            apart=each.get("apart", False),
        )
        for each in tomllib.loads(_FILE.read_text("utf-8"))["kind"]
    )


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the credential is, without blanks at its end."""
    named = "secret" in match.re.groupindex and match.start("secret") >= 0
    group = "secret" if named else 0
    start = match.start(group)
    return start, start + len(match[group].rstrip())


def _is_one(text: str, kind: Kind, name: str) -> bool:
    """Tell whether it is one: behind that name, if it goes by a name."""
    if _STAND_IN.search(text):
        return False
    if not kind.assigned:
        return len(set(text)) > 3  # noqa: PLR2004 - aaaa and 0000 stand for others
    bare = text.rstrip(".:!?")
    if _HEX.match(bare):
        return len(set(bare)) > 3 and not _OF_HASHES.search(name)  # noqa: PLR2004
    if _HASH.match(bare) or _WORDS.fullmatch(text):
        return False
    if _PATH.fullmatch(bare):
        return _is_mixed(bare)
    if kind.spoken and not _is_no_word(bare):
        return False
    signs = kind.spoken and "-" not in bare and _SIGNS.search(bare)
    return any(map(str.isalpha, bare)) and bool(signs or any(map(str.isdigit, bare)))


def _is_no_word(text: str) -> bool:
    """Tell whether something that a sentence says is none of its words."""
    if _METHODS.match(text):
        return False
    return "-" not in text or bool(_SIGNS.search(text)) or _is_mixed(text)


def _is_mixed(text: str) -> bool:
    """Tell whether a piece of it is letters and digits that nobody can read."""
    return any(
        re.search("[a-z]", run)
        and re.search("[A-Z]", run)
        and re.search(r"\d", run)
        and not _READABLE.fullmatch(run)
        for run in _RUN.findall(text)
    )


def hint_of(text: str) -> str:
    """Return what may be said of it: never more than a fifth of it."""
    shown = text[:_SHOWN] if len(text) >= 5 * _SHOWN else ""
    return f"{shown}… ({len(text)} characters)"
