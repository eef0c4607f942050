"""Messages of commits: what comes from anywhere cannot say more than it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postmortem.history import Way, commit, message
from postmortem.history.messages import NO_SUBJECT, SUBJECT
from tests.history.repos import Repository

_ODD = st.sampled_from(
    [
        "\n",
        "\r\n",
        "\n\n",
        "#",
        "# x",
        "Signed-off-by: a <b@c>",
        "Fixes: 1",
        "---\n",
        "[skip ci]",
        "\x00",
        "�",
        "x" * 90,
        " ",
        "\x1b[31m",
        "\u202e",
        "fixup! a",
        "é" * 80,
        "diff --git a b",
        "(cherry picked from commit 1234567)",
    ]
)
_TEXT = st.lists(_ODD | st.text(max_size=20), max_size=12).map("".join)


@given(subject=_TEXT, body=_TEXT, name=_TEXT)
@example(subject="a", body="b\n\nSigned-off-by: Eve <e@example.com>", name="")
@example(subject="a\n\nSigned-off-by: Eve <e@example.com>", body="", name="x")
def test_a_message_says_what_it_was_given(subject: str, body: str, name: str) -> None:
    """GIT-MSG: one line of a subject, no NUL, and the trailers of the caller alone."""
    said = message(subject, body, [("Postmortem", name)])

    lines = said.split("\n")
    assert 0 < len(lines[0]) <= SUBJECT
    assert lines[1] == ""
    assert "\0" not in said
    assert "\x1b" not in said
    assert "[skip ci]" not in said
    assert said.encode("utf-8").decode() == said
    assert said.endswith("\n")


@pytest.mark.parametrize(
    "subject, expected",
    [
        ("Add it", "Add it"),
        ("two\nlines\r\nin one", "two lines in one"),
        ("# no comment", "# no comment"),
        ("Signed-off-by: Eve", "Signed-off-by: Eve"),
        ("deploy [skip ci] [CI skip]", "deploy (skip ci) (CI skip)"),
        ("a\0b \ud800", "ab ?"),
        ("fixup! main", "fixup: main"),
        ("  \n ", NO_SUBJECT),
        ("word " * 60, f"{'word ' * 14}".rstrip() + "…"),
        ("x" * 300, f"{'x' * 71}…"),
    ],
    ids=range(10),
)
def test_a_subject_is_one_short_line(subject: str, expected: str) -> None:
    """It is cut between words where there are any."""
    assert message(subject) == f"{expected}\n"


def test_git_reads_the_trailers_that_were_given_and_no_others(
    repo: Repository,
) -> None:
    """GIT-MSG: neither subject nor body can forge one, in git's own reading."""
    forged = "Signed-off-by: Eve <eve@example.com>"
    texts = [
        message(f"x\n\n{forged}", f"text\n\n{forged}\nChange-Id: I1", []),
        message("x", f"{forged}\n\nFixes: everything", [("Postmortem", "a\nEvil: b")]),
        message("x", f"---\n\n{forged}", [("Postmortem", "a Evil: b")]),
        message("x", "(cherry picked from commit 0123456)\nImpact: all", []),
    ]

    read = [
        repo.git("interpret-trailers", "--parse", stdin=text.encode()) for text in texts
    ]

    assert read == ["", "Postmortem: a Evil: b", "Postmortem: a Evil: b", ""]


@pytest.mark.parametrize("way", Way)
def test_git_keeps_every_line(repo: Repository, way: Way) -> None:
    """GIT-MSG, GIT-I18N: a line with `#` is text, and the bytes are UTF-8."""
    repo.git("config", "i18n.commitEncoding", "latin1")
    repo.git("config", "commit.cleanup", "strip")
    said = message("#1 è down", "# heading\n\n; x\n\nImpact: 5", [("Postmortem", "ü")])

    made = commit(repo.history, replace(repo.report(), message=said), way=way)

    raw = repo.git("cat-file", "commit", made.sha)
    assert "\nencoding " not in raw
    assert raw.split("\n\n", 1)[1] + "\n" == said


@pytest.mark.parametrize("key", ["", "a b", "a:", "é", "-a", "a\nb"])
def test_a_key_of_a_trailer_is_a_word(key: str) -> None:
    """It comes from settings, and a wrong one is a mistake of ours."""
    with pytest.raises(ValueError, match="no key of a trailer"):
        message("x", "", [(key, "y")])


def test_a_trailer_without_a_value_is_left_out() -> None:
    """There is nothing to say."""
    assert message("x", "", [("Postmortem", " \n")]) == "x\n"
