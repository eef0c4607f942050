"""`template new`: a template of the team's own, from its document or from a preset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.commands._places import PERSONAL, shown_path
from postmortem.commands._templates import file_of
from postmortem.errors import PostmortemError, Problem, Refused

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.markdown.adopting import Guess
    from postmortem.settings import Place
    from postmortem.templating import Source

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*(?:_[A-Za-z0-9.-]+)*")


@dataclass(frozen=True, kw_only=True)
class Made:
    """The files that a new template is made of, its own first, and what was guessed."""

    files: Sequence[tuple[Path, str]]
    source: str
    """Where it comes from: a document, or a preset with its version."""
    guesses: Sequence[Guess] = ()
    problems: Sequence[Problem] = ()
    """What of the document could not be read."""

    def plain(self) -> dict[str, Any]:
        """Return what is not in the files as JSON has it."""
        return {
            "source": self.source,
            "guesses": [asdict(each) for each in self.guesses],
            "problems": [asdict(each) for each in self.problems],
        }

    def talk(self) -> Iterator[str]:
        """Yield a line for each guess, and for what could not be read."""
        yield from (str(each) for each in self.problems)
        for each in self.guesses:
            yield f"{self.source}:{each.line}: {each.text}"


@dataclass(frozen=True, kw_only=True)
class Home:
    """The folder of templates that a new one goes into."""

    folder: Path
    root: Path
    """The folder that it must really be inside."""


def home_of(env: Env, place: Place, *, user: bool) -> Home:
    """Return the repository's folder of templates, or the person's own."""
    if not user:
        return Home(folder=place.templates, root=place.root)
    folder = place.personal or env.config_dir / PERSONAL
    folder.mkdir(parents=True, exist_ok=True)
    return Home(folder=folder.resolve(), root=folder.resolve())


def from_file(env: Env, home: Home, name: str, file: str) -> Made:
    """Make a template of a team's document; raises Missing and PostmortemError."""
    from postmortem import files
    from postmortem.markdown.adopting import adopt

    path = env.cwd / file
    shown = shown_path(path, env)
    text = files.read(path).text
    try:
        made = adopt(text, name=_checked(name), origin=path.name)
    except PostmortemError as error:
        first = error.problems[0]
        raise PostmortemError(first.message, path=shown, hint=first.hint) from error
    return Made(
        files=[(_file(home, name), made.text)],
        source=shown,
        guesses=made.guesses,
        problems=[_at(shown, each) for each in made.problems],
    )


def from_preset(home: Home, name: str, preset: str, sources: Sequence[Source]) -> Made:
    """Copy a preset, with comments that teach, and the files that it needs."""
    from postmortem import templating
    from postmortem.markdown import SUFFIX, meta
    from postmortem.markdown.adopting.teaching import taught

    file_of(preset, sources)
    *others, own = templating.chain(f"{preset}{SUFFIX}", sources)
    said = f"{preset} {meta.read([*others, own]).version}"
    text = taught(own.text, name=_checked(name), preset=said)
    more = [(home.folder / each.name, each.text) for each in others]
    return Made(files=[(_file(home, name), text), *more], source=said)


def saved(made: Made, home: Home, *, force: bool) -> Iterator[tuple[str, Path]]:
    """Write the files, and yield of each what became of it.

    The template's own is never overwritten without `force`, the parts that it needs
    never at all. Raises Refused.
    """
    from postmortem import files

    (path, text), *others = made.files
    if path.exists() and not force:
        hint = "Take another name, or write over it with --force."
        message = "this template exists already, and is not overwritten"
        raise Refused(message, path=str(path), hint=hint)
    for other, content in others:
        if other == path:
            continue
        try:
            files.write(other, content, root=home.root, exclusive=True)
        except files.Taken:
            yield "kept", other
        else:
            yield "wrote", other
    expected = files.read(path) if path.exists() else None
    files.write(
        path, text, root=home.root, expected=expected, exclusive=expected is None
    )
    yield "wrote", path


def written(
    made: Made, home: Home, *, force: bool, shown: Callable[[Path], str]
) -> list[str]:
    """Write the files, and say so in a line each."""
    return [f"{what} {shown(path)}" for what, path in saved(made, home, force=force)]


def _file(home: Home, name: str) -> Path:
    from postmortem.markdown import SUFFIX

    return home.folder / f"{name}{SUFFIX}"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        hint = "use letters, digits, and any of . - _ between them"
        raise PostmortemError(f"{name!r} is no name of a template", hint=hint)
    return name


def _at(path: str, problem: Problem) -> Problem:
    from dataclasses import replace

    return replace(problem, path=path)
