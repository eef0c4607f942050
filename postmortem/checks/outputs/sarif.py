"""Findings as SARIF 2.1.0, which code scanning, editors and dashboards read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from postmortem.checks.catalogue import rules
from postmortem.checks.pages import page
from postmortem.checks.results import Result
from postmortem.checks.rules import ERROR, HINT, WARNING, Rule
from postmortem.escape import single_line
from postmortem.model import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NAMES = {ERROR: "error", WARNING: "warning", HINT: "note"}
_ROOT = "%SRCROOT%"


def sarif(
    results: Sequence[Result], version: str, *, whole: bool = True
) -> dict[str, Any]:
    """Return a log with one run; it describes the rules that have found something.

    Where it is not the `whole`, since some could not be checked, it says so.
    """
    codes = sorted({finding.code for it in results for finding in it.findings})
    index = {code: number for number, code in enumerate(codes)}
    known = rules()
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "postmortem",
                "semanticVersion": version,
                "rules": [_rule(known[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": list(_results(results, index)),
    }
    if not whole:
        run["invocations"] = [{"executionSuccessful": False}]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    own = page(rule.code)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": " ".join(own.what.split())},
        "help": {"text": " ".join(own.why.split()), "markdown": own.text},
        "defaultConfiguration": {"level": _NAMES[rule.severity]},
        "properties": {"tags": ["postmortem", rule.group]},
    }


def _results(
    results: Sequence[Result], index: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for each in results:
        for at, finding in enumerate(each.findings):
            said = [finding.message, *([finding.hint] if finding.hint else [])]
            yield {
                "ruleId": finding.code,
                "ruleIndex": index[finding.code],
                "level": _NAMES[finding.severity],
                "message": {"text": single_line("; ".join(said))},
                "locations": [{"physicalLocation": _place(each.path, finding)}],
                "partialFingerprints": _known_by(each, at),
            }


def _known_by(result: Result, at: int) -> dict[str, str]:
    """Return a finding's fingerprints; by the newest of them two runs are compared."""
    known = {"postmortem/v2": result.prints[at]}
    return {"postmortem/v1": result.formers[at], **known} if result.formers else known


def _place(path: str, finding: Finding) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.length:
        region["endColumn"] = finding.column + finding.length
    return {
        "artifactLocation": {"uri": quote(path), "uriBaseId": _ROOT},
        "region": region,
    }
