"""What the laws are tried with: every template there is, and records drawn for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from postmortem import markdown, shipped
from postmortem.markdown import Template
from postmortem.model import Report
from postmortem.templating import Source
from tests import edits, records

AWKWARD = Path(__file__).parent / "markdown" / "templates"
SHIPPED = shipped.templates_folder() / "reports"
SOURCES = tuple(Source(path=path, trusted=True) for path in (AWKWARD, SHIPPED))
PRESETS, _AWKWARD = (
    sorted(
        found.name.removesuffix(markdown.SUFFIX)
        for found in folder.glob(f"[a-z]*{markdown.SUFFIX}")
    )
    for folder in (SHIPPED, AWKWARD)
)
NAMES = sorted((*PRESETS, *_AWKWARD))
QUICK = settings.get_current_profile_name() != "full"
LAW_EXAMPLES = 15 if QUICK else settings().max_examples
"""For each law and template; `full` tries as many as its profile says."""
BATCH = 8 if QUICK else 50
"""Texts that a formatter of another language is given at once: it starts slowly."""
PHASES = (Phase.explicit, Phase.reuse, Phase.generate) if QUICK else tuple(Phase)
"""Looking for the smallest case takes minutes: only `full` has them."""

every_template = pytest.mark.parametrize("name", NAMES)

Law = Callable[..., None]


def law(test: Law) -> Law:
    """Try a law with every template: it takes `name` and `data`."""
    return _tried(test, LAW_EXAMPLES)


def law_of_batches(test: Law) -> Law:
    """Try a law with every template: each time it draws BATCH records."""
    return _tried(test, max(2, LAW_EXAMPLES // BATCH))


def _tried(test: Law, examples: int) -> Law:
    drawn = given(data=st.data())(test)
    tried: Law = settings(max_examples=examples, phases=PHASES)(drawn)
    return every_template(tried)


@cache
def template(name: str) -> Template:
    """Return a shipped template, or one of the awkward ones."""
    return markdown.load(name, SOURCES)


def canonical(data: st.DataObject, name: str, **how: Any) -> Report:
    """Draw a canonical record for a template."""
    found = data.draw(records.records(template(name).outline, **how), label="record")
    return markdown.canonical(found, template(name))


def with_another(data: st.DataObject, report: Report, name: str) -> Report:
    """Return the record with one value drawn again, canonical."""
    return edits.with_another(data, report, template(name))
