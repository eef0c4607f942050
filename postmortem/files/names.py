"""One rule that makes a name for files and branches out of any title."""

from __future__ import annotations

from unicodedata import category, normalize

LENGTH = 60
"""Characters."""
BYTES = 100
"""With a date before it, a number and a suffix behind it, a name has 120 at most."""

_APOSTROPHES = "'’ʼ`´"
_RESERVED = {"con", "prn", "aux", "nul", "conin", "conout", "clock", "git"}
_RESERVED |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
_FALLBACK = "incident"


def slug(title: str) -> str:
    """Return letters, digits and single hyphens that stand for a title.

    Compatibility forms and case are folded, accents on Latin letters dropped, letters
    of other scripts kept; at most 60 characters and 100 bytes, cut behind a word;
    never empty and never a name that a system reserves. A slug is its own slug.

    >>> slug("  Café “X” down: it's failover?! ")
    'cafe-x-down-its-failover'
    """
    words = _cut("".join(_kept(_folded(title))).split("-"))
    if words in _RESERVED:
        words = f"{words}-{_FALLBACK}"
    return words or _FALLBACK


def _folded(title: str) -> str:
    """Return a title without case and without accents on Latin letters."""
    letters: list[str] = []
    for character in normalize("NFKD", normalize("NFKC", title).casefold()):
        if category(character)[0] == "M" and letters and letters[-1].isascii():
            continue
        letters.append(character)
    return normalize("NFKC", "".join(letters))


def _kept(text: str) -> list[str]:
    """Return its letters and digits with their marks; a hyphen for anything else."""
    kept: list[str] = []
    for character in text:
        kind = category(character)
        inner = bool(kept) and kept[-1] != "-"
        if kind[0] == "L" or kind == "Nd" or (kind[0] == "M" and inner):
            kept.append(character)
        elif kind != "Cf" and character not in _APOSTROPHES and inner:
            kept.append("-")
    return kept


def _cut(words: list[str]) -> str:
    """Return as many words as fit; of a first one that does not, its beginning."""
    text = ""
    for word in filter(None, words):
        longer = f"{text}-{word}" if text else word
        if not _fits(longer):
            break
        text = longer
    if not text and words:
        text = words[0]
        while not _fits(text):
            text = text[:-1]
    return text


def _fits(text: str) -> bool:
    return len(text) <= LENGTH and len(text.encode("utf-8", "replace")) <= BYTES
