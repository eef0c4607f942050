"""The templates that there are: whose each is, what it is for, what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postmortem.commands._places import OURS, origin, report_sources, shown_path
from postmortem.commands._templates import loaded, names
from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place
    from postmortem.templating import Worker


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One template as a list shows it."""

    name: str
    path: str
    origin: str
    """Whose it is: the repository's, the person's, or ours."""
    version: str = ""
    description: str = ""
    source: str = ""
    """What it is after: a book, a handbook, a document."""
    preset: str = ""
    when: tuple[str, ...] = ()
    problem: str | None = None
    """Why it cannot be used."""

    @property
    def shipped(self) -> bool:
        """Whether it came with the program."""
        return self.origin == OURS


def listed(place: Place) -> tuple[Listed, ...]:
    """Return the templates by name, without running any; the team's own hide ours."""
    return tuple(_listed(name, place) for name in names(report_sources(place)))


def lines(found: Sequence[Listed], env: Env) -> Iterator[str]:
    """Yield a line for each template: name, whose it is, what it is for."""
    wide = max((len(each.name) for each in found), default=0)
    whose = max((len(each.origin) for each in found), default=0)
    for each in found:
        said = each.problem or each.description
        severities = f" [for {', '.join(each.when)}]" if each.when else ""
        path = "" if each.shipped else f" ({shown_path(Path(each.path), env)})"
        start = f"{each.name:{wide}}  {each.origin:{whose}}"
        yield f"{start}  {said}{severities}{path}".rstrip()


def plain(each: Listed, place: Place, worker: Worker) -> dict[str, Any]:
    """Return a template as JSON has it, with what it changes in the standard form."""
    said = asdict(each)
    said["from"] = said.pop("preset")
    shown = {**said, "shipped": each.shipped}
    if each.problem is not None:
        return shown
    try:
        return {**shown, **_form(each.name, place, worker)}
    except PostmortemError as error:
        return {**shown, "problem": error.problems[0].message}


def _listed(name: str, place: Place) -> Listed:
    from postmortem import templating
    from postmortem.markdown import SUFFIX, meta

    sources = report_sources(place)
    file = f"{name}{SUFFIX}"
    try:
        found = templating.find(file, sources)
        whose = origin(found.path, place)
        files = templating.chain(file, sources)
    except PostmortemError as error:
        problem = error.problems[0]
        path = Path(problem.path or name)
        return Listed(
            name=name,
            path=str(path),
            origin=origin(path, place),
            problem=problem.message,
        )
    described = meta.read(files)
    return Listed(
        name=name,
        path=str(found.path),
        origin=whose,
        version=described.version,
        description=described.description,
        source=described.source,
        preset=described.preset,
        when=described.when,
    )


def _form(name: str, place: Place, worker: Worker) -> dict[str, Any]:
    """Return what a template asks otherwise than the standard form does."""
    from postmortem.markdown import STANDARD
    from postmortem.markdown.outline import LABELS

    template = loaded(name, report_sources(place), worker)
    outline = template.outline
    standard = {
        each: known for each, known in outline.fields.items() if each in STANDARD
    }
    return {
        "restricted": template.restricted,
        "first": list(outline.first),
        "required": {by: list(them) for by, them in outline.required.items()},
        "added": [each for each in outline.fields if each not in STANDARD],
        "reworded": [
            each
            for each, known in standard.items()
            if known.question != STANDARD[each].question
        ],
        "labels": {
            each: said
            for each, said in outline.labels.items()
            if said != LABELS.get(each)
        },
    }
