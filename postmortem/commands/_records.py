"""Where an interview keeps what is said: a journal first, then the report's own file.

Before there is a file the journal holds the whole record. From then on each answer is
in the file when it is given, and the journal holds what is half typed; a report that is
on a branch alone is changed in the journal, and committed when the interview ends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from postmortem.errors import PostmortemError, Refused
from postmortem.model import Report

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.drafts import Journal
    from postmortem.markdown import Template

_ATTEMPTS = 5
"""How often an answer is put into a file that somebody else saves at the same time."""


class _Half:
    """What was half typed when somebody was stopped, until its question is asked."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        draft = journal.draft
        self._name, self._part = draft.at or "", draft.part or ""
        self._words = draft.typing

    @property
    def waiting(self) -> str:
        """The question at which somebody was stopped: name and part, or nothing."""
        return f"{self._name} {self._part}".strip()

    def opened(self, name: str, part: str = "") -> None:
        """Note which question is open, with what was half typed there."""
        here = (name, part) == (self._name, self._part)
        self.journal.save(at=name, part=part, typing=self._words if here else "")

    def half(self, name: str, part: str = "") -> str:
        """Return what was half typed for a question, once; else nothing."""
        words = self._words if (name, part) == (self._name, self._part) else ""
        self._name = self._part = self._words = ""
        return words

    def again(self, words: str) -> None:
        """Keep words that could not be put into the record, for the same question."""
        draft = self.journal.draft
        self._name, self._part = draft.at or "", draft.part or ""
        self._words = words
        self.journal.save(typing=words)


class Unwritten(_Half):
    """A record that has no file yet."""

    def __init__(
        self, journal: Journal, report: Report, packed: Callable[[Report], str]
    ) -> None:
        super().__init__(journal)
        self.report = report
        self._packed = packed

    def put(self, name: str, words: str, change: Callable[[Report], Report]) -> None:
        """Make a change and keep it in the journal before returning."""
        del name
        try:
            made = change(self.report)
        except PostmortemError:
            self.again(words)
            raise
        self.journal.save(
            text=self._packed(made), title=made.title, at=None, part=None, typing=""
        )
        self.report = made


class Shelf(Protocol):
    """Where the text of a report stands."""

    def state(self) -> object:
        """Return what is another when the text may be; quick."""

    def load(self) -> str:
        """Return the text as it is now."""

    def save(self, text: str, *, over: str) -> None:
        """Put a text in the place of the one that was loaded.

        Raises Refused where another one stands there by now.
        """


class Written(_Half):
    """A record that is in a text: of a file, or of a branch."""

    def __init__(
        self, journal: Journal, template: Template, shelf: Shelf, shown: str
    ) -> None:
        super().__init__(journal)
        self.template, self.shelf, self._shown = template, shelf, shown
        self._seen: object = None
        self._open: tuple[str, Any] = ("", None)
        self._report = Report()

    @property
    def report(self) -> Report:
        """The record as it is now, read again when the text is another."""
        from postmortem import markdown

        state = self.shelf.state()
        if state != self._seen:
            text = self.shelf.load()
            self._report = markdown.read(text, self.template, path=self._shown).report
            self._seen = state
        return self._report

    def opened(self, name: str, part: str = "") -> None:
        """Note which question is open, and what its answer is meanwhile."""
        self._open = (name, self.report.value(name) if name else None)
        super().opened(name, part)

    def put(self, name: str, words: str, change: Callable[[Report], Report]) -> None:
        """Change the text as it is now, and save it before returning.

        Raises Refused, once, where somebody else changed the same answer meanwhile.
        """
        try:
            self._put(name, change)
        except PostmortemError:
            self.again(words)
            raise
        self.journal.save(at=None, part=None, typing="")

    def _put(self, name: str, change: Callable[[Report], Report]) -> None:
        from postmortem import markdown

        for attempt in range(_ATTEMPTS):
            text = self.shelf.load()
            report = markdown.read(text, self.template, path=self._shown).report
            self._check_alone(name, report)
            made = markdown.rewrite(
                text, change(report), self.template, path=self._shown
            )
            try:
                if made != text:
                    self.shelf.save(made, over=text)
            except Refused:
                if attempt == _ATTEMPTS - 1 or self.shelf.load() == text:
                    raise
            else:
                return

    def _check_alone(self, name: str, report: Report) -> None:
        """Refuse to overwrite, unseen, what another has answered since it was asked."""
        asked, before = self._open
        now = report.value(name)
        rows = isinstance(before or now, tuple)
        if asked != name or now == before or rows:
            return
        self._open = (name, now)
        said = " ".join(str(now).split()) if isinstance(now, str) else "another value"
        message = f"{name} was changed meanwhile; it says now: {said}"
        raise Refused(message, hint="Enter puts yours in its place")


class InFile:
    """The text of a report's file."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        self._desk, self._entry = desk, entry
        self._loaded = desk.archive.load(entry)

    def state(self) -> object:
        """Return what tells the file from one that was saved since."""
        try:
            now = self._entry.path.stat()
        except OSError:
            return None
        return (now.st_mtime_ns, now.st_size, now.st_ino)

    def load(self) -> str:
        """Return the file's text."""
        self._loaded = self._desk.archive.load(self._entry)
        return self._loaded.text

    def save(self, text: str, *, over: str) -> None:
        """Replace the file, if it is what was loaded."""
        del over
        self._desk.archive.save(self._entry, text, self._loaded)


class InJournal:
    """A text that the journal holds, for a report on a branch."""

    def __init__(self, journal: Journal, text: str) -> None:
        self._journal = journal
        self._text = journal.draft.text or text
        self._count = 0

    def state(self) -> object:
        """Return how often it was changed."""
        return self._count

    def load(self) -> str:
        """Return the text."""
        return self._text

    def save(self, text: str, *, over: str) -> None:
        """Keep another text."""
        del over
        self._journal.save(text=text)
        self._text = text
        self._count += 1
