"""What a command works with: settings, archive, templates, and the history behind them.

Each is made when it is first asked for, so that a command pays for what it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

from postmortem.archive import Archive, Entry, OnBranch
from postmortem.commands._opened import Opened
from postmortem.commands._places import place_of, report_sources, shown_path, top_of
from postmortem.commands._streams import tell
from postmortem.errors import Missing, PostmortemError, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.answers import Asked
    from postmortem.env import Env
    from postmortem.history import History
    from postmortem.markdown import Template
    from postmortem.settings import Place
    from postmortem.templating import Found, Source, Worker


class Desk:
    """A context manager: it ends the process in which untrusted templates ran.

    What is raised within of a template says where it is as people look for it. The
    settings are those of the folder `start`, else of where somebody stands.
    """

    def __init__(self, env: Env, start: Path | None = None) -> None:
        self.env, self._start = env, start
        self._worker: Worker | None = None
        self.no_history: PostmortemError | None = None
        """Why nothing is known of a repository that is there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: object, trace: object) -> None:
        if self._worker:
            self._worker.close()
        if isinstance(error, PostmortemError):
            from postmortem.commands._pointing import seen

            if (said := seen(error, self.env)) is not error:
                raise said from error

    @cached_property
    def place(self) -> Place:
        """The settings that hold here, and the folders that they name."""
        return place_of(self.env, self._start)

    def go_by(self, place: Place) -> None:
        """Go by other settings from now on than those that are found there."""
        self.place = place
        self.__dict__.pop("archive", None)

    @cached_property
    def archive(self) -> Archive:
        """The reports of this place, those on branches included."""
        root, top = self.place.root, top_of(self.place.root)
        bases = (self.env.cwd, root, *([top] if top else ()))
        return Archive(
            self.place.folders, root=root, branches=self._on_branches, bases=bases
        )

    @cached_property
    def history(self) -> History | None:
        """The repository of this place; None where there is none, or no git."""
        root = self.place.root
        if top_of(root) is None:
            return None
        from postmortem import history
        from postmortem.history.words import NoGit

        try:
            return history.find(root)
        except (Missing, Refused, NoGit) as error:
            self.no_history = error
            tell(self.env, f"what git knows is left out: {error.problems[0].message}")
            return None

    def template(self, name: str | None = None) -> Template:
        """Return the template of that name, else the one that the settings name.

        The repository's own comes first, and is not trusted unless it is ours.
        """
        wanted = name or self.place.settings.template
        return self.loaded(wanted, self._sources(wanted))

    def files_of(self, name: str) -> Sequence[Found]:
        """Return what a template is made of; raises TemplateMistake."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        return templating.chain(f"{name}{SUFFIX}", self._sources(name))

    def loaded(self, name: str, sources: Sequence[Source]) -> Template:
        """Return a template from these folders; what is not trusted runs apart."""
        from postmortem import markdown
        from postmortem.commands._kept import Kept
        from postmortem.templating import Worker

        self._worker = self._worker or Worker()
        kept = Kept(self.env.cache_dir)
        return markdown.load(name, sources, worker=self._worker, kept=kept)

    def _template_name(self, entry: Entry) -> str | None:
        """Return the name of a report's template; None where it is not here."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        words = (entry.fact("template") or "").split()
        there = templating.names(report_sources(self.place)) if words else ()
        if words and f"{words[0]}{SUFFIX}" not in there:
            tell(
                self.env, f"its template {words[0]!r} is not here: read by its headings"
            )
            return None
        return words[0] if words else None

    def asked(self, template: Template) -> Asked:
        """Return a template's form, with the team's words and the present."""
        from postmortem.answers import Asked

        settings = self.place.settings
        return Asked(
            outline=template.outline,
            now=self.env.now,
            zone=settings.zone or self.env.zone,
            choices=self.choices,
        )

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The team's own words for fields that have a choice of them."""
        settings = self.place.settings
        return {
            "severity": tuple(each.name for each in settings.severities),
            "status": settings.statuses,
        }

    def open(self, part: str) -> Opened:
        """Find a report by a part of its id, and read it with its template."""
        return self.opened(self.archive.find(part))

    def opened(self, entry: Entry) -> Opened:
        """Read a report with its template."""
        name = self._template_name(entry)
        return Opened(
            entry=entry,
            snapshot=self.archive.load(entry),
            template=self.template(name),
            foreign=name is None,
            shown=self.shown(entry),
        )

    def save(self, opened: Opened, text: str, done: str) -> str:
        """Put a text in the place of what was read, and return a line that says so.

        A report on a branch gets a commit there, whose subject says what was `done`; a
        secret in it is refused, as by a submit. Other errors hold up nothing: they are
        mended one by one.
        """
        if text == opened.text:
            return f"{opened.shown} says that already"
        from postmortem.commands._unsaid import tell_named

        tell_named(self, opened, text)
        if opened.entry.on is None:
            self.archive.save(opened.entry, text, opened.snapshot)
            return f"wrote {opened.shown}"
        from postmortem.commands._away import committed
        from postmortem.commands._holding import check_findings

        if self.history is None:
            raise Missing("the repository is gone", path=str(self.place.root))
        check_findings(self, opened.entry, opened.shown, text=text, allowed=True)
        subject = f"{opened.entry.id}: {done}"
        on = opened.entry.on
        committed(self, self.history, on, text, subject)
        return f"committed on {opened.entry.branch}"

    def shown(self, entry: Entry) -> str:
        """Return where a report is, for people: its path, or branch and path."""
        path = shown_path(entry.path, self.env)
        return f"{entry.branch}:{path}" if entry.branch else path

    def _sources(self, name: str) -> tuple[Source, ...]:
        """Return the folders for a template; ours alone when that says the same."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        sources = report_sources(self.place)
        ours = tuple(each for each in sources if each.trusted)
        if ours != sources and f"{name}{SUFFIX}" in templating.names(ours):
            copied = templating.chain(f"{name}{SUFFIX}", sources)
            shipped = templating.chain(f"{name}{SUFFIX}", ours)
            same = [(each.name, each.text) for each in shipped]
            if [(each.name, each.text) for each in copied] == same:
                return ours
        return sources

    def _on_branches(self) -> Iterable[OnBranch]:
        if self.history is None:
            return ()
        from postmortem.commands._away import on_branches

        return on_branches(
            self.history, self.place.folders, self.place.settings.branch_prefix
        )
