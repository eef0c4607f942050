"""Texts as people leave them, a file each: title, text, and what is read from it.

The three parts stand between lines of one dot. In the text `␍` is a carriage return
and `␄` at its end takes the final newline away. Expected are the fields that matter,
as JSON with instants in UTC, and then every finding as `line:column code`. A file whose
name begins with `foreign-` is read without a template, all others with the default one.
"""

from __future__ import annotations

import difflib
import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from postmortem import markdown, shipped
from postmortem.errors import PostmortemError
from postmortem.markdown import Template
from postmortem.model import Finding, Report
from postmortem.templating import Source

CASES = Path(__file__).parent / "cases"
OURS_ALONE = re.compile(
    r"""
    | ---
    | (?:template|severity):.*
    | \*\*(?:SEV-9|[^*]*\ ·\ [^*]*)\*\*      # what the default template derives
    | [-*+]\ Time\ to\ .*
    """,
    re.VERBOSE,
)


class Case(NamedTuple):
    """One file of cases."""

    title: str
    text: str
    expected: dict[str, Any]
    findings: list[str]


def case(path: Path) -> Case:
    """Read a case from its file."""
    title, text, told = path.read_text(encoding="utf-8").split("\n.\n")
    text = f"{text}\n".replace("␍", "\r")
    text = text.removesuffix("␄\n")
    expected, end = json.JSONDecoder().raw_decode(told)
    return Case(title, text, expected, told[end:].split("\n")[1:-1])


PATHS = {path.stem: path for path in sorted(CASES.glob("*.md"))}
OURS = [name for name in PATHS if not name.startswith("foreign-")]
BROKEN = [name for name in OURS if " PM001" in "".join(case(PATHS[name]).findings)]
every_case = pytest.mark.parametrize("name", PATHS)
every_sound_case_of_ours = pytest.mark.parametrize(
    "name", [name for name in OURS if name not in BROKEN]
)


@cache
def default() -> Template:
    """Return the template that most reports are made from."""
    folder = shipped.templates_folder() / "reports"
    return markdown.load("default", (Source(path=folder, trusted=True),))


@every_case
def test_a_text_is_read_as_it_was_meant(name: str) -> None:
    """The fields that matter and the findings are what a careful reader would say."""
    wanted = case(PATHS[name])
    template = default() if name in OURS else None

    reading = markdown.read(wanted.text, template)

    said = {each: plain(held(reading.report, each)) for each in wanted.expected}
    assert said == wanted.expected
    assert places(reading.findings) == wanted.findings


@every_sound_case_of_ours
def test_an_unchanged_record_leaves_a_text_alone(name: str) -> None:
    """MD-CORPUS: only derived lines are refreshed; rows gain no keys."""
    text = case(PATHS[name]).text
    report = markdown.read(text, default()).report

    new = markdown.rewrite(text, report, default())

    assert unexplained(text, new) == []
    assert endings(new) == endings(text)
    assert unnamed(markdown.read(new, default()).report) == unnamed(report)


@every_sound_case_of_ours
def test_one_fact_changes_its_own_line(name: str) -> None:
    """Another severity touches the line of the severity, and what derives from it."""
    text = case(PATHS[name]).text
    report = markdown.read(text, default()).report.replace(severity="SEV-9")

    new = markdown.rewrite(text, report, default())

    assert unexplained(text, new) == []
    assert endings(new) == endings(text)
    assert unnamed(markdown.read(new, default()).report) == unnamed(report)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_text_is_not_written_to(name: str) -> None:
    """Where facts or a merge cannot be read, it is said where, and nothing changes."""
    text = case(PATHS[name]).text
    report, _, findings = markdown.read(text, default())
    broken = [each.line for each in findings if each.code == "PM001"]

    for wanted in (report.replace(severity="SEV-9"), report.replace(lucky="Luck.")):
        with pytest.raises(PostmortemError) as refused:
            markdown.rewrite(text, wanted, default(), path="a.md")
        told = [(each.path, each.line) for each in refused.value.problems]
        assert told == [("a.md", line) for line in broken]


@pytest.mark.parametrize("name", [name for name in PATHS if name not in OURS])
def test_a_foreign_report_moves_into_a_template(name: str) -> None:
    """What was read without a template is all there when a template has laid it out."""
    report = markdown.read(case(PATHS[name]).text).report
    record = markdown.canonical(report, default())

    text = markdown.write(record, default())

    assert markdown.read(text, default()).report == record


def held(report: Report, name: str) -> Any:
    """Return what a record holds under a name, `other` and `extra` too."""
    if name in ("other", "extra"):
        return getattr(report, name)
    return report.value(name)


def plain(value: Any) -> Any:
    """Return a value as JSON has it, instants in UTC and no finer than they are."""
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        finer = moment.second or moment.microsecond
        return f"{moment.isoformat(timespec='auto' if finer else 'minutes')}Z"
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, msgspec.Struct):
        return {
            name: plain(part)
            for name in value.__struct_fields__
            if (part := getattr(value, name)) is not None
            and (name, part) not in (("approximate", False), ("status", "open"))
            and (name, part) != ("level", 2)
        }
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def places(findings: tuple[Finding, ...]) -> list[str]:
    """Return where each finding is, and its code."""
    return [f"{each.line}:{each.column} {each.code}" for each in findings]


def unexplained(text: str, new: str) -> list[str]:
    """Return the changed lines that are no fact and not derived."""
    old, now = text.split("\n"), new.split("\n")
    found = []
    matcher = difflib.SequenceMatcher(None, old, now, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, came = old[start:end], now[first:last]
        found += [f"- {line}" for line in gone if line not in came and _telling(line)]
        found += [f"+ {line}" for line in came if line not in gone and _telling(line)]
    return found


def endings(text: str) -> tuple[bool, bool]:
    """Return whether lines end as in Windows, and whether the last one ends."""
    windows = text.count("\r\n")
    assert windows in (0, text.count("\n"))
    return windows > 0, text.endswith("\n")


def unnamed(report: Report) -> Report:
    """Return the record without the template, which a rewrite may add."""
    return report.replace(template=None)


def _telling(line: str) -> bool:
    return not OURS_ALONE.fullmatch(line.removesuffix("\r"))
