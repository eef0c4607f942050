"""The first questions as they are asked when nothing is known, and what made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from postmortem import wizard
from postmortem.commands._places import report_sources
from postmortem.model import Report
from postmortem.prompts import Move, Option, Question

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template
    from postmortem.wizard import Change, Sitting

Asked = tuple[str, Question, Sequence[Option]]
_KEPT = 2
"""Questions: the title may be said on the command line."""
_ASKABLE = ("line", "choice")


def photographed(sitting: Sitting) -> list[Asked]:
    """Return the first questions that can be asked before all else is loaded."""
    found: list[Asked] = []
    names = [name for name in sitting.asked.outline.first if name in sitting.form]
    for at, name in enumerate(names[:_KEPT], 1):
        known = sitting.form[name]
        if known.kind not in _ASKABLE or (known.kind == "line" and name != "title"):
            break
        camera = _Camera()
        try:
            blank = replace(sitting, prompts=camera, record=_Nothing())
            wizard.ask(blank, known, f"{at}/{len(names)}")
        except _Seen as seen:
            found.append((name, seen.question, seen.options))
    return found


def files_behind(desk: Desk, template: Template) -> list[Path]:
    """Return the files that decide what is asked, those that are not there too."""
    from postmortem import settings, templating
    from postmortem.markdown import SUFFIX

    place, cwd = desk.place, desk.env.cwd.absolute()
    found = [desk.env.config_dir / settings.OWN_FILE, place.templates, *place.folders]
    found += [place.personal] if place.personal else []
    for folder in (cwd, *cwd.parents):
        found += [folder / settings.FILE, folder / ".git"]
        if folder == place.root:
            break
    sources = report_sources(place)
    name = f"{template.name}{SUFFIX}"
    for each in templating.chain(name, sources):
        found += [source.path / each.name for source in sources]
    return [*found, place.root / settings.FILE]


class _Seen(Exception):
    """A question was asked."""

    def __init__(self, question: Question, options: Sequence[Option] = ()) -> None:
        self.question, self.options = question, options
        super().__init__(question.text)


class _Camera:
    """Sees what is asked, and answers nothing."""

    def say(self, text: str = "", *, quiet: bool = False, hang: int = 0) -> None:
        """Show nothing."""

    def line(self, question: Question) -> NoReturn:
        """See it."""
        raise _Seen(question)

    text = rows = line

    def choose(self, question: Question, options: Sequence[Option]) -> NoReturn:
        """See it."""
        raise _Seen(question, options)

    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """See it."""
        raise _Seen(question, options)

    def yes(self, question: str) -> NoReturn:
        """See it."""
        raise _Seen(Question(text=question))

    def consent(self, question: str, others: Mapping[str, str]) -> NoReturn:
        """See it."""
        raise _Seen(Question(text=question))


class _Nothing:
    """A record in which nothing is known."""

    report = Report()
    waiting = ""

    def put(self, name: str, words: str, change: Change) -> None:
        """Keep nothing."""

    def opened(self, name: str, part: str = "") -> None:
        """Note nothing."""

    def half(self, name: str, part: str = "") -> str:
        """Return nothing."""
        return ""
