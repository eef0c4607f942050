"""What stands for a value that is not there, and what is no number of an impact."""

from __future__ import annotations

import pytest

from postmortem.checks.completeness.numbers import has_digits, has_number
from tests.checks.reports import codes, found, laid_over

LATER = [
    *("tbd", "Tbd.", "TBA", "tba", "todo", "to do", "_tbd_", "**ToDo**", "wip", "xxx"),
    *("coming soon", "See the ticket.", "- tbd", "…"),
    *("to be written", "tbd <!-- the platform team knows -->", "???", "- [ ] todo"),
]
NONE = ["n/a", "N/A", "-", "none", "Nothing.", "_None._"]


@pytest.mark.parametrize("said", LATER)
@pytest.mark.parametrize("heading", ["### What ended it", "## Impact", "## Summary"])
def test_a_placeholder_is_one_in_whatever_case(heading: str, said: str) -> None:
    """As the whole of a section, however it is set; no other rule tells of it."""
    assert codes(laid_over(f"{heading}\n\n{said}\n")) == ["PM202"]


@pytest.mark.parametrize(
    "said",
    [
        "The old size was rolled out, once the to do list was empty.",
        "Users saw the text `tbd`.",
        "`tbd`",
        '"tbd"',
        "[See the ticket](https://tracker.example.com/OPS-11)",
        "See the ticket OPS-11.",
        "It was soon over.",
    ],
)
def test_words_in_a_sentence_are_none(said: str) -> None:
    """There capitals are the rule."""
    assert codes(laid_over(f"### What ended it\n\n{said}\n")) == []


@pytest.mark.parametrize("said", NONE)
def test_none_is_an_answer_where_there_can_be_none(said: str) -> None:
    """As it is for who answers questions in the form."""
    assert codes(laid_over(f"### What was hard\n\n{said}\n")) == []


@pytest.mark.parametrize("said", NONE[:-1])
def test_none_is_no_answer_where_there_is_always_something(said: str) -> None:
    """Every incident has a summary, and an action has words."""
    assert codes(laid_over(f"## Summary\n\n{said}\n")) == ["PM202"]


def test_rows_have_them_as_well() -> None:
    """Their words, and what they are done by."""
    piece = (
        "## Action items\n\n"
        "- [ ] **A1** tbd (platform lead, due 2026-03-27, prevent, P1, F2, OPS-11)\\\n"
        "  done when: tba\n"
        "- [ ] **A2** Page early (payments lead, due 2026-03-20, detect, P2, F3)\\\n"
        "  done when: n/a\n"
    )
    told = [it for it in found(laid_over(piece)) if it.code == "PM202"]

    assert [(it.column, it.length) for it in told] == [(14, 3)] * 3


@pytest.mark.parametrize("said", ["tbd", "TBD", "n/a", "nobody", "-", "unassigned"])
def test_nobody_owns_nothing(said: str) -> None:
    """It is told where it stands."""
    (told,) = found(laid_over(f"---\nowner: {said!r}\n---\n"))

    assert (told.code, told.line) == ("PM209", 9)


@pytest.mark.parametrize("said", ["TBD", "nobody", "tba", "n/a", "payments lead, '-'"])
def test_nobody_has_read_nothing(said: str) -> None:
    """And the hint says how to name somebody."""
    front = f"---\nstatus: final\nreviewers: [{said}]\n---\n"
    (told,) = found(
        laid_over(f"{front}\n## Open questions\n\n_None._\n"), refreshed=True
    )

    assert told.code == "PM803"
    assert "`postmortem set ID reviewers=…`" in str(told.hint)


@pytest.mark.parametrize(
    "said",
    [
        "Many users hit HTTP 500 errors.",
        "Users got HTTP 502 and 503 responses, or HTTP 5xx.",
        "Customers of SEV-2 saw version 4.5.1 for a while.",
        "Some users saw errors on 2026-11-12.",
        "Some users saw errors on 12 November 2026, at 10:00 UTC.",
        "Some users saw errors on November 12, 2026, at 2 pm.",
        "Einige sahen am 12.11.2026 um 10 Uhr Fehler.",
        "Checkout was hit, see F1, A2 and WEB-77.",
        "See [the graph](https://example.com/1) and https://example.com/2.",
        "1. Customers could not pay.\n2. Others could.",
        "In 2026 some were hit at the 3rd try.",
    ],
)
def test_digits_alone_are_no_number_of_an_impact(said: str) -> None:
    """Dates, clock times, versions, statuses, keys and links count nothing."""
    assert not has_number(said)
    assert codes(laid_over(f"## Impact\n\n{said}\n")) == ["PM203"]


@pytest.mark.parametrize(
    "said",
    [
        "US$40k was refunded in orders.",
        "Revenue fell by −12 %.",
        "₹500 was lost per order.",
        "“12” orders were late.",
        "n=1,200 orders were late.",
        "Mitigated at T+35min.",
    ],
)
def test_an_amount_may_have_signs_around_it(said: str) -> None:
    """Of a currency, of quotes, of what comes before it."""
    assert has_number(said)


@pytest.mark.parametrize(
    "said",
    [
        "It was slow for 35 minutes.",
        "Down from 10:00 to 11:20 UTC.",
        "Down 10:00-11:20 UTC, or 10:00–11:20.",
        "Down from 10 am to 2 pm.",
        "Down for 1:20 h.",
        "12% of users, ~30 orders, (42 users)",
        "$5000 were lost.",
        "EUR30,000 were lost.",
        "1.234.567 Anfragen",
        "HTTP 500 errors: 300",
        "300 HTTP 500 errors",
        "SEV-2: 20 customers",
        "35-minute outage",
    ],
)
def test_amounts_and_lengths_are_numbers(said: str) -> None:
    """Whatever stands beside them."""
    assert has_digits(said)
