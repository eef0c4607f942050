"""What a check has found, said in the form that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from postmortem.checks import HINT, WARNING
from postmortem.checks.catalogue import rules
from postmortem.checks.outputs.written import lines, told
from postmortem.checks.results import Result, counts
from postmortem.commands._json import json_text
from postmortem.commands._places import shown_path, top_of
from postmortem.commands._streams import answer, tell
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.commands._checking import Outcome, Wishes
    from postmortem.env import Env

_WHOLE = ("json", "sarif")
"""The forms with hints in them always: what reads them chooses levels itself."""

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which a workflow names the file of its job's summary."""


def say(env: Env, wishes: Wishes, outcome: Outcome, root: Path) -> None:
    """Print what was found: the answer on stdout, how many it is on stderr.

    Other programs want paths from the top of the repository on, else from `root`.
    There is nothing to say to people of a commit without a report, nor where none
    could be checked: why not is an error. Nor is there to a program that would take
    an empty answer for nothing found, and close what it knows.
    """
    if not outcome.results and _is_unsaid(wishes, outcome):
        return
    all_levels = wishes.hints or wishes.shape in _WHOLE
    shown = [each.at_least(HINT if all_levels else WARNING) for each in outcome.results]
    match wishes.shape:
        case "json":
            answer(env, json_text(_plain(env, outcome)))
            return
        case "sarif":
            from postmortem import __version__
            from postmortem.checks.outputs.sarif import sarif

            whole = not outcome.problems
            log = sarif(_from_top(env, shown, root), __version__, whole=whole)
            answer(env, _ascii(log))
        case "gitlab":
            from postmortem.checks.outputs.gitlab import code_quality

            answer(env, _ascii(code_quality(_from_top(env, shown, root))))
        case "github":
            _github(env, _from_top(env, shown, root))
        case _:
            _text(env, shown)
    hidden = counts(outcome.results)[HINT] - counts(shown)[HINT]
    tell(env, told(shown, hidden=hidden, known=outcome.known))


def _is_unsaid(wishes: Wishes, outcome: Outcome) -> bool:
    """Tell whether nothing is said where no report was checked."""
    if outcome.problems:
        return wishes.shape != "json"
    return wishes.staged and wishes.shape == "text"


def _text(env: Env, results: Sequence[Result]) -> None:
    """Print lines for people."""
    width = env.width if env.stdout_is_terminal else None
    said = [line for each in results for line in lines(each, width=width)]
    if said:
        answer(env, "\n".join(said))


def _ascii(value: Any) -> str:
    """Return plain values as JSON of ASCII alone."""
    import json

    return json.dumps(value, indent=2)


def _plain(env: Env, outcome: Outcome) -> dict[str, Any]:
    """Return it as JSON has it."""
    found = {each.path: _findings(each) for each in outcome.results if each.aside}
    aside = [shown_path(each.path, env) for each in outcome.aside]
    return {
        "reports": [
            {"path": each.path, "findings": _findings(each)}
            for each in outcome.results
            if not each.aside
        ],
        "not_looked_at": [{"path": it, "findings": found.get(it, [])} for it in aside],
        "counts": counts(outcome.results),
        "in_baseline": outcome.known,
    }


def _findings(result: Result) -> list[dict[str, Any]]:
    known = rules()
    return [
        {
            "severity": finding.severity,
            "column": finding.column,
            **msgspec.to_builtins(finding),
            "end_column": finding.column + finding.length,
            "rule": known[finding.code].name,
            "group": known[finding.code].group,
            "fingerprint": mark,
        }
        for finding, mark in zip(result.findings, result.prints, strict=True)
    ]


def _github(env: Env, results: Sequence[Result]) -> None:
    """Print the workflow's commands, and add what is left to the job's summary."""
    from postmortem.checks.outputs import github

    commands = github.commands(results)
    if commands:
        answer(env, f"{commands}{github.rest(results)}", exact=True)
    left = github.summary(results)
    path = env.variables.get(SUMMARY)
    if not left or not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(left)
    except OSError as error:
        raise PostmortemError(
            f"the job's summary cannot be written: {error.strerror}", path=path
        ) from error


def _from_top(env: Env, results: Sequence[Result], root: Path) -> list[Result]:
    """Return the results with paths as other programs want them.

    What is in another repository is named from its own top on.
    """
    here = top_of(env.cwd)
    found = []
    for each in results:
        path = env.cwd / each.path
        inside = here is not None and path.is_relative_to(here)
        top = (here if inside else top_of(path.parent)) or root
        known = path.is_relative_to(top)
        found.append(each.called((path.relative_to(top) if known else path).as_posix()))
    return found
