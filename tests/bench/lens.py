"""The lens: reading beside a bare parse of the same text, changing beside reading."""

from __future__ import annotations

import time
from collections.abc import Iterator

from postmortem import markdown, shipped
from postmortem.markdown import Template
from postmortem.model import Report
from postmortem.templating import Source
from tests.bench.paired import Pair

SIZE = 8_000
"""Characters of the report that is read, as promised."""


def pairs() -> Iterator[Pair]:
    """Compare `read` with markdown-it's parse, and `rewrite` with `read`."""
    from markdown_it import MarkdownIt

    template, text = report()
    parser = MarkdownIt("commonmark").enable("table")
    yield Pair(
        name=f"read {len(text)} characters",
        ours=lambda: markdown.read(text, template),
        theirs=lambda: parser.parse(text),
        at_most=0.9,
        rounds=61,
        clock=time.process_time,
    )
    record = markdown.read(text, template).report
    for name, changed in (
        ("set a fact", record.replace(severity="SEV-5")),
        ("set a text", record.replace(impact="Nobody noticed.")),
    ):
        yield Pair(
            name=name,
            ours=lambda changed=changed: markdown.rewrite(text, changed, template),  # type: ignore[misc] # bound now
            theirs=lambda: markdown.read(text, template),
            at_most=2.0,
            rounds=61,
            clock=time.process_time,
        )


def report() -> tuple[Template, str]:
    """Return a template and a report of about SIZE characters made with it."""
    folder = shipped.templates_folder() / "reports"
    template = markdown.load("default", (Source(path=folder, trusted=True),))
    sample = next(
        (shipped.templates_folder().parent / "samples" / "a-failover").glob("2*.md")
    )
    record = markdown.read(sample.read_text("utf-8"), template).report
    text = markdown.write(record, template)
    while len(text) > SIZE and record.timeline and len(record.timeline) > 1:
        record = shortened(record)
        text = markdown.write(record, template)
    return template, text


def shortened(record: Report) -> Report:
    """Return the record with the last row of its longest list left out."""
    names = ("timeline", "factors", "actions")
    name = max(names, key=lambda each: len(getattr(record, each) or ()))
    return record.replace(**{name: getattr(record, name)[:-1], "appendix": None})
