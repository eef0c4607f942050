"""What a check of one report gives, as plain values that a cache can keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from postmortem.checks.catalogue import rules
from postmortem.checks.prints import fingerprint, former
from postmortem.checks.rules import ERROR, LEVELS, is_private
from postmortem.model import Finding

if TYPE_CHECKING:
    from postmortem.checks.subject import Subject


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One report that was checked."""

    path: str
    """As it is shown; formats for other programs want it from the repository on."""
    findings: tuple[Finding, ...] = ()
    prints: tuple[str, ...] = ()
    """The fingerprint of each finding: the same wherever in the report it moves."""
    formers: tuple[str, ...] = ()
    """What each was known by before, where somebody asks: see `prints.former`."""
    aside: bool = False
    """Whether it is taken for no report, and only its secrets are told."""
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
        for at, mark in enumerate(self.prints):
            forms = (mark, *self.formers[at : at + 1])
            known_by = next((it for it in forms if left[it] > 0), None)
            if known_by is None:
                kept.append(at)
            else:
                left[known_by] -= 1
        return self._only(kept)

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
        return self._only([at for at, _ in enumerate(pairs) if at not in known])

    def at_least(self, level: str) -> Result:
        """Return it with the findings of that level or a graver one."""
        most = LEVELS.index(level)
        found = enumerate(self.findings)
        return self._only([at for at, it in found if _depth(it) <= most])

    @property
    def barred(self) -> bool:
        """Whether something in it is let through at nobody's word."""
        return any(map(is_barred, self.findings))

    def _only(self, kept: Sequence[int]) -> Result:
        """Return it with these of its findings, by their numbers."""
        return msgspec.structs.replace(
            self,
            findings=tuple(self.findings[at] for at in kept),
            prints=tuple(self.prints[at] for at in kept),
            formers=tuple(self.formers[at] for at in kept if self.formers),
        )


def result(
    subject: Subject, findings: Sequence[Finding], *, formers: bool = False
) -> Result:
    """Return what was found in a subject, with fingerprints and lines.

    With `formers`, the fingerprints that it had before, too.
    """
    secret = {it.line for it in findings if is_private(it.code)}
    shown = {it.line for it in findings} - secret
    return Result(
        path=subject.path,
        findings=tuple(findings),
        prints=tuple(fingerprint(subject, each) for each in findings),
        formers=tuple(former(subject, each) for each in findings if formers),
        lines={at: subject.lines[at - 1] for at in shown if at <= len(subject.lines)},
    )


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
