"""What is written as text is text for every reader of YAML."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postmortem import yamls
from tests.yamls.oracles import (
    READERS,
    front_by_dashes,
    front_by_markdown,
    yaml_1_1,
)

LOOKALIKES = (
    *("NO", "no", "y", "N", "on", "Off", "true", "FALSE", "~", "null", "Null", ""),
    *("12:30", "12:30:05", "1.10", "010", "0o17", "0b101", "0x1F", "1e3", "12e4567"),
    *("1_000", "-5", "+1", ".5", ".inf", "-.INF", ".NaN", "=", "<<", "1.", "1,000"),
    *("2026-11-20", "2026-11-20T12:30:00Z", "2026-11-20 12:30:00.5 +01:00"),
    *("2001-12-14t21:59:43.10-05:00", "190:20:30", "1:2:3.4", "0.", "0x", "00"),
)
SYNTAX = (
    *(" a", "a ", "a #b", "a: b", "a:", "#a", "- a", "-a", "? a", "?", ":", "a\tb"),
    *("&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "[a", "{a", "a]", "'a", '"a'),
    *("it's", 'say "no"', 'it\'s "no"', "\\", "a\\n", "'---'", "---", "...", "--- a"),
)
CHARACTERS = (
    *("a\nb", "a\r\nb", "\n", "a\0b", "\x1b[2J", "a\x85b", "a\u2028b", "a\u2029b"),
    *("\x7f", "\x9b", "\ufeff", "\ufffe", "\uffff", "a\u202eb", "\xa0", "\u200d"),
    *("😀", "👩\u200d🚒", "é", "e\u0301", "مرحبا", "\U0001fffe", "\U0010ffff", "日本"),
)
FORGERIES = (
    *("a\n---\nadmin: true", "a\r\n---\r\nb", "x\nadmin: true", "'---'", "...", "---"),
    *("a\u2028---\u2028b: c", "a\x85---\x85b: c", "\0", "\x1b[31m", "a\n----\nb: c"),
)
BLANKS = tuple(each for each in map(chr, range(0x110000)) if each.isspace())

texts = st.one_of(
    st.text(),
    st.sampled_from((*LOOKALIKES, *SYNTAX, *CHARACTERS)),
    st.from_regex(r"[-+.]?[0-9oxbeEinfaN_:.,TZt -]{1,20}", fullmatch=True),
    st.text(alphabet="ab01 :#-,[]{}'\"\\\n\t!&*?|>%@`~=<.\u2028\x85"),
)


@given(texts)
@example("2025-05-24T13:05Z")
def test_every_reader_gives_the_text_back(text: str) -> None:
    """YAML-TYPES: one line, the same str in YAML 1.1, 1.2 and here, key and value."""
    line = f"{yamls.scalar(text)}: {yamls.scalar(text)}"

    assert len(line.splitlines()) == 1
    assert yamls.load(line).tree() == {text: text}
    assert [reader(line) for reader in READERS] == [{text: text}] * len(READERS)


@given(st.lists(texts))
@example(["why?", "http://x"])
def test_a_flow_list_reads_back_as_the_same_list(values: list[str]) -> None:
    """Brackets, commas and colons in an item stay in the item."""
    line = f"k: {yamls.flow(values)}"

    assert len(line.splitlines()) == 1
    assert yamls.load(line).tree() == {"k": values}
    assert [reader(line) for reader in READERS] == [{"k": values}] * len(READERS)


@pytest.mark.parametrize("text", [*LOOKALIKES, *SYNTAX, *CHARACTERS])
def test_what_any_reader_could_mistake_is_quoted_or_harmless(text: str) -> None:
    """The known traps, one by one."""
    assert yamls.load(f"k: {yamls.scalar(text)}").tree() == {"k": text}
    assert yaml_1_1(f"k: {yamls.scalar(text)}") == {"k": text}


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_lookalike_is_quoted(text: str) -> None:
    """A version, a time or a country is never left for a reader to guess at."""
    assert yamls.scalar(text) == f'"{text}"'


@pytest.mark.parametrize(
    "text",
    [
        "db down",
        "SEV-1",
        "2025-05-24T13:05Z",
        "2025-05-24T13:05+02:00",
        "2025-05-24-x-down-failover",
        "America/New_York",
        "https://example.org/a?b=c",
        "it's X, and Y",
        "Überlast",
    ],
)
def test_ordinary_text_stays_plain(text: str) -> None:
    """Quotes stand only where they are needed; minutes make no YAML timestamp."""
    assert yamls.scalar(text) == text


@pytest.mark.parametrize(
    "text, written",
    [
        ("a: b", '"a: b"'),
        ('"no", he said', "'\"no\", he said'"),
        ("#it's", '"#it\'s"'),
        ("- C:\\x", "'- C:\\x'"),
        ("a\nb\0\x1b\u202e", '"a\\nb\\0\\x1B\\u202E"'),
    ],
)
def test_quotes_are_those_a_formatter_keeps(text: str, written: str) -> None:
    """Double, or single where that saves an escape; what hides is an escape."""
    assert yamls.scalar(text) == written


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_white_space_at_an_end_is_quoted(blank: str) -> None:
    """Of any script: nobody sees it, and a plain value would be trimmed of it."""
    for text in (f"a{blank}", f"{blank}a", blank):
        assert yamls.scalar(text)[0] in "'\""
        assert yamls.flow([text])[1] in "'\""


def test_surrogates_become_what_a_file_can_hold() -> None:
    """A pair is one character; a lone one is U+FFFD, as no UTF-8 file can hold it."""
    assert yamls.scalar("a\ud83d\ude00b") == "a😀b"
    assert yamls.scalar("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("title", FORGERIES)
def test_no_title_forges_front_matter(title: str) -> None:
    """FM-INJECT: three ways to find front matter agree, and nothing adds a key."""
    text = f"---\ntitle: {yamls.scalar(title)}\nid: x\n---\n\n# H\n"
    wanted = {"title": title, "id": "x"}

    assert yamls.load(yamls.split(text).front or "").tree() == wanted
    assert yaml_1_1(front_by_dashes(text)) == wanted
    assert yaml_1_1(front_by_markdown(text)) == wanted
