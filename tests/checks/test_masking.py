"""What counts as an author's own words, and what they only quote or link."""

from __future__ import annotations

import re
import time

import pytest

from postmortem.checks.masking import FILLER, masked
from tests.checks.reports import BASE, laid_over, subject


@pytest.mark.parametrize(
    "text, own",
    [
        ("plain words", "plain words"),
        ("run `rm -rf x` now", "run  now"),
        ("run ``a ` b`` now", "run  now"),
        ('he said "should have" aloud', "he said  aloud"),
        ("he said “should\nhave” aloud", "he said \n aloud"),
        ("see [the log](https://example.com/a_(b)) here", "see [the log here"),
        ("see https://example.com/should-have here", "see  here"),
        ("a <!-- note --> b", "a  b"),
        ("> quoted\nown", "\nown"),
        ("  > quoted\nown", "\nown"),
        ("```\ncode\n```\nown", "\n\n\nown"),
        ("own\n```sh\ncode\n\nmore", "own\n\n\n\n"),
        ("~~~~\na\n~~~\n~~~~\nown", "\n\n\n\nown"),
        ('a 5" disk and a 3" disk', 'a 5" disk and a 3" disk'),
        ('one "a\n\nb" two', 'one "a\n\nb" two'),
        ("a ` lone tick", "a ` lone tick"),
        ("<b>bold</b> words", "bold words"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_own_words_are_left(text: str, own: str) -> None:
    """Every other character is masked, and line breaks stay."""
    assert masked(text).replace(FILLER, "") == own


@pytest.mark.parametrize("text", [BASE, "a`b`\r\n`c", '"' * 500, "`" * 999, "<" * 999])
def test_places_are_the_same(text: str) -> None:
    """Masking changes no length and no line."""
    hidden = masked(text)

    assert len(hidden) == len(text)
    assert [m.start() for m in re.finditer("\n", hidden)] == [
        m.start() for m in re.finditer("\n", text)
    ]


def test_passages_are_what_people_wrote() -> None:
    """Title, prose and rows in the order of the file, each where it stands."""
    own = subject(laid_over("## Notes\n\nMore of it.\n"))

    for passage in own.passages:
        end = passage.start + len(passage.text)
        assert own.text[passage.start : end] == passage.text
        assert len(passage.masked) == len(passage.text)
    told = [(it.field, it.part, it.key) for it in own.passages]
    assert told[:3] == [
        ("title", "", None),
        ("summary", "", None),
        ("impact", "", None),
    ]
    assert ("factors", "evidence", "F2") in told
    assert ("actions", "done_when", "A1") in told
    assert told[-1] == ("", "", None)
    assert own.passages[-1].text.strip() == "More of it."
    assert not [it for it in own.passages if "detected after" in it.text]


def test_a_finding_stands_on_its_words() -> None:
    """On the line and in the column of a match, however far down a passage it is."""
    own = subject(BASE)
    passage = next(it for it in own.passages if it.field == "summary")
    (match,) = passage.search(re.compile("database"))

    finding = own.marked(passage, match, "here")

    line = own.lines[finding.line - 1]
    at = finding.column - 1
    assert line[at : at + finding.length] == "database"


@pytest.mark.parametrize(
    "part",
    ["<!--", "`", "``a`", "](", '"', '"a ', "> ", "```\n", "https://", "<a", "\u201c"],
)
def test_no_text_takes_long(part: str) -> None:
    """Time grows with the length, whatever is opened and never closed."""
    began = time.process_time()

    masked(part * (200_000 // len(part)))
    masked("".join(f"{part * number} " for number in range(600 // len(part))))

    assert time.process_time() - began < 5
