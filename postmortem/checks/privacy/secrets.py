"""Credentials in a report, by what they look like; none is ever repeated.

The kinds are data, in `secrets.toml`; what only looks like one is left to likely.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.rules import ERROR, once, rule
from postmortem.checks.windows import Spots, alike, found_in, lines, long_words, lowered

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_FILE = Path(__file__).with_suffix(".toml")
_SHOWN = 4
_LONG = 15
"""The fewest characters of a credential that has no blank in it."""
_REPEATED = 8
"""The fewest characters of one that is not part of a word by chance."""
_GIVEN = re.compile(r"[\w-]{0,60}+[\"'`]?(?:\*\*)?\s*[:=]")
_SAID = re.compile(
    r"[\w-]{0,60}+[\"'`]?+(?:(?:\s(?:for|of|to|on|used|had)\b[\w\s-]{0,50}?)?"
    r"(?::\s|\s{1,3}(?:is|was|been|war|ist|lautete?)\b)"
    r"|,?\s{1,3}[\"'`*(\[]{0,3}+(?=[a-z+/]{0,40}+\d)[a-z\d+/]{12})"
)
"""What stands behind the word in a name, before a value; and so in a sentence."""
_COLUMNS = ("passw", "passphrase", "kennwort", "pw")
_HEADS = ("passw", "passphrase", "kennwort", "pwd", "pw |", "pw|")
"""What may stand at the head of a column of passwords, and how it begins."""
_WORDY = ascii_letters + digits + "_-"
_STARS = bytes(
    97 if chr(at) in _WORDY else at if at in b"*" else 0 for at in range(256)
)
"""An `a` for each character of a word, and the stars."""
_BEHIND = 300
"""Characters behind the end of a line in which a value may end whose name is on it."""


class Kind(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One kind of credential."""

    name: str
    """What it is called, to stand behind "a" in a sentence."""
    words: tuple[str, ...]
    """Lower case; without one of them in the text the pattern is not tried."""
    needs: str = ""
    """What each of them has in it: looked for first."""
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
    searched = _Searched(text)
    found = _found(kinds(), searched)
    if _has_column(searched):
        from postmortem.checks.privacy.markup import in_columns

        found += [
            Credential(kind="password in a table", start=start, end=end)
            for start, end in in_columns(text)
        ]
    if _is_parted(text):
        found += _parted(text)
    kept: list[Credential] = []
    for each in sorted(found, key=lambda it: (it.start, -it.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


class _Searched:
    """A text, the same in small letters, and where words stand in that."""

    def __init__(self, text: str) -> None:
        self.text, self.lower = text, lowered(text)
        self.long = "\n".join(long_words(self.lower, _LONG))
        """What has a credential without a blank in it."""
        self.spots = Spots(self.lower)


def _found(of: Iterable[Kind], searched: _Searched) -> list[Credential]:
    """Return what some kinds find in a text."""
    seen = [(kind, match) for kind in of for match in _matches(kind, searched)]
    if not seen:
        return []
    text = searched.text
    from postmortem.checks.privacy.likely import is_one

    return [
        Credential(kind=kind.name, start=start, end=end)
        for kind, match in seen
        for start, end in (_span(match),)
        if is_one(text[start:end], kind, text[match.start() : start])
    ]


def _has_column(searched: _Searched) -> bool:
    """Tell whether a table may have a column of passwords."""
    lower = searched.lower
    known = searched.spots.of(_COLUMNS) if "|" in lower else ()
    return any(lower.startswith(_HEADS, at) for at in known)


def _is_parted(text: str) -> bool:
    """Tell whether a part of a word is in bold."""
    return next(alike(text, _STARS, b"a*a", b"a**a"), None) is not None


def _parted(text: str) -> Iterator[Credential]:
    """Yield what is a credential to whoever sees bold words, with what marks them."""
    from postmortem.checks.privacy.markup import joined

    prefixed = [each for each in kinds() if not each.assigned]
    for line, places in joined(text):
        for each in _found(prefixed, _Searched(line)):
            start, end = places[each.start], places[each.end - 1] + 1
            yield Credential(kind=each.kind, start=start, end=end)


def without(text: str, found: Sequence[Credential], instead: str = "") -> str:
    """Return a text in which something else stands for each of these credentials.

    That of `credentials` says where they are; what is long is found again without the
    words that tell what it is.
    """
    secrets = {text[each.start : each.end] for each in found}
    for each in reversed(found):
        text = f"{text[: each.start]}{instead}{text[each.end :]}"
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _REPEATED:
            text = text.replace(secret, instead)
    return text


def _matches(kind: Kind, searched: _Searched) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds, where one of its words is in the text.

    What goes by a name alone is looked for on lines where such a name is given a value.
    """
    text, lower = searched.text, searched.lower
    if kind.assigned:
        given = _SAID if kind.spoken else _GIVEN
        places = [at for at in searched.spots.of(kind.words) if given.match(lower, at)]
        if places:
            yield from found_in(kind.pattern, text, lines(text, places, _BEHIND))
        return
    looked_in = lower if kind.apart else searched.long
    if kind.needs in looked_in and any(map(looked_in.__contains__, kind.words)):
        yield from kind.pattern.finditer(text)


@cache
def kinds() -> Sequence[Kind]:
    """Return what is looked for, in the order of the file."""
    import tomllib

    return tuple(
        Kind(
            name=each["name"],
            words=tuple(each["words"]),
            needs=each.get("needs", ""),
            source=each["pattern"],
            assigned=each.get("assigned", False),
            spoken=each.get("spoken", False),
            apart=each.get("apart", False),
        )
        for each in tomllib.loads(_FILE.read_text("utf-8"))["kind"]
    )


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the credential is, without what ends a sentence or is bold there."""
    named = "secret" in match.re.groupindex and match.start("secret") >= 0
    group = "secret" if named else 0
    start = match.start(group)
    text = match[group].rstrip().rstrip("*")
    behind = match.string[(end := start + len(text)) : end + 1]
    if text.endswith((".", ",", ":")) and (behind in ("", "*") or behind.isspace()):
        text = text if text.endswith("..") else text[:-1].rstrip("*")
    return start, start + len(text)


def hint_of(text: str) -> str:
    """Return what may be said of it: never more than a fifth of it."""
    shown = text[:_SHOWN] if len(text) >= 5 * _SHOWN else ""
    return f"{shown}… ({len(text)} characters)"
