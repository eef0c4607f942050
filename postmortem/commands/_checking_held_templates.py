"""The team's templates as the index has them: by those of a commit it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from postmortem import templating
from postmortem.commands._checking_judged import content_of
from postmortem.commands._checking_since import plain
from postmortem.commands._places import report_sources, shown_path, top_of
from postmortem.commands._streams import tell
from postmortem.errors import PostmortemError
from postmortem.markdown import SUFFIX
from postmortem.templating.chains import walk
from postmortem.templating.sources import Source, find, holding

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.history import History, Index
    from postmortem.settings import Place

_STAGED = "holds as it is staged"
_OUT = "holds no more: the commit takes it out"
_NOT_STAGED = "is not staged: the commit will not have it"


class HeldTemplates:
    """The folder of a place's templates, by the name that git has for it.

    What neither the index nor HEAD has there holds as it lies in the work tree, and so
    does a link; another repository is not looked into.
    """

    def __init__(self, desk: Desk, history: History) -> None:
        self._desk, self._folder = desk, desk.place.templates
        real = self._folder.resolve()
        inside = history.inside(real) if top_of(real) == history.root else "."
        self.names: tuple[str, ...] = () if inside == "." else (inside,)
        """What to ask the index for."""

    def adopt(self, index: Index, entries: Iterable[Entry]) -> None:
        """Go by what the index has of them from now on, if a report is of one.

        It is said of each file that such reports use, and that lies here otherwise.
        """
        said = (it.fact("template") or "" for it in entries)
        used = {f"{words[0]}{SUFFIX}" for each in said if (words := each.split())}
        files = {it.path: it for it in index.files}
        known = {name: files[path] for path, name in self._below(files)}
        gone = {name for _, name in self._below(index.gone)}
        team = {it for it in used if (self._folder / it).is_file()}
        if not self.names or not (team or used & {*known, *gone}):
            return
        source = Source(path=self._folder, trusted=False)
        lying = {it: content_of(self._folder / it) for it in templating.names([source])}
        here = {it for it, content in lying.items() if content is not None}
        held: dict[str, bytes | None] = dict.fromkeys(here & gone)
        how = dict.fromkeys(here - {*known}, _NOT_STAGED) | dict.fromkeys(held, _OUT)
        for name, file in known.items():
            if lying.get(name) == plain(file.content):
                continue
            if not file.content:  # it is only to be added: a name, and nothing else
                how[name] = _NOT_STAGED
                continue
            held[name] = file.content
            if name in here or not file.sparse:
                how[name] = _STAGED
        if how or held:
            before = self._desk.place
            after = msgspec.structs.replace(before, held=holding(held))
            self._desk.go_by(after)
            self._tell(used.union(*(_parts(used, it) for it in (before, after))), how)

    def _tell(self, used: set[str], how: Mapping[str, str]) -> None:
        """Say how it is with files, but with copies of ours that are not staged."""
        sources = report_sources(self._desk.place)
        for name in sorted(used & {*how}):
            if how[name] == _NOT_STAGED and _is_ours(name, sources):
                continue
            shown = shown_path(self._folder / name, self._desk.env)
            tell(self._desk.env, f"{shown} {how[name]}")

    def _below(self, paths: Iterable[str]) -> Iterable[tuple[str, str]]:
        """Yield those of these paths that are in the folder, as templates name them."""
        for top in self.names:
            for path in paths:
                name = path.removeprefix(f"{top}/")
                if name != path and not name.startswith(".") and "/." not in name:
                    yield path, name


def _is_ours(name: str, sources: Sequence[Source]) -> bool:
    """Tell whether a file says what that of ours says which has its name."""
    with suppress(PostmortemError):
        ours = find(name, [it for it in sources if it.trusted])
        return ours.text == find(name, sources).text
    return False


def _parts(names: Iterable[str], place: Place) -> Iterable[str]:
    """Yield the names of what templates are made of, as far as they are there."""
    for name in names:
        with suppress(PostmortemError):
            yield from walk(name, report_sources(place), note=bool)
