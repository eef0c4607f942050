"""Which reports a commit would change, with the content that git has staged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._checking_jobs import Chosen
from postmortem.errors import Missing, PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Index

_MODE = 0o644


class Staged(Chosen):
    """The reports of git's index: those named, else those that differ from HEAD.

    A file that is deleted there is left out; the work tree is not looked at. Hooks name
    all Markdown that is staged: elsewhere only what has an id is a report.
    """

    def __init__(self, desk: Desk, parts: Sequence[str]) -> None:
        self._held: dict[Path, bytes] = {}
        super().__init__(desk, parts, None, branches=False)

    def _entries(self, parts: Sequence[str]) -> Sequence[Entry]:
        from postmortem import history as room

        history = self.desk.history
        if history is None:
            raise Missing(
                "this is no git repository, so nothing is staged",
                hint="leave --staged out",
            )
        named = {part: history.inside(self.desk.env.cwd / part) for part in parts}
        wanted = list(named.values()) or list(self._folders(history))
        told = self.desk.env.variables.get(room.INDEX)
        index = room.staged(history, wanted, told) if wanted else None
        if index is None:
            return ()
        self._note_missing(named, index)
        found = self._reports(history, index, changed=not parts)
        return sorted(found, key=lambda entry: entry.path)

    def _folders(self, history: History) -> Iterator[str]:
        """Yield the folders of reports, as git names them; none that is elsewhere."""
        for folder in self.desk.place.folders:
            try:
                yield history.inside(folder)
            except PostmortemError:
                continue

    def _reports(
        self, history: History, index: Index, *, changed: bool
    ) -> Iterator[Entry]:
        folders = {each.resolve(): each for each in self.desk.place.folders}
        for file in index.files:
            path = history.root / file.path
            if changed and not (file.changed and path.parent in folders):
                continue
            inside = path.parent in folders
            path = folders.get(path.parent, path.parent) / path.name
            entry = self.desk.archive.of(path, file.content)
            if entry is not None and (inside or "id" in entry.front):
                self._held[path] = file.content
                yield entry

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

        try:
            return snapshot(entry.path, self._held[entry.path], _MODE).text
        except PostmortemError as error:
            self.problems += error.problems
            return None
