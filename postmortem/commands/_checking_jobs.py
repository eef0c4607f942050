"""Which reports are checked, with what git and the folder know of each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from postmortem.commands._checking_past import Past, statuses
from postmortem.commands._checking_work import Job, Shared, stale_lines
from postmortem.commands._places import report_sources
from postmortem.errors import Missing, PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template

_FRONT = 4096
"""Characters in which it stands what other reports one is related to."""
_RELATED = re.compile(r"related:(?P<names>.*(?:\n[ \t-].*)*)")
_NAME = re.compile(r"[^\s,\[\]\"'-][^\s,\[\]\"']*")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One report that is to be checked."""

    entry: Entry
    job: Job
    base: Job | None = None
    """What it was where the branch began; None for a new one."""


class Chosen:
    """The reports that somebody has named, or all; what cannot be read is a problem."""

    def __init__(
        self,
        desk: Desk,
        parts: Sequence[str],
        since: str | None,
        *,
        branches: bool = True,
        texts: Mapping[Path, str] = MappingProxyType({}),
    ) -> None:
        self.desk = desk
        self.branches = branches
        self.texts = texts
        self.since = since
        self.problems: list[Problem] = []
        self._templates: dict[str, Template] = {}
        self.choices = self._chosen(self._entries(parts))

    @cached_property
    def shared(self) -> Shared:
        """What is the same for all of them."""
        settings = self.desk.place.settings
        return Shared(
            kinds={
                name: dataclasses.replace(template, worker=None)
                for name, template in self._templates.items()
            },
            settings=dataclasses.replace(
                settings,
                trailers=dict(settings.trailers),
                checks=dict(settings.checks),
                publish_within=dict(settings.publish_within),
            ),
            now=self.desk.env.now,
            ids=self._ids(),
            templates=self._names,
        )

    def _entries(self, parts: Sequence[str]) -> Sequence[Entry]:
        if not parts:
            every = self._every if self.branches else self.desk.archive.files()
            return sorted(every, key=lambda entry: (entry.path, entry.branch or ""))
        found: dict[Path, Entry] = {}
        for part in parts:
            for entry in self._named(part):
                found.setdefault(entry.path, entry)
        return tuple(found.values())

    @cached_property
    def _every(self) -> Sequence[Entry]:
        return self.desk.archive.entries()

    def _named(self, part: str) -> Iterable[Entry]:
        """Return the reports at a path, or the one that a part of its id is of."""
        from postmortem.archive.entries import of_file

        path = self.desk.env.cwd / part
        if path.is_dir():
            return [
                entry
                for entry in self.desk.archive.files()
                if entry.path.is_relative_to(path.resolve())
                or entry.path.is_relative_to(path)
            ]
        if path.is_file() and path.suffix == ".md":
            entry = of_file(path)
            return [entry] if entry else []
        return [self.desk.archive.find(part)]

    def _chosen(self, entries: Sequence[Entry]) -> Sequence[Choice]:
        found = [(entry, text) for entry in entries if (text := self._text(entry))]
        entries = [entry for entry, _ in found]
        earlier = dict(self._earlier(entries)) if self.since else {}
        past = statuses(self.desk, entries)
        choices = []
        for entry, text in found:
            before = earlier.get(entry.path)
            if before is not None and before == text.replace("\r\n", "\n"):
                continue
            try:
                job = self._job(entry, text, past.get(entry.path, ()))
                base = None
                if before is not None:
                    base = self._job(entry, before, ())
            except PostmortemError as error:
                self.problems += error.problems
                continue
            choices.append(Choice(entry=entry, job=job, base=base))
        return choices

    def _text(self, entry: Entry) -> str | None:
        """Return a report's text; None, with the problem noted, where there is none."""
        if entry.path in self.texts:
            return self.texts[entry.path]
        try:
            return self.desk.archive.load(entry).text
        except (PostmortemError, OSError) as error:
            if isinstance(error, PostmortemError):
                self.problems += error.problems
            else:
                said = f"this cannot be read: {error.strerror}"
                self.problems.append(Problem(message=said, path=self.desk.shown(entry)))
            return None

    def _job(self, entry: Entry, text: str, past: Past) -> Job:
        from postmortem import markdown

        name = self._template(entry)
        template = self._templates.get(name) if name else None
        stale = None
        if template is not None and not template.trusted:
            # It runs in a process of its own, which no other process shares.
            reading = markdown.read(text, template)
            stale = stale_lines(text, template, reading)
        return Job(
            path=self.desk.shown(entry),
            text=text,
            kind=name,
            folder=None if entry.on else str(entry.path.parent),
            past=past,
            stale=stale,
        )

    def _template(self, entry: Entry) -> str | None:
        """Return the name of a report's template, loaded; None where it is not here."""
        words = (entry.fact("template") or "").split()
        if not words or words[0] not in self._names:
            return None
        if words[0] not in self._templates:
            self._templates[words[0]] = self.desk.template(words[0])
        return words[0]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The templates that can be used here."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        names = templating.names(report_sources(self.desk.place))
        return tuple(sorted(it.removesuffix(SUFFIX) for it in names if SUFFIX in it))

    def _ids(self) -> frozenset[str] | None:
        """Return the ids that there are; None where no report names another.

        Files are opened only if one is named that no file is called after.
        """
        asked: set[str] = set()
        for choice in self.choices:
            at = choice.job.text.find("\nrelated:", 0, _FRONT) + 1
            if at and (found := _RELATED.match(choice.job.text, at, _FRONT)):
                asked.update(_NAME.findall(found["names"]))
        if not asked:
            return None
        archive = self.desk.archive
        names = {each.stem for it in archive.folders for each in it.glob("*.md")}
        if asked <= names:
            return frozenset(names)
        return frozenset(it for each in self._every for it in (each.id, *each.aliases))

    def _earlier(self, entries: Sequence[Entry]) -> Iterator[tuple[Path, str]]:
        """Yield what each report was where the branch began.

        Raises Missing when nobody knows where that is.
        """
        from postmortem import history as room

        history = self.desk.history
        if history is None:
            raise Missing(
                "this is no git repository, so nothing is known of changes",
                hint="leave --changed-since out",
            )
        rev = room.fork_point(history, self.since or "HEAD")
        paths = history.among(entry.path for entry in entries if entry.on is None)
        held = room.contents(history, rev, list(paths.values()))
        for path, content in zip(paths, held, strict=True):
            if content is not None:
                text = content.decode("utf-8", "replace")
                yield path, text.replace("\r\n", "\n").removeprefix("\ufeff")
