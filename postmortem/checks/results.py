"""What a check of one report gives, as plain values that a cache can keep."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from postmortem.checks.catalogue import rules
from postmortem.checks.rules import ERROR, LEVELS, is_private
from postmortem.checks.subject import Subject
from postmortem.model import Finding

_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*$")
_NUMBERS = re.compile(r"\d+")


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
        before: dict[str, list[int]] = {}
        for finding, mark in zip(earlier.findings, earlier.prints, strict=True):
            before.setdefault(mark, []).append(_depth(finding))
        pairs = [*zip(self.findings, self.prints, strict=True)]
        known = set()
        for at in sorted(range(len(pairs)), key=lambda at: _depth(pairs[at][0])):
            finding, mark = pairs[at]
            depths = before.get(mark, [])
            if as_grave := [it for it in depths if it <= _depth(finding)]:
                depths.remove(max(as_grave))
                known.add(at)
        return self._with([it for at, it in enumerate(pairs) if at not in known])

    def at_least(self, level: str) -> Result:
        """Return it with the findings of that level or a graver one."""
        most = LEVELS.index(level)
        pairs = zip(self.findings, self.prints, strict=True)
        return self._with([it for it in pairs if _depth(it[0]) <= most])

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
    words of the line; those of a line that may hold a secret are left out.
    """
    heading = ""
    for line in reversed(subject.lines[: finding.line]):
        if found := _HEADING.match(line):
            heading = found[1]
            break
    words = [finding.code, finding.field or heading]
    if is_private(finding.code):
        words.append(finding.message)
    else:
        said = " ".join(subject.lines[finding.line - 1 : finding.line])
        words += [_NUMBERS.sub("#", finding.message), *said.split()]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:20]


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


def _depth(finding: Finding) -> int:
    """Return how far its level is from the gravest."""
    return LEVELS.index(finding.severity)
