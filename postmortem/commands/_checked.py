"""What `template check` has found in a template, as lines and as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from postmortem.commands._places import report_sources
from postmortem.commands._pointing import pointed
from postmortem.commands._templates import file_of, loaded
from postmortem.errors import PostmortemError, Problem

if TYPE_CHECKING:
    from postmortem.markdown.inspection import Place as Spot
    from postmortem.settings import Place
    from postmortem.templating import Worker


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check has found in one template."""

    name: str
    path: str
    places: tuple[Spot, ...] = ()
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
            lines += problem_lines(problem, shown)
        many = len(self.problems)
        found = f"{many} finding{'s' * (many != 1)}" if many else "nothing found"
        return "\n".join(
            (*lines, f"{self.name}: {found}, {self.records} reports tried")
        )


def checked(
    name: str, place: Place, worker: Worker, *, records: int, seed: int
) -> Checked:
    """Return what is wrong with a template: all of it, however far it can be read."""
    from postmortem.markdown.inspection import inspect

    sources = report_sources(place)
    path = str(file_of(name, sources).path)
    try:
        template = loaded(name, sources, worker)
        found = inspect(template, records=records, seed=seed)
    except PostmortemError as error:
        return Checked(name=name, path=path, problems=pointed(error.problems))
    words = () if template.trusted else _unknown_words(name, place)
    return Checked(
        name=name,
        path=path,
        places=found.places,
        problems=pointed((*words, *found.problems)),
        records=records,
    )


def _unknown_words(name: str, place: Place) -> Iterator[Problem]:
    """Yield a mistake for what a template calls a severity or status, and is none."""
    from postmortem import templating
    from postmortem.markdown import SUFFIX, meta
    from postmortem.markdown.outline import ALWAYS

    severities = [each.name for each in place.settings.severities]
    statuses = [ALWAYS, *place.settings.statuses]
    words = {
        "when": ("severity", severities),
        "required for": ("status or severity", [*statuses, *severities]),
    }
    described = meta.read(templating.chain(f"{name}{SUFFIX}", report_sources(place)))
    for key, (path, line, column) in described.places.items():
        what, _, said = key.partition(":")
        kind, known = words.get(what, ("", None))
        if known is None or said.casefold() in {each.casefold() for each in known}:
            continue
        near = templating.nearest(said, known)
        yield Problem(
            message=f"the settings have no {kind} {said!r}",
            path=path,
            line=line,
            column=column,
            hint=f"did you mean {near!r}?" if near else f"known: {', '.join(known)}",
        )


def problem_lines(problem: Problem, shown: Callable[[str], str]) -> Iterator[str]:
    """Yield a problem as lines; `shown` shortens a path."""
    path = shown(problem.path) if problem.path else None
    place = ":".join(str(at) for at in (path, problem.line, problem.column) if at)
    first, *more = f"{place}: {problem.message}".splitlines()
    yield first
    yield from (f"  {line}" for line in more)
    yield from (f"  {line}" for line in (problem.hint or "").splitlines())
