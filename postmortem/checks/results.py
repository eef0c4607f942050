"""What a check of one report gives, as plain values that a cache can keep."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.catalogue import rules
from postmortem.checks.rules import ERROR, LEVELS, is_private, once
from postmortem.model import Finding

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject

_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*$")
_NUMBERS = re.compile(r"\d+")
_CREDENTIALS = ("PM701", "PM702")
"""The rules whose findings are about a secret; a card's message has its last digits."""
OF_SECTIONS = frozenset(
    (*(f"PM2{number:02}" for number in range(1, 9)), "PM407"),
)
"""The rules that miss a whole section."""
_LONG = 20
"""The fewest characters of a credential that nobody guesses, as programs make them."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One report that was checked."""

    path: str
    """As it is shown; formats for other programs want it from the repository on."""
    findings: tuple[Finding, ...] = ()
    prints: tuple[str, ...] = ()
    """The fingerprint of each finding: the same wherever in the report it moves."""
    lines: Mapping[int, str] = msgspec.field(default_factory=dict)
    """The lines that findings are on, 1-based; none with what must not be shown."""

    def called(self, path: str) -> Result:
        """Return it under another path."""
        return msgspec.structs.replace(self, path=path)

    def without(self, known: Collection[str]) -> Result:
        """Return it without the findings of which the fingerprints are known.

        One that is known as often as it stands in `known` is left out so often.
        """
        left = Counter(known)
        kept = []
        for finding, mark in zip(self.findings, self.prints, strict=True):
            left[mark] -= 1
            if left[mark] < 0:
                kept.append((finding, mark))
        return self._with(kept)

    def since(self, earlier: Result) -> Result:
        """Return it without what an earlier result has, at that level or a graver one.

        What was found once is known once; what has become graver since is new.
        """
        before = Counter(
            (mark, _depth(finding))
            for finding, mark in zip(earlier.findings, earlier.prints, strict=True)
        )
        pairs = [*zip(self.findings, self.prints, strict=True)]
        known = set()
        for at in sorted(range(len(pairs)), key=lambda at: _depth(pairs[at][0])):
            finding, mark = pairs[at]
            for depth in range(_depth(finding), -1, -1):
                if before[mark, depth]:
                    before[mark, depth] -= 1
                    known.add(at)
                    break
        return self._with([it for at, it in enumerate(pairs) if at not in known])

    def at_least(self, level: str) -> Result:
        """Return it with the findings of that level or a graver one."""
        most = LEVELS.index(level)
        pairs = zip(self.findings, self.prints, strict=True)
        return self._with([it for it in pairs if _depth(it[0]) <= most])

    @property
    def barred(self) -> bool:
        """Whether something in it is let through at nobody's word."""
        return any(map(is_barred, self.findings))

    def _with(self, kept: Sequence[tuple[Finding, str]]) -> Result:
        return msgspec.structs.replace(
            self,
            findings=tuple(finding for finding, _ in kept),
            prints=tuple(mark for _, mark in kept),
        )


def result(subject: Subject, findings: Sequence[Finding]) -> Result:
    """Return what was found in a subject, with fingerprints and lines."""
    secret = {it.line for it in findings if is_private(it.code)}
    shown = {it.line for it in findings} - secret
    return Result(
        path=subject.path,
        findings=tuple(findings),
        prints=tuple(fingerprint(subject, each) for each in findings),
        lines={at: subject.lines[at - 1] for at in shown if at <= len(subject.lines)},
    )


def fingerprint(subject: Subject, finding: Finding) -> str:
    """Return what tells a finding from others of its report, whatever its line is.

    It is made of the code, the heading above, the message without its numbers, and the
    words of the line; those of a line that may hold a secret are left out. One
    credential is told from another by `_trace`.
    """
    words = [finding.code, finding.field or _heading(subject, finding.line)]
    if is_private(finding.code):
        words.append(finding.message)
        if secret := _secret(subject, finding):
            words.append(_trace(secret))
    elif _is_missing(subject, finding):
        words.append(_NUMBERS.sub("#", finding.message))
    else:
        said = " ".join(subject.lines[finding.line - 1 : finding.line])
        words += [_NUMBERS.sub("#", finding.message), *said.split()]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:20]


def _is_missing(subject: Subject, finding: Finding) -> bool:
    """Tell whether it is about a section that is not there: its line is another's."""
    if finding.code not in OF_SECTIONS:
        return False
    from postmortem.checks.places import missing

    name = finding.field
    return name is not None and bool(missing(name, subject.spans, subject.outline))


def _heading(subject: Subject, line: int) -> str:
    """Return the words of the heading above a line, or on it."""
    at, said = _headings(subject)
    above = bisect_right(at, line)
    return said[above - 1] if above else ""


@once
def _headings(subject: Subject) -> tuple[Sequence[int], Sequence[str]]:
    """Return the lines of the headings, 1-based, and their words."""
    lines = enumerate(subject.lines, 1)
    marked = [(at, line) for at, line in lines if line.startswith("#")]
    found = [(at, it[1]) for at, line in marked if (it := _HEADING.match(line))]
    return [at for at, _ in found], [said for _, said in found]


def _secret(subject: Subject, finding: Finding) -> str | None:
    """Return the whole of the credential that a finding is about, all its lines."""
    if finding.code not in _CREDENTIALS:
        return None
    start = subject.starts[finding.line - 1] + finding.column - 1
    return subject.text[start : _ends(subject).get(start, start)] or None


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


def counts(results: Sequence[Result]) -> dict[str, int]:
    """Return how many findings there are of each level, the gravest first."""
    found = Counter(each.severity for it in results for each in it.findings)
    return {level: found[level] for level in LEVELS}


def is_leak(finding: Finding) -> bool:
    """Tell whether it is an error about what must not be in a repository at all.

    That holds up even a draft: a credential, a payment card's number.
    """
    rule = rules()[finding.code]
    return finding.severity == ERROR and rule.holds_drafts and is_private(finding.code)


def is_barred(finding: Finding) -> bool:
    """Tell whether it is an error that is let through at nobody's word.

    That is what must not be in a repository, and what cannot be read: nobody knows then
    what they allow.
    """
    rule = rules()[finding.code]
    bars = rule.holds_drafts and rule.group != "form"
    return finding.severity == ERROR and bars


def _depth(finding: Finding) -> int:
    """Return how far its level is from the gravest."""
    return LEVELS.index(finding.severity)
