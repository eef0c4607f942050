"""What `template check` has found in a template, as lines and as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from postmortem.commands._templates import file_of, loaded
from postmortem.errors import PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.markdown.inspection import Place
    from postmortem.templating import Source, Worker


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check has found in one template."""

    name: str
    path: str
    places: tuple[Place, ...] = ()
    """What it does with each of its fields; none when it cannot be used at all."""
    problems: tuple[Problem, ...] = ()
    records: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "name": self.name,
            "path": self.path,
            "records": self.records,
            "fields": [
                {
                    "name": place.field.name,
                    "kind": place.field.kind,
                    "required": place.field.required,
                    "is": place.role,
                    "where": place.where,
                    "parts_without_a_place": list(place.left),
                    "line": place.line,
                }
                for place in self.places
            ],
            "findings": [asdict(problem) for problem in self.problems],
        }

    def text(self, shown: Callable[[str], str]) -> str:
        """Return it as lines; `shown` shortens a path."""
        lines = [f"{self.name}: {shown(self.path)}"]
        wide = max((len(place.field.name) for place in self.places), default=0)
        for place in self.places:
            left = f" (no place: {', '.join(place.left)})" if place.left else ""
            role = "" if place.role in ("fact", "placed") else f"{place.role}: "
            lines.append(f"  {place.field.name:{wide}}  {role}{place.where}{left}")
        for problem in self.problems:
            lines += _problem_lines(problem, shown)
        many = len(self.problems)
        found = f"{many} finding{'s' * (many != 1)}" if many else "nothing found"
        return "\n".join(
            (*lines, f"{self.name}: {found}, {self.records} reports tried")
        )


def checked(
    name: str, sources: Sequence[Source], worker: Worker, *, records: int, seed: int
) -> Checked:
    """Return what is wrong with a template: all of it, however far it can be read."""
    from postmortem.markdown.inspection import inspect

    path = str(file_of(name, sources).path)
    try:
        template = loaded(name, sources, worker)
        found = inspect(template, records=records, seed=seed)
    except PostmortemError as error:
        return Checked(name=name, path=path, problems=error.problems)
    return Checked(
        name=name,
        path=path,
        places=found.places,
        problems=found.problems,
        records=records,
    )


def _problem_lines(problem: Problem, shown: Callable[[str], str]) -> Iterator[str]:
    path = shown(problem.path) if problem.path else None
    place = ":".join(str(at) for at in (path, problem.line, problem.column) if at)
    first, *more = f"{place}: {problem.message}".splitlines()
    yield first
    yield from (f"  {line}" for line in more)
    yield from (f"  {line}" for line in (problem.hint or "").splitlines())
