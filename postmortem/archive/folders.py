"""The archive: what is in its folders and on branches, and how a report is saved."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from postmortem import files
from postmortem.archive import finding, listing, moving, paths
from postmortem.archive.entries import (
    Entry,
    OnBranch,
    of_branch,
    of_content,
    of_file,
)
from postmortem.archive.naming import checked_id, compared
from postmortem.errors import Refused
from postmortem.files import Snapshot
from postmortem.files.texts import snapshot
from postmortem.files.writing import ATTEMPTS

SUFFIX = paths.SUFFIX

_BRANCH_MODE = 0o644
_LONGEST = 80
"""Characters of an id that is looked for by the name of its file."""


class Archive:
    """The folders of reports below `root`, the folder that nothing is written above.

    `branches` is asked, once and only when the folders do not answer, for the reports
    that are on branches alone. Paths are named from each of `bases` on, else from
    `root`: the first at which there is something is meant.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        root: Path,
        branches: Callable[[], Iterable[OnBranch]] = tuple,
        bases: Sequence[Path] = (),
    ) -> None:
        self.folders = tuple(dict.fromkeys(folders))
        self.root = root
        self._bases = (*bases, root)
        self._branches = branches

    def find(self, part: str, *, whole: bool = False) -> Entry:
        """Return the report at a path, or which a part of its id is enough to tell.

        The folders come first, then branches; but a whole id of a branch comes before
        one here that only begins so. Raises SeveralFit, or Missing with the nearest.
        What is a path and leads to none is no part of an id, nor is a `whole` one.
        """
        is_path = paths.is_path(part)
        if exact := self._at(part) if is_path else self._named(part):
            return exact
        here = list(self.files())
        found = finding.whole(part, here, self.root)
        if found is None and (is_path or whole or finding.begins(part, here)):
            found = finding.whole(part, self.on_branches, self.root)
        if not (is_path or whole):
            found = found or finding.match(part, here, self.root)
            found = found or finding.match(part, self.on_branches, self.root)
        if found is None:
            raise finding.missing(part, (*here, *self.on_branches))
        return found

    def entries(self) -> tuple[Entry, ...]:
        """Return all reports, the latest day first; of each only the head is read.

        What a branch has beside a file of the same path is that file's business.
        """
        here = list(self.files())
        paths = {entry.path for entry in here}
        away = [entry for entry in self.on_branches if entry.path not in paths]
        order = sorted(away, key=lambda entry: entry.branch or "")
        return tuple(sorted((*here, *order), key=lambda entry: entry.id, reverse=True))

    def files(self) -> Iterator[Entry]:
        """Yield the reports of the folders, in the order of their names."""
        for folder in self.folders:
            yield from listing.reports(listing.listed(folder), self.root)

    def called(
        self, ids: Container[str], besides: Container[Path] = ()
    ) -> Iterator[Entry]:
        """Yield the files that have one of these ids, which are as `compared`.

        None that is in `besides`; of most of the others no more than a line is read.
        """
        for folder in self.folders:
            for path in listing.listed(folder):
                entry = None if path in besides else of_file(path, ids)
                if entry and listing.is_report(entry, self.root):
                    yield entry

    def called_after(self, ids: Container[str]) -> Iterator[Path]:
        """Yield the files whose names are such ids; none of them is opened."""
        for folder in self.folders:
            files = listing.listed(folder)
            yield from (it for it in files if compared(it.stem) in ids)

    def latest(self, limit: int) -> Iterator[Entry]:
        """Yield the reports of the folders with the latest days in their names.

        No more than that many files are opened.
        """
        every = [it for folder in self.folders for it in listing.listed(folder)]
        every.sort(key=listing.day_and_name)
        yield from listing.reports(every[: -limit - 1 : -1], self.root)

    @cached_property
    def on_branches(self) -> tuple[Entry, ...]:
        """The reports that are on branches alone."""
        return tuple(of_branch(each) for each in self._branches())

    def of(self, path: Path, content: bytes) -> Entry | None:
        """Return the report that a file with these bytes is; None for what is none."""
        if path.suffix != SUFFIX or path.name.startswith("."):
            return None
        entry = of_content(path, content)
        return entry if listing.is_report(entry, self.root) else None

    def load(self, entry: Entry) -> Snapshot:
        """Return a report's text as it is now; for one on a branch, as it is there."""
        if entry.on:
            return snapshot(entry.path, entry.on.content, _BRANCH_MODE)
        return files.read(entry.path)

    def save(self, entry: Entry, text: str, expected: Snapshot) -> Snapshot:
        """Replace a report's file, if it still is what was read.

        Raises Refused for one that is on a branch: a commit is what changes it there.
        """
        if entry.on:
            message = f"{entry.id} is on the branch {entry.branch}, and not in a folder"
            raise Refused(message, hint=f"git switch {entry.branch}")
        return files.write(entry.path, text, root=self.root, expected=expected)

    def create(
        self,
        wanted: str,
        content: Callable[[str], str],
        *,
        folder: Path | None = None,
        taken: Callable[[str, Path], bool] = lambda _id, _path: False,
    ) -> Entry:
        """Make a new report: under the id that is wanted, else `-2`, `-3` … behind it.

        `content` gives the text for the id that it gets, `taken` tells of an id that
        some branch has. Of many who do this at once each gets an id of its own. Raises
        Refused for no id, Taken when 99 are.
        """
        where = folder or self.folders[0]
        used = {entry.id for entry in (*self.files(), *self.on_branches)}
        for name in _names(checked_id(wanted)):
            path = where / f"{name}{SUFFIX}"
            if name in used or taken(name, path):
                continue
            try:
                files.write(path, content(name), root=self.root, exclusive=True)
            except files.Taken:
                continue
            made = of_file(path)
            return made or Entry(id=name, path=path)
        raise files.Taken(where / f"{wanted}{SUFFIX}")

    def move(self, entry: Entry, new: str, text: str, expected: Snapshot) -> Entry:
        """Give a report's file another id, and its folder of attachments with it.

        `text` is what it holds then. Raises Refused when somebody changed it, when the
        new place is taken, or when it is on a branch; then all is as it was.
        """
        if entry.on:
            message = f"{entry.id} is on the branch {entry.branch}, and not in a folder"
            raise Refused(message, hint=f"git switch {entry.branch}")
        path = moving.move(
            entry.path, checked_id(new), text, root=self.root, expected=expected
        )
        return of_file(path) or Entry(id=new, path=path)

    def _named(self, name: str) -> Entry | None:
        """Return the only report of that very id whose file is called so."""
        if not name or len(name) > _LONGEST or "\0" in name:
            return None
        found = {
            path.resolve(): entry
            for folder in self.folders
            if (path := folder / f"{name}{SUFFIX}").is_file()
            and not path.is_symlink()
            and (entry := of_file(path))
            and entry.id == name
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _at(self, part: str) -> Entry | None:
        """Return the report at a path; one on a branch, where there is nothing.

        Raises Missing for what is no report, and SeveralFit for a name alone that
        several folders have.
        """
        bases = paths.places(part, self._bases)
        if there := next(filter(paths.is_there, bases), None):
            if found := self._report(there):
                return found
            raise paths.no_report(part, there, self.folders, self.root)
        inside = paths.within(part, self.folders)
        named = [it for each in inside if (it := self._report(each))]
        return finding.only(part, named, self.root) or self._away(part, bases + inside)

    def _away(self, part: str, places: Sequence[Path]) -> Entry | None:
        """Return the report that a branch has at a path: `branch:path`, or that."""
        branch, sign, rest = part.strip().partition(":")
        own = paths.places(rest, self._bases) if sign else ()
        found = [
            it
            for it in self.on_branches
            if it.path in places or (it.branch == branch and it.path in own)
        ]
        return finding.only(part, found, self.root)

    def _report(self, path: Path) -> Entry | None:
        return listing.report_at(path, self.folders, self.root)


def _names(wanted: str) -> Iterator[str]:
    yield wanted
    for number in range(2, ATTEMPTS + 1):
        yield f"{wanted}-{number}"
