"""A report laid out by another template: its record, and what people added to it.

What the old template writes for the record is compared with the file, stretch by
stretch; so a report that only we wrote never conflicts, and what people added goes
where its field goes.
"""

from __future__ import annotations

from postmortem.markdown.template import Template
from postmortem.markdown.transfer.attempts import Attempts, Transferred
from postmortem.markdown.transfer.blending import Merge
from postmortem.markdown.transfer.standing import stands

__all__ = ["Merge", "Transferred", "stands", "transfer"]


def transfer(
    text: str,
    new: Template,
    old: Template | None,
    merge: Merge,
    *,
    path: str | None = None,
) -> Transferred:
    """Return a text in the layout of `new`; `old` is the template that wrote it.

    Without `old` it is read by what its headings are called; where both are one, what
    the text lacks is put in. Raises Problems for a text that cannot be read, Refused
    where nothing could be made that reads back.
    """
    return Attempts(text, new, old, merge, path).made()
