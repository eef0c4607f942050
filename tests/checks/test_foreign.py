"""A report that no template laid out: its prose is read, and nobody calls it empty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from postmortem import markdown
from postmortem.checks import check, subject_of
from postmortem.model import Finding
from tests.checks.reports import NOW, found

_PROSE = "The team could have prevented this by using the staging environment. TBD."
_SPOKEN = {"PM502", "PM503", "PM504"}
_TABLE = """\
# Search was stale

## Action items

| Action | Owner | Due |
| --- | --- | --- |
| Add an alert on the age of the index | search lead | {due} |
| Limit the size of a batch | search lead | {other} |
"""


@pytest.mark.parametrize(
    "heading", ["Contributing factors", "Timeline", "Action items", "Open questions"]
)
def test_prose_where_rows_are_looked_for_is_read_as_prose(heading: str) -> None:
    """Rules about words look at it as at any other."""
    told = _told(f"# Search was stale\n\n## {heading}\n\n{_PROSE}\n")

    expected = {"Open questions": ["PM502"]}.get(heading, ["PM202", "PM502"])
    found = [it for it in told if it.code in ("PM202", "PM502")]
    if heading == "Action items":  # what could be otherwise belongs there
        expected = ["PM202"]
    assert sorted(it.code for it in found) == expected
    assert {it.line for it in found} == {5}


def test_what_was_said_at_the_time_stays_as_it_was_said() -> None:
    """In a timeline of chat; a summary says it in other words."""
    said = "We should have seen that, obviously it is a terrible alert."
    row = f"# Search was stale\n\n## Timeline\n\n- 2026-03-02 10:02 UTC {said}\n"

    for text, codes in ((row, set()), (row.replace("Timeline", "Summary"), _SPOKEN)):
        assert {it.code for it in _told(text)} & _SPOKEN == codes


def test_what_was_said_between_events_stays_as_it_was_said() -> None:
    """A paragraph below an event is of the chat; above the first one it is prose."""
    head = "# Search was stale\n\n## Timeline\n"
    row = "\n- 2026-03-02 10:02 UTC search is stale\n"
    said = "\nWe should have seen that, obviously it is a terrible alert.\n"

    for text, codes in ((row + said + row, set()), (said + row, _SPOKEN)):
        assert {it.code for it in _told(head + text)} & _SPOKEN == codes


@pytest.mark.parametrize("heading", ["#search chat log", "Transcript of the board"])
def test_a_chat_that_was_pasted_stays_as_it_was_said(heading: str) -> None:
    """Below a heading that ends with what it is; the section goes on behind it."""
    said = "We should have seen that, obviously it is a terrible alert."
    text = f"# Search was stale\n\n## Notes\n\n### {heading}\n\n> Lead:\n{said}\n"
    codes = set() if heading.endswith("chat log") else _SPOKEN

    for more, expected in (("", codes), (f"\n### Why\n\n{said}\n", _SPOKEN)):
        assert {it.code for it in _told(text + more)} & _SPOKEN == expected


def test_a_severity_by_another_name_may_be_of_another_scale() -> None:
    """As what a status page shows, which has colours."""
    text = "---\ntitle: Search\nseverity: down\n---\n\n# Search was stale\n"

    for name, codes in (("severity", {"PM606"}), ("max_severity", set())):
        told = _told(text.replace("severity", name))
        assert {it.code for it in told} & {"PM606"} == codes


def test_two_times_in_an_impact_are_neither_measured_nor_estimated() -> None:
    """Nor does a picture make a summary long."""
    times = "# Search\n\n## Impact\n\nNo search from 10:02 UTC until 10:40 UTC.\n"
    words = "The index was stale. " * 49
    picture = f"# Search\n\n## Summary\n\n{words}![a graph of it](graph.png)\n"

    for text, more in ((times, " For 900 users."), (picture, " In all of the world.")):
        codes = {"PM210", "PM211"}
        assert not {it.code for it in _told(text)} & codes
        assert {it.code for it in _told(f"{text.rstrip()}{more}\n")} & codes


def test_factors_in_prose_are_not_called_empty() -> None:
    """A heading without a word below it is."""
    text = "# Search was stale\n\n## Contributing factors\n\n"

    assert "PM207" not in _codes(text + "Nothing limited the size of a batch.\n")
    assert "PM207" in _codes(text)


def test_actions_in_prose_are_no_actions_and_not_nothing() -> None:
    """Nobody can follow them, so that is what is told."""
    text = "# Search was stale\n\n## Action items\n\n"
    prose = "We limit the size of a batch, and alert on the age of the index.\n"
    (told,) = (it for it in _told(text + prose) if it.code == "PM407")
    (none,) = (it for it in _told(text) if it.code == "PM407")

    assert told.message == "nothing that stands here is read as an action"
    assert none.message == "there is no action"


_TIMED = ("9:55", "10:02", "11:20 UTC")
_HTML = "".join(f"<tr><td>{it}</td><td>it is slow</td></tr>\n" for it in _TIMED)
_TO_DO = ("add a limit", "add an alert")


@pytest.mark.parametrize(
    "below",
    [
        f"<table>\n{_HTML}</table>",
        "### Phase one\n\n" + "\n".join(f"- **{it} (CET)**: slow" for it in _TIMED),
        "_In UTC_\n\n## May 12\n\n" + "\n\n".join(f"{it}\nslow" for it in _TIMED),
        "## Monday, 12 May\n\n" + "\n\n".join(f"### {it}\n\nslow" for it in _TIMED),
    ],
)
def test_events_that_are_not_read_are_not_missed(below: str) -> None:
    """A section with several times is a timeline, whatever holds them."""
    text = f"# Search was stale\n\n## Timeline\n\n{below}\n"

    assert "PM208" not in _codes(text)
    assert "PM208" in _codes(text.replace("10:02", "1.2").replace("9:55", "x"))
    assert "PM208" in _codes(text.replace("## Timeline", "## Timeline\n\n## Other"))


@pytest.mark.parametrize(
    "below",
    [
        "### For us\n\n#### Now\n\n" + "\n".join(f"1. {it}" for it in _TO_DO),
        "\n\n".join(f"### {at}) {it}\n\nAs said." for at, it in enumerate(_TO_DO)),
        "\n\n".join(f"**Robin** to {it} soon" for it in _TO_DO),
        "\n\n".join(f"It is best to {it} soon. **RK**/KM" for it in _TO_DO),
        "<ul>\n" + "".join(f"<li>{it}</li>\n" for it in _TO_DO) + "</ul>",
    ],
)
def test_actions_that_are_not_read_are_not_missed(below: str) -> None:
    """Items, headings with numbers and paragraphs of somebody's are some."""
    text = f"# Search was stale\n\n## Action items\n\n{below}\n"
    one = text.replace(below, below[: below.index(_TO_DO[1])].rpartition("\n")[0])

    assert "PM407" not in _codes(text)
    assert "PM407" in _codes(one)
    assert "PM407" in _codes(text.replace("Action items", "Action items\n\n## Other"))


@pytest.mark.parametrize("none", ["N/A", "None.", "_No actions._", "Keine Maßnahmen"])
def test_a_section_may_say_that_there_is_no_action(none: str) -> None:
    """In a paragraph or an item; a grave incident has one."""
    head = "# Search was stale\n\n## Action items\n\n"
    for text in (f"{head}{none}\n", f"{head}- {none}\n"):
        assert not {"PM401", "PM407"}.intersection(_codes(text))
        assert "PM407" in _codes(f"---\nseverity: SEV-1\n---\n\n{text}")
    assert "PM407" in _codes(f"{head}{none} or so, they said.\n")


def test_events_that_stand_in_paragraphs_are_read_once() -> None:
    """What is a row is not looked at as prose as well."""
    event = "2026-03-02 10:02 UTC: the engineer forgot to restart it.\n"
    told = _told(f"# Search was stale\n\n## Timeline\n\n{event}")

    assert [it.code for it in told if it.code == "PM501"] == ["PM501"]


def test_a_cell_for_the_day_that_is_empty_is_told() -> None:
    """A table without such a column asks for none."""
    told = _told(_TABLE.format(due="", other="2026-04-01"))

    assert [it.line for it in told if it.code == "PM412"] == [7]
    assert "PM412" not in _codes(_TABLE.replace("Due", "Notes"))


def test_a_day_that_cannot_be_read_is_told_once() -> None:
    """It is no day that is missing."""
    told = _codes(_TABLE.format(due="soon", other="2026-04-01"))

    assert [it for it in told if it in ("PM103", "PM412")] == ["PM103"]


@pytest.mark.parametrize(
    "due, status, late",
    [
        ("2026-03-02", "", False),
        ("2026-03-02", "open", True),
        ("2026-03-02", "done", False),
    ],
)
def test_an_action_is_late_where_it_is_told_what_is_done(
    due: str, status: str, *, late: bool
) -> None:
    """Without a column for it nobody knows which ones are."""
    text = _TABLE.format(due=due, other="2026-04-01")
    if status:
        text = text.replace("| Due |", "| Due | Status |").replace(
            "--- |\n", "--- | - |\n"
        )
        text = text.replace(f"{due} |", f"{due} | {status} |")

    assert ("PM413" in _codes(text)) is late


@pytest.mark.parametrize(
    "rows, lines",
    [
        ("- the cache gets a new size\n- the provider is called", [5, 6]),
        ("So much for the plan:\n\n- the provider is called", [7]),
        ("- 2026-03-02 09:55 UTC: the cache grows\n- the provider is called", [6]),
        ("9.55 the plan was:\n- the provider is called", []),
        ("9.55\n- the cache grows\n- the provider is called", []),
        ("*2026-03-01 to 2026-03-04*\n\n1. the provider is called", []),
        ("### March 2nd\n\n- the provider is called", []),
        ("Mon 2 Mar 2026\n- the provider is called", []),
        ("Monday\n\nDay\n- the provider is called", []),
        ("- **Recovery:**  2026-03-02 09:55 UTC onwards", []),
        ("- Mar 2nd **22:XX** the provider is called", []),
        ("- [12-05 16:21] the provider is called", []),
        ("- **09:11:59 PM UTC \u2014 Recovery** (twice)", []),
        ("- Monday morning: the provider is called", []),
        ("- 2026-03-02 09:55 UTC: a rest\n\nAll hosts:\n\n- cdn-1\n- cdn-2", []),
    ],
)
def test_an_event_has_no_time_only_where_that_is_sure(
    rows: str, lines: Sequence[int]
) -> None:
    """A list may be part of what stands above it, or have times that nobody reads."""
    told = _told(f"# Search was stale\n\n## Timeline\n\n{rows}\n")

    assert [it.line for it in told if it.code == "PM117"] == lines


@pytest.mark.parametrize(
    "below, front, hint",
    [
        ("  - for all of the users", "", None),
        ("  - 10:04 UTC for all of them", "", "give each time a line of its own"),
        ("\n  It was so for all of them.", "", "say it in the event's own words"),
        ("  - for all", "template: default\n", "say it in the event's own words"),
    ],
)
def test_details_below_an_event_are_let_be_where_no_template_asks_for_a_record(
    below: str, front: str, hint: str | None
) -> None:
    """Times among them are told of in any report, as no timeline has them."""
    event = f"- 2026-03-02 10:02 UTC: search was stale\n{below}\n"
    text = f"---\n{front}id: search\n---\n\n# Search\n\n## Timeline\n\n{event}"
    told = found(text) if front else _told(text)
    hints = [str(it.hint) for it in told if it.code == "PM104"]

    assert [hint in it for it in hints if hint] == [True] * bool(hint)
    assert hint or not hints


def test_one_that_is_marked_as_done_says_that_the_others_are_not() -> None:
    """So does a check box."""
    marked = _TABLE.format(due="2026-03-02", other="2026-03-01 (done)")
    boxes = "# X\n\n## Action items\n\n- [ ] Add a limit (search lead, 2026-03-02)\n"

    assert _codes(marked).count("PM413") == 1
    assert "PM413" in _codes(boxes)
    assert "PM413" not in _codes(boxes.replace("[ ] ", ""))


@pytest.mark.parametrize("due", ["sofort", "offen", "tbd"])
def test_german_words_for_no_owner_and_no_day_are_told(due: str) -> None:
    """Under German headings, each in its own cell."""
    head = "| Maßnahme | Verantwortlich | Termin |\n| --- | --- | --- |\n"
    row = f"| Doku prüfen | wird noch geklärt | {due} |\n"
    told = _told(f"# Störung\n\n## Maßnahmen\n\n{head}{row}")

    assert sorted(it.code for it in told) == ["PM103", "PM401", "PM410"]
    assert {it.line for it in told} == {7}


def _codes(text: str) -> list[str]:
    return [it.code for it in _told(text)]


def _told(text: str) -> Sequence[Finding]:
    known = markdown.foreign.outline(text)
    reading = markdown.read(text, known)
    return check(subject_of(text, reading, known, path="report.md", now=NOW))
