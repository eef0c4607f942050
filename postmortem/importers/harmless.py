"""What leaves this room: no field commands a terminal, no link does but lead to a page.

Importers clean the texts of events, which have lines; this holds for the rest, and
for importers of other packages.
"""

from __future__ import annotations

import re

import msgspec

from postmortem import escape
from postmortem.importers.candidates import Candidate
from postmortem.importers.texts import cleaned

_LINK = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f]+", re.IGNORECASE)
_LONGEST = 1_000
_SINGLE = ("where", "said", "source", "author", "id", "same", "kind")


def harmless(candidate: Candidate) -> Candidate:
    """Return the candidate, with what would do harm shown instead of working.

    Raises ValueError for a time without a zone, which no importer may yield.
    """
    if candidate.at.tzinfo is None:
        raise ValueError("an importer gave a time without a zone")
    link = candidate.link
    rest = (
        f"{candidate.where}{candidate.said}{candidate.source}{candidate.author}"
        f"{candidate.id}{candidate.same}{candidate.kind}"
    )
    leads = link is None or _LINK.fullmatch(link) is not None
    if leads and rest.isprintable() and candidate.text.isprintable():
        return candidate
    changed: dict[str, str | None] = {
        name: escape.single_line(value[:_LONGEST])
        for name in _SINGLE
        if isinstance(value := getattr(candidate, name), str)
        and not value.isprintable()
    }
    if not leads:
        changed["link"] = None
    if not candidate.text.isprintable():
        changed["text"] = cleaned(candidate.text)
    return msgspec.structs.replace(candidate, **changed) if changed else candidate
