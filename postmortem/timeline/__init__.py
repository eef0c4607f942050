"""A timeline out of evidence: merged, folded, and only what the report lacks.

Everything here is values; where they come from and go to is the business of commands.
"""

from __future__ import annotations

from postmortem.timeline.choosing import Wanted, ranked, wanted
from postmortem.timeline.events import event_of
from postmortem.timeline.folding import Group, folded
from postmortem.timeline.gaps import LONGEST, Gap, gaps
from postmortem.timeline.merging import ordered
from postmortem.timeline.people import People, authors, talkers
from postmortem.timeline.placing import comes_from, dropped, placed, shifted
from postmortem.timeline.sifting import Intake, Sifted, sift
from postmortem.timeline.windows import WIDEST_SHIFT, Window, incident, usual

__all__ = [
    "LONGEST",
    "WIDEST_SHIFT",
    "Gap",
    "Group",
    "Intake",
    "People",
    "Sifted",
    "Wanted",
    "Window",
    "authors",
    "comes_from",
    "dropped",
    "event_of",
    "folded",
    "gaps",
    "incident",
    "ordered",
    "placed",
    "ranked",
    "shifted",
    "sift",
    "talkers",
    "usual",
    "wanted",
]
