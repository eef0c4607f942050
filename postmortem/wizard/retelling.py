"""A moment that is told again: the new answer stands where the earlier one stood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from postmortem import moments
from postmortem.answers.row_changes import placed
from postmortem.model import Event, Moment, Report
from postmortem.moments import shown_in
from postmortem.wizard.row_words import cut
from postmortem.wizard.sitting import Sitting

ASIDE = {"detected": "detection", "mitigated": "recovery"}
"""The field that takes the words behind a moment's time, too: how it was noticed, or
what ended it. They are the text of the moment's event in any case."""
_OPEN_ASIDE = {"resolved": "recovery"}
"""The same, of a moment that has not come yet."""
_MARKS = re.compile(r"^(?:#{1,6}|[-+*])\s+|\\(?=[!-/:-@\[-`{-~])")
"""A heading, a list or an escape, which one place needs and the other does not."""


@dataclass
class Retelling:
    """One question for a moment, with the words that its earlier answer left."""

    sitting: Sitting
    name: str
    earlier: str = ""
    """These are shown with the question, and nothing else is replaced."""
    notes: list[str] = field(default_factory=list)
    """What is to be said once the answer is kept."""

    def told(self, report: Report, made: Report, words: str) -> Report:
        """Return the record with what was said behind a time, or behind a no.

        `report` is the record before, `made` the one with the time in it. The words
        are an event, and in their field; with no time, or no timeline to stand in,
        they are in their field alone.
        """
        self.notes.clear()
        if not words:
            return self._without_words(report, made)
        again = report.value(self.name) is not None
        made, kept = self._in_field(made, words, again=again)
        rows = tuple(each for each in made.timeline or () if not self._replaced(each))
        fresh = Event(text=words, kind=self.name)
        rows = tuple(
            each
            for each in rows
            if (_bare(each.text), each.kind) != (_bare(words), self.name)
        )
        if again:
            self._note_others(rows)
        at: Moment | None = made.value(self.name)
        if not kept or (at and "timeline" in self.sitting.form):
            old = next(filter(self._replaced, report.timeline or ()), fresh)
            event = old.replace(
                text=words,
                at=at.at if at else None,
                approximate=bool(at and at.approximate),
                said=None,
            )
            rows = placed(rows, event)
        unseen = self.name not in self.sitting.spoken.words
        if unseen and self.earlier not in ("", words):
            self.notes.append(f"In the place of: {cut(self.earlier)}")
        return made.replace(timeline=rows or None) if rows or made.timeline else made

    def _without_words(self, report: Report, made: Report) -> Report:
        """Let the event that stands for a moment go along when its time is another."""
        old, new = report.value(self.name), made.value(self.name)
        rows = report.timeline or ()
        event = next(
            (it for it in rows if old and (it.kind, it.at) == (self.name, old.at)), None
        )
        if event is None:
            return made
        if new is None:
            self._note_others(rows)
            return made
        if self._replaced(event):
            self.notes.append(f"Its words stay: {cut(event.text)}")
        if new.at == event.at:
            return made
        others = tuple(it for it in rows if it is not event)
        moved = event.replace(at=new.at, approximate=new.approximate)
        return made.replace(timeline=placed(others, moved))

    def _replaced(self, event: Event) -> bool:
        """Tell whether an event is what the earlier answer made."""
        same = _bare(event.text) == _bare(self.earlier)
        return bool(self.earlier) and event.kind == self.name and same

    def _in_field(
        self, made: Report, words: str, *, again: bool
    ) -> tuple[Report, bool]:
        """Put words into the field that takes them; tell whether there is one."""
        into = aside_of(self.sitting, self.name, known=made.value(self.name))
        for name in _asides(self.sitting, self.name):
            text = made.value(name)
            blocks = _blocks(text)
            said = [_bare(each) for each in blocks]
            new = [words] if name == into and _bare(words) not in said else []
            if self.earlier and _bare(self.earlier) in said:
                at = said.index(_bare(self.earlier))
                same = [blocks[at]] if self.earlier == words and name == into else new
                blocks[at : at + 1] = same
            elif new:
                if blocks and again:
                    self._note(name, str(text))
                blocks += new
            else:
                continue
            made = made.with_value(name, "\n\n".join(blocks) or None)
        return made, bool(into)

    def _note_others(self, rows: tuple[Event, ...]) -> None:
        for row in rows:
            if row.kind == self.name:
                self._note("timeline", f"{self.name}: {row.text}")

    def _note(self, name: str, text: str) -> None:
        """Say that what stands in a field stays, and how it is changed."""
        sitting = self.sitting
        known = sitting.form.get(name)
        label = (known.label if known else "") or name.capitalize()
        how = _change_by(sitting, name)
        self.notes.append(f"{label} still says: {cut(text)}  ({how})")


def earlier_words(sitting: Sitting, name: str) -> str:
    """Return the words that an earlier answer to a moment's question left.

    They are those that were typed in this sitting, where they still stand; of another
    one the text of the moment's event, where nothing says that it was told as a row.
    """
    report = sitting.report
    at: Moment | None = report.value(name)
    texts = [
        each.text
        for each in report.timeline or ()
        if each.kind == name and each.at == (at.at if at else None)
    ]
    asides = _asides(sitting, name)
    blocks = [part for each in asides for part in _blocks(report.value(each))]
    said = {_bare(each): " ".join(each.split()) for each in blocks}
    told = sitting.spoken.words.get(name, "")
    if told:
        return told if _bare(told) in (*map(_bare, texts), *said) else ""
    if len(texts) != 1:
        return ""
    if aside_of(sitting, name, known=at):
        return said.get(_bare(texts[0]), "")
    return texts[0] if name in sitting.asked.outline.first else ""


def aside_of(sitting: Sitting, name: str, *, known: object) -> str:
    """Return the field that takes the words behind a moment; "" where there is none."""
    aside = ASIDE.get(name, "" if known else _OPEN_ASIDE.get(name, ""))
    return aside if aside in sitting.form else ""


def tell_zone(sitting: Sitting, name: str, before: Report) -> None:
    """Say which times were read by the clocks of another zone than they are now."""
    if before.zone == sitting.report.zone:
        return
    old = before.zone or sitting.asked.zone
    zone = sitting.asked.in_zone(old)
    told = {each: before.value(each) for each in sitting.asked.moments if each != name}
    read = {each: at.at for each, at in told.items() if at and _alike(at.at, zone)}
    said = [f"{each} {moments.clock(at, zone)}" for each, at in read.items()]
    rows = [
        each
        for each in before.timeline or ()
        if each.at and each.kind not in (name, *told) and _alike(each.at, zone)
    ]
    if rows:
        said.append(f"{len(rows)} line{'s' if rows[1:] else ''} of the timeline")
    if said:
        how = _change_by(sitting, next(iter(read), "timeline"))
        line = f"Told before, and still read as {old}: {', '.join(said)}  ({how})"
        sitting.prompts.say(line)


def _asides(sitting: Sitting, name: str) -> tuple[str, ...]:
    """Return the fields that ever take the words behind a moment."""
    both = (ASIDE.get(name, ""), _OPEN_ASIDE.get(name, ""))
    return tuple(each for each in both if each in sitting.form)


def _change_by(sitting: Sitting, name: str) -> str:
    key = sitting.report.id
    return f"{f'`postmortem edit {key} {name}`' if key else '/'} changes it"


def _alike(at: datetime, zone: tzinfo) -> bool:
    return at.utcoffset() == shown_in(at, zone).utcoffset()


def _blocks(text: object) -> list[str]:
    return text.split("\n\n") if isinstance(text, str) and text else []


def _bare(text: str) -> str:
    """Return words without the marks that they get, or lose, where they are written."""
    return " ".join(_MARKS.sub("", text.strip()).split())
