"""Templates as they were when reports were written: found in git by content hash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from postmortem.commands._places import report_sources
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.markdown import Template
    from postmortem.templating import Source


class Older:
    """A context manager: the folders that it puts old templates into end with it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._stack = ExitStack()
        self._made: list[Source] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def now(self, name: str) -> Template | None:
        """Return the template of that name as it is; None where it is gone."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        if f"{name}{SUFFIX}" not in templating.names(report_sources(self.desk.place)):
            return None
        return self.desk.template(name)

    def find(self, name: str, digest: str) -> Template | None:
        """Return the template whose content hash begins so; None where none has."""
        from postmortem import templating
        from postmortem.markdown import SUFFIX

        ours = [each for each in report_sources(self.desk.place) if each.trusted]
        for source in self._sources():
            sources = (source, *ours)
            with suppress(PostmortemError):
                files = templating.chain(f"{name}{SUFFIX}", sources)
                if templating.digest(files).startswith(digest):
                    return self.desk.loaded(name, sources)
        return None

    def _sources(self) -> Iterator[Source]:
        """Yield the templates' folder as it was, the latest first."""
        yield from self._made
        for source in self._left:
            self._made.append(source)
            yield source

    @cached_property
    def _left(self) -> Iterator[Source]:
        return self._written()

    def _written(self) -> Iterator[Source]:
        """Write each version into a folder of its own, which nobody else can read."""
        import tempfile

        from postmortem.history.versions import versions
        from postmortem.templating import Source
        from postmortem.templating.sources import LARGEST

        history, folder = self.desk.history, self.desk.place.templates
        if history is None:
            return
        with suppress(PostmortemError):  # templates outside the repository have none
            inside = history.inside(folder)
            top = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
            for number, files in enumerate(versions(history, inside)):
                where = top / str(number)
                where.mkdir()
                for name, content in files.items():
                    if not _is_plain(name) or len(content) > LARGEST:
                        continue
                    path = where.joinpath(*name.split("/"))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                yield Source(path=where, trusted=False, within=top)


def _is_plain(name: str) -> bool:
    """Tell whether a path of a commit is below its folder wherever it is written."""
    parts = name.split("/")
    return all(part and part[0] != "." and not {*part} & {*"\\:"} for part in parts)
