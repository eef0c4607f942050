"""Rules about the form of a report: what its template does not know, or its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import PurePath
from shlex import quote

from postmortem.checks.around import TEMPLATE
from postmortem.checks.links import broken
from postmortem.checks.rules import ERROR, HINT, REVIEW, WARNING, rule
from postmortem.checks.subject import Subject
from postmortem.markdown import STANDARD
from postmortem.model import Finding

OURS = ("aliases",)
"""Keys of the front matter that are no fields, and that commands write."""

_ENDED = "closed"
"""A status that others say of incidents, in reports that have no id of ours."""
_NAMED = 3
"""How many of the reports that share an id are named."""


@rule(code="PM601", name="front matter that nobody knows", group="form")
def unknown_key(subject: Subject) -> Iterator[Finding]:
    """Yield the keys of the front matter that are no field of the template."""
    if subject.foreign:
        return
    known = {*subject.outline.fields, *STANDARD, *OURS}
    for name, node in subject.spans.front.items():
        if name not in known:
            near = nearest(name, known)
            yield subject.finding(
                f"no field is called {name!r}",
                line=(node.key or node).line,
                hint=f"write {near!r}"
                if near
                else "take it out, or declare it in the template",
            )


@rule(code="PM602", name="a heading that the template does not know", group="form")
def unknown_heading(subject: Subject) -> Iterator[Finding]:
    """Yield sections of nobody's; a warning where a known one was probably meant."""
    if subject.foreign:
        return
    found = {number: cut.heading for number, cut in subject.spans.sections.items()}
    missing = [
        section.heading
        for number, section in enumerate(subject.outline.sections)
        if number not in found and section.level and section.regex is None
    ]
    again = {each.line for each in subject.given if each.code == "PM004"}
    for cut in subject.spans.others:
        if subject.spans.body + cut.line + 1 in again:
            continue
        near = nearest(cut.heading, missing)
        hint = f"call it {near!r}" if near else "it is kept as it is"
        yield subject.finding(
            f"the template has no section {cut.heading!r}",
            line=subject.spans.body + cut.line + 1,
            hint=hint,
            severity="" if near else HINT,
        )


@rule(code="PM604", name="a link to a file or report that is not there", group="form")
def broken_link(subject: Subject) -> Iterator[Finding]:
    """Yield links and related reports that lead nowhere."""
    for first, end, message, hint in broken(subject):
        yield subject.span(first, end, message, hint=hint)
    is_report = subject.around.is_report
    entry = subject.spans.front.get("related")
    if is_report is None or entry is None:
        return
    for node in entry.items or (entry,):
        start = subject.starts[node.line - 1] + node.column - 1
        for part in node.value.split(",") if isinstance(node.value, str) else ():
            name = part.strip()
            at = max(subject.text.find(name, start), start)
            if name and not is_report(name):
                yield subject.span(
                    at,
                    at + len(name),
                    f"no report has the id {name!r}",
                    hint="`postmortem list` shows the ids",
                )
            start = at + len(name)


@rule(code="PM605", name="a key that two rows have", group="form")
def twice(subject: Subject) -> Iterator[Finding]:
    """Yield rows with a key that a row above them has already."""
    for name in ("factors", "actions"):
        rows = subject.report.value(name) or ()
        seen: Counter[str] = Counter()
        for number, row in enumerate(rows):
            if row.key is None:
                continue
            seen[row.key] += 1
            if seen[row.key] > 1:
                yield subject.at_row(
                    name,
                    number,
                    f"{row.key} is the key of two rows",
                    part="key",
                    hint="take the key of the newer one out: it gets a free one",
                )


@rule(
    code="PM607",
    name="a template that is not here",
    group="form",
    severity=ERROR,
    since=REVIEW,
    before=WARNING,
)
def no_template(subject: Subject) -> Iterator[Finding]:
    """Yield the name of a template that cannot be used to read the report.

    Or that there is no name, where git has one or somebody means to be done: without a
    template nobody is told what is missing.
    """
    known, usual = subject.around.templates, subject.settings.template
    words = (subject.report.template or "").split()
    if words and known and words[0] not in known:
        near = nearest(words[0], known)
        yield subject.finding(
            f"there is no template {words[0]!r}, so it is read by its headings",
            field="template",
            hint=f"did you mean {near}?" if near else f"there are {', '.join(known)}",
        )
    if words:
        return
    if subject.around.lost == TEMPLATE:
        yield subject.finding(
            "no template is named any more, so nobody is told what is missing",
            line=1,
            hint=f"put its line back: `git log -p -- {subject.path}` shows what it was",
        )
    elif _claims(subject) and subject.reached(REVIEW):
        command = f"postmortem convert {quote(subject.path)} --template {usual}"
        yield subject.finding(
            "no template is named, so nobody is told what is missing",
            field="status",
            severity=WARNING,
            hint=f"name the one that it is laid out by, as in `template: {usual}`, or"
            f" let `{command}` lay it out",
        )


def _claims(subject: Subject) -> bool:
    """Tell whether the front matter has a status that is said of a report of ours."""
    front, status = subject.spans.front, subject.report.status or ""
    return "status" in front and ("id" in front or status.casefold() != _ENDED)


def nearest(name: str, options: Iterable[str]) -> str | None:
    """Return the option that was probably meant, if there is one."""
    folded = {option.casefold(): option for option in options}
    near = get_close_matches(name.casefold(), folded, 1, 0.75)
    return folded[near[0]] if near else None


@rule(
    code="PM614",
    name="an id that another report has",
    group="form",
    severity=ERROR,
    since=REVIEW,
    before=WARNING,
)
def shared_id(subject: Subject) -> Iterator[Finding]:
    """Yield the id of a report from which nobody can tell it from another one."""
    others, node = subject.around.namesakes, subject.spans.front.get("id")
    if not others:
        return
    stem = PurePath(subject.path).stem
    alike = {PurePath(each).stem.casefold() for each in others}
    if node is None and stem.casefold() not in alike:
        return
    named = [repr(each) for each in others[:_NAMED]]
    if len(others) > _NAMED:
        named.append("more")
    *first, last = named
    hint = "an id is given once: give the newer report one of its own"
    if node is None:
        hint = "a file without an id has that of its name: write one into the newer one"
    if subject.report.id and subject.report.id.casefold() != stem.casefold():
        hint = f"if this is the newer one, write `id: {stem}`, after its file"
    said = f"{', '.join(first)} and {last} have" if first else f"{last} has"
    yield subject.finding(
        f"{said} this id too",
        line=(node.key or node).line if node else 1,
        field="id",
        hint=hint,
    )
