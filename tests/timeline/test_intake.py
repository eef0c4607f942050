"""What is held of very much evidence: what is wanted, then what is likely."""

from __future__ import annotations

import msgspec
import pytest

from postmortem import timeline
from postmortem.errors import PostmortemError
from postmortem.importers import Candidate
from postmortem.timeline import Intake, Wanted, sift
from tests.timeline.made import NOBODY, alert, said

TALK = [
    msgspec.structs.replace(said(at, f"talk {at}"), weight=at % 3) for at in range(90)
]


def taken(
    candidates: list[Candidate], most: int, wanted: Wanted | None = None
) -> Intake:
    """Take in candidates where only so many can be held."""
    intake = Intake(most=most, wanted=wanted or Wanted())
    for each in candidates:
        intake.add(each)
    return intake


def test_what_is_least_likely_goes_first() -> None:
    """However much is held at once, every record is in one heap."""
    intake = taken(TALK, 40)
    sifted = sift(intake, (), people=NOBODY)

    assert {group.weight for group in sifted.offered} == {2}
    assert (len(sifted.offered), sifted.crowded) == (30, 60)
    assert sifted.read == intake.read == len(TALK)


def test_few_are_all_held() -> None:
    """Up to the limit nothing is passed over."""
    intake = taken(TALK, len(TALK))

    assert (intake.crowded, intake.candidates) == (0, TALK)


def test_the_order_in_which_they_come_counts_nothing() -> None:
    """The same are held when the likely ones come last."""
    backwards = taken(TALK[::-1], 40)

    assert backwards.candidates[::-1] == taken(TALK, 40).candidates


def test_what_filters_leave_is_kept_before_what_is_likely() -> None:
    """Whoever looks for words finds them among any number."""
    wanted = timeline.wanted(grep=("talk 3.$",))

    intake = taken(TALK, 40, wanted)

    assert [each.text for each in intake.candidates] == [
        f"talk {at}" for at in range(30, 40)
    ]
    assert (intake.unfit, intake.crowded) == (80, 0)


def test_too_many_alerts_are_refused() -> None:
    """Nobody chooses among them, and none is passed over in silence."""
    alerts = [alert(at, "pagerduty") for at in range(5)]

    with pytest.raises(PostmortemError, match="more than 4 alerts"):
        taken(alerts, 4)
