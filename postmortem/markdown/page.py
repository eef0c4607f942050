"""The body that is being written, and what those who write in it need to know."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Outline
from postmortem.markdown.spots import Composition
from postmortem.model import Report


class Page(msgspec.Struct, kw_only=True):
    """A record on its way to text."""

    report: Report
    form: Mapping[str, Field]
    labels: Mapping[str, str]
    outline: Outline | None = None
    """None while it is not known: every loop and text is then taken for a home."""
    only: Collection[str] | None = None
    """The fields whose values are wanted; lines of the others only hold their place."""
    made: Composition = msgspec.field(default_factory=Composition)

    @property
    def section(self) -> int:
        """The section that is being written."""
        return len(self.made.sections) - 1

    def passes_over(self, name: str) -> bool:
        """Tell whether a field's values are not wanted."""
        return self.only is not None and name not in self.only

    def blank(self) -> None:
        """Leave one blank line, unless there is one or nothing above it."""
        if self.made.lines and self.made.lines[-1]:
            self.made.lines.append("")

    def placeholder(self, name: str) -> Sequence[str]:
        """Return what stands where a field has no value."""
        return placeholder(self.report.value(name), self.form[name], self.labels)


def placeholder(value: object, known: Field, labels: Mapping[str, str]) -> list[str]:
    """Return the lines that stand where nothing is known, or known to be none."""
    if value is None:
        question = known.question.replace("--", "-\u200b-")
        comment = [f"<!-- {question} -->"] if question else []
        return [f"_{labels['unknown']}_", *comment]
    return [f"_{labels['none']}_"]
