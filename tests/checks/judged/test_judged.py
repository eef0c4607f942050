"""The rules about wording are right often enough that nobody turns them off."""

from __future__ import annotations

import pytest

from tests.checks.judged import SETS, sentences
from tests.checks.judged.measuring import measured


@pytest.mark.parametrize("name", SETS)
def test_rules_and_reviewer_agree(name: str) -> None:
    """Of what is marked nine in ten are bad; of what is bad seven in ten are marked."""
    found = measured(name)

    assert found.precision >= 0.9, found.alarms
    assert found.recall >= 0.7, found.missed


@pytest.mark.parametrize("name", SETS)
def test_nothing_that_is_fine_is_taken_for_blame(name: str) -> None:
    """To be told wrongly of a person as the cause is what people forgive least."""
    alarms = [it.text for it, codes in measured(name).alarms if "PM501" in codes]

    assert not alarms


def test_blame_that_was_learned_from_is_found() -> None:
    """A phrase that is mended for one sentence still finds the others."""
    missed = [*measured("learned-from").missed, *measured("german").missed]

    assert [it.text for it in missed if it.label == "blame"] == []


def test_the_sets_are_large_enough_to_tell() -> None:
    """Two hundred sentences, none of them twice, a good part of them fine."""
    all_of_them = [each for name in SETS for each in sentences(name)]

    assert len({each.text for each in all_of_them}) == len(all_of_them) > 200
    assert sum(not each.bad for each in all_of_them) > 80
