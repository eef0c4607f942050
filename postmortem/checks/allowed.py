"""Rules about the comments that allow findings: what they lack, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.checks.allowing import mistyped
from postmortem.checks.rules import HINT, is_private, rule
from postmortem.checks.subject import Subject
from postmortem.model import Finding
from postmortem.settings.kinds import written_as


@rule(code="PM608", name="something is allowed and no reason is given", group="form")
def no_reason(subject: Subject) -> Iterator[Finding]:
    """Yield comments that allow findings without a word why."""
    for each in subject.allowed:
        if not each.reason:
            named = " ".join((*sorted(each.codes), *sorted(each.keys))) or "PM412"
            yield subject.span(
                each.start,
                each.end,
                "this allows a finding and gives no reason, so it allows nothing:"
                " the reason stands behind the word because",
                hint=f"write `<!-- postmortem: allow {named} because … -->`",
            )


@rule(code="PM609", name="something is allowed that cannot be", group="form")
def no_rule(subject: Subject) -> Iterator[Finding]:
    """Yield comments that name no rule, are mistyped, or stand in a table's cell."""
    from postmortem.checks.catalogue import rules
    from postmortem.checks.codes import said_of

    for start, end, code in mistyped(subject):
        yield subject.span(
            start,
            end,
            "this looks like a comment that allows a finding, and is none",
            hint=f"write `<!-- postmortem: allow {code} because … -->`",
        )
    rows = _table_lines(subject)
    for each in subject.allowed:
        unknown = sorted(each.codes.difference(rules()))
        if not each.codes:
            named, *_ = *each.words.split(), ""
            yield subject.span(
                each.start,
                each.end,
                f"{named!r} is no rule" if named else "this names no rule",
                hint=written_as(named),
            )
        elif unknown:
            yield subject.span(
                each.start,
                each.end,
                f"there is no rule {', '.join(unknown)}",
                hint=said_of(unknown[0]),
            )
        elif each.first in rows and "|" in subject.text[each.end :].split("\n", 1)[0]:
            yield subject.span(
                each.start,
                each.end,
                "in a table this comment becomes a part of the cell's text",
                hint="put it behind the end of the row",
            )


@rule(
    code="PM610",
    name="an allowance that is not needed",
    group="form",
    severity=HINT,
    last=True,
)
def unused(subject: Subject) -> Iterator[Finding]:
    """Yield comments with a reason that keep no finding back, or name no row."""
    from postmortem.checks.catalogue import rules

    for each in subject.allowed:
        left = sorted(each.codes.intersection(rules()) - each.used)
        gone = sorted(each.keys - _keys(subject)) if each.keys else []
        if each.reason and (left or gone):
            said, hint = f"{', '.join(left)} finds nothing here", "take it out"
            if gone:
                said, hint = f"there is no {', '.join(gone)}", "write the row's own key"
            elif each.last_private < each.last and all(map(is_private, left)):
                said = f"{', '.join(left)} finds nothing above the second heading"
                hint = "put it at the end of the line that it is about, or take it out"
            yield subject.span(each.start, each.end, said, hint=hint)


def _keys(subject: Subject) -> set[str]:
    named = (subject.report.value(name) or () for name in ("factors", "actions"))
    return {row.key for rows in named for row in rows if row.key}


def _table_lines(subject: Subject) -> set[int]:
    """Return the lines on which rows stand that are those of a table; 1-based."""
    body = subject.spans.body
    return {
        line + 1
        for rows in subject.spans.rows.values()
        for row in rows
        if row.container.shape == "table"
        for line in range(body + row.start, body + row.end)
    }
