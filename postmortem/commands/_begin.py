"""From what somebody answered to the file of a new report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from postmortem import answers, archive, files, markdown
from postmortem.answers import Answered
from postmortem.commands._streams import tell
from postmortem.errors import Missing, PostmortemError, Problems
from postmortem.files.texts import snapshot
from postmortem.model import Report, keyed

if TYPE_CHECKING:
    from datetime import datetime

    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template

_STDIN = "-"
_FAR_AWAY = "Etc/GMT+12"
"""A zone in which nobody lives."""


class Said(NamedTuple):
    """An answers file."""

    source: str
    text: str

    @property
    def template(self) -> str | None:
        """The template that it says it is for."""
        return answers.template_named(self.text)


def said_in(desk: Desk, source: str | None) -> Said | None:
    """Return the answers file of that name, `-` being standard input."""
    return None if source is None else Said(source, _text(desk, source))


def into_folder(desk: Desk, named: str | None) -> Path:
    """Return the folder of reports that is meant; raises Missing for another one."""
    place = desk.place
    if named is None:
        return place.folder(desk.env.cwd.absolute())
    wanted = (desk.env.cwd / named).resolve()
    found = [it for it in place.folders if it.resolve() == wanted]
    if not found:
        known = ", ".join(place.settings.folders)
        hint = f"the settings name {known}; `folders` in them may name more"
        raise Missing(f"{named!r} is no folder of reports", hint=hint)
    return found[0]


def understood(
    desk: Desk,
    template: Template,
    title: str | None,
    said: Said | None,
    assignments: Sequence[str],
    *,
    zone: str | None = None,
) -> Answered:
    """Return the answers of a file, a title and assignments, the later ones first.

    Mistakes stay in the answer, so that all of them can be said at once. `zone` is
    another one for times that name none; one that is assigned holds for those of a file
    too, unless the file names its own.
    """
    asked = desk.asked(template)
    zone = answers.zone_assigned(assignments, asked) or zone
    asked = replace(asked, zone=zone) if zone else asked
    found = Answered(Report())
    if said is not None:
        found = answers.read(said.text, asked, path=said.source)
    words = [*([f"title={title}"] if title else []), *assignments]
    more = answers.assign(found.report, words, asked)
    return Answered(
        more.report, (*found.problems, *more.problems), found.named | more.named
    )


def hangs_on_zone(
    desk: Desk,
    template: Template,
    title: str | None,
    said: Said | None,
    assignments: Sequence[str],
) -> bool:
    """Tell whether a time is read in the machine's zone because nobody named one.

    It is when the same answers, read far away, give other times.
    """
    if desk.place.settings.zone:
        return False
    here, away = (
        understood(desk, template, title, said, assignments, zone=zone)
        for zone in (None, _FAR_AWAY)
    )
    return here != away


def begun(desk: Desk, template: Template, answered: Answered) -> Report:
    """Return the record of a new report, which has all that it needs.

    Raises Problems with every mistake, and with every field that is missing.
    """
    missing = answers.missing(answered, template.outline)
    if problems := (*answered.problems, *missing):
        raise Problems(problems)
    report = keyed(answered.report)
    settings = desk.place.settings
    return report.replace(
        template=template.outline.reference,
        status=report.status or settings.statuses[0],
        zone=report.zone or settings.zone or desk.env.zone,
    )


def id_of(report: Report, now: datetime) -> str:
    """Return the id that a new report gets; a credential in its title is left out.

    A file's name and a branch have it in small letters, where no check finds it.
    """
    if report.id:
        return report.id
    from postmortem.checks.privacy.secrets import credentials, without

    title = report.title or ""
    if found := credentials(title):
        report = report.replace(title=without(title, found))
    return archive.birth_id(report, now)


def written(desk: Desk, template: Template, report: Report, folder: Path) -> Entry:
    """Write the file of a new report under an id that nobody has; return where."""
    wanted = id_of(report, desk.env.now)

    def _laid_out(name: str) -> str:
        return markdown.write(report.replace(id=name), template)

    made = desk.archive.create(
        wanted,
        _laid_out,
        folder=folder,
        taken=lambda _, path: _on_a_branch(desk, path),
    )
    if made.id != wanted:
        tell(desk.env, f"there is one already: {wanted}; this one is {made.id}")
    return made


def _on_a_branch(desk: Desk, path: Path) -> bool:
    """Tell whether a branch, here or fetched, has a report of that name."""
    if desk.history is None:
        return False
    from postmortem.commands._away import is_taken

    try:
        return is_taken(desk.history, path, desk.place.settings.branch_prefix)
    except PostmortemError:  # the folder is outside the repository
        return False


def _text(desk: Desk, source: str) -> str:
    """Return the text of an answers file, or of stdin."""
    if source != _STDIN:
        return files.read(desk.env.cwd / source).text
    stdin = desk.env.stdin
    if stdin is None:
        message = "there is nothing on standard input: it is closed"
        raise Missing(message, hint="name a file, or put the answers into a pipe")
    raw = getattr(stdin, "buffer", None)
    if raw is None:
        return stdin.read()
    return snapshot(Path(_STDIN), raw.read(files.LIMIT), 0).text
