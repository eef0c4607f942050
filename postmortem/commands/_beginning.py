"""An interview that begins a report, and one that goes on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem import wizard
from postmortem.commands import _opening
from postmortem.commands._drafts import drafts_of, opening
from postmortem.commands._editor import left_behind
from postmortem.commands._interview import sitting_of
from postmortem.commands._packing import packed, unpacked
from postmortem.commands._photograph import files_behind, photographed
from postmortem.commands._records import Unwritten
from postmortem.commands._session import Session
from postmortem.commands._streams import answer
from postmortem.commands._writing import written_once, wrote
from postmortem.env import is_terminal
from postmortem.errors import Exit, PostmortemError
from postmortem.model import Report
from postmortem.prompts import Move, Script
from postmortem.prompts.voice import Voice, cells

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.commands._talk import Talk
    from postmortem.drafts import Draft, Journal
    from postmortem.env import Env
    from postmortem.markdown import Template
    from postmortem.wizard import Sitting

_SAFE = "Saved as you type; Ctrl-C is safe."
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is there before the first question."""

    report: Report
    template: Template
    where: Path
    """The folder of reports that it goes into."""
    zone: str | None = None
    """The zone that somebody told, where that of the report is no default."""
    said: tuple[str, str | Move] | None = None
    """A field that was asked already, and how it was answered."""


def begin(desk: Desk, talk: Talk, journal: Journal, start: Start) -> Exit:
    """Ask the first questions, write the file, and go on as far as somebody likes."""
    template = start.template
    fields = desk.asked(template).fields
    with journal:
        fresh = journal.draft.saved is None
        if start.report != Report(zone=start.report.zone) and not journal.draft.text:
            journal.save(text=packed(start.report, fields))
        record = Unwritten(journal, start.report, lambda made: packed(made, fields))
        sitting = sitting_of(desk, talk, template, record)
        if start.zone:
            sitting.spoken.zones["zone"] = start.zone
        made: list[Entry] = []

        def _first() -> None:
            _ask_first(sitting, journal.draft, start.said, fresh=fresh)
            talk.warn()
            report = sitting.report
            made.append(written_once(desk, journal, report, template, start.where))

        talk.during(journal, _first)
        entry = made[0]
        journal.save(
            report=entry.id,
            path=desk.shown(entry),
            **dict.fromkeys(("text", "at", "part")),
            typing="",
        )
        _opening.keep(
            desk.env,
            files=files_behind(desk, template),
            asked=photographed(sitting),
            root=str(desk.place.root),
            template=template.name,
            folder=str(start.where),
            zone=start.report.zone or desk.env.zone,
            intro=_intro(sitting),
        )
        answer(desk.env, _folded(desk.env, wrote(desk, entry, template)))
        return Session(desk, talk, journal, entry, sitting.spoken).offer()


def resumed(desk: Desk, talk: Talk, draft: Draft) -> Exit:
    """Go on where an interview stopped, with what was half typed in its place."""
    journal = drafts_of(desk.env).open(draft)
    draft = journal.draft
    talk.prompts.say(opening(draft, draft.age(desk.env.now)), quiet=True)
    for path in left_behind(desk.env):
        talk.prompts.say(f"an editor left what was written in it in {path}")
    if draft.report is not None and draft.path is not None:
        with journal:
            entry = desk.archive.find(draft.report, whole=True)
            return Session(desk, talk, journal, entry).go_on()
    template = desk.template(draft.template)
    fields = desk.asked(template).fields
    report = unpacked(draft.text, fields) if draft.text else Report(title=draft.title)
    zone = report.zone or desk.place.settings.zone or desk.env.zone
    where = Path(draft.folder) if draft.folder else desk.place.folders[0]
    start = Start(report=report.replace(zone=zone), template=template, where=where)
    return begin(desk, talk, journal, start)


def _ask_first(
    sitting: Sitting,
    draft: Draft,
    said: tuple[str, str | Move] | None,
    *,
    fresh: bool,
) -> None:
    """Ask the few first questions; a title is needed, the rest can wait."""
    names = _first_names(sitting)
    start = draft.at or ""
    if said is None and names and fresh:
        sitting.prompts.say(_intro(sitting), quiet=True)
    if said is not None and isinstance(said[1], str):
        name, words = said[0], said[1]
        if _is_taken(sitting, name, words):
            start = (*names[names.index(name) + 1 :], "")[0]
            names = names if start else []
    elif said is not None and said[1] is Move.ALL:
        wizard.roam(sitting)
    wizard.walk(sitting, names, start=start, open_only=True)
    while sitting.report.title is None:
        wizard.walk(sitting, ("title",))


def _is_taken(sitting: Sitting, name: str, words: str) -> bool:
    """Put an answer into the record that was given before all was loaded."""
    before = sitting.report
    told = replace(sitting, prompts=Script([words]), heard=None)
    try:
        wizard.ask(told, sitting.form[name], "")
    except PostmortemError:
        return False
    sitting.hear(name, before)
    return True


def _folded(env: Env, line: str) -> str:
    """Return a line with its aside on the next one, where a terminal would break it."""
    columns = Voice(env, colour=False).columns
    wide = is_terminal(env.stdout) and cells(line) > columns
    return line.replace("   (", "\n  (") if wide else line


def _first_names(sitting: Sitting) -> list[str]:
    return [name for name in sitting.asked.outline.first if name in sitting.form]


def _intro(sitting: Sitting) -> str:
    names = _first_names(sitting)
    many = (*_WORDS, str(len(names)))[min(len(names), len(_WORDS))].capitalize()
    rest = "question, the rest" if len(names) == 1 else "questions, the rest"
    return f"{many} {rest} can wait. {_SAFE}"
