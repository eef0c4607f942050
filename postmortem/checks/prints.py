"""What a finding is known by: the same wherever it moves, however it is laid out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from postmortem.checks.rules import is_private, once
from postmortem.checks.windows import spots

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_SIZE = 24
"""Characters of a fingerprint; by their number the older ones are told from it."""
_SIZE_THEN = 20
_HEADING = re.compile(r"#{1,6}[^\S\n]+(.*?)(?:[^\S\n]|#)*$", re.MULTILINE)
_NUMBERS = re.compile(r"\d+")
_CREDENTIALS = ("PM701", "PM702")
"""The rules whose findings are about a secret; a card's message has its last digits."""
OF_SECTIONS = frozenset(
    (*(f"PM2{number:02}" for number in range(1, 9)), "PM407"),
)
"""The rules that miss a whole section."""
_LONG = 20
"""The fewest characters of a credential that nobody guesses, as programs make them."""


def fingerprint(subject: Subject, finding: Finding) -> str:
    """Return what tells a finding from others of its report, whatever its line is.

    It is made of the code, the heading above, the message without its numbers, and the
    words of the statement that it is in: no marks, since formatters change those, and
    wrap lines. A statement that may hold a secret is left out. One credential is told
    from another by `_trace`.
    """
    parts = [finding.code, _bare(finding.field or heading(subject, finding.line))]
    if is_private(finding.code):
        parts += [_bare(finding.message), *_traces(subject, finding)]
        return _hashed(parts, _SIZE)
    parts.append(_bare(_NUMBERS.sub(" ", finding.message)))
    if not _is_missing(subject, finding):
        from postmortem.checks.statements import statement

        parts.append(_bare(statement(subject, finding.line, finding.column)))
    return _hashed(parts, _SIZE)


def former(subject: Subject, finding: Finding) -> str:
    """Return what it was known by when formatters made another one of it.

    There are baselines with that: it is of the words of the line, with their marks.
    """
    words = [finding.code, finding.field or heading(subject, finding.line)]
    if is_private(finding.code):
        words += [finding.message, *_traces(subject, finding)]
    elif _is_missing(subject, finding):
        words.append(_NUMBERS.sub("#", finding.message))
    else:
        said = " ".join(subject.lines[finding.line - 1 : finding.line])
        words += [_NUMBERS.sub("#", finding.message), *said.split()]
    return _hashed(words, _SIZE_THEN)


def is_former(mark: str) -> bool:
    """Tell whether a fingerprint is such an older one."""
    return len(mark) == _SIZE_THEN


def _hashed(parts: Sequence[str], size: int) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:size]


def _bare(text: str) -> str:
    """Return the words of a text without any mark."""
    return " ".join(text.translate(_WORDS).split())


class _Words(dict[int, int]):
    """A blank for each character that is no letter or digit."""

    def __missing__(self, character: int) -> int:
        self[character] = character if chr(character).isalnum() else 32
        return self[character]


_WORDS = _Words()


def _is_missing(subject: Subject, finding: Finding) -> bool:
    """Tell whether it is about a section that is not there: its line is another's."""
    if finding.code not in OF_SECTIONS:
        return False
    from postmortem.checks.places import missing

    name = finding.field
    return name is not None and bool(missing(name, subject.spans, subject.outline))


def heading(subject: Subject, line: int) -> str:
    """Return the words of the heading above a line, or on it."""
    at, said = _headings(subject)
    above = bisect_right(at, line)
    return said[above - 1] if above else ""


@once
def _headings(subject: Subject) -> tuple[Sequence[int], Sequence[str]]:
    """Return the lines of the headings, 1-based, and their words."""
    text, starts = subject.text, subject.starts
    places = [0, *(at + 1 for at in spots(text, ("\n#",)))]
    found = [(at, it[1]) for at in places if (it := _HEADING.match(text, at))]
    return [bisect_right(starts, at) for at, _ in found], [it for _, it in found]


def _traces(subject: Subject, finding: Finding) -> Iterator[str]:
    """Yield the trace of the credential that a finding is about, all its lines."""
    if finding.code not in _CREDENTIALS:
        return
    start = subject.starts[finding.line - 1] + finding.column - 1
    secret = subject.text[start : _ends(subject).get(start, start)]
    if secret:
        yield _trace(secret)


@once
def _ends(subject: Subject) -> Mapping[int, int]:
    """Return where the credentials of a report end, by where they begin."""
    from postmortem.checks.privacy.secrets import known

    found: dict[int, int] = {}
    places = [(it.start, it.end) for it in known(subject)]
    places += [(it.start, it.end) for it in subject.around.leaks]
    for start, end in places:
        found[start] = max(end, found.get(start, 0))
    return found


def _trace(secret: str) -> str:
    """Return a few bits of a credential, to see that another one has taken its place.

    Fingerprints are printed, and sent to forges, so no more of it may follow from one
    than its message says. A hash that names one secret confirms a guess, and short
    passwords are soon guessed; a key for it would have to be kept secret, and be the
    same everywhere. So it is so short that a guess which fits says little: one in 256
    does by chance, and as seldom a swapped password is taken for the one before. What
    is long enough to be beyond guessing has two bytes. Nothing else is mixed in: the
    same secret in ten places, or as found by another program, gives nothing more away.
    """
    size = 1 if len(secret) < _LONG else 2
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()[: 2 * size]
