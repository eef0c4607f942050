"""Writing a report beside Jinja's own compile and render of its template."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from postmortem import markdown
from postmortem.markdown import Template, details, everything, rendering
from postmortem.markdown.context import context
from postmortem.model import Report
from postmortem.templating import find, split
from tests.bench.lens import report
from tests.bench.paired import Pair

AT_MOST = 1.5
"""For the marked text, which is what Jinja would make of it; a report is more work."""


def pairs() -> Iterator[Pair]:
    """Compare both with nothing compiled before, as a command finds it."""
    import jinja2

    template, text = report()
    record = markdown.read(text, template).report
    name = f"{template.name}{markdown.SUFFIX}"
    source = split(find(name, template.sources).text)[1]
    known = everything(template.outline.fields)
    values = context(record, known, template.outline.labels)

    def theirs() -> str:
        engine = jinja2.Environment(  # noqa: S701 - the text is Markdown
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
        )
        engine.filters |= FILTERS
        return engine.from_string(source).render(values)

    for said, ours, at_most in (
        ("render", lambda: rendered(template, record), AT_MOST),
        ("render, escape, lay out", lambda: written(template, record), None),
    ):
        yield Pair(
            name=f"{said} {len(text)}",
            ours=ours,
            theirs=theirs,
            at_most=at_most,
            rounds=41,
            clock=time.process_time,
        )


FILTERS: dict[str, Any] = {
    "utc": rendering.utc,
    "box": rendering.box,
    "details": lambda row, *parts: details.written(parts, row),
}


def rendered(template: Template, record: Report) -> str:
    """Return the marked text, from a template that is compiled for it."""
    rendering.forget()
    return template.rendered(record)


def written(template: Template, record: Report) -> str:
    """Return the report, from a template that is compiled for it."""
    rendering.forget()
    return markdown.write(record, template)
