"""A visit to a report that is there: questions, the editor, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from postmortem import wizard
from postmortem.commands._holding import check_findings, excuse_at
from postmortem.commands._interview import sitting_of
from postmortem.commands._session_ends import later, tell_saved, unchanged
from postmortem.commands._session_menu import options
from postmortem.commands._session_timeline import fill
from postmortem.commands._streams import answer, tell
from postmortem.commands._talk import Talk
from postmortem.drafts import Journal
from postmortem.errors import Exit, Interrupted, PostmortemError
from postmortem.prompts import Question
from postmortem.prompts.leaving import on_leaving

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.wizard import Spoken


class Session:
    """A report that is there, and what somebody does with it next."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        journal: Journal,
        entry: Entry,
        spoken: Spoken | None = None,
    ) -> None:
        from postmortem.commands._records import InFile, InJournal, Written

        self.desk, self.talk, self.journal, self.entry = desk, talk, journal, entry
        opened = desk.opened(entry)
        self.template = opened.template
        shelf = InJournal(journal, opened.text) if entry.on else InFile(desk, entry)
        self.shelf = shelf
        shown = desk.shown(entry)
        record = Written(journal, self.template, shelf, shown)
        sitting = sitting_of(desk, talk, self.template, record)
        self.sitting = replace(sitting, spoken=spoken) if spoken else sitting
        self.record = record

    def go_on(self) -> Exit:
        """Go back to where somebody was stopped, then offer what can be done."""

        def _gone_on() -> Exit:
            self._to_the_half()
            return self._offers()

        return self._during(_gone_on)

    def offer(self) -> Exit:
        """Offer what can be done, until the report is submitted or left."""
        return self._during(self._offers)

    def ask(self, names: Sequence[str]) -> Exit:
        """Ask for these fields, then leave."""

        def _asked() -> Exit:
            half = self._to_the_half()
            wizard.walk(self.sitting, [name for name in names if name != half])
            return self._left()

        return self._during(_asked)

    def overview(self) -> Exit:
        """Let somebody open fields from the list of all, then leave."""

        def _roamed() -> Exit:
            self._to_the_half()
            wizard.roam(self.sitting)
            return self._left()

        return self._during(_roamed)

    def editor(self) -> Exit:
        """Open the report in the editor, then leave."""

        def _edited() -> Exit:
            self._edit()
            return self._left()

        return self._during(_edited)

    def _during(self, what: Callable[[], Exit]) -> Exit:
        ends: list[Exit] = []
        self.talk.during(self.journal, lambda: ends.append(what()))
        return ends[0]

    def _to_the_half(self) -> str:
        """Ask the question again at which somebody was stopped; return its field."""
        name, _, part = self.record.waiting.partition(" ")
        draft = self.journal.draft
        if not name or not (draft.typing or part):
            return ""
        if name in self.sitting.asked.fields:
            label = self.sitting.asked.fields[name].label or name
            self.talk.prompts.say(f"You stopped in the middle of {label}.", quiet=True)
            wizard.walk(self.sitting, (name,))
        else:
            said = f"the form does not ask for {name} now; you had typed:"
            self.talk.prompts.say(f"{said}\n{draft.typing}")
            self.journal.save(at=None, part=None, typing="")
        return name

    def _offers(self) -> Exit:
        while True:
            self.talk.warn()
            said = self.talk.prompts.choose(self._next(), options(self))
            match said:
                case "go on":
                    wizard.walk(self.sitting, wizard.unanswered(self.sitting))
                    tell_saved(self)
                case "all":
                    wizard.roam(self.sitting)
                    tell_saved(self)
                case "editor":
                    self._edit()
                case "show":
                    self._show()
                case "submit":
                    if self._submit():
                        return Exit.DONE
                case "timeline":
                    fill(self.desk.env, self.entry, self.talk)
                case "later":
                    return later(self)

    def _next(self) -> Question:
        many = len(wizard.unanswered(self.sitting))
        return Question(text="What next?", given="go on" if many else "submit")

    def _edit(self) -> None:
        from postmortem.commands._editor import edited

        before = self.shelf.load()
        self.journal.save(at=None, part=None, typing="")
        try:
            text = edited(self.desk.env, before, self.entry.id)
        except PostmortemError as error:
            self.talk.prompts.say(str(error))
            return
        if text == before:
            self.talk.prompts.say("nothing was changed", quiet=True)
            return
        self._keep(text, before)

    def _keep(self, text: str, before: str) -> None:
        """Save what the editor gave; where that cannot be, keep it beside."""
        from postmortem import markdown

        try:
            self.shelf.save(text, over=before)
        except PostmortemError as error:
            self.journal.save(text=text)
            self.talk.prompts.say(str(error))
            raise
        shown = self.desk.shown(self.entry)
        for finding in markdown.read(text, self.template, path=shown).findings:
            place = f"{shown}:{finding.line}:{finding.column}"
            self.talk.prompts.say(f"{place}: {finding.message}")

    def _show(self) -> None:
        from postmortem.commands._terminal import print_laid_out

        print_laid_out(self.desk.env, self.shelf.load(), plain=self.talk.plain)

    def _submit(self) -> bool:
        """Commit the report after a yes; tell whether it was.

        A terminal that is closed while git and its hooks run is a Ctrl-C to them.
        """
        try:
            with on_leaving(_interrupt):
                if self.entry.on:
                    return self._commit()
                from postmortem.commands._submitting import Wishes, submit_report

                if said := wizard.open_line(self.sitting):
                    self.talk.prompts.say(said)
                prompts = self.talk.prompts
                wishes = Wishes(confirm=prompts.consent, excuse=excuse_at(prompts))
                submit_report(self.desk.env, self.desk.place, self.entry, wishes)
        except Interrupted:
            raise
        except PostmortemError as error:
            self.talk.prompts.say(str(error))
            return False
        self.journal.done()
        return True

    def _commit(self) -> bool:
        """Commit to the branch on which the report is."""
        opened = self.desk.opened(self.entry)
        text, prompts = self.shelf.load(), self.talk.prompts
        if text == opened.text:
            unchanged(self)
            self.journal.done(keep=False)
            return True
        excuse = excuse_at(prompts)
        check_findings(self.desk, self.entry, opened.shown, excuse=excuse, text=text)
        if not prompts.yes(f"Commit it on {self.entry.branch}?"):
            return False
        answer(self.desk.env, self.desk.save(opened, text, "edit"))
        self.journal.done()
        return True

    def _left(self) -> Exit:
        """End a visit: what is in the file needs no journal any more."""
        self.talk.warn()
        if self.entry.on and self.journal.draft.text is not None:
            if self._submit():
                return Exit.DONE
            tell(self.desk.env, "kept, and not committed; `postmortem resume` goes on")
            return Exit.DONE
        self.journal.done(keep=False)
        if self.entry.on:
            unchanged(self)
        else:
            answer(self.desk.env, f"{self.desk.shown(self.entry)} is saved")
        return Exit.DONE


def _interrupt() -> None:
    raise KeyboardInterrupt
