"""Comments that keep findings back: where they hold, and what they must say."""

from __future__ import annotations

import pytest

from postmortem import markdown
from postmortem.checks.allowed import no_rule
from tests.checks.reports import BASE, codes, found, laid_over, subject, template

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


def test_what_to_write_for_a_reason_is_said_of_the_same_rule() -> None:
    """A colon is no because, whatever stands behind it."""
    one, *_ = found(_with("allow PM410 A2: the vendor decides"))

    assert "behind the word because" in one.message
    assert one.hint == "write `<!-- postmortem: allow PM410 A2 because … -->`"


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


def test_behind_a_heading_it_is_about_its_section() -> None:
    """As one below it is; behind the title it is about the whole report."""
    allow = "<!-- postmortem: allow PM412 because the vendor decides -->"
    text = LATE.replace("COMMENT\n\n", "")

    assert codes(text) == ["PM412", "PM412"]
    assert codes(text.replace("## Action items", f"## Action items {allow}")) == []
    other = text.replace("## Open questions", f"## Open questions {allow}")
    assert codes(other) == ["PM412", "PM412", "PM610"]
    title = "# Checkout slow after a cache change"
    assert codes(text.replace(title, f"{title} {allow}")) == []


MAIL = "Ask purchasing@customer-of-ours.eu for it."
SECRET = f"ghp_{'aB3' * 12}"
REVOKED = "<!-- postmortem: allow PM701 because it is revoked -->"
HERE = "<!-- postmortem: allow PM711 because it is the desk of the team -->"


def test_above_the_second_heading_privacy_is_allowed_no_further() -> None:
    """What somebody adds to a section later is found; other rules are as they were."""
    above = BASE.replace("\n**SEV-2 ", f"\n{HERE}\n\n{MAIL}\n\n**SEV-2 ", 1)
    below = above.replace("## Summary\n", f"## Summary\n\n{MAIL}\n")

    assert not {"PM711", "PM610"} & set(codes(above))
    assert codes(below).count("PM711") == 1


def test_a_credential_is_found_below_what_allows_another() -> None:
    """Whatever the title has below it."""
    text = BASE.replace("\n**SEV-2 ", f"\n{REVOKED}\n\n**SEV-2 ", 1)
    text = text.replace("## Summary\n", f"## Summary\n\nThe key was `{SECRET}`.\n")

    told = {it.code: it for it in found(text)}

    assert told["PM701"].severity == "error"
    assert told["PM610"].message == "PM701 finds nothing above the second heading"


def test_above_the_second_heading_the_front_matter_is_allowed() -> None:
    """A comment of YAML in it is no heading."""
    text = BASE.replace("\n**SEV-2 ", f"\n{REVOKED}\n\n**SEV-2 ", 1)
    text = text.replace("tags: [cache]", f"# no heading\ntags: [{SECRET}]")

    assert not {"PM701", "PM610"} & set(codes(text))
    assert "PM701" in codes(text.replace(REVOKED, ""))


def test_a_heading_with_a_line_below_it_is_one() -> None:
    """Whichever way the headings of a report are written."""
    text = BASE.replace("\n**SEV-2 ", f"\n{HERE}\n\n**SEV-2 ", 1)
    text = text.replace("## Summary\n", f"Summary\n-------\n\n{MAIL}\n")
    title = "# Checkout slow after a cache change"

    for own in (text, text.replace(title, f"{title[2:]}\n====")):
        assert "PM711" in codes(own)


def test_in_a_section_and_on_a_line_privacy_is_allowed() -> None:
    """There it is plain what is meant."""
    section = BASE.replace("## Summary\n", f"## Summary\n\n{HERE}\n\n{MAIL}\n")
    line = BASE.replace("## Summary\n", f"## Summary\n\n{MAIL} {HERE}\n")

    assert not {"PM711", "PM610"} & set(codes(section) + codes(line))


@pytest.mark.parametrize(
    "comment",
    [
        "postmortem: alow PM412 because it is late",
        "postmortem allow PM412 because it is late",
        "postmortems: allow PM412 because it is late",
        "Postmortem: ignore pm412",
    ],
)
def test_a_mistyped_comment_is_told(comment: str) -> None:
    """It allows nothing, and nobody would see that."""
    told = found(LATE.replace("COMMENT", f"<!-- {comment} -->"))

    assert [it.code for it in told] == ["PM609", "PM412", "PM412"]
    assert told[0].message.startswith("this looks like a comment that allows")
    assert told[0].hint == "write `<!-- postmortem: allow PM412 because … -->`"


def test_a_comment_that_is_never_ended_costs_no_time() -> None:
    """However often it stands there."""
    text = LATE.replace("COMMENT", "<!-- postmortem: alow PM412 " * 20_000)

    assert "PM609" not in {it.code for it in no_rule.check(subject(text))}


@pytest.mark.parametrize(
    "comment",
    [
        "`<!-- postmortem: alow PM412 because it is late -->`",
        "```\n<!-- postmortem: alow PM412 -->\n```",
        "<!-- postmortem panel -->",
        "<!-- see the postmortem about PM412 -->",
        "<!-- postmortem: questions -->",
    ],
)
def test_what_only_looks_like_it_is_let_be(comment: str) -> None:
    """Code, comments without a code, and those that begin otherwise."""
    assert "PM609" not in codes(LATE.replace("COMMENT", comment))


def test_a_key_that_no_row_has_is_told() -> None:
    """Alone, and beside one that there is."""
    told = found(_with("allow PM404, PM412 A7 because they do"))
    beside = found(_with("allow PM412 A1, A7 because they do"))

    assert [it.code for it in told] == ["PM610", "PM412", "PM412"]
    assert told[0].message == "there is no A7"
    assert [it.code for it in beside] == ["PM610", "PM412"]
    assert beside[0].message == "there is no A7"


@pytest.mark.parametrize(
    "named, message, hint",
    [
        ("409", "'409' is no rule", "write it as PM409"),
        ("dates", "'dates' is no rule", "a code is PM and three digits"),
        ("", "this names no rule", "a code is PM and three digits"),
    ],
)
def test_what_is_no_code_is_told_as_settings_tell_it(
    named: str, message: str, hint: str
) -> None:
    """No rule is proposed that nobody meant."""
    one, *_ = found(_with(f"allow {named} because they do"))

    assert (one.code, one.message, one.hint) == ("PM609", message, hint)


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
