"""What is nested deeper than a parser goes is kept, or named: never dropped."""

from __future__ import annotations

import re

import pytest

from postmortem import markdown
from postmortem.errors import PostmortemError
from postmortem.markdown.prose import LARGEST
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


def one_line(depth: int) -> str:
    """Return lists in lists that all begin on one line."""
    return f"{'- ' * depth}word{depth}"


def steps(depth: int) -> str:
    """Return quotes of every depth, one after the other."""
    return "\n\n".join(f"{'> ' * level}word{level}" for level in range(1, depth))


NESTED = {"lists": lists, "quotes": quotes, "lists in quotes": turns}
DEEPER = {**NESTED, "lists on a line": one_line, "quotes by steps": steps}


@pytest.mark.parametrize("name", ["default", "minimal"])
@pytest.mark.parametrize("shape", NESTED)
@pytest.mark.parametrize("depth", DEPTHS)
def test_what_is_nested_deeply_is_kept_or_named(
    depth: int, shape: str, name: str
) -> None:
    """MD-DEEPLOSS: every word is written and read again, or it is refused."""
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


@pytest.mark.parametrize("shape", DEEPER)
@pytest.mark.parametrize("depth", [120, 300, 2000])
def test_what_is_nested_beyond_all_reason_is_kept_as_it_stands(
    depth: int, shape: str
) -> None:
    """It is read and written as code, every word of it, and edits leave it alone."""
    said = f"Before.\n\n{DEEPER[shape](depth)}\n\nAfter."
    default, words = template("default"), WORD.findall(said)
    if len(said) > LARGEST:
        with pytest.raises(PostmortemError):
            markdown.read(said, default)
        return

    record = markdown.canonical(Report(summary=said), default)
    text = markdown.write(record, default)
    report = markdown.read(text, default).report
    new = markdown.rewrite(text, report.replace(impact="Small."), default)
    more = report.replace(summary=f"{report.summary}\n\nMore.")
    newer = markdown.rewrite(new, more, default)

    assert report == record
    assert WORD.findall(text) == WORD.findall(new) == WORD.findall(newer) == words
    assert markdown.read(newer, default).report.summary == more.summary


@pytest.mark.parametrize("shape", DEEPER)
def test_depth_by_hand_is_read_where_it_stands(shape: str) -> None:
    """MD-DEEPLOSS: deep blocks by hand keep their lines when others change."""
    said = DEEPER[shape](150)
    default = template("default")
    text = markdown.write(Report(summary="Short."), default)
    by_hand = text.replace("Short.", f"Short.\n\n{said}")
    report = markdown.read(by_hand, default).report

    new = markdown.rewrite(
        by_hand, report.replace(summary=f"{report.summary}\n\nMore."), default
    )

    assert sorted(WORD.findall(str(report.summary))) == sorted(WORD.findall(said))
    assert said in new
