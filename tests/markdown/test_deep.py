"""What is nested deeper than a parser goes is kept, or named: never dropped."""

from __future__ import annotations

import re

import pytest

from postmortem import markdown
from postmortem.errors import PostmortemError
from postmortem.model import Report
from tests.laws import template

DEPTHS = (*range(9, 26), 60)
WORD = re.compile(r"word\d+")


def lists(depth: int) -> str:
    """Return lists in lists, an item at every depth."""
    return "\n".join(f"{'  ' * level}- word{level}" for level in range(depth))


def quotes(depth: int) -> str:
    """Return quotes in quotes, a paragraph at every depth."""
    lines = (f"{'> ' * level}> word{level}\n{'> ' * level}>" for level in range(depth))
    return "\n".join(lines)


def turns(depth: int) -> str:
    """Return lists and quotes in one another by turns, with words innermost."""
    return f"{'> - ' * (depth // 2)}word{depth - 1}"


NESTED = {"lists": lists, "quotes": quotes, "lists in quotes": turns}


@pytest.mark.parametrize("name", ["default", "minimal"])
@pytest.mark.parametrize("shape", NESTED)
@pytest.mark.parametrize("depth", DEPTHS)
def test_what_is_nested_deeply_is_kept_or_named(
    depth: int, shape: str, name: str
) -> None:
    """Every word is in the text and read from it again, or the text is refused."""
    said = NESTED[shape](depth)
    report = Report(summary=said, appendix=said)
    try:
        record = markdown.canonical(report, template(name))
        text = markdown.write(record, template(name))
        back, _, findings = markdown.read(text, template(name))
    except PostmortemError:
        return

    words = sorted(WORD.findall(said))
    assert sorted(WORD.findall(text)) == sorted(2 * words)
    for value in (back.summary, back.appendix):
        assert sorted(WORD.findall(str(value))) == words or findings
    assert back == record
