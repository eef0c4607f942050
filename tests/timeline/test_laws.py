"""What holds for any evidence, in any order, as often as it is imported."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from postmortem import markdown, shipped, timeline
from postmortem.importers import Candidate, Unplaced
from postmortem.model import Event, Report
from postmortem.templating import Source
from postmortem.timeline import Intake, Wanted, Window, picks, sift
from tests.timeline.made import NOBODY, heaps, instant, many

SHIPPED = (Source(path=shipped.templates_folder() / "reports", trusted=True),)
DEFAULT = markdown.load("default", SHIPPED)


def events(candidates: list[Candidate]) -> tuple[Event, ...]:
    """Return the rows that an import of all of them gives an empty report."""
    offered = heaps(candidates).offered
    made = [timeline.event_of(each, NOBODY) for each in offered]
    return timeline.placed((), made)


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_files_counts_nothing(
    candidates: list[Candidate], chance: Random
) -> None:
    """IMP-DUP: whatever comes first, the merged timeline is the same."""
    shuffled = list(candidates)
    chance.shuffle(shuffled)

    assert timeline.ordered(shuffled) == timeline.ordered(candidates)
    assert events(shuffled) == events(candidates)


@given(many)
def test_a_merged_timeline_is_in_order(candidates: list[Candidate]) -> None:
    """No event stands before one that was earlier."""
    found = [each.at for each in timeline.ordered(candidates)]

    assert found == sorted(found)


@given(many)
def test_folding_loses_no_account(candidates: list[Candidate]) -> None:
    """Every record is in one group, and in no other."""
    groups = timeline.folded(timeline.ordered(candidates))

    members = [each for group in groups for each in group.members]
    assert Counter(map(repr, members)) == Counter(map(repr, candidates))


@given(many, st.booleans())
def test_importing_twice_adds_nothing(
    candidates: list[Candidate],
    minutes: bool,  # noqa: FBT001 - drawn
) -> None:
    """IMP-DUP: what was imported is recognised after it was written and read back."""
    offered = heaps(candidates).offered
    made = [timeline.event_of(each, NOBODY, minutes=minutes) for each in offered]
    report = Report(title="X", timeline=timeline.placed((), made))
    rows = markdown.read(markdown.write(report, DEFAULT), DEFAULT).report.timeline

    again = heaps(candidates, rows or ())

    assert again.offered == ()
    assert len(again.known) == len(offered)


@given(many, st.integers(0, 20), st.integers(0, 3), st.sampled_from(("", "rolled")))
def test_every_record_is_in_one_heap(
    candidates: list[Candidate], end: int, lost: int, grep: str
) -> None:
    """Read is offered, folded, there already, filtered, outside and not placed."""
    rows = events(candidates)[:2]
    wanted = timeline.wanted(grep=[grep] if grep else [])
    intake = Intake(window=Window(instant(0), instant(end)), wanted=wanted)
    for each in candidates:
        intake.add(each)
    for number in range(lost):
        intake.add(Unplaced(where=f"day.json#{number}", why="no time"))

    sifted = sift(intake, rows, people=NOBODY)

    assert sifted.read == intake.read == len(candidates) + lost
    heaped = (sifted.offered, [each for each, _ in sifted.known], sifted.filtered)
    accounts = sum(len(group.members) for heap in heaped for group in heap)
    assert accounts + sifted.outside + len(sifted.unplaced) == sifted.read
    assert wanted or sifted.filtered == ()


@given(many)
def test_nothing_imported_adds_a_row(candidates: list[Candidate]) -> None:
    """A text is one row, whatever is in it, and says in a report what it said."""
    made = events(candidates)
    text = markdown.write(Report(title="X", timeline=made), DEFAULT)

    rows = markdown.read(text, DEFAULT).report.timeline

    assert rows == (made or ())
    assert text.count("\n# ") == 1
    assert "](javascript:" not in text.replace("\\](", "")


@given(many, st.randoms(use_true_random=False))
def test_a_list_reads_back_as_it_was_marked(
    candidates: list[Candidate], chance: Random
) -> None:
    """What stands behind a number is for people, and lines may be in any order."""
    groups = heaps(candidates).offered
    lines = picks.listed(groups, UTC, "UTC").splitlines()
    chance.shuffle(lines)

    found = picks.read("\n".join(lines), len(groups))

    likely = {at for at, each in enumerate(groups) if each.weight >= 2}
    assert found.broken == ()
    assert set(found.chosen) == likely


@given(many)
def test_a_filter_takes_the_whole_event(candidates: list[Candidate]) -> None:
    """An event is wanted when one of its accounts is, and keeps the others."""
    everything = heaps(candidates).offered

    found = heaps(candidates, wanted=Wanted(sources=("log",))).offered

    wanted = [each for each in everything if "log" in each.sources]
    assert list(found) == wanted
