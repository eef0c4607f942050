"""What the long run of the laws found in how values are spelled, as small as it is."""

from __future__ import annotations

import pytest

from postmortem import markdown
from postmortem.markdown import inline, prose
from postmortem.model import Action, Event, Factor
from tests.laws import template
from tests.markdown.found import AT, written
from tests.oracles import alike, mdformatted, rendered, told


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


@pytest.mark.parametrize("kind", ["a [b", "b]", "[b]"])
def test_brackets_of_a_template_may_be_escaped(kind: str) -> None:
    """Formatters escape those that make no link, and the row stays the same."""
    event = Event(text="it broke", at=AT, kind=kind)
    record, text = written("lists", timeline=(event,))

    assert markdown.read(mdformatted(text), template("lists")).report == record


@pytest.mark.parametrize("text", ["cat \\<\\<EOF > a", "\\<\\</b>", "\\<\\<http://x>"])
def test_two_opening_brackets_stay_text(text: str) -> None:
    """A comment stands between them: mdformat escapes the first alone."""
    event = Event(text=text, at=AT)
    record, made = written("default", timeline=(event,), summary=f"{text} `<\\<`")

    respelled = mdformatted(made)

    assert "`<\\<`" in made
    assert rendered(respelled)[1] == rendered(made)[1]
    assert markdown.read(respelled, template("default")).report == record
    assert record.timeline
    assert inline.BREAK not in record.timeline[0].text


def test_a_reference_in_a_link_is_quoted() -> None:
    """Formatters leave no escape in what a link goes to."""
    event = Event(text="a", at=AT, link="x?a=1\\&copy;b")
    record, made = written("default", timeline=(event,), summary="[a](b&amp;#32;c)")

    respelled = mdformatted(made)

    assert "(x?a=1&copy%3Bb)" in made
    assert record.summary == "[a](b&#32%3Bc)"
    assert rendered(respelled)[1] == rendered(made)[1]
    assert markdown.read(respelled, template("default")).report == record


def test_a_link_is_the_same_however_it_is_quoted() -> None:
    """Formatters quote what is escaped in it."""
    event = Event(text="a", at=AT, link="\\~ =\\\\):(-b\\]")
    record, made = written("pagerduty", timeline=(event,))

    read = markdown.read(mdformatted(made), template("pagerduty")).report

    assert read != record
    assert alike(told(read), told(record))


def test_what_a_link_goes_to_is_not_broken() -> None:
    """With a comment in it it would go elsewhere."""
    factor = Factor(text="a", kind="[a](http://x) 12:30: b")
    record, made = written("aws-coe", factors=(factor,))

    assert "[a](http://x) 12:<!---->30:<!----> b" in made
    assert markdown.read(mdformatted(made), template("aws-coe")).report == record


@pytest.mark.parametrize(
    "event",
    [
        Event(text="\\_None.\\_ a (\\[link\\](b))", said="before lunch", link="c"),
        Event(text="a", at=AT, link=', ([link](b: [c](\\<d e> "f")'),
    ],
)
def test_what_looks_like_a_link_of_the_template_is_told_apart(event: Event) -> None:
    """With escapes or without, it is text of the value."""
    record, made = written("default", timeline=(event,))

    assert markdown.read(made, template("default")).report == record


@pytest.mark.parametrize("target", ["<*[link](b)>", "<([link](b)>", "b(c)", "<b)c(>"])
def test_brackets_in_what_a_link_goes_to_are_no_end(target: str) -> None:
    """The parts behind an action end where they do, whatever a link goes to."""
    action = Action(text="a", owner=f"b([link]({target})", priority="c)")
    record, made = written("default", actions=(action,))

    assert markdown.read(made, template("default")).report == record


def test_a_text_that_looks_like_a_link_is_broken() -> None:
    """What it would go to has a blank in it, so that it is none."""
    factor = Factor(text="<http://x>", kind="[a](http://x: y)")
    record, made = written("security", factors=(factor,))

    assert "(http:<!---->//x:<!----> y)" in made
    assert markdown.read(made, template("security")).report == record
