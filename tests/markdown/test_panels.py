"""Tables, lists and diagrams that are derived: drawn as a whole, and never read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import markdown
from postmortem.markdown import prose
from postmortem.model import Factor, Report
from tests import hostile
from tests.laws import canonical, template
from tests.oracles import MD, changed

NAME = "diagrams"
FACTORS = (Factor(key="F1", text="a"), Factor(key="F2", text="b", cause="F1"))
REPORT = Report(summary="One.\n\nTwo.", factors=FACTORS, open_questions=("why?",))
GRAPH = re.compile(
    r"flowchart TD\n"
    r'(?:    (?P<node>[A-Z]\d+|n\d+)\["[^"\[\]{}<>`\n]+"\]\n)+'
    r"(?:    (?:[A-Z]\d+|n\d+) --> (?:[A-Z]\d+|n\d+)\n)+"
)
TIMELINE = re.compile(
    r"timeline\n    title [^:;\n]+\n"
    r"(?:    section (?:\d{4}-\d\d-\d\d|\?)\n"
    r"(?:        (?!title|section|acc)(?:[^#:;\n]|#\d+;)+ : (?:[^#:;\n]|#\d+;)+\n)+)+",
    re.IGNORECASE,
)
"""What Mermaid's own grammars read, as far as we write it."""


def text_of(report: Report = REPORT) -> str:
    """Return a report as the template with all kinds of panels writes it."""
    return markdown.write(report, template(NAME))


def read(text: str) -> Report:
    """Return what is read of it."""
    return markdown.read(text, template(NAME)).report


@given(st.data())
def test_diagrams_are_what_mermaid_reads(data: st.DataObject) -> None:
    """Every diagram is a fence of its own, and nothing in it ends a line or a label."""
    text = text_of(canonical(data, NAME, only=("events", "factors"), beyond=False))

    fences = [token for token in MD.parse(text) if token.type == "fence"]
    drawn = [token.content for token in fences if token.info == "mermaid"]

    assert len(drawn) == text.count("\n```mermaid\n")
    for diagram in drawn:
        assert GRAPH.fullmatch(diagram) or TIMELINE.fullmatch(diagram), diagram


def test_a_row_draws_its_diagram_anew() -> None:
    """A change of one factor changes its own line, and the diagram's."""
    text = text_of()
    report = read(text)
    assert report.factors
    renamed = report.factors[0].replace(text="c")

    new = markdown.rewrite(
        text, report.replace(factors=(renamed, report.factors[1])), template(NAME)
    )

    assert changed(text, new) == (
        ["- **F1** : a", '    F1["F1 · a"]'],
        ["- **F1** : c", '    F1["F1 · c"]'],
    )


def test_a_first_arrow_brings_the_diagram() -> None:
    """And the last one takes it away, its comments too."""
    apart = REPORT.replace(factors=(FACTORS[0], FACTORS[1].replace(cause=None)))
    text = text_of()
    bare = text_of(apart)

    assert "mermaid_graph" not in bare
    assert markdown.rewrite(bare, read(text), template(NAME)) == text
    assert markdown.rewrite(text, read(bare), template(NAME)) == bare


def test_an_edit_of_a_diagram_is_a_finding_on_its_line() -> None:
    """It says what the line ought to say; reading does not care; refresh mends it."""
    text = text_of()
    by_hand = text.replace("F1 --> F2", "F2 --> F1")
    line = by_hand.split("\n").index("    F2 --> F1") + 1

    found = markdown.stale(by_hand, template(NAME))

    assert [(each.line, each.message) for each in found] == [
        (line, "this line is derived, and ought to say: F1 --> F2")
    ]
    assert read(by_hand) == read(text)
    assert markdown.refresh(by_hand, template(NAME)) == text


@pytest.mark.parametrize(
    "gone", ["    F1 --> F2\n", '    F1["F1 · a"]\n    F2["F2 · b"]\n']
)
def test_a_line_that_is_missing_is_a_finding(gone: str) -> None:
    """On the line above which it belongs; refresh puts it back."""
    text = text_of()
    by_hand = text.replace(gone, "")

    found = markdown.stale(by_hand, template(NAME))

    assert len(found) == 1
    assert "derived lines are missing" in found[0].message
    assert markdown.refresh(by_hand, template(NAME)) == text


def test_a_diagram_taken_out_stays_out_until_refresh() -> None:
    """An edit of something else does not bring it back; the hint says how to."""
    text = text_of()
    out = re.sub(
        r"<!-- derived from factors: .*?<!-- end of .*?-->\n\n",
        "",
        text,
        flags=re.DOTALL,
    )
    other = read(out).replace(severity="SEV-1")

    hints = markdown.stale(out, template(NAME))

    assert [each.severity for each in hints] == ["hint"]
    assert "flowchart" not in markdown.rewrite(out, other, template(NAME))
    assert markdown.refresh(out, template(NAME)) == text


def test_words_around_a_panel_are_the_section_s() -> None:
    """Whatever stands before, between and behind is the text, and the panel is not."""
    begin = "<!-- derived from open_questions: as_list -->"
    by_hand = (
        text_of()
        .replace(begin, f"Three.\n\n{begin}")
        .replace("<!-- end of as_list -->", "<!-- end of as_list -->\n\nFour.", 1)
    )

    report = read(by_hand)
    new = markdown.rewrite(by_hand, report.replace(summary="Five."), template(NAME))

    assert report.summary == "One.\n\nTwo.\n\nThree.\n\nFour."
    assert read(new).summary == "Five."
    assert new.count("as_list") == text_of().count("as_list")


@given(hostile.prose, hostile.prose)
def test_no_prose_is_taken_for_a_panel(before: str, inside: str) -> None:
    """What somebody writes between such comments is read back, all of it."""
    forged = (
        f"{before}\n\n<!-- derived from actions: as_table -->\n\n{inside}\n\n"
        "<!-- end of as_table -->\n\nBehind."
    )
    wanted = prose.canonical(forged, level=3)
    record = markdown.canonical(Report(summary=wanted), template(NAME))

    assert prose.canonical(wanted, level=3) == wanted
    assert read(text_of(record)).summary == record.summary


def test_a_comment_without_its_end_is_a_comment() -> None:
    """Then nothing tells where the panel ends, and all of it is somebody's text."""
    text = text_of().replace("<!-- end of as_list -->", "", 1)

    summary = read(text).summary

    assert isinstance(summary, str)
    assert summary.endswith(
        "<!-- was derived from open_questions: as_list -->\n\n- why?"
    )


def test_a_formatter_leaves_nothing_stale() -> None:
    """A padded table and other bullets say the same, so they stay as they are."""
    text = text_of()
    formatted = text.replace("- why?\n\n<!-- end", "*   why?\n\n\n<!-- end")
    assert formatted != text

    assert markdown.stale(formatted, template(NAME)) == ()
    assert markdown.refresh(formatted, template(NAME)) == formatted


def test_another_template_reads_none_of_it() -> None:
    """A report that goes elsewhere takes its facts, and leaves the diagrams behind."""
    text = text_of()

    elsewhere = markdown.read(text, template("default")).report

    assert elsewhere.summary == "One.\n\nTwo."
    assert [row.text for row in elsewhere.factors or ()] == ["a", "b"]
