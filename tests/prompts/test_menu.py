"""What is seen of a list, and what keys do in it."""

from __future__ import annotations

from postmortem.prompts import Option
from postmortem.prompts.menu import Menu, Row

FIELDS = [
    Option("title", "Title", "X", mark="[x]", group="Facts"),
    Option("owner", "Owner", "not known yet", mark="[ ]", group="Facts"),
    Option("lucky", "Where we were lucky", "none", "[-]", "lucky", "Looking back"),
    *(Option(f"f{at}", f"Field {at}", "", "[ ]", group="More") for at in range(30)),
    Option("", "done", group=""),
]
FEW = [Option("a", "one"), Option("b", "two", "the second")]


def _texts(rows: list[Row]) -> list[str]:
    return [f"{row.text}{row.aside}{row.more}".rstrip() for row in rows]


def test_a_list_that_is_too_long_says_how_much_is_not_seen() -> None:
    """Above and below; headings do not count."""
    menu = Menu(FIELDS, "", None)

    rows = _texts(menu.rows(78, 9))

    assert rows[0] == "     … 28 more above"
    assert rows[-2:] == [" »     done", ""]


def test_what_is_pointed_at_is_always_seen() -> None:
    """All the way down and round to the first, with its heading."""
    menu = Menu(FIELDS, "title", None)
    for _ in FIELDS:
        rows = menu.rows(78, 9)
        assert len(rows) == 9
        assert menu.pointed in [row.option for row in rows]
        hidden = sum(int(row.text.split()[1]) for row in rows if "more" in row.text)
        assert hidden + sum(1 for row in rows if row.option) == len(FIELDS)
        menu.move(1)

    top = _texts(menu.rows(78, 9))
    assert top[1:3] == ["Facts", " » [x] Title                         X"]
    assert top[-1] == "     … 30 more below"


def test_typing_finds_options_by_all_that_is_said_of_them() -> None:
    """Their label, their name, their state; erasing brings the others back."""
    menu = Menu(FIELDS, "owner", None)

    for char in "LUCK":
        menu.type(char)
    assert [it.value for it in menu.found] == ["lucky"]
    assert _texts(menu.rows(78, 9)) == [
        "Looking back",
        " » [-] Where we were lucky   lucky   none",
    ]
    menu.type("x")
    assert menu.pointed is None
    assert menu.rows(78, 9) == []

    for _ in range(5):
        menu.erase()
    assert menu.found == FIELDS


def test_a_command_waits_for_its_enter() -> None:
    """Any other key takes it back, and types nothing."""
    menu = Menu(FIELDS, "", None)

    menu.type("?")
    assert (menu.command, menu.wanted) == ("?", "")
    menu.erase()
    assert (menu.command, menu.wanted) == ("", "")
    menu.type("<")
    menu.move(1)
    assert menu.command == ""


def test_few_options_have_numbers() -> None:
    """A digit points, and letters do nothing."""
    menu = Menu(FEW, "", None)

    menu.type("2")
    menu.type("x")

    assert _texts(menu.rows(40, 9)) == ["   1) one", " » 2) two   the second"]


def test_the_space_bar_marks_and_unmarks() -> None:
    """In the order in which it was pressed."""
    menu = Menu(FEW, "", ["b"])

    menu.type(" ")
    assert menu.chosen == ["b", "a"]
    menu.move(1)
    menu.type(" ")
    assert menu.chosen == ["a"]


def test_a_narrow_list_leaves_out_other_names() -> None:
    """And cuts what is said, not the labels that tell options apart."""
    rows = Menu(FIELDS[:3], "", None).rows(40, 9)

    assert _texts(rows)[-1] == "   3) [-] Where we were lucky   none"


MANY = [Option(str(at), f"9:{at:02} an event of many words", "") for at in range(1, 13)]


def test_many_options_have_numbers_too() -> None:
    """One is pointed at as it is typed, and all the others stay to be seen."""
    menu = Menu(MANY, "1", None)

    menu.type("1")
    menu.type("2")

    rows = _texts(menu.rows(60, 20))
    assert rows[0] == "    1) 9:01 an event of many words"
    assert rows[-1] == " » 12) 9:12 an event of many words"
    assert len(rows) == len(MANY)
    menu.erase()
    assert menu.pointed == MANY[0]


def test_a_number_that_is_none_of_them_finds() -> None:
    """A time is typed digit by digit, and its first digits are a number as well."""
    menu = Menu(MANY, "1", None)

    for char in "9:11":
        menu.type(char)

    assert [it.label for it in menu.found] == ["9:11 an event of many words"]


def test_what_is_too_wide_is_broken_at_words() -> None:
    """Nothing is cut as long as there are rows for it."""
    menu = Menu(MANY[:2], "2", None)

    assert _texts(menu.rows(24, 20)) == [
        "   1) 9:01 an event of",
        "        many words",
        " » 2) 9:02 an event of",
        "        many words",
    ]


def test_a_meaning_stays_in_its_column_or_goes_below() -> None:
    """Where the column is too narrow to be read it has a row of its own."""
    options = [
        Option("a", "one", "it says what one is, in so many words"),
        Option("b", "two"),
    ]
    menu = Menu(options, "a", None)

    assert _texts(menu.rows(40, 9)) == [
        " » 1) one   it says what one is, in so",
        "            many words",
        "   2) two",
    ]
    assert _texts(menu.rows(30, 9)) == [
        " » 1) one",
        "        it says what one is,",
        "        in so many words",
        "   2) two",
    ]


def test_of_many_that_are_too_wide_the_one_pointed_at_is_whole() -> None:
    """The others end in an ellipsis, and it is always seen to its end."""
    menu = Menu(MANY, "1", None)
    for option in MANY:
        rows = menu.rows(24, 9)
        mine = [row.text for row in rows if row.option is option]
        assert len(rows) == 9
        assert len(mine) == 2
        assert mine[1].strip() == "many words"
        assert sum(row.text.endswith("…") for row in rows) == 5
        menu.move(1)
