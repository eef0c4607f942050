"""What two rules could say of one mistake is said once."""

from __future__ import annotations

import pytest

from tests.checks.reports import BASE, codes, found, laid_over

FACTOR = "a change of size restarts all nodes of the cache at once"
TYPO = BASE.replace("P2, F3, OPS-12", "P2, F4, OPS-12")
EARLY = BASE.replace("due 2026-03-20", "due 2025-03-20")
LATER = BASE.replace("2026-03-02 11:20 | **res", "2027-03-02 11:20 | **res")


@pytest.mark.parametrize(
    "first, second, text",
    [
        ("PM202", "PM207", laid_over("### What ended it\n\nTBD\n")),
        ("PM202", "PM203", laid_over("## Impact\n\nTBD\n")),
        ("PM407", "PM304", laid_over("## Action items\n\n_Not known yet._\n")),
        ("PM207", "PM409", laid_over("## Contributing factors\n\n_Not known yet._\n")),
        ("PM409", "PM304", TYPO),
        ("PM302", "PM501", BASE.replace(FACTOR, "the on-call forgot to check it")),
        ("PM417", "PM413", EARLY),
        ("PM112", "PM114", LATER),
        ("PM112", "PM115", LATER),
    ],
)
def test_the_second_rule_leaves_it_to_the_first(
    first: str, second: str, text: str
) -> None:
    """Where the first is off the second speaks, so that nothing is lost."""
    said = codes(text)
    left = codes(text, settings={"checks": {first: '"off"'}})

    assert (first in said, second in said) == (True, False)
    assert (first in left, second in left) == (False, True)


@pytest.mark.parametrize(
    "first, second, text",
    [
        ("PM202", "PM207", laid_over("### What ended it\n\nTBD\n")),
        ("PM202", "PM203", laid_over("## Impact\n\nTBD\n")),
        ("PM202", "PM203", laid_over("## Impact\n\nSome customers; TBD.\n")),
        ("PM407", "PM304", laid_over("## Action items\n\n_Not known yet._\n")),
        ("PM417", "PM413", EARLY),
        ("PM112", "PM114", LATER),
    ],
)
def test_nothing_is_left_to_a_rule_that_says_less(
    first: str, second: str, text: str
) -> None:
    """A team that lowers the first still hears the second as gravely as before."""
    lowered = codes(text, settings={"checks": {first: "hint"}})

    assert second in lowered


def test_a_comment_that_allows_the_first_lets_the_second_speak() -> None:
    """What nobody hears answers nothing."""
    allowed = "<!-- postmortem: allow PM409 because F4 is of another report -->"
    text = TYPO.replace("P2, F4, OPS-12)", f"P2, F4, OPS-12) {allowed}")

    assert "PM304" in codes(text)


@pytest.mark.parametrize(
    "said",
    [
        "Customers saw the text `TBD` in place of their balance.",
        'Users read "???" in place of names.',
        "Some customers got a mail that began `Dear {name}`.",
    ],
)
def test_a_placeholder_that_is_quoted_is_nobodys_number(said: str) -> None:
    """Only where PM202 speaks of a placeholder PM203 keeps quiet."""
    assert "PM203" in codes(laid_over(f"## Impact\n\n{said}\n"))


def test_a_person_is_told_wherever_no_chain_ends_with_the_same_words() -> None:
    """One PM302 answers for its own words, not for the rest of the report."""
    ended = BASE.replace(FACTOR, "the on-call forgot to check it")
    elsewhere = laid_over("## Summary\n\nThe on-call engineer forgot it.\n", ended)
    graver = {"checks": {"PM501": "error"}}

    assert [each for each in codes(ended) if each in ("PM302", "PM501")] == ["PM302"]
    assert codes(elsewhere).count("PM501") == 1
    assert "PM501" in codes(ended, settings=graver)


def test_a_mistyped_key_is_told_with_the_one_that_was_meant() -> None:
    """It is the one factor that no action answers."""
    (typo,) = [each for each in found(TYPO) if each.code == "PM409"]

    assert typo.hint == "did you mean F3, which no action answers?"
