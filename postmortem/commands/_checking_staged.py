"""Which reports a commit would change, with the content that git has staged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from postmortem.archive import compared
from postmortem.archive.entries import may_have, of_content
from postmortem.archive.folders import SUFFIX
from postmortem.commands._checking_attached import changed_beside, is_at, widened
from postmortem.commands._checking_held import Held
from postmortem.commands._checking_held_templates import HeldTemplates
from postmortem.commands._checking_jobs import Around, Choice, Chosen
from postmortem.commands._checking_since import Origin, text_of, unread
from postmortem.commands._checking_values import Attachment
from postmortem.commands._elsewhere import is_begun, is_below, is_other, is_ours
from postmortem.errors import Missing, PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Index

_MODE = 0o644


class Staged(Chosen):
    """The reports of git's index: those named, else those that differ from HEAD.

    A file that is deleted there is left out. Of the work tree only settings, templates
    and a baseline are looked at that git does not know. Hooks name all Markdown that is
    staged: elsewhere only what has an id is a report.
    """

    def __init__(self, desk: Desk, parts: Sequence[str]) -> None:
        self._held: dict[Path, bytes] = {}
        self._rest: dict[Path, bytes] = {}
        self._beside: dict[Path, tuple[Attachment, ...]] = {}
        self._beside_alone: set[Path] = set()
        """Reports that are here for the sake of the files beside them."""
        super().__init__(desk, parts, None, branches=False)

    def _entries(self, parts: Sequence[str]) -> Sequence[Entry]:
        history = self.desk.history
        if history is None:
            raise self.desk.no_history or Missing(
                "this is no git repository, so nothing is staged",
                hint="leave --staged out",
            )
        named = {part: history.inside(self.desk.env.cwd / part) for part in parts}
        held = Held(self.desk, history)
        wanted = [*widened(named.values())] or list(self._folders(history))
        templates = HeldTemplates(self.desk, history)
        asked = (*wanted, *held.names, *templates.names)
        if not asked:
            return ()
        index = self._index(history, asked)
        self._note_missing(named, index)
        held.adopt(index)
        self.baseline = held.baseline
        wanted = wanted if named else list(self._folders(history))
        templates = HeldTemplates(self.desk, history)
        if {*wanted, *templates.names} - {*asked}:
            index = self._index(history, (*wanted, *held.names, *templates.names))
        reports = self._reports(history, index, set(named.values()))
        found = sorted(reports, key=lambda entry: entry.path)
        templates.adopt(index, found)
        return found

    @cached_property
    def origin(self) -> Origin | None:
        """The commit before: it tells which reports are new."""
        from postmortem import history as room

        told = self.desk.env.variables.get(room.INDEX)
        history = self.desk.history
        return Origin(history, "HEAD", told) if history else None

    def _index(self, history: History, paths: Sequence[str]) -> Index:
        from postmortem import history as room

        told = self.desk.env.variables.get(room.INDEX)
        return room.staged(history, paths, told)

    def _folders(self, history: History) -> Iterator[str]:
        """Yield the folders of reports, as git names them; none that is elsewhere."""
        for folder in self.desk.place.folders:
            try:
                yield history.inside(folder)
            except PostmortemError:
                continue

    def _reports(
        self, history: History, index: Index, named: Collection[str]
    ) -> Iterator[Entry]:
        folders = {each.resolve(): each for each in self.desk.place.folders}
        beside = changed_beside(index)
        known = {history.root / file.path for file in index.files}
        for file in index.files:
            path = history.root / file.path
            inside = path.parent in folders
            path = folders.get(path.parent, path.parent) / path.name
            changed = is_at(file.path, named) if named else file.changed
            below = changed and not inside and self._is_below(path, known)
            if not (named or inside):
                changed = below
            own = tuple(beside.get(file.path, ())) if inside or changed else ()
            if not changed and not own:
                self._rest |= {path: file.content} if inside else {}
                continue
            entry = self.desk.archive.of(path, file.content)
            if entry is not None and (
                inside or ("id" in entry.front if named else is_begun(entry))
            ):
                self._held[path], self._beside[path] = file.content, own
                self._beside_alone |= set() if changed else {path}
                yield entry
            elif below:
                found = of_content(path, file.content)
                if is_ours(found) or is_other(self.desk, found):
                    self._held[path] = file.content
                    self.aside.add(path)
                    yield found

    def _is_below(self, path: Path, known: Collection[Path]) -> bool:
        """Tell whether it is Markdown below a folder of reports."""
        if path.suffix != SUFFIX or path.name.startswith("."):
            return False
        return is_below(self.desk.place, path, known)

    def _attachments(
        self, entries: Sequence[Entry]
    ) -> Mapping[Path, tuple[Attachment, ...]]:
        """Return what the index has beside them, as far as the commit changes it."""
        return {it.path: own for it in entries if (own := self._beside.get(it.path))}

    def _choice(self, entry: Entry, text: str, around: Around) -> Choice:
        """Return a report; where only files beside it change, what they bring."""
        choice = super()._choice(entry, text, around)
        if entry.path not in self._beside_alone:
            return choice
        base = msgspec.structs.replace(choice.job, attachments=())
        return msgspec.structs.replace(choice, base=base)

    def _called(
        self, ids: Collection[str], besides: Collection[Path]
    ) -> Iterable[Entry]:
        """Yield the reports that have one of these ids, of what the index was read for.

        Where files are named, that is one that is called after such an id as well.
        """
        rest = dict(self._rest)
        if not self.whole:
            called = self.desk.archive.called_after(ids)
            rest |= self._indexed(path for path in called if path not in besides)
        for path, content in rest.items():
            entry = None
            if path not in besides and may_have(path, content, ids):
                entry = self.desk.archive.of(path, content)
            if entry and compared(entry.id) in ids:
                yield entry

    def _indexed(self, paths: Iterable[Path]) -> Mapping[Path, bytes]:
        """Return what the index has of these files."""
        history = self.desk.history
        named = history.among(paths) if history else {}
        index = self._index(history, [*named.values()]) if history and named else None
        held = {it.path: it.content for it in index.files} if index else {}
        return {at: held[name] for at, name in named.items() if name in held}

    def _note_missing(self, named: dict[str, str], index: Index) -> None:
        """Note the names that stand for nothing: neither in the index nor in HEAD."""
        known = {each.path for each in index.files} | index.gone
        for part, path in named.items():
            if path == "." or path in known:
                continue
            if not any(each.startswith(f"{path}/") for each in known):
                self.problems.append(
                    Problem(
                        message="this is not in git's index",
                        path=part,
                        hint=f"git add {part}",
                    )
                )

    def _text(self, entry: Entry) -> str | None:
        from postmortem.files.texts import snapshot

        if entry.path in self.aside:
            return text_of(self._held[entry.path])
        try:
            return snapshot(entry.path, self._held[entry.path], _MODE).text
        except PostmortemError as error:
            self.problems += unread(error, self.desk.shown(entry))
            return None
