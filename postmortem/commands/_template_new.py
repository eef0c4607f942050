"""`template new`: a template of the team's own, from its document or from a preset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.commands._places import shown_path
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


def from_file(env: Env, place: Place, name: str, file: str) -> Made:
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
        files=[(_place(place, name), made.text)],
        source=shown,
        guesses=made.guesses,
        problems=[_at(shown, each) for each in made.problems],
    )


def from_preset(
    place: Place, name: str, preset: str, sources: Sequence[Source]
) -> Made:
    """Copy a preset, with comments that teach, and the files that it needs."""
    from postmortem import templating
    from postmortem.markdown import SUFFIX, meta
    from postmortem.markdown.adopting.teaching import taught

    file_of(preset, sources)
    *others, own = templating.chain(f"{preset}{SUFFIX}", sources)
    said = f"{preset} {meta.read([*others, own]).version}"
    text = taught(own.text, name=_checked(name), preset=said)
    more = [(place.templates / each.name, each.text) for each in others]
    return Made(files=[(_place(place, name), text), *more], source=said)


def saved(made: Made, place: Place, *, force: bool) -> Iterator[tuple[str, Path]]:
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
            files.write(other, content, root=place.root, exclusive=True)
        except files.Taken:
            yield "kept", other
        else:
            yield "wrote", other
    expected = files.read(path) if path.exists() else None
    files.write(
        path, text, root=place.root, expected=expected, exclusive=expected is None
    )
    yield "wrote", path


def written(
    made: Made, place: Place, *, force: bool, shown: Callable[[Path], str]
) -> list[str]:
    """Write the files, and say so in a line each."""
    return [f"{what} {shown(path)}" for what, path in saved(made, place, force=force)]


def _place(place: Place, name: str) -> Path:
    from postmortem.markdown import SUFFIX

    return place.templates / f"{name}{SUFFIX}"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        hint = "use letters, digits, and any of . - _ between them"
        raise PostmortemError(f"{name!r} is no name of a template", hint=hint)
    return name


def _at(path: str, problem: Problem) -> Problem:
    from dataclasses import replace

    return replace(problem, path=path)
