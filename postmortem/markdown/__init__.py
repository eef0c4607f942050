"""The lens: one template is the form, the layout and the parser of a report.

`load` finds a template; `write` lays a record out with it, `read` reads the text back,
hand edits and all, and `rewrite` puts a changed record into a text, touching no more
lines than the change needs. Importing this loads neither Jinja nor markdown-it, and
each part when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.lazy import exported

if TYPE_CHECKING:
    from postmortem.markdown.fields import STANDARD, Field, everything
    from postmortem.markdown.outdated import Judged
    from postmortem.markdown.outline import Outline
    from postmortem.markdown.reading import Reading, Span, Spans
    from postmortem.markdown.template import Template, load
    from postmortem.model import Finding, Report

__all__ = [
    "STANDARD",
    "SUFFIX",
    "Field",
    "Judged",
    "Outline",
    "Reading",
    "Span",
    "Spans",
    "Template",
    "canonical",
    "everything",
    "load",
    "read",
    "refresh",
    "rewrite",
    "stale",
    "write",
]

SUFFIX = ".md.j2"
"""How the file of a template ends."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(
        __name__,
        {
            **dict.fromkeys(("STANDARD", "Field", "everything"), "fields"),
            "Judged": "outdated",
            "Outline": "outline",
            **dict.fromkeys(("Reading", "Span", "Spans"), "reading"),
            **dict.fromkeys(("Template", "load"), "template"),
        },
    )


def read(
    text: str, outline: Outline | Template | None = None, *, path: str | None = None
) -> Reading:
    """Read a report back: the record, the place of every value, and findings.

    What cannot be read is a finding and stays in the text; `path` is for messages.
    Without an outline it is read by what its headings are called.
    """
    from postmortem.markdown import foreign
    from postmortem.markdown import reader as room
    from postmortem.markdown.template import Template

    made = outline.outline if isinstance(outline, Template) else outline
    made = made or foreign.outline(text)
    return room.read(text, made, path=path)


def write(report: Report, template: Template) -> str:
    """Return the report as Markdown, laid out by the template; LF, a final newline."""
    from postmortem.markdown import writer as room

    return room.write(report, template)


def rewrite(
    text: str,
    report: Report,
    template: Template,
    *,
    path: str | None = None,
    named: bool = True,
) -> str:
    """Return the text with the record's changes put in, every other line untouched.

    A text that names no template names this one then, unless it is not to be `named`.
    """
    from postmortem.markdown import rewriter as room

    return room.rewrite(text, report, template, path=path, named=named)


def refresh(text: str, template: Template, *, path: str | None = None) -> str:
    """Return the text with its derived lines as the record now makes them."""
    from postmortem.markdown import rewriter as room

    return room.refresh(text, template, path=path)


def stale(
    text: str,
    template: Template,
    *,
    path: str | None = None,
    reading: Reading | None = None,
) -> tuple[Finding, ...]:
    """Return a finding for every derived line that is not what we would write.

    `reading` is what reading the text gave, where somebody has it.
    """
    from postmortem.markdown import outdated as room

    return room.stale(text, template, path=path, reading=reading)


def judged(text: str, template: Template, reading: Reading, right: str) -> Judged:
    """Return the same, and what to ask with the next time to get it at once.

    `right` is what an earlier call returned so, or empty.
    """
    from postmortem.markdown import outdated as room

    return room.judged(text, template, reading, right)


def canonical(report: Report, outline: Outline | Template) -> Report:
    """Return the record as reading gives it back after it was written."""
    from postmortem.markdown import canon as room
    from postmortem.markdown.template import Template

    made = outline.outline if isinstance(outline, Template) else outline
    return room.canonical(report, made)
