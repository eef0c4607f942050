"""Findings for people and for other programs, whatever a report holds."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from postmortem import checks
from postmortem.checks.outputs import github, gitlab, written
from postmortem.checks.outputs.sarif import sarif
from postmortem.checks.results import Result, result
from postmortem.model import Finding
from tests.checks.reports import BASE, HERE, subject

WEAK = (HERE / "weak.md").read_text("utf-8")
HOSTILE = "a\x1b[2Jb\u202ec | `x` <b> 100%, a::b\n::error::forged"
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": {
                                                    "required": ["text"]
                                                },
                                                "help": {"required": ["text"]},
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "message": {"required": ["text"]},
                                "partialFingerprints": {
                                    "additionalProperties": {"type": "string"}
                                },
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "required": ["uri"],
                                                    },
                                                    "region": {
                                                        "additionalProperties": {
                                                            "type": "integer",
                                                            "minimum": 1,
                                                        }
                                                    },
                                                },
                                            }
                                        }
                                    }
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}
"""What the standard asks of the parts that are written here, in its own terms."""


def made(text: str, path: str = "postmortems/a b.md") -> Result:
    """Return the result of a text."""
    own = subject(text, path=path, files=[])
    return result(own, checks.check(own))


def hostile() -> Result:
    """Return a result in which a report tries to command what reads it."""
    finding = Finding(
        code="PM412", message=HOSTILE, line=3, column=2, hint=HOSTILE, length=3
    )
    return Result(
        path="a,b:c.md", findings=(finding,), prints=("x",), lines={3: HOSTILE}
    )


def test_a_line_says_where_what_and_what_to_do() -> None:
    """It is what editors and terminals turn into a link."""
    text = BASE.replace(", due 2026-03-20", "")

    assert list(written.lines(made(text, "postmortems/x.md"))) == [
        "postmortems/x.md:108:14: warning PM412 action A2 has no due date",
        "  write due and a day, as in due 2026-12-01",
    ]


def test_in_a_terminal_the_words_are_marked() -> None:
    """Below the part of the line that fits."""
    text = BASE.replace("A third of 41,000", "TODO 41,000")
    _, line, mark, _ = written.lines(made(text), width=40)

    assert line == "  TODO 41,000 orders were given up betw"
    assert mark == "  ^^^^"


def test_a_mark_stands_below_its_words_far_down_a_line() -> None:
    """Wide letters and tabs count for the columns that they take."""
    line = "x" * 90 + " 日本\tthe cause, and more of it " + "y" * 90
    start = line.index("the cause")
    finding = Finding(code="PM302", message="", line=1, column=start + 1, length=9)

    shown, mark = written.excerpt(line, finding, 60)

    assert shown.isprintable()
    assert len(mark) - mark.count("^") == len(shown[: shown.index("the")]) + 2
    assert mark.count("^") == 9


def test_the_last_line_counts() -> None:
    """How many of each, in how many reports, and what is not shown."""
    clean, weak = made(BASE), made(BASE.replace(", due 2026-03-20", ""))

    assert written.told([clean]) == "1 report checked: clean"
    assert written.told([clean, weak]) == "2 reports checked: 1 warning"
    assert written.told([weak], hidden=2, known=3) == (
        "1 report checked: 1 warning, 2 hints (--hints shows the hints);"
        " 3 more in the baseline"
    )


def test_no_line_can_command_a_terminal() -> None:
    """What a report holds is shown and does nothing."""
    for line in written.lines(hostile(), width=80):
        assert line.isprintable()


def test_sarif_is_what_the_standard_asks_for() -> None:
    """Each result names its rule, its place and what tells it from others."""
    log = sarif([made(WEAK), made(BASE)], "1.0")
    run = log["runs"][0]

    assert list(Draft202012Validator(SARIF).iter_errors(log)) == []
    for each in run["results"]:
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        (where,) = each["locations"]
        assert where["physicalLocation"]["artifactLocation"]["uri"] == (
            "postmortems/a%20b.md"
        )
    assert len(run["results"]) == len(made(WEAK).findings)
    json.dumps(log)


def test_sarif_names_each_rule_by_what_it_is_about() -> None:
    """No two alike, in words; its group is among the tags."""
    log = sarif([made(WEAK), made(BASE)], "1.0")
    rules = {each["id"]: each for each in log["runs"][0]["tool"]["driver"]["rules"]}

    assert rules["PM204"]["name"] == "no word of how it was noticed"
    assert rules["PM204"]["properties"]["tags"] == ["postmortem", "completeness"]
    assert len({each["name"] for each in rules.values()}) == len(rules)


def test_the_schema_can_fail() -> None:
    """A result without its place is refused."""
    log: dict[str, Any] = sarif([made(WEAK)], "1.0")
    del log["runs"][0]["results"][0]["locations"]

    assert not Draft202012Validator(SARIF).is_valid(log)


def test_github_gets_errors_first_and_the_rest_in_the_summary() -> None:
    """It shows ten annotations of a level for a step, and drops the others."""
    found = made(WEAK)
    lines = github.commands([found]).splitlines()
    levels = [line.split(" ")[0] for line in lines]

    assert levels == sorted(levels, key=["::error", "::warning", "::notice"].index)
    assert max(map(levels.count, levels)) == 10
    left = github.summary([found])
    assert _told_of(left) == len(found.findings) - len(lines)
    assert left.startswith(f"### {_told_of(left)} more findings")
    assert github.summary([made(BASE)]) == github.commands([made(BASE)]) == ""


def _told_of(summary: str) -> int:
    """Return of how many findings the rows of a summary tell."""
    more = sum(map(int, re.findall(r"and (\d+) more rows like it", summary)))
    return summary.count("\n| ") - 2 + more


def _found(path: str, *codes: str) -> Result:
    """Return a result with a warning of each code, from its first line on."""
    findings = tuple(
        Finding(code=code, message=code, line=line, severity="warning")
        for line, code in enumerate(codes, 1)
    )
    return Result(path=path, findings=findings, prints=codes)


def _annotated(*results: Result) -> list[str]:
    """Return where each annotation is, and by which rule."""
    said = re.findall(
        r"file=(.*?),line=(\d+),.*?title=(PM\d+)", github.commands(results)
    )
    return [":".join(each) for each in said]


def test_github_shows_one_of_each_rule_before_the_next_of_any() -> None:
    """Ten of one kind at the top do not hide what stands below them."""
    many = _found("x.md", *["PM604"] * 8, "PM110", *["PM604"] * 3, "PM501", "PM110")

    shown = [each.removeprefix("x.md:") for each in _annotated(many)]

    assert shown[:5] == ["1:PM604", "9:PM110", "13:PM501", "2:PM604", "14:PM110"]
    assert shown[5:] == [f"{line}:PM604" for line in range(3, 8)]
    assert "- x.md:8: warning PM604" in github.rest([many])
    assert github.summary([many]).startswith("### 4 more findings")


def test_github_shows_reports_in_turn() -> None:
    """The first one does not take all the room, nor does one rule that all break."""
    first = _found("a.md", *["PM604", "PM110", "PM501"] * 6)
    second = _found("b.md", "PM604", "PM604", "PM401")
    others = [_found(f"{name}.md", "PM604", f"PM41{name}") for name in range(3)]

    assert _annotated(first, second)[:7] == [
        *("a.md:1:PM604", "b.md:3:PM401", "a.md:2:PM110", "b.md:1:PM604"),
        *("a.md:3:PM501", "b.md:2:PM604", "a.md:5:PM110"),
    ]
    shown = _annotated(first, second, *others)
    assert {each.split(":")[0] for each in shown} == {
        *("a.md", "b.md", "0.md", "1.md", "2.md")
    }
    assert {"PM410", "PM411", "PM412", "PM401"} <= {
        each.split(":")[2] for each in shown[:5]
    }


def test_many_rows_of_two_reports_are_two_lines() -> None:
    """Those that do not fit are folded by report, and every one of them is counted."""
    many = [_lacking(path, *range(1, 21)) for path in ("a.md", "b.md")]

    first, *lines, last = github.rest(many).splitlines()

    assert (first, last) == ("::group::30 more findings", "::endgroup::")
    assert lines == [
        f"- {path}:6: warning PM412 action A6 has no due date, and 14 more rows like"
        " it: lines 7-20"
        for path in ("a.md", "b.md")
    ]
    assert _told_of(github.summary(many)) == 30


@pytest.mark.parametrize(
    "lines, said",
    [
        ((3, 5, 6, 7), ": lines 5-7"),
        ((3, 5, 7, 8, 11), ": lines 5, 7-8, 11"),
        ((3, 3, 3, 4), ": line 4"),
        ((3, 3, 3, 3), ""),
        (range(1, 24, 2), ": lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, …"),
    ],
)
def test_a_line_about_many_rows_says_where_they_are(
    lines: Sequence[int], said: str
) -> None:
    """Each line once, neighbours as a stretch, and no more than people read."""
    (one,) = written.lines(_lacking("x.md", *lines))

    assert one == (
        f"x.md:{lines[0]}:1: warning PM412 action A{lines[0]} has no due date,"
        f" and {len(lines) - 1} more rows like it{said}"
    )


def test_many_rows_are_one_line_where_the_first_of_them_stands() -> None:
    """Between what else is found; what is not the same thing has a line of its own."""
    rows = _lacking("x.md", 2, 4, 6, 8).findings
    grave = rows[2].replace(severity="error", line=7)
    other = Finding(code="PM413", message="action A3 was due", line=3)
    findings = (rows[0], other, *rows[1:3], grave, rows[3], other)

    told = list(written.folded(findings))

    assert [(it.code, it.line, it.severity) for it in told] == [
        *(("PM412", 2, "warning"), ("PM413", 3, "warning")),
        *(("PM412", 7, "error"), ("PM413", 3, "warning")),
    ]
    assert list(written.folded(findings[:-2])) == list(findings[:-2])


def _lacking(path: str, *lines: int) -> Result:
    """Return a result with an action without a due date on each of these lines."""
    findings = tuple(
        Finding(code="PM412", message=f"action A{line} has no due date", line=line)
        for line in lines
    )
    return Result(path=path, findings=findings, prints=("x",) * len(findings))


def test_github_has_the_rest_in_its_log_too() -> None:
    """Folded, one line each, none of which is a command; nothing where all fit."""
    many = Result(
        path="::error::x.md", findings=hostile().findings * 12, prints=("x",) * 12
    )

    first, *lines, last = github.rest([many]).splitlines()

    assert (first, last) == ("::group::2 more findings", "::endgroup::")
    assert [line[:2] for line in lines] == ["- ", "- "]
    assert github.rest([made(BASE)]) == ""


def test_no_report_can_give_commands_to_a_workflow() -> None:
    """A line break, a colon and a comma stay text where they would be syntax."""
    (line,) = github.commands([hostile()]).splitlines()

    assert line.startswith(
        "::warning file=a%2Cb%3Ac.md,line=3,col=2,endColumn=5,title="
    )
    assert "\x1b" not in line
    assert line.count("::") == 2 + line.partition("::a")[2].count("::")
    assert "100%25" in line


def test_no_report_can_write_markup_into_the_summary() -> None:
    """Its rows stay rows, and nothing in them is HTML."""
    many = Result(
        path="x.md",
        findings=hostile().findings * 12,
        prints=("x",) * 12,
    )
    rows = [it for it in github.summary([many]).splitlines() if it.startswith("| w")]

    assert len(rows) == 2
    for row in rows:
        assert len(re.split(r"(?<!\\)\|", row)) == 6
        assert not re.search(r"(?<!\\)[<`]", row)


def test_gitlab_gets_a_fingerprint_for_each() -> None:
    """Two findings that are alike are two issues."""
    text = BASE.replace(", due 2026-03-27", "").replace(", due 2026-03-20", "")
    issues = gitlab.code_quality([made(text), made(text, "other.md")])

    assert len({each["fingerprint"] for each in issues}) == len(issues) == 4
    assert issues[0] == {
        "description": "action A1 has no due date"
        " (write due and a day, as in due 2026-12-01)",
        "check_name": "PM412",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "minor",
        "location": {"path": "postmortems/a b.md", "lines": {"begin": 106}},
    }


@pytest.mark.parametrize("level", ["error", "warning", "hint"])
def test_gitlab_knows_the_levels(level: str) -> None:
    """By its own words for them."""
    finding = Finding(code="PM412", message="x", line=1, severity=level)
    issue = gitlab.code_quality(
        [Result(path="x.md", findings=(finding,), prints=("x",))]
    )[0]

    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
