"""What stands for a value that is not there, and what is no number of an impact."""

from __future__ import annotations

import pytest

from postmortem import checks, markdown
from postmortem.checks.completeness.numbers import has_digits, has_number
from tests.checks.reports import BASE, NOW, codes, found, laid_over, template

LATER = [
    *("tbd", "Tbd.", "TBA", "tba", "todo", "to do", "_tbd_", "**ToDo**", "wip", "xxx"),
    *("coming soon", "See the ticket.", "- tbd", "…"),
    *("t.b.d.", "T.B.D", "will add later", "ditto", "Same as above.", "_See above_"),
    *("to follow", "Later.", "pending", "wird nachgereicht", "<insert graph>"),
    *("[insert the numbers here]", "<insert link to the dashboard>"),
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
        "Todo lists could not be saved.",
        "Todo (the app) was slow.",
        "See above for the chain.",
        "Later deploys were clean.",
        "Pending orders were sent again.",
        "Two orders were left to follow.",
        "The page showed <insert> as it should.",
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


@pytest.mark.parametrize(
    "said, word",
    [
        ("ToDo: ask the provider about graphs", "ToDo"),
        ("todo(platform lead): numbers", "todo"),
        ("tbd: numbers from finance", "tbd"),
        ("Tbc (finance counts): numbers", "Tbc"),
        ("- _Todo_: the graphs", "Todo"),
        ("- [ ] fixme: the graphs", "fixme"),
    ],
)
def test_a_section_that_begins_with_one_is_left(said: str, word: str) -> None:
    """Before a colon or a bracket it means itself in whatever case."""
    text = laid_over(f"### What was hard\n\n{said}\n")
    (told,) = found(text)
    line = text.splitlines()[told.line - 1]

    assert told.code == "PM202"
    assert line[told.column - 1 :][: told.length] == word


def test_a_title_may_begin_with_such_a_name() -> None:
    """Services are called so."""
    text = BASE.replace("# Checkout slow", "# Todo: checkout slow")

    assert "PM202" not in codes(text)


SEEN = [
    *("We noticed.", "manually", "n/a", "N/A", "unknown", "-", "_We noticed it._"),
    *("The problem was noticed.", "It was detected manually", "unbekannt", "manuell"),
    *("The problem was noticed and the on-call was informed.", "Somebody noticed it"),
    "Das Problem wurde bemerkt.",
]


@pytest.mark.parametrize("said", SEEN)
def test_that_it_was_noticed_says_not_how(said: str) -> None:
    """Every incident of which there is a report was."""
    assert codes(laid_over(f"### How it was noticed\n\n{said}\n")) == ["PM204"]


@pytest.mark.parametrize(
    "said",
    [
        "By chance: the storage on-call read the dry run.",
        "Der Kundendienst meldete sich um 09:41 Uhr.",
        "We noticed the graph of the cache.",
        "Manually, in the weekly look at the invoices.",
        "It was noticed by a customer.",
        "The problem was noticed by support.",
        "_None._",
    ],
)
def test_who_or_what_noticed_it_says_how(said: str) -> None:
    """In however few words."""
    assert codes(laid_over(f"### How it was noticed\n\n{said}\n")) == []


def test_a_placeholder_is_told_once_where_it_asks_how_it_was_noticed() -> None:
    """Of `see above` one rule speaks."""
    assert codes(laid_over("### How it was noticed\n\nSee above.\n")) == ["PM202"]


FIGURES = """---
template: pagerduty 1
status: in-review
---

# T

## Impact

212 orders were refused.

### Impact in Numbers

| What | How much | Measured or estimated |
| --- | --- | --- |
| orders refused | 212 | {basis} |
| support contacts | 64 | measured |
"""


@pytest.mark.parametrize("basis, told", [("at the API", 0), ("", 1), ("-", 1)])
def test_a_table_of_figures_says_how_they_were_found(basis: str, told: int) -> None:
    """Where each row does, the prose need not."""
    known = template("pagerduty")
    text = FIGURES.format(basis=basis)
    reading = markdown.read(text, known)
    report = checks.subject_of(text, reading, known.outline, path="report.md", now=NOW)

    assert [it.code for it in checks.check(report)].count("PM211") == told


@pytest.mark.parametrize(
    "said",
    [
        "The loss is AUD 22,310, calculated by finance.",
        "Der Schaden ist 9.000 Euro, berechnet vom Einkauf.",
        "212 orders were refused (from the gateway's log).",
        "212 orders were refused, from the logs.",
        "AUD 22,310 is lost, from the ledger.",
        "9% of calls failed, from metrics of the edge.",
    ],
)
def test_where_numbers_come_from_says_how_they_were_found(said: str) -> None:
    """So does what was worked out."""
    assert codes(laid_over(f"## Impact\n\n{said}\n")) == []


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
        "Some customers were hit in the 2 incidents.",
        "Some customers were hit in two incidents.",
        "Users of iOS 17 and of Android 14 were hit.",
        "Many saw error 4711 in version 81.",
        "Orders failed. Everybody was upset, and customers called.",
        "Nobody liked the way it went for some customers.",
        "There was no time to lose.",
        "It was a single point of failure for some customers.",
        "All in all it was a bad day for some customers.",
        "Einige Nutzer waren eine Zeit lang betroffen.",
        "Das war für einige keine gute Zeit.",
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
        "Die Hälfte der Kunden konnte nicht bezahlen.",
        "Für ein Viertel der Nutzer war das Portal weg.",
        "Zwei Drittel der Filialen, oder ein Fünftel?",
        "Drei Filialen hatten keine Kasse.",
        "Eine halbe Stunde lang ging nichts.",
        "Alle Filialen waren offline.",
        "Keine: kein Kunde merkte etwas.",
        "Ein Kunde bekam die Rechnung eines anderen.",
        "Niemand war betroffen.",
        "Niemand konnte sich anmelden.",
        "Für alle war das Portal weg.",
        "Roughly half of the users could not log in.",
        "A third of the orders were late.",
        "All customers in Europe could not log in.",
        "None: no customer noticed.",
        "None of our paying customers noticed.",
        "Ten of twelve regions were dark.",
        "Twenty-five shops were closed.",
        "One customer saw the invoice of another.",
        "Every order was late.",
        "A single cart was emptied.",
        "Everybody could pay again.",
        "No one could log in.",
        "No-one was affected.",
        "No impact.",
        "No data was lost.",
        "The site was down for everyone.",
        "It was down for an hour.",
        "The 2 customers of iOS 17 who were hit",
        "All\nrequests were refused.",
    ],
)
def test_a_part_of_those_who_were_hit_is_a_number(said: str) -> None:
    """In words: all, none, half or one of them."""
    assert has_number(said)
    assert "PM203" not in codes(laid_over(f"## Impact\n\n{said}\n"))


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
        "Android: 5,870 installs",
        "Windows (12 hosts)",
        "Version 81 crashed for 12% of the users of iOS 17.",
        "error: 40 of them",
    ],
)
def test_amounts_and_lengths_are_numbers(said: str) -> None:
    """Whatever stands beside them."""
    assert has_digits(said)
