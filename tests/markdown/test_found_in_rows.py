"""What the long run of the laws found in rows and edits, each as its smallest case."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortem import markdown
from postmortem.errors import Refused
from postmortem.model import Event, Report, Revision
from postmortem.templating import Source
from tests.laws import template
from tests.markdown.found import AT, written
from tests.oracles import mdformatted, told

NOTE = "<!-- a note to ourselves -->"
BULLETS = "- A bullet of ours.\n- Another.\n"


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


@pytest.mark.parametrize(
    "text",
    ["| a \\| b |\n| --- |\n| id: x |", "Before it.\n\n| a |\n| --- |\n| x |"],
)
def test_a_text_with_a_table_is_no_rows(text: str) -> None:
    """A field that nobody declares stays a text, though its table looks as rows do."""
    made = template("sre")
    record = markdown.canonical(Report(extra={"notes": text}), made)
    before = markdown.canonical(Report(extra={"notes": "One\n\ntwo"}), made)

    said = markdown.write(record, made)

    assert markdown.read(said, made).report.extra == {"notes": text}
    assert markdown.rewrite(said, before, made) != said
    assert markdown.refresh(said, made) == said


@pytest.mark.parametrize("text", ["<!---->\n\na", "<!---->\n\n| a |\n| --- |\n| x |"])
@pytest.mark.parametrize("name", ["appendix", "notes"])
def test_an_empty_comment_of_theirs_stays(name: str, text: str) -> None:
    """It is ours only above a table of a field that nobody declares, and only once."""
    made = template("atlassian")
    old = markdown.canonical(Report(), made)
    record = markdown.canonical(old.with_value(name, text), made)

    new = markdown.rewrite(markdown.write(old, made), record, made)

    assert told(markdown.read(new, made).report) == told(record)
    assert told(markdown.read(markdown.write(record, made), made).report) == told(
        record
    )


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


def test_a_row_does_not_leave_its_table_without_the_cells_of_others() -> None:
    """Where it moves in among bullets, these move into the table instead."""
    text = written("default", timeline=(Event(text="one"), Event(text="two")))[1]
    text = text.replace("| Source |", "| Source | Ours |", 1)
    text = text.replace("| --- | --- | --- |", "| --- | --- | --- | --- |", 1)
    text = text.replace("| | one | |", "| | one | | kept |")
    by_hand = text.replace("| | two | |\n", f"| | two | |\n\n{BULLETS}")
    read = markdown.read(by_hand, template("default")).report
    one, two, first, second = read.timeline or ()
    wanted = read.replace(timeline=(two, first, one, second))

    new = markdown.rewrite(by_hand, wanted, template("default"))

    assert "| | A bullet of ours. | | |\n| | one | | kept |\n| | Another" in new


def test_a_row_is_not_moved_where_its_cells_would_be_lost() -> None:
    """A list with text below its rows stays one: the move is refused in words."""
    text = written("default", timeline=(Event(text="one"), Event(text="two")))[1]
    text = text.replace("| Source |", "| Source | Ours |", 1)
    text = text.replace("| --- | --- | --- |", "| --- | --- | --- | --- |", 1)
    text = text.replace("| | one | |", "| | one | | kept |")
    noted = "- A bullet of ours.\n\n  With text below it.\n\n- Another.\n"
    by_hand = text.replace("| | two | |\n", f"| | two | |\n\n{noted}")
    read = markdown.read(by_hand, template("default")).report
    one, two, first, second = read.timeline or ()
    wanted = read.replace(timeline=(two, first, one, second))

    with pytest.raises(Refused, match="cells of your own"):
        markdown.rewrite(by_hand, wanted, template("default"))
