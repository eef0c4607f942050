"""Whether a report can go into a commit: it is read first, and mistakes are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.commands._cautions import is_refused
from postmortem.commands._places import shown_path
from postmortem.errors import Problem, Problems, Refused

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template
    from postmortem.model import Report
    from postmortem.settings import Place


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A report that can be committed."""

    report: Report
    template: Template
    content: bytes
    """Its file, byte for byte."""


def ready(desk: Desk, entry: Entry) -> Ready:
    """Read a report and return it; raises Problems with all that keeps it back.

    Those are what breaks its structure: the marks of a merge that is not resolved,
    front matter that is none, values that cannot be read.
    """
    opened = desk.opened(entry)
    path = shown_path(entry.path, desk.env)
    reading = opened.reading
    problems = tuple(
        Problem(
            message=finding.message,
            path=path,
            line=finding.line,
            column=finding.column,
            hint=finding.hint,
        )
        for finding in reading.findings
        if finding.severity == "error"
    )
    if problems:
        raise Problems(problems)
    report = reading.report.replace(id=reading.report.id or entry.id)
    content = opened.text.encode("utf-8")
    return Ready(report=report, template=opened.template, content=content)


def check_restricted(found: Ready, place: Place, path: str) -> None:
    """Refuse a report for few eyes in a repository that does not say it is for them.

    Whoever can read a repository can read its history too: taking the report out again
    does not take it back.
    """
    from postmortem.settings import FILE

    if is_refused(place, restricted=found.template.restricted):
        name = found.template.name
        raise Refused(
            f"a report of the template {name!r} goes into a restricted repository only",
            path=path,
            hint="if all who can read this repository, now and later, may read it too,"
            f" write `restricted: true` in {FILE};\n"
            "else move the file into one where that is so",
        )
