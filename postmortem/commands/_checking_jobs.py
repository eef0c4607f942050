"""Which reports are checked, with what git and the folder know of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from postmortem import templating
from postmortem.commands._checking_attached import attachments
from postmortem.commands._checking_ids import (
    Namesakes,
    all_ids,
    names,
    namesakes,
    then,
)
from postmortem.commands._checking_judged import template_mistakes
from postmortem.commands._checking_named import named
from postmortem.commands._checking_past import Past, statuses
from postmortem.commands._checking_since import Origin, text_of, unread, without
from postmortem.commands._checking_values import Attachment, Job, Shared
from postmortem.commands._elsewhere import below, below_in, is_begun, is_page
from postmortem.commands._places import report_sources
from postmortem.errors import PostmortemError, Problem
from postmortem.files.texts import read_bytes
from postmortem.markdown import SUFFIX

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template
    from postmortem.templating import Found


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One report that is to be checked."""

    entry: Entry
    job: Job
    base: Job | None = None
    """What it was where the branch began; None for a new one."""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What git and other files know of reports, by their paths."""

    past: Mapping[Path, Past]
    earlier: Mapping[Path, str]
    """What reports were where the branch began, where that matters."""
    alike: Namesakes
    lost: Mapping[Path, str]
    attachments: Mapping[Path, tuple[Attachment, ...]]


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
        entry: Entry | None = None,
    ) -> None:
        self.desk = desk
        self.branches = branches
        self.texts = texts
        self.since = since
        self.whole = not parts and entry is None
        self.problems: list[Problem] = []
        self.baseline: str | None = None
        """What the baseline says, where that is another one than the file's."""
        self.aside: set[Path] = set()
        """What is looked into for secrets alone: it is taken for no report."""
        self._files: dict[str, Sequence[Found]] = {}
        self._templates: dict[str, Template] = {}
        self.choices = self._chosen((entry,) if entry else self._entries(parts))
        if self.whole and self.since and self.origin:
            self.problems += template_mistakes(desk, self.origin, self.template)

    @cached_property
    def origin(self) -> Origin | None:
        """Where the branch began, if that is asked for."""
        return Origin.of_branch(self.desk, self.since) if self.since else None

    @cached_property
    def shared(self) -> Shared:
        """What is the same for all of them."""
        settings = self.desk.place.settings
        return Shared(
            digests={name: templating.digest(it) for name, it in self._files.items()},
            settings=msgspec.structs.replace(
                settings,
                trailers=dict(settings.trailers),
                checks=dict(settings.checks),
                publish_within=dict(settings.publish_within),
            ),
            now=self.desk.env.now,
            ids=all_ids(
                (choice.job.text for choice in self.choices),
                self.desk.archive,
                lambda: self._every,
            ),
            templates=self._names,
        )

    def _entries(self, parts: Sequence[str]) -> Sequence[Entry]:
        if not parts:
            every = [*(self._every if self.branches else self.desk.archive.files())]
            every += self._put_aside(below(self.desk))
            return sorted(every, key=lambda entry: (entry.path, entry.branch or ""))
        found: dict[Path, Entry] = {}
        for part in parts:
            try:
                for entry in named(self.desk, part):
                    found.setdefault(entry.path, entry)
            except PostmortemError as error:
                self.problems += error.problems
        self.aside |= {at for at, it in found.items() if is_page(self.desk, it)}
        bare = (it for it in below_in(self.desk, parts) if it.path not in found)
        return (*found.values(), *self._put_aside(bare))

    def _put_aside(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield what is below the folders of reports; a branch answers for reports."""
        for entry in entries:
            if not (self.since and is_begun(entry)):
                self.aside.add(entry.path)
            yield entry

    @cached_property
    def _every(self) -> Sequence[Entry]:
        return self.desk.archive.entries()

    def _chosen(self, entries: Sequence[Entry]) -> Sequence[Choice]:
        texts = [(entry, self._text(entry)) for entry in entries]
        found = [(entry, text) for entry, text in texts if text is not None]
        around = self._around(found)
        choices = []
        for entry, text in found:
            before = around.earlier.get(entry.path)
            unchanged = before is not None and before == text.replace("\r\n", "\n")
            unchanged = unchanged and entry.path not in around.attachments
            if unchanged or not (text or entry.path in around.lost):
                continue
            try:
                choices.append(self._choice(entry, text, around))
            except PostmortemError as error:
                self.problems += error.problems
        return choices

    def _around(self, texts: Sequence[tuple[Entry, str]]) -> Around:
        """Return what git and the other files know of these reports."""
        every = [entry for entry, _ in texts]
        texts = [each for each in texts if each[0].path not in self.aside]
        entries = [entry for entry, _ in texts]
        alike = namesakes(self.desk, entries, self._called)
        earlier: Mapping[Path, str] = {}
        if self.since and self.origin:
            others = (each for those in alike.values() for each in those)
            earlier = self.origin.texts((*every, *others))
        return Around(
            past=statuses(self.desk, entries, drafts=self.origin is not None),
            earlier=earlier,
            alike=alike,
            lost=without(self.desk, texts, self.origin),
            attachments=self._attachments(entries),
        )

    def _attachments(
        self, entries: Sequence[Entry]
    ) -> Mapping[Path, tuple[Attachment, ...]]:
        """Return the files beside these reports, as far as they are looked into."""
        return attachments(entries, self.origin)

    def _choice(self, entry: Entry, text: str, around: Around) -> Choice:
        path, base = entry.path, None
        others, before = around.alike.get(path, ()), around.earlier.get(path)
        job = msgspec.structs.replace(
            self._job(entry, text),
            past=around.past.get(path, ()),
            namesakes=names(self.desk, others),
            lost=around.lost.get(path, ""),
            attachments=around.attachments.get(path, ()),
        )
        if before is not None:
            had = names(self.desk, then(path, others, around.earlier))
            base = msgspec.structs.replace(self._job(entry, before), namesakes=had)
        return Choice(entry=entry, job=job, base=base)

    def _called(
        self, ids: Collection[str], besides: Collection[Path]
    ) -> Iterable[Entry]:
        """Return the other reports that have one of these ids."""
        return () if self.whole else self.desk.archive.called(ids, besides)

    def _text(self, entry: Entry) -> str | None:
        """Return a report's text; None, with the problem noted, where there is none."""
        if entry.path in self.texts:
            return self.texts[entry.path]
        try:
            if entry.path in self.aside:
                return text_of(read_bytes(entry.path)[0])
            return self.desk.archive.load(entry).text
        except (PostmortemError, OSError) as error:
            if not (self.origin and self.origin.is_untouched(entry.path)):
                self.problems += unread(error, self.desk.shown(entry))
            return None

    def _job(self, entry: Entry, text: str) -> Job:
        aside = entry.path in self.aside
        return Job(
            path=self.desk.shown(entry),
            text=text,
            kind=None if aside else self._template(entry),
            folder=None if entry.on else str(entry.path.parent),
            aside=aside,
        )

    def template(self, name: str) -> Template:
        """Return a template, to be run in any process; raises what is wrong with it."""
        return msgspec.structs.replace(self.loaded(name), worker=None)

    def loaded(self, name: str) -> Template:
        """Return a template as this process alone may run it, which is not trusted."""
        if name not in self._templates:
            self._templates[name] = self.desk.template(name)
        return self._templates[name]

    def _template(self, entry: Entry) -> str | None:
        """Return the name of a report's template; None where it is not here."""
        words = (entry.fact("template") or "").split()
        if not words or words[0] not in self._names:
            return None
        if words[0] not in self._files:
            self._files[words[0]] = self.desk.files_of(words[0])
        return words[0]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The templates that can be used here."""
        names = templating.names(report_sources(self.desk.place))
        return tuple(sorted(it.removesuffix(SUFFIX) for it in names if SUFFIX in it))
