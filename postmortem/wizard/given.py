"""A value as somebody would type it, and whether an answer is anything else."""

from __future__ import annotations

from typing import Any

from postmortem import moments
from postmortem.markdown import Field, values
from postmortem.markdown.fields import LINES, TEXT
from postmortem.model import Moment
from postmortem.moments import shown_in
from postmortem.prompts.cleaning import answered
from postmortem.wizard.sitting import Sitting

NONE = ("none", "none.", "nothing", "n/a", "-")
"""What people type for known to be none."""


def written(sitting: Sitting, known: Field) -> str:
    """Return a value as it would be typed; "" for one that is not known."""
    value = sitting.report.value(known.name)
    if value is None:
        return ""
    if value == () and known.kind in (LINES, TEXT):
        return NONE[0]
    if isinstance(value, Moment):
        about = "~" if value.approximate else ""
        return f"{about}{moments.iso(shown_in(value.at, sitting.zone))}"
    tree = values.tree(known, value)
    return _listed(tree) if isinstance(tree, list) else str(tree)


def says_none(said: str) -> bool:
    """Tell whether an answer is that there is none."""
    return said.strip().casefold() in NONE


def same(said: str, given: str) -> bool:
    """Tell whether an answer is what was given, apart from what typing takes out."""
    return answered(said, lines=True) == answered(given, lines=True)


def _listed(texts: list[Any]) -> str:
    """Return texts with commas between them, in quotes where one has a comma itself."""
    said = [str(each) for each in texts]
    if any("," in each or each[:1] in "[{" or says_none(each) for each in said):
        quoted = (f"""'{each.replace("'", "''")}'""" for each in said)
        return f"[{', '.join(quoted)}]"
    return ", ".join(said)
