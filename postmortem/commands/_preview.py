"""`template preview`: what a template makes, again at every save, beside the editor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._checked import problem_lines
from postmortem.commands._places import place_of, report_sources, shown_path
from postmortem.commands._pointing import pointed
from postmortem.commands._streams import answer
from postmortem.commands._templates import file_of
from postmortem.errors import Exit, Interrupted, PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.env import Env
    from postmortem.markdown import Template
    from postmortem.model import Report

POLL = 0.3
"""Seconds between two looks at the files."""
_SETTLED = 0.05
"""Seconds that an editor may take to write a file which it has emptied."""

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is looked at: a template, with the sample record or a report's."""

    name: str
    report: str | None = None
    """A part of a report's id."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a template makes now."""

    text: str | None
    """The report; None where the template cannot be used at all."""
    problems: tuple[Problem, ...] = ()

    def mistakes(self, env: Env) -> Iterator[str]:
        """Yield the lines that say what is wrong, with line and column."""
        for problem in self.problems:
            yield from problem_lines(problem, lambda path: shown_path(Path(path), env))


def once(env: Env, subject: Subject) -> Exit:
    """Print what a template makes, or its mistakes; raises Missing."""
    _check_there(env, subject)
    made = make(env, subject)
    if made.text is not None:
        answer(env, made.text, exact=True)
    if made.problems:
        answer(env, "\n".join(made.mistakes(env)))
    return Exit.FINDINGS if made.problems else Exit.DONE


def watch(env: Env, subject: Subject) -> Exit:
    """Show it again at every save, until somebody leaves with q or Ctrl-C.

    Raises Missing, before anything is shown.
    """
    from postmortem.commands._previewing import screen_of
    from postmortem.prompts.leaving import on_leaving

    watched = _check_there(env, subject)
    seen: Stamp | None = None
    with suppress(Interrupted), on_leaving(), screen_of(env, subject) as screen:
        while not screen.left:
            now = _stamp(env, watched)
            if now != seen:
                if seen is not None:
                    time.sleep(_SETTLED)
                seen = now = _stamp(env, watched)
                screen.show(make(env, subject))
            screen.wait(POLL)
    return Exit.DONE


def make(env: Env, subject: Subject) -> Made:
    """Return what a template makes as it is now, and what is wrong with it."""
    from postmortem import markdown
    from postmortem.commands._desk import Desk
    from postmortem.markdown.inspection import inspect

    text = None
    try:
        with Desk(env) as desk:
            sources = report_sources(desk.place)
            template = desk.loaded(subject.name, sources)
            record = _record(desk, subject, template)
            text = markdown.write(record, template)
            found = inspect(template, records=0).problems
    except PostmortemError as error:
        found = error.problems
    return Made(text=text, problems=pointed(found))


def _record(desk: Desk, subject: Subject, template: Template) -> Report:
    from postmortem.markdown.specimen import specimen

    if subject.report is not None:
        return desk.open(subject.report).reading.report
    return specimen(template.outline.fields)


def _check_there(env: Env, subject: Subject) -> tuple[Path, ...]:
    """Return the report's file, if one is named; raises Missing for either."""
    from postmortem.commands._desk import Desk

    with Desk(env) as desk:
        file_of(subject.name, report_sources(desk.place))
        if subject.report is None:
            return ()
        return (desk.archive.find(subject.report).path,)


def _stamp(env: Env, more: tuple[Path, ...]) -> Stamp:
    """Return what changes whenever somebody saves a file of the templates."""
    from postmortem import templating

    with suppress(PostmortemError):
        sources = report_sources(place_of(env))
        paths = [
            source.path / name
            for source in sources
            for name in templating.names([source])
        ]
        return tuple(filter(None, map(_told, (*paths, *more))))
    return ()


def _told(path: Path) -> tuple[str, int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size
