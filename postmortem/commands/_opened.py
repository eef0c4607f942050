"""A report that was found, and what it says: to people, and to what will be written."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from postmortem.errors import Refused
from postmortem.model import STANDARD

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.files import Snapshot
    from postmortem.markdown import Reading, Template
    from postmortem.model import Report


class Opened(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A report that was found and read."""

    entry: Entry
    snapshot: Snapshot
    template: Template
    """The one that it names; where that is not here, the usual one."""
    foreign: bool = False
    """Whether that is not its own."""
    shown: str
    """Its path as somebody would type it, for messages."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.snapshot.text

    @cached_property
    def reading(self) -> Reading:
        """The record, where each value stands, and what could not be read.

        It is read as `check` does: by its own template, else by its headings.
        """
        from postmortem import markdown

        template = None if self.foreign else self.template
        return markdown.read(self.text, template, path=self.shown)

    @cached_property
    def by_template(self) -> Reading:
        """The same as the template reads it, by which a change is written."""
        from postmortem import markdown

        if not self.foreign:
            return self.reading
        return markdown.read(self.text, self.template, path=self.shown)

    def unseen(self) -> Sequence[str]:
        """Return the fields that the template reads otherwise than `check` does."""
        seen, here = self.reading.report, self.by_template.report
        names = {*STANDARD, *seen.extra, *here.extra}
        return [it for it in sorted(names) if seen.value(it) != here.value(it)]

    def check_seen(self, name: str) -> None:
        """Raise Refused where the template reads a field otherwise than `check`."""
        if self.foreign and name in self.unseen():
            raise self._refusal([name])

    def with_report(self, report: Report) -> str:
        """Return the text with a changed record in it; raises Refused.

        A report that no template has laid out goes on to name none, so that it is read
        as before; but where its own headings cannot say what is asked for, and the
        template reads that field as they do, it names the template from then on.
        """
        from postmortem import markdown

        unseen = self.unseen() if self.foreign else ()
        if unseen:
            text = self._rewritten(report, named=False)
            lost = sorted(self._lost(report, markdown.read(text).report))
            if not lost:
                return text
            here = self.by_template.report
            asked = all(here.value(name) != report.value(name) for name in lost)
            if not asked or not {*unseen}.isdisjoint(lost):
                raise self._refusal(lost)
        return self._rewritten(report, named=True)

    def _rewritten(self, report: Report, *, named: bool) -> str:
        from postmortem import markdown

        return markdown.rewrite(
            self.text, report, self.template, path=self.shown, named=named
        )

    def _lost(self, report: Report, back: Report) -> Iterator[str]:
        """Yield the fields that are read back otherwise than they were asked for."""
        seen, here = self.reading.report, self.by_template.report
        for name in {*STANDARD, *report.extra, *seen.extra} - {"template"}:
            old, new, now = here.value(name), report.value(name), back.value(name)
            if old == new:
                kept = now == seen.value(name)
            elif isinstance(new, tuple):
                kept = _stand(_besides(new, old), now) and _stand(
                    _besides(old, new), seen.value(name)
                )
            else:
                kept = now == new
            if not kept:
                yield name

    def _refusal(self, names: Iterable[str]) -> Refused:
        """Return why something cannot be changed, and what to do first."""
        template = self.template.name
        message = f"{', '.join(names)} would be read otherwise than it stands there"
        words = ("postmortem", "convert", self.entry.id, "--template", template)
        hint = (
            f"it was not laid out by a template; `{shlex.join(words)}` does that,"
            " or write it in an editor"
        )
        return Refused(message, path=self.shown, hint=hint)


def _besides(rows: Any, others: Any) -> list[Any]:
    """Return the rows that are not among others, whatever their keys."""
    had = [*_keyless(others)]
    return [row for row in _keyless(rows) if row not in had]


def _stand(rows: Iterable[Any], among: Any) -> bool:
    there = [*_keyless(among)]
    return all(row in there for row in rows)


def _keyless(rows: Any) -> Iterator[Any]:
    for row in rows or ():
        yield row.replace(key=None) if getattr(row, "key", None) else row
