"""A folder of templates to write into, and one child for all who need one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from postmortem import templating
from postmortem.templating import Source, Worker, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RENDER = "postmortem.templating.work:render"
MISTAKES = "postmortem.templating.work:mistakes"


@dataclass(frozen=True)
class Folder:
    """Template files in a folder of their own."""

    path: Path

    @property
    def sources(self) -> tuple[Source, ...]:
        """The folder as the only place where templates are."""
        return (Source(self.path, trusted=True),)

    def write(self, name: str, text: str) -> Path:
        """Put a template there, byte for byte."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def render(self, text: str, /, **context: Any) -> str:
        """Return what a text makes of a context."""
        self.write("t.md.j2", text)
        engine = templating.environment(self.sources)
        return templating.render(engine, "t.md.j2", context)

    def mistake(self, text: str, /, **context: Any) -> tuple[str, int | None]:
        """Return message and line of the mistake that a text makes."""
        with pytest.raises(templating.TemplateMistake) as caught:
            self.render(text, **context)
        said = caught.value.problem
        assert said.path == str(self.path / "t.md.j2")
        return said.message, said.line

    def request(self, text: str, /, **context: Any) -> dict[str, Any]:
        """Return what a child is asked to render a text."""
        self.write("t.md.j2", text)
        sources = work.packed(self.sources)
        return {"name": "t.md.j2", "sources": sources, "context": context}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty folder for templates, beside nothing else."""
    path = tmp_path / "templates"
    path.mkdir()
    return Folder(path)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Return a child with little time, which most mistakes do not need."""
    with Worker(seconds=1.2) as child:
        yield child
