"""What two rules could say of one mistake is said once."""

from __future__ import annotations

import pytest

from tests.checks.reports import BASE, codes, laid_over

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
