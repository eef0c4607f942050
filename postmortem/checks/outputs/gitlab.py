"""Findings as GitLab's merge requests show them: a Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from postmortem.checks.results import Result
from postmortem.checks.rules import ERROR, HINT, WARNING
from postmortem.escape import single_line

_NAMES = {ERROR: "critical", WARNING: "minor", HINT: "info"}


def code_quality(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return the findings, each with a fingerprint that no other one has."""
    return list(_issues(results))


def _issues(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for each in results:
        for finding, mark in zip(each.findings, each.prints, strict=True):
            name = f"{each.path} {mark}"
            seen[name] += 1
            hint = f" ({finding.hint})" if finding.hint else ""
            own = hashlib.sha256(f"{name} {seen[name]}".encode()).hexdigest()
            yield {
                "description": single_line(f"{finding.message}{hint}"),
                "check_name": finding.code,
                "fingerprint": own,
                "severity": _NAMES[finding.severity],
                "location": {"path": each.path, "lines": {"begin": finding.line}},
            }
