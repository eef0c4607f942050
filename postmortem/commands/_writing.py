"""The file of a new report, and the line that says where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.drafts import Journal
    from postmortem.markdown import Outline, Template
    from postmortem.model import Report


def wrote(desk: Desk, entry: Entry, template: Template) -> str:
    """Return a line that says where a new report is, and how much is open."""
    from postmortem import markdown

    snapshot = desk.archive.load(entry)
    report = markdown.read(snapshot.text, template).report
    rest = not_known(report, template.outline) or "nothing is missing"
    return f"wrote {desk.shown(entry)}   ({rest})"


def not_known(report: Report, outline: Outline) -> str:
    """Say how many fields are not known yet; nothing when all are.

    They are counted and told in this way wherever a number is said.
    """
    from postmortem import answers

    many = len(answers.unknown(report, outline))
    return f"{many} field{'' if many == 1 else 's'} not known yet" if many else ""


def written_once(
    desk: Desk, journal: Journal, report: Report, template: Template, where: Path
) -> Entry:
    """Write the file, once: a run that was killed behind it may have done so."""
    from postmortem import answers, markdown
    from postmortem.commands._begin import begun, id_of, written

    ready = begun(desk, template, answers.Answered(report))
    wanted = id_of(ready, desk.env.now)
    if journal.draft.report == wanted:
        here = where / f"{wanted}.md"
        text = markdown.write(ready.replace(id=wanted), template)
        for entry in desk.archive.files():
            if entry.path == here and desk.archive.load(entry).text == text:
                return entry
    journal.save(report=wanted)
    return written(desk, template, ready, where)
