"""A file of findings that a team knows of and does not mend: old reports, mostly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postmortem.checks.catalogue import rules
from postmortem.checks.results import Result
from postmortem.checks.rules import HINT
from postmortem.errors import PostmortemError

FILE = ".postmortem-baseline.json"
_VERSION = 1


def text(results: Sequence[Result]) -> str:
    """Return the file that knows every warning and error of these reports.

    Secrets, what cannot be read and a status that is none are never among them.
    """
    import json

    known = rules()
    reports = {}
    for each in sorted(results, key=lambda it: it.path):
        marks = sorted(
            f"{finding.code} {mark}"
            for finding, mark in zip(each.findings, each.prints, strict=True)
            if finding.severity != HINT and not known[finding.code].holds_drafts
        )
        if marks:
            reports[each.path] = marks
    said = {"version": _VERSION, "reports": reports}
    return f"{json.dumps(said, indent=1, ensure_ascii=False)}\n"


def read(content: str, path: str | None = None) -> Mapping[str, Sequence[str]]:
    """Return the fingerprints that a file knows, by the paths of their reports.

    Raises PostmortemError for a text that `text` did not make.
    """
    import json

    try:
        told = json.loads(content)
        if told["version"] != _VERSION:
            raise ValueError("another version")  # noqa: TRY301 - one answer to all
        return {
            str(name): [mark.split(" ")[1] for mark in marks]
            for name, marks in told["reports"].items()
        }
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise PostmortemError(
            "this is no baseline",
            path=path,
            hint="`postmortem check --write-baseline` writes a new one",
        ) from error
