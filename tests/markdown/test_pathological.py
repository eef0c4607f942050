"""Texts that make parsers slow are read in bounded time, and not a word is lost.

The shapes are the classic ones that CommonMark parsers are tried with. How long they
take is compared between a size and twice that size, since machines differ.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable

import pytest

from postmortem import markdown
from postmortem.errors import PostmortemError
from postmortem.markdown.prose import LARGEST
from postmortem.model import Action, Event, Report
from tests.laws import template

Shape = Callable[[int], str]
LONGEST = 10.0
"""Seconds that no text may take."""
GROWTH = 6.0
"""Times that twice the size may take longer: four would be quadratic."""
UNMEASURED = 0.1
"""Seconds too short to compare."""
SIZES = (1000, 2000)
SHAPES: dict[str, Shape] = {
    "strong in emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis closed, never opened": lambda n: "a_ " * n,
    "emphasis opened, never closed": lambda n: "_a " * n,
    "links closed, never opened": lambda n: "a]" * n,
    "links opened, never closed": lambda n: "[a" * n,
    "emphasis opened and closed by others": lambda n: "*a_ " * n,
    "runs that are multiples of three": lambda n: "a**b" + "c* " * n,
    "links opened, emphasis closed": lambda n: "[ a_" * n,
    "brackets in half a link": lambda n: "[ (](" * n + "a",
    "images in links": lambda n: "![[]()" * n + "a",
    "brackets in brackets": lambda n: "[" * n + "a" + "]" * n,
    "brackets and angles": lambda n: "[a](<b" * n,
    "links with no end": lambda n: "[a](b" * n,
    "quotes in quotes": lambda n: "> " * n + "a",
    "quotes in quotes, tight": lambda n: ">" * n + "a",
    "lists on a line": lambda n: "- " * n + "a",
    "lists by steps": lambda n: "\n".join("  " * k + "* a" for k in range(n // 4)),
    "code of every length": lambda n: "".join("e" + "`" * k for k in range(n // 4)),
    "code never closed": lambda n: "`a``" * n,
    "null characters": lambda n: "abc\u0000de\u0000" * n,
    "comments never closed": lambda n: "a <!-- " * n,
    "declarations never closed": lambda n: "a<!A " * n,
    "instructions never closed": lambda n: "a<?" * n,
    "CDATA never closed": lambda n: "a<![CDATA[" * n,
    "CDATA as blocks": lambda n: "<![CDATA[a\n\n" * n,
    "comments as blocks": lambda n: "<!-- a\n\n" * n,
    "link definitions": lambda n: "".join(f"[a{k}]: /b\n" for k in range(n)) + "\na",
    "one definition, many uses": lambda n: f"{'[a] ' * n}\n\n[a]: /{'b' * n}",
    "backslashes": lambda n: "a\\" * n,
    "entities": lambda n: "a&gt;&#" * n,
    "addresses": lambda n: "a<b:" * n,
    "tags": lambda n: "a<b c=" * n,
    "rules under rules": lambda n: "a\n---\n" * n,
    "rows": lambda n: "| a |\n| --- |\n" + "| b |\n" * n,
    "columns": lambda n: f"{'|a' * n}|\n{'|-' * n}|\n{'|b' * n}|",
    "pipes under no table": lambda n: "|a" * n + "\n" + "|b\n" * n,
    "empty items": lambda n: "-\n" * n + "\na",
    "fences in fences": lambda n: "\n".join("`" * k + " a" for k in range(3, n // 4)),
    "breaks": lambda n: "a  \n" * n,
    "curly quotes": lambda n: "a\"'" * n,
}


def reading(said: str, name: str = "default") -> tuple[float, str]:
    """Return how long a report with that summary takes to be read, and what is read."""
    text = markdown.write(Report(summary="Here.", impact="There."), template(name))
    start = time.process_time()
    report = markdown.read(text.replace("Here.", f"Here.\n\n{said}"), template(name))
    spent = time.process_time() - start
    return spent, str(report.report)


def letters(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(re.findall(r"[a-e]\d*", text))


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_bounded_time(shape: str) -> None:
    """MD-TIMING: twice the text takes a few times as long, never LONGEST."""
    small, large = (SHAPES[shape](size) for size in SIZES)
    reading("warm")

    once = min(reading(small)[0] for _ in range(2))
    twice = min(reading(large)[0] for _ in range(2))

    assert twice < LONGEST
    assert twice < UNMEASURED or twice / once < GROWTH


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [100, 1000])
def test_a_hard_text_is_read_whole(size: int, shape: str) -> None:
    """Every word of it is in the record, and written again, and read again."""
    said = f"Here.\n\n{SHAPES[shape](size)}"

    _, report = reading(said)
    record = markdown.canonical(Report(summary=said), template("default"))
    text = markdown.write(record, template("default"))

    assert letters(said) - (letters(report) - letters(reading("")[1])) == Counter()
    assert letters(said) - letters(str(record.summary)) == Counter()
    assert markdown.read(text, template("default")).report == record


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hard_line_is_one_line(shape: str) -> None:
    """As a title or in a row it is canonical at once, and adds no row or heading."""
    said = " ".join(SHAPES[shape](700).split())
    event, action = Event(text=said, source=said), Action(text=said, owner=said)
    wanted = Report(title=said, timeline=(event, Event(text="e")), actions=(action,))

    record = markdown.canonical(wanted, template("default"))
    text = markdown.write(record, template("default"))

    assert markdown.canonical(record, template("default")) == record
    assert markdown.read(text, template("default")).report == record


def test_a_table_of_megabytes_is_refused_by_its_size() -> None:
    """MD-TIMING: larger than any report: it says how large, and what to do."""
    rows = "| 2025-05-24 13:05 | said | chat |\n" * 240_000
    text = markdown.write(Report(), template("default"))

    with pytest.raises(PostmortemError) as refused:
        markdown.read(text + rows, template("default"), path="a.md")

    assert str(LARGEST) in refused.value.problems[0].message
    assert refused.value.problems[0].hint


def test_the_longest_timeline_is_read_in_bounded_time() -> None:
    """As many rows as fit into what is read take seconds, each of them read."""
    events = tuple(Event(text=f"e{k}", said="later") for k in range(100))
    text = markdown.write(Report(timeline=events), template("default"))
    row = next(line for line in text.split("\n") if "e0" in line)
    many = (LARGEST - len(text)) // (len(row) + 1)
    text = text.replace(row, "\n".join([row] * many))

    start = time.process_time()
    report = markdown.read(text, template("default")).report

    assert time.process_time() - start < LONGEST
    assert len(report.timeline or ()) == many + len(events) - 1
