"""What the long run of the laws found, each as the smallest case of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.markdown import inline, prose
from postmortem.model import Action, Event, Factor, Report, Revision
from postmortem.templating import Source
from tests.laws import template
from tests.oracles import mdformatted, told

AT = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
NOTE = "<!-- a note to ourselves -->"
BULLETS = "- A bullet of ours.\n- Another.\n"


def written(name: str, **values: object) -> tuple[Report, str]:
    """Return a canonical record and its text."""
    record = Report()
    for field, value in values.items():
        record = record.with_value(field, value)
    record = markdown.canonical(record, template(name))
    return record, markdown.write(record, template(name))


@pytest.mark.parametrize(
    "name, event",
    [
        ("default", Event(text="", kind="deploy", link="x")),
        ("atlassian", Event(text="", at=AT, kind="**deploy:** a ]", link="x")),
        ("conditional", Event(text="", kind="a", source="b")),
        ("inherited", Event(text="", at=AT, kind="a", source="b")),
        ("deep", Event(text="it broke", said="02:30 or so", kind="a")),
        ("sre", Event(text="a ([link](b))", at=AT, link="a (b) c")),
    ],
)
def test_events_of_few_words_round_trip(name: str, event: Event) -> None:
    """An event without text or time, or with a time in words, is read back."""
    record, text = written(name, timeline=(event, Event(text="later", at=AT)))

    assert told(markdown.read(text, template(name)).report) == told(record)


def test_rows_that_are_called_the_same_keep_what_is_theirs() -> None:
    """What has no place is joined to its own row, not to the first that is alike."""
    events = (
        Event(text="down", at=AT),
        Event(text="down", at=AT, source="chat"),
        Event(text="down", source="mail"),
    )
    record, text = written("german", timeline=events)

    assert told(markdown.read(text, template("german")).report) == told(record)


def test_bullets_by_hand_move_into_the_table_that_can_hold_a_change() -> None:
    """A row with more cells than a bullet has is no reason to refuse."""
    text = written("custom")[1]
    at = text.index("\n## Vendors")
    by_hand = f"{text[:at]}\n{BULLETS}{text[at:]}"
    read = markdown.read(by_hand, template("custom")).report
    row = {**read.extra["hosts"][0], "role": "database"}
    wanted = read.with_value("hosts", (row, *read.extra["hosts"][1:]))

    new = markdown.rewrite(by_hand, wanted, template("custom"))

    assert "| A bullet of ours. | database | |" in new
    assert markdown.read(new, template("custom")).report == wanted


def test_a_moved_row_keeps_the_cells_of_others() -> None:
    """A column that people added goes with its row."""
    rows = tuple(Event(text=each) for each in ("one", "two", "three"))
    text = written("default", timeline=rows)[1]
    text = text.replace("| Source |", "| Source | Ours |", 1)
    text = text.replace("| --- | --- | --- |", "| --- | --- | --- | --- |", 1)
    text = text.replace("| | one | |", "| | one | | kept |")
    moved = markdown.read(text, template("default")).report.with_value(
        "timeline", (*rows[1:], rows[0])
    )

    new = markdown.rewrite(text, moved, template("default"))

    assert "| | three | |\n| | one | | kept |" in new


@pytest.mark.parametrize("value", ["It is known.", ()])
def test_a_note_beside_what_is_not_known_stays(value: str | tuple[()]) -> None:
    """The answer goes above it, whatever the answer is."""
    text = written("minimal")[1]
    question = template("minimal").outline.fields["lucky"].question
    by_hand = text.replace(f"<!-- {question} -->", f"<!-- {question} -->\n\n{NOTE}")
    read = markdown.read(by_hand, template("minimal")).report

    new = markdown.rewrite(
        by_hand, read.with_value("lucky", value), template("minimal")
    )

    assert NOTE in new
    assert question not in new


def test_none_can_become_unknown_without_a_place() -> None:
    """What is known to be none has a line under the last heading, which goes."""
    record, text = written("bare", actions=())

    new = markdown.rewrite(text, record.replace(actions=None), template("bare"))

    assert markdown.read(new, template("bare")).report.actions is None


def test_derived_lines_beside_rows_are_no_rows() -> None:
    """A list of durations that a list of rows ran into is still derived."""
    text = written("deep", timeline=(Event(text="it broke", at=AT),))[1]
    by_hand = text.replace("it broke", "it broke\n- time to resolve is 3 min")

    read = markdown.read(by_hand, template("deep")).report

    assert [event.text for event in read.timeline or ()] == ["it broke"]


def test_a_title_may_say_what_a_heading_below_says(tmp_path: Path) -> None:
    """The first of two equal headings is the title, where the template has it first."""
    (tmp_path / "two.md.j2").write_text(
        "# {{ title }}\n\n{{ summary }}\n\n# Appendix\n\n{{ appendix }}\n"
    )
    made = markdown.load("two", (Source(path=tmp_path, trusted=True),))
    record = Report(title="Appendix", summary="one", appendix="two")
    record = markdown.canonical(record, made)

    assert markdown.read(markdown.write(record, made), made).report == record


def test_two_values_make_no_html_together() -> None:
    """A comment that one value opens is not closed by another."""
    assert inline.canonical("<!--") == "\\<!--"
    assert inline.canonical("a < b") == "a < b"


@pytest.mark.parametrize(
    "text", ["* ---", "a \u00a0b", "1. ***", "a\u2028b c", "a\\  b", "*\n\na\t\nb"]
)
def test_prose_is_canonical_once(text: str) -> None:
    """Blanks of other scripts and rules in lists are spelled in one way."""
    once = prose.canonical(text, level=3)

    assert prose.canonical(once, level=3) == once
    assert "  " not in once


def test_a_footnote_is_no_link() -> None:
    """A footnote of one section is not resolved as a link in another."""
    record, text = written("atlassian", summary="x[^1]", went_well="[^1]: a note")

    assert markdown.read(text, template("atlassian")).report == record


@pytest.mark.parametrize("name, was, now", [("howie", "*", "_"), ("sre", "*", "_")])
def test_emphasis_of_a_template_is_read_with_either_mark(
    name: str, was: str, now: str
) -> None:
    """Formatters choose between `*` and `_`."""
    record, text = written(name, timeline=(Event(text="x", at=AT, kind="deploy"),))

    respelled = text.replace(f"{was}deploy:{was} ", f"{now}deploy:{now} ")

    assert markdown.read(respelled, template(name)).report == record


def test_a_backslash_escapes_nothing_of_the_template() -> None:
    """A value that ends with one is spelled so that a formatter keeps it."""
    record, text = written("default", factors=(Factor(text="b", kind="a\\"),))

    assert "a\\\\: b" in text
    assert markdown.read(text, template("default")).report == record


@pytest.mark.parametrize("part", ["type", "status"])
def test_words_of_ours_are_told_by_what_they_say(part: str) -> None:
    """A mark beside one does not survive, and is not in the canonical form."""
    action = Action(text="a").replace(
        **{part: {"type": "prevent _"}.get(part, "Done.")}
    )
    record, text = written("default", actions=(action,))

    assert record.actions
    assert getattr(record.actions[0], part) in ("prevent", "done")
    assert markdown.read(text, template("default")).report == record


def test_two_values_make_no_emphasis_together() -> None:
    """A mark that stands alone in a value is escaped beside others, in rows alone."""
    action = Action(text="a", priority="*", done_when="b*", owner="c_d")
    record, text = written("default", actions=(action,), summary="5 * 3")

    assert "(c_d, priority: \\*)" in text
    assert "done when: b\\*" in text
    assert "5 * 3" in text
    assert markdown.read(text, template("default")).report == record


def test_an_address_stays_whole_where_it_can() -> None:
    """With a comment in it it would be none, and a formatter would escape it."""
    factor = Factor(text="<http://x>", kind="a: b")
    record, text = written("default", factors=(factor,))

    assert "a:<!----> b: <http://x>" in text
    assert markdown.read(text, template("default")).report == record


def test_a_link_among_unpaired_brackets_stays_a_link() -> None:
    """Comments that break the brackets of a value leave its links alone."""
    action = Action(text="a", priority="a ([link](b)) c (d")
    record, text = written("default", actions=(action,))

    assert "[link](b)" in text
    assert markdown.read(mdformatted(text), template("default")).report == record


def test_no_comment_is_escaped_by_the_value_before_it() -> None:
    """A backslash at the end of a value is doubled: the comment stays invisible."""
    action = Action(text="a", owner="b", priority=".=<\\")
    record, text = written("default", actions=(action,))

    assert "\\<!---->" not in text.replace("\\\\", "")
    assert markdown.read(mdformatted(text), template("default")).report == record


def test_a_link_in_a_table_has_no_bar() -> None:
    """Prettier takes its escape away, and the table falls apart."""
    record, text = written("default", timeline=(Event(text="a", at=AT, link="b | c"),))

    assert "(<b %7C c>)" in text
    assert markdown.read(text, template("default")).report == record


def test_a_backtick_between_marks_of_a_template_opens_no_code() -> None:
    """With other marks of emphasis a value keeps the escapes that it needs."""
    event = Event(text="\\` a", at=AT, kind="b\\`c **d**")
    record, text = written("default", timeline=(event,))

    assert "**b\\`c __d__:** \\` a" in text
    assert markdown.read(mdformatted(text), template("default")).report == record


@pytest.mark.parametrize(
    "text, canonical",
    [
        ("```Cache \\|\n```", "```Cache |\n```"),
        ("```a&#57344;&#13;b\n```", "```a\ufffd<!---->b\n```"),
        ("```\n \n```", "```\n```"),
        ("```\na \n\nb\n```", "```\na\n\nb\n```"),
        ("a&#57344;", "a\ufffd"),
        ("&#32;a&#10;&#10;# b", "a # b"),
        ("`a`&#13;b", "`a` b"),
        ('[a](b "c&#10;&#10;# d")', '[a](b "c # d")'),
        ("[a](b&#13;&#10;c)", "[a](b%0D%0Ac)"),
        ("*&#32;a*", "\\* a*"),
        ("a\\\n&#13;\nb", "a\\\nb"),
        ("> a\u2028b", "> a b"),
        ("[^1]: note", "[^1]: <!---->note"),
        ("a\n\n[^1]: note", "a\n\n[^1]: <!---->note"),
        ("*,due _*, b", "*,due \\_*, b"),
        ("<!-- a \nb\u2003\n-->", "<!-- a\nb\n-->"),
    ],
)
def test_prose_has_one_spelling(text: str, canonical: str) -> None:
    """No escape that says nothing, no trailing blank; no line break in disguise."""
    assert prose.canonical(text) == prose.canonical(canonical) == canonical


@pytest.mark.parametrize("value", [None, ()])
def test_rows_without_a_place_go_with_the_cells_of_others(
    value: tuple[()] | None,
) -> None:
    """A table under the last heading goes when its rows do, and nothing else does."""
    text = written("bare", revisions=(Revision(text="first"),))[1]
    by_hand = text.replace("| text |", "| text | Ours |")
    by_hand = by_hand.replace("| --- |", "| --- | --- |")
    by_hand = by_hand.replace("| first |", "| first | kept |") + f"\n{NOTE}\n"
    read = markdown.read(by_hand, template("bare")).report

    new = markdown.rewrite(by_hand, read.replace(revisions=value), template("bare"))

    assert "| first | kept |" in by_hand
    assert "first" not in new
    assert NOTE in new
    assert markdown.read(new, template("bare")).report.revisions == value


def test_a_row_without_a_place_is_changed_in_its_own_line() -> None:
    """Others of its list keep the spelling that a formatter gave them."""
    record, text = written("pagerduty", open_questions=("a", ",<'", "b"))
    text = mdformatted(text)
    wanted = record.replace(open_questions=("a", ",<'", "c"))

    new = markdown.rewrite(text, wanted, template("pagerduty"))

    assert "- ,\\<'\n- b\n" in text
    assert "- ,\\<'\n- c\n" in new


def test_a_time_without_a_place_is_all_kept(tmp_path: Path) -> None:
    """That it is approximate, too, where a template shows events without times."""
    (tmp_path / "timeless.md.j2").write_text(
        "# {{ title }}\n\n## Timeline\n\n{% for event in timeline %}\n"
        "- {{ event.text }}\n{% endfor %}\n"
    )
    made = markdown.load("timeless", (Source(path=tmp_path, trusted=True),))
    event = Event(text="it broke", at=AT, approximate=True)
    record = markdown.canonical(Report(timeline=(event,)), made)

    assert markdown.read(markdown.write(record, made), made).report == record


@pytest.mark.parametrize("kind", ["a [b", "b]", "[b]"])
def test_brackets_of_a_template_may_be_escaped(kind: str) -> None:
    """Formatters escape those that make no link, and the row stays the same."""
    event = Event(text="it broke", at=AT, kind=kind)
    record, text = written("lists", timeline=(event,))

    assert markdown.read(mdformatted(text), template("lists")).report == record
