"""Whether what looks like a credential is one: most that goes by a name alone is not.

A name and an equals sign before something that is plainly no word is one; placeholders,
short hashes and paths are not. Few reports have any, so it is loaded when one does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.checks.privacy.secrets import Kind

_STAND_IN = re.compile(
    r"(?i)\A\W*(?:x{3,}|\*{3,}|\.{3,}|(?:your|my|the|some|an?|new|old|test|dummy|fake)"
    r"[-_]|example|changeme|change-me|redacted|removed|masked|hidden|placeholder|none"
    r"|null|true|false|unset|empty|todo|tbd|1password|vault:|env:|file:|ssm:|arn:"
    r"|op://|sops)"
    r"|[*\u2022\u2026]{3}|x{6}|\.\.\.|\$[{(]?\w|\{\{|%\(|%\w+%|<\w|REDACTED|EXAMPLE"
)
_HASH = re.compile(
    r"(?i)(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z)"
    r"|(?:sha\d+:)?[0-9a-f]{7,128}(?:\W|\Z)"
)
"""A hash, or an identifier: what is `uuid` may be a key, and so may a long one."""
_WORDS = re.compile(r"[A-Za-z]+(?:[-_./:][A-Za-z]+)*[.:!?]?")
_HEX = re.compile(r"(?i)[0-9a-f]{32,}(?:\W|\Z)")
"""A hash or a key: what it is, its name says."""
_OF_UUIDS = re.compile(
    r"(?i)(?:encryption[_-]?key|credentials?"
    r"|(?:client|change|update|action)[ _-]?token)\W*(?:\b(?:is|was)\W*)?\Z"
)
"""What names a thing that is kept elsewhere, or a request, by its identifier."""
_OF_HASHES = re.compile(
    r"(?i)(?:hash(?:ed)?|digest|checksum|sha\d*|md5)[_-]?(?:passw|pwd|secret|token)"
    r"|(?:etag|commit|cache|correlation|sort|device|upload|public|page|next|continuation|cursor|sync|request|trace"
    r"|csrf|idempoten\w*|dedup\w*|resume|lock|fenc\w*)[ _-]?token"
    r"|public[_-]?(?:api|access)|id\W*\Z"
)
_PATH = re.compile(r"(?:\w+:/)?[~.]?/?(?:[\w.@-]+/)+[\w.@+-]*=?")
_RUN = re.compile(r"[A-Za-z0-9]{10,}")
_READABLE = re.compile(r"(?:[vV]\d+|[A-Z]{2,}+[a-z]*+|[A-Z][a-z]++|[a-z]{2,}+|\d++)++")
"""Words and numbers written as one: PaymentsApi2."""
_MADE = re.compile(
    r"(?=[A-Za-z\d]{12})\d{0,8}(?:[A-Za-z]{1,8}\d{1,8}){3}"
    r"|(?=[A-Za-z\d]{12})[A-Za-z]{0,8}(?:\d{1,8}[A-Za-z]{1,8}){3}"
)
"""Letters and digits in turn."""
_RIGHT_BEHIND = re.compile(
    r"(?i)(?:token|secret|key|passw\w*|passphrase|kennwort|\bpw)"
    r"[\"'`]?,?\s+[\"'`*(\[]*\Z"
)
"""A name with neither verb nor colon before what stands there."""
_BASE64 = re.compile(r"[A-Za-z\d+/]{40}")
_BARE = re.compile(r"[A-Za-z\d]{12,}")
_CHANGES = re.compile(r"[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])")
"""Between small letters, capitals and digits; a capital belongs to its word."""
_SIGNS = re.compile(r"[\w.-][!#$%^&*+=~?]+\w")
_TYPED = re.compile(r"(?i)(?=.{12})(?:[a-f]{3,}+|\d{3,}+){3,}+")
"""Digits of base 16 in turns as no hash has them: abc123def456."""
_LONG = 8
"""The fewest characters of what goes by a name; people make up shorter passwords."""
_OF_PEOPLE = re.compile(
    r"(?i)passw|passphrase|kennwort|pwd|(?:(?<![a-z])|db|root)p(?:ass|w)(?![a-z])"
)
_SHORT = re.compile(
    r"(?!(?i:rfc|https?|pkcs|ed2|totp|utf|base|line|node|step|page))"
    r"(?=\w*[a-z])[A-Za-z]{2,5}\d{2,5}[!#$%&*?]?"
)
_PASS = re.compile(r"(?i)pass\W*\Z")
_NAMED_PASS = re.compile(
    r"(?i)(?:[_.-]|db|root|(?-i:\bPASS))pass\W*\Z|(?-i:\bPASS)=\W*\Z"
)
_NO_PASS = re.compile(
    r"(?i)(?:first|second|third|fourth|\dth|\d(?:st|nd|rd)|last|final|next|each|every"
    r"|one|two|single|multi|per|tests?|checks?|builds?|jobs?|all|did|must|should|will"
    r"|can|not|to|by|boarding|render|re)[ _-]pass\W*\Z"
)
_INVENTED = re.compile(
    r"(?=[a-z\d]{0,40}[A-Z])(?:[A-Za-z]{0,20}[a-z]\d(?=[a-z])){2,6}[A-Za-z]{1,20}"
    r"[!#$%&*?]?|[A-Z][a-z]{3,40}\d{2,4}[!#$%&*?]"
)
"""Digits for letters, or a word, a number and a sign: little else is written so."""
_METHODS = re.compile(r"(?i)argon2|pbkdf2|bcrypt|base64|sha-?\d|md5|utf-?8|aes|oauth2")


def is_one(text: str, kind: Kind, name: str) -> bool:
    """Tell whether it is one: behind that name, if it goes by a name."""
    if _STAND_IN.search(text):
        return False
    if not kind.assigned:
        return len(set(text)) > 3  # noqa: PLR2004 - aaaa and 0000 stand for others
    bare = text.rstrip(".:!?")
    if not (kind.spoken or _fits(text, name)):
        return False
    if kind.spoken and _RIGHT_BEHIND.search(name):
        return _is_made(bare) and not _OF_HASHES.search(name)
    if _HEX.match(bare):
        return len(set(bare)) > 3 and not _OF_HASHES.search(name)  # noqa: PLR2004
    if hashed := _HASH.match(bare):
        typed = _TYPED.fullmatch(bare)
        return bool(typed or hashed["uuid"]) and _is_key(hashed[0], name)
    if _WORDS.fullmatch(text):
        return False
    if _PATH.fullmatch(bare):
        return _is_mixed(bare)
    if (kind.spoken or "**" in name) and not _is_no_word(bare, name):
        return False
    signs = kind.spoken and "-" not in bare and _SIGNS.search(bare)
    return any(map(str.isalpha, bare)) and bool(signs or any(map(str.isdigit, bare)))


def is_chosen(text: str, name: str) -> bool:
    """Tell whether what stands alone under such a name is a password of somebody."""
    from postmortem.checks.privacy.secrets import Kind

    kind = Kind(name=name, words=(), source="", assigned=True)
    return _is_no_word(text, name) and is_one(text, kind, name)


def _fits(text: str, name: str) -> bool:
    """Tell whether something has the length, and for `pass` the look, of what it names.

    What passes is written with that word as well: checks, and readings of a file.
    """
    if len(text) < _LONG:
        of_people = _OF_PEOPLE.search(name) and not _PASS.search(name)
        return bool(of_people and _SHORT.fullmatch(text) and not _METHODS.match(text))
    if not _PASS.search(name):
        return True
    if _NO_PASS.search(name):
        return False
    return bool(_NAMED_PASS.search(name) or _INVENTED.fullmatch(text))


def _is_key(found: str, name: str) -> bool:
    """Tell whether an identifier is one that opens something, by what it is called."""
    if len(set(found)) <= 4:  # noqa: PLR2004 - of zeros or of a pattern
        return False
    return not (_OF_HASHES.search(name) or _OF_UUIDS.search(name))


def _is_no_word(text: str, name: str) -> bool:
    """Tell whether something that a sentence says is none of its words.

    People make up passwords; tokens and keys are made by programs, and look like it.
    """
    if _METHODS.match(text):
        return False
    if not _OF_PEOPLE.search(name):
        made = _is_mixed(text) or _MADE.search(text) is not None
        return made and not _OF_HASHES.search(name)
    return "-" not in text or bool(_SIGNS.search(text)) or _is_mixed(text)


def _is_made(text: str) -> bool:
    """Tell whether a program has made it, and not to name or to count something.

    More than two in five of its characters stand before another sort of them.
    """
    if _HASH.match(text):
        return False
    if _BASE64.fullmatch(text):
        return _is_mixed(text)
    changes = len(_CHANGES.findall(text))
    return _BARE.fullmatch(text) is not None and 5 * changes > 2 * len(text)


def _is_mixed(text: str) -> bool:
    """Tell whether a piece of it is letters and digits that nobody can read."""
    return any(
        re.search("[a-z]", run)
        and re.search("[A-Z]", run)
        and re.search(r"\d", run)
        and not _READABLE.fullmatch(run)
        for run in _RUN.findall(text)
    )
