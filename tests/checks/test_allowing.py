"""Comments that keep findings back: where they hold, and what they must say."""

from __future__ import annotations

from postmortem import markdown
from tests.checks.reports import BASE, codes, found, laid_over, template

LATE = laid_over("""\
## Action items

COMMENT

- [ ] **A1** Restart one node of it at a time (platform lead, prevent, P1, F2, OP-1)\\
  done when: a change of size in the test site keeps the hit rate above 80%
- [ ] **A2** Page when its hit rate is under 50% (payments lead, detect, P2, F3, OP-2)\\
  done when: emptying the cache in the test site pages within one minute
""")


def test_a_comment_below_a_heading_is_about_its_section() -> None:
    """Every row of it, and no other section."""
    assert codes(_with("allow PM412 because the vendor decides")) == []
    assert codes(_with("allow PM404 because they do")) == ["PM610", "PM412", "PM412"]


def test_a_key_narrows_it_to_a_row() -> None:
    """The others are found."""
    (one,) = found(_with("allow PM412 A2 because the vendor decides"))

    assert one.message == "action A1 has no due date"


def test_without_a_reason_it_allows_nothing() -> None:
    """And that is a finding too."""
    assert codes(_with("allow PM412")) == ["PM608", "PM412", "PM412"]
    assert codes(_with("allow PM412 because")) == ["PM608", "PM412", "PM412"]
    assert codes(_with("allow PM412 because …")) == ["PM608", "PM412", "PM412"]


def test_several_rules_can_be_allowed_at_once() -> None:
    """Each of which has to be needed."""
    assert codes(_with("allow PM412, PM404 because they do")) == ["PM610"]


def test_at_the_end_of_a_line_it_is_about_that_line() -> None:
    """A row of a table keeps its meaning: what stands behind its end is no cell."""
    allow = "<!-- postmortem: allow PM119 because it rang twice -->"
    row = "| 2026-03-02 10:06 | the alert pages again | pager |"
    timeline = f"""\
## Timeline

| Time (UTC) | Event | Source |
| --- | --- | --- |
| 2026-03-02 09:55 | **change:** the cache gets a new size | deploy log |
{row}
{row} {allow}
{row}
| 2026-03-02 10:35 | the old size is rolled out again | deploy log |
"""
    text = laid_over(timeline)

    assert [(it.code, it.line) for it in found(text)] == [("PM119", 40)]
    assert codes(text.replace(f" {allow}", "")) == ["PM119", "PM119"]


def test_before_the_second_heading_it_is_about_the_whole_report() -> None:
    """The front matter included, which can hold no such comment."""
    text = BASE.replace("tags: [cache]", "tag: cache")
    allow = "<!-- postmortem: allow PM601 because another tool reads it -->"

    assert codes(text) == ["PM601"]
    assert codes(text.replace("\n**SEV-2 ", f"\n{allow}\n\n**SEV-2 ", 1)) == []


def test_at_the_end_of_an_item_it_is_about_that_row() -> None:
    """It is no part of the row's text, and stays in the file when the row changes."""
    allow = "<!-- postmortem: allow PM412 because the freeze ends first -->"
    text = BASE.replace(", due 2026-03-20", "", 1)
    (line,) = (it for it in text.splitlines() if "**A2**" in it)
    allowed = text.replace(line, f"{line.removesuffix(chr(92))} {allow}{chr(92)}")

    read = markdown.read(allowed, template())
    actions = tuple(it.replace(owner="lead") for it in read.report.actions or ())
    changed = read.report.replace(actions=actions)

    assert codes(text) == ["PM412"]
    assert codes(allowed) == []
    assert read.report == markdown.read(text, template()).report
    assert markdown.rewrite(allowed, changed, template()).count(allow) == 1


def test_in_a_table_it_is_told_to_go_elsewhere() -> None:
    """There it becomes a part of the cell's text."""
    (row,) = (it for it in BASE.splitlines() if it.startswith("| ") and "10:20" in it)
    text = BASE.replace(row, row[:-2] + " <!-- postmortem: allow PM412 because x --> |")

    assert "PM609" in codes(text)


def test_in_code_it_is_only_shown() -> None:
    """A page that explains the comment allows nothing."""
    shown = "`<!-- postmortem: allow PM412 because of this -->`"
    fenced = "```\n<!-- postmortem: allow PM412 because of this -->\n```"

    for example in (f"We wrote {shown}.", fenced):
        assert codes(laid_over(f"### What was hard\n\n{example}\n\nNo.\n")) == []


def test_the_record_is_what_it_is_without_the_comment() -> None:
    """Where the text of no value stands, a comment belongs to none."""
    plain, told = LATE.replace("COMMENT\n\n", ""), _with("allow PM412 because x")

    assert (
        markdown.read(told, template()).report
        == markdown.read(plain, template()).report
    )


def _with(words: str) -> str:
    return LATE.replace("COMMENT", f"<!-- postmortem: {words} -->")
