"""What files were in the commit that a check goes back to: by name, or as renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from postmortem.archive.entries import of_content
from postmortem.archive.folders import SUFFIX
from postmortem.checks.around import NEW
from postmortem.commands._checking_ids import here
from postmortem.commands._checking_lost import lost
from postmortem.errors import Missing, PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.history import History
    from postmortem.history.comparing import Moves

_EVERYWHERE = f"**/*{SUFFIX}"


class Origin:
    """A commit, and what became since of the files that it has.

    `index` is the one that a hook was told of, as in `history.staged`.
    """

    def __init__(self, history: History, rev: str, index: str | None = None) -> None:
        self.history = history
        self.rev = rev
        self._index = index
        self._texts: dict[Path, str | None] = {}
        self._renamed: dict[Path, str] = {}

    @classmethod
    def of_branch(cls, desk: Desk, ref: str) -> Self:
        """Return where the branch left another; raises Missing if nobody knows."""
        from postmortem import history as room

        if desk.history is None:
            raise desk.no_history or Missing(
                "this is no git repository, so nothing is known of changes",
                hint="leave --changed-since out",
            )
        return cls(desk.history, room.fork_point(desk.history, ref))

    def texts(self, entries: Iterable[Entry]) -> Mapping[Path, str]:
        """Return what reports were there, whatever they were called."""
        asked = {it.path: it for it in entries if it.on is None}
        left = {path: it for path, it in asked.items() if path not in self._texts}
        named = self.history.among(left)
        held = self.contents(named.values())
        older = {
            path: [*self._older(left[path], name)]
            for path, name in named.items()
            if name not in held
        }
        held |= self.contents(name for names in older.values() for name in names)
        for path, names in older.items():
            taken = set(self._renamed.values())
            free = (name for name in names if name in held and name not in taken)
            old = next(free, None)
            if old is not None and _is_of(left[path], old, held[old]):
                self._renamed[path] = old
        for path in left:
            content = held.get(self._renamed.get(path) or named.get(path, ""))
            self._texts[path] = None if content is None else text_of(content)
        known = ((path, self._texts[path]) for path in asked)
        return {path: text for path, text in known if text is not None}

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes that the commit has at paths as git names them."""
        from postmortem import history as room

        asked = list(names)
        found = room.contents(self.history, self.rev, asked) if asked else ()
        pairs = zip(asked, found, strict=True)
        return {name: content for name, content in pairs if content is not None}

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the bytes of the files that the commit has below a folder, by path.

        Links are left out, and what is hidden.
        """
        from postmortem.history.objects import LINK, SUBMODULE, TREE, entries, things

        top = "" if folder == "." else f"{folder}/"
        left, found = [top], []
        while left:
            at = left.pop()
            (tree,) = things(self.history.root, [f"{self.rev}:{at}"])
            for each in entries(tree):
                if each.mode == TREE and not _is_hidden(each.name):
                    left.append(f"{at}{each.name}/")
                elif each.mode not in (TREE, LINK, SUBMODULE):
                    found.append(f"{at}{each.name}")
        held = self.contents(it for it in found if not _is_hidden(it.split("/")[-1]))
        return {name.removeprefix(top): content for name, content in held.items()}

    def has_folder(self, path: Path) -> bool:
        """Tell whether the commit has a folder; it always has the top."""
        from postmortem.history.objects import entries, things

        name = self.history.among([path]).get(path, "")
        return any(entries(*things(self.history.root, [f"{self.rev}:{name}"])))

    def beside(self, entry: Entry, name: str) -> str:
        """Return where a file beside a report was, from its path as git names it.

        A report that was renamed took its folder along.
        """
        old = self._renamed.get(entry.path)
        if old is None:
            return name
        inside = self.history.inside(entry.attachments)
        return f"{old.removesuffix(SUFFIX)}{name.removeprefix(inside)}"

    def is_untouched(self, path: Path) -> bool:
        """Tell whether a file is as the commit has it, but for the ends of lines."""
        for name in self.history.among([path]).values():
            held = self.contents([name])
            with suppress(OSError):
                return name in held and plain(held[name]) == plain(path.read_bytes())
        return False

    @cached_property
    def moves(self) -> Moves:
        """What became of the commit's Markdown, as far as it was committed or added."""
        from postmortem.history.comparing import moves

        return moves(self.history, self.rev, _EVERYWHERE, self._index)

    @property
    def renamed(self) -> frozenset[str]:
        """What the reports were called that were asked for, and have other names."""
        return frozenset(self._renamed.values())

    def _older(self, entry: Entry, name: str) -> Iterator[str]:
        """Yield what a file may have been called that the commit has not at its path.

        One that is renamed, and not added yet, is known by its aliases.
        """
        if name in self.moves.renamed:
            yield self.moves.renamed[name]
        for alias in reversed(entry.aliases):
            if alias == PurePosixPath(alias).name:
                old = str(PurePosixPath(name).with_name(f"{alias}{SUFFIX}"))
                if not (self.history.root / old).exists():
                    yield old


def without(
    desk: Desk, texts: Sequence[tuple[Entry, str]], origin: Origin | None
) -> Mapping[Path, str]:
    """Return what reports are without; see `Around.lost`.

    NEW is known of those alone that the origin would have if they were older.
    """
    bare = [it for it, text in texts if text.strip() and not it.fact("template")]
    before = origin.texts(bare) if origin and bare else {}
    found = dict.fromkeys(_new(desk, bare, before), NEW) if origin else {}
    return found | dict(lost(desk, texts, before))


def unread(error: PostmortemError | OSError, path: str) -> Iterator[Problem]:
    """Yield why a report cannot be read, with its path as it is shown."""
    if isinstance(error, PostmortemError):
        yield from (replace(each, path=path) for each in error.problems)
    else:
        yield Problem(message=f"this cannot be read: {error.strerror}", path=path)


def plain(content: bytes) -> bytes:
    """Return the bytes of a text with line ends as git keeps them."""
    return content.replace(b"\r\n", b"\n")


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or "\n" in name


def _is_of(entry: Entry, old: str, content: bytes) -> bool:
    """Tell whether a report may be what a file was: by its id, aliases or title.

    Git takes what is alike for the same, and reports of one template are alike.
    """
    had = of_content(Path(old), content)
    known = {entry.id, *entry.aliases}
    return bool(known & {had.id, PurePosixPath(old).stem}) or (
        had.title is not None and had.title == entry.title
    )


def _new(
    desk: Desk, bare: Iterable[Entry], before: Mapping[Path, str]
) -> Iterator[Path]:
    """Yield the reports without front matter that the commit does not have."""
    fresh = [it for it in bare if not (it.front or it.problem or it.path in before)]
    inside = desk.history.among(it.path for it in fresh) if desk.history else {}
    for each in here(desk, fresh):
        if each.path in inside and desk.archive.of(each.path, b""):
            yield each.path


def text_of(content: bytes) -> str:
    """Return the text of a file as far as it is one, with line ends as git has them."""
    text = content.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").removeprefix("\ufeff")
