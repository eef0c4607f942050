"""The laws, each stated once: given a template and a record, an assertion holds.

What a law needs beside the record it draws from `data`: hypothesis' own in the tests,
one with a seed in the long run. A statement returns why it had nothing to show, if so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.markdown import Template, everything, fields
from postmortem.markdown.front import UNREADABLE
from postmortem.model import Report
from tests import edits, losses, records, rows
from tests.by_hand import REFUSED, simple, survives_an_edit
from tests.once import reading, written
from tests.oracles import (
    Draws,
    alike,
    asked,
    changed,
    disarmed,
    edited,
    instants,
    rendered,
    skeleton,
    told,
)

LINED = (
    *(fields.LINE, fields.LINES, fields.MOMENT, fields.LIST, fields.TABLE),
    *(fields.EVENTS, fields.FACTORS, fields.ACTIONS, fields.REVISIONS),
)
"""Kinds of fields that hold no authored prose."""

Statement = Callable[[Template, Report, Draws], str | None]
RESPELLED = "another meaning after the formatter"


def round_trip(made: Template, record: Report, data: Draws) -> str | None:
    """What was written is read back equal."""
    back = reading(written(record, made), made).report

    assert told(back) == told(record)
    assert back == record
    return None


def fixed_point(made: Template, record: Report, data: Draws) -> str | None:
    """What was read is written with the same bytes, and needs no edit or refresh."""
    text = written(record, made)
    back = reading(text, made).report

    assert markdown.canonical(record, made) == record
    assert markdown.write(back, made) == text
    assert markdown.rewrite(text, back, made) == text
    assert markdown.refresh(text, made) == text
    assert markdown.stale(text, made) == ()
    return None


def small_diff(made: Template, record: Report, data: Draws) -> str | None:
    """One value changed in place changes no more lines than the layout asks for."""
    wanted = edits.with_another(data, record, made)
    text = written(record, made)

    new = markdown.rewrite(text, wanted, made)

    # One line more is the key of a row that is gone, which is retired.
    gone, came = changed(text, new)
    most_gone, most_came = changed(text, markdown.write(wanted, made))
    assert asked(markdown.read(new, made).report) == asked(wanted)
    assert len(gone) <= len(most_gone) + 1
    assert len(came) <= len(most_came) + 1
    return None


def nothing_lost(made: Template, record: Report, data: Draws) -> str | None:
    """A line goes only with the value that it belongs to; else the edit is refused."""
    by_hand = edited(data, written(record, made))
    read = reading(by_hand, made).report
    wanted = edits.with_another(data, read, made)

    try:
        new = markdown.rewrite(by_hand, wanted, made)
    except Refused:
        return REFUSED

    assert losses.gone(by_hand, new, made, wanted) == []
    assert losses.lost(by_hand, new, made, wanted) == []
    return None


def by_hand_stays(made: Template, record: Report, data: Draws) -> str | None:
    """A column, bullets, a paragraph and a section stay, each at its row or place."""
    text = simple(made, data)
    spans = reading(text, made).spans
    end = spans.elsewhere.start + 1 if spans.elsewhere else text.count("\n") + 1

    return survives_an_edit(made, data, text, range(spans.body + 1, end))


def judged_again(made: Template, record: Report, data: Draws) -> str | None:
    """What tells that derived lines are right tells it of no text that is not."""
    text = written(record, made)
    first = markdown.judged(text, made, reading(text, made), "")
    assert first.right
    ways: tuple[Callable[[], str], ...] = (
        lambda: edited(data, text),
        lambda: markdown.write(edits.with_another(data, record, made), made),
        lambda: _with_another_line(data, text),
    )
    after = data.draw(st.sampled_from(ways), label="way")()
    back = markdown.read(after, made)
    if any(each.severity == "error" for each in back.findings):
        return REFUSED

    again = markdown.judged(after, made, back, first.right)

    assert again.findings == markdown.stale(after, made)
    assert bool(again.right) is (again.findings == ())
    return None


def _with_another_line(data: Draws, text: str) -> str:
    """Return a text in which a line is gone, doubled, or has another number or word."""
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1), label="line")
    new = data.draw(
        st.sampled_from(
            (
                [],
                [lines[at]] * 2,
                [re.sub(r"\d", "7", lines[at], count=1)],
                [f"{lines[at]} indeed"],
            )
        ),
        label="instead",
    )
    return "\n".join((*lines[:at], *new, *lines[at + 1 :]))


def honest_time(made: Template, record: Report, data: Draws) -> str | None:
    """An instant is read back as written, to the microsecond, in any zone."""
    form = everything(made.outline.fields)
    zone = data.draw(st.sampled_from(rows.ZONES), label="zone")
    timeline = data.draw(records.values(form["timeline"]), label="timeline")
    record = Report(zone=zone, timeline=timeline)
    for each in ("onset", "resolved"):
        record = record.with_value(each, data.draw(rows.moments, label=each))
    record = markdown.canonical(record, made)

    back = reading(written(record, made), made).report

    assert (back.onset, back.resolved) == (record.onset, record.resolved)
    assert instants(back) == instants(record)
    return None


def data_stays_data(made: Template, record: Report, data: Draws) -> str | None:
    """No value of a row or line adds a row, a heading, a key, or HTML."""
    record = lined(record, made)
    harmless = disarmed(record, made)

    text = written(record, made)

    assert skeleton(text) == skeleton(markdown.write(harmless, made))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.split("\n") if line != line.rstrip(" \t")] == []
    assert [char for char in text if ord(char) < 32 and char not in "\n\t"] == []
    return None


def after_formatter(
    made: Template, record: Report, after: str, data: Draws
) -> str | None:
    """The record is equal in the text respelled, and an edit of it is possible.

    A formatter that gives a text another meaning has changed the report itself: two
    ways are known, no other is let pass. mdformat takes quotes away that lists in YAML
    need (`[? a]`), and reading says then what cannot be read; prettier joins the marks
    of a strong word to those of the strong words around it.
    """
    wanted = edits.with_another(data, record, made)
    facts, html = rendered(written(record, made))
    facts_now, html_now = rendered(after)
    read, _, findings = markdown.read(after, made)
    if facts_now != facts:
        lost = {n for n in facts if not alike(read.value(n), record.value(n))}
        unread = {each.field for each in findings}
        assert lost <= unread or UNREADABLE in [each.code for each in findings]
        if lost:
            return RESPELLED
    if html_now != html and "****" in after:
        return RESPELLED
    assert html_now == html

    assert alike(told(read), told(record))
    try:
        new = markdown.rewrite(after, wanted, made)
    except Refused:
        return REFUSED  # said in words, and nothing is touched

    back = markdown.read(new, made).report
    assert alike(asked(back), asked(wanted))
    return None


LAWS: Mapping[str, Statement] = {
    "round-trip": round_trip,
    "fixed-point": fixed_point,
    "small-diff": small_diff,
    "nothing-lost": nothing_lost,
    "by-hand-stays": by_hand_stays,
    "judged-again": judged_again,
    "honest-time": honest_time,
    "data-stays-data": data_stays_data,
}
"""Those that need nothing but a record; formatters are run apart."""


def lined(record: Report, made: Template) -> Report:
    """Return the record without authored prose, and without what nobody declares."""
    kept = Report(zone=record.zone)
    for name, known in everything(made.outline.fields).items():
        if known.kind in LINED and name != "template":
            kept = kept.with_value(name, record.value(name))
    return markdown.canonical(kept, made)
