"""What a template shows of a full record, rendered in many ways and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from postmortem import templating
from postmortem.errors import Problem
from postmortem.markdown import SUFFIX
from postmortem.markdown.compose import compose
from postmortem.markdown.context import context
from postmortem.markdown.fields import everything
from postmortem.markdown.lines import RawLine, raw_lines
from postmortem.markdown.probing import probe
from postmortem.markdown.sifting import Sifted
from postmortem.markdown.spots import Composition
from postmortem.markdown.template import Template
from postmortem.templating import Found

AS_IT_IS = "as it is"
"""The way of rendering in which every condition is what the record says."""
_SURVEY = "postmortem.markdown.rendering:survey"
_SIFT = "postmortem.markdown.sifting:sifted"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A problem of a template, and the fields that it may cost their values."""

    problem: Problem
    fields: tuple[str, ...] = ()
    """None named: it is about all of them."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a template's code shows, and where in its files it says so."""

    files: tuple[Found, ...]
    """The files that the template is made of; the last one is its own."""
    names: Mapping[str, Sequence[Sequence[Any]]]
    """For every name that is read: each file and line."""
    loops: Mapping[str, Mapping[str, Any]]
    """For every loop over a field, by number: its file, line and field."""
    lines: tuple[RawLine, ...]
    """The lines of the full record."""
    made: Composition
    """The same as a report, with every text and loop taken for a home."""
    sifted: tuple[Sifted, ...] = field(default=())

    def mistake(
        self,
        message: str,
        *,
        place: tuple[str, int] | None,
        fields: tuple[str, ...] = (),
        hint: str,
    ) -> Mistake:
        """Return a mistake; without a place the template's whole file is meant."""
        path, line = place or (str(self.files[-1].path), None)
        problem = Problem(message=message, path=path, line=line, hint=hint)
        return Mistake(problem=problem, fields=fields)

    def path_of(self, file: str) -> str:
        """Return the path of a file that a template names."""
        return next((str(each.path) for each in self.files if each.name == file), file)

    def line_of(self, name: str, number: int = 0) -> tuple[str, int] | None:
        """Return path and line at which a name stands for the first or a later time."""
        places = self.names.get(name, ())
        if not places:
            return None
        file, line = places[min(number, len(places) - 1)]
        return self.path_of(file), line

    def line_of_heading(self, heading: str, number: int = 0) -> tuple[str, int] | None:
        """Return path and line of a heading, for the first or a later time."""
        found = [
            (str(file.path), at)
            for file in self.files
            for at, line in enumerate(file.text.splitlines(), 1)
            if line.lstrip().startswith("#")
            and " ".join(line.lstrip(" #").split()) == heading
        ]
        return found[min(number, len(found) - 1)] if found else None


def shown(template: Template) -> Shown:
    """Render a template with everything set, and gather what its code says."""
    outline = template.outline
    file = f"{template.name}{SUFFIX}"
    request: dict[str, Any] = {
        "name": file,
        "digest": outline.digest,
        "sources": [
            {"path": str(each.path), "trusted": each.trusted}
            for each in template.sources
        ],
    }
    known = everything(outline.fields)
    first = _run(template, _SURVEY, {**request, "context": None})
    full = probe(known, first["loops"])
    given = context(full, known, outline.labels)
    answer = _run(template, _SURVEY, {**request, "context": given})
    tagged = answer["probes"][AS_IT_IS]
    sifted = _run(template, _SIFT, request)["found"]
    return Shown(
        files=templating.chain(file, template.sources),
        names=answer["names"],
        loops=answer["loops"],
        lines=tuple(raw_lines(tagged)),
        made=compose(tagged, full, known, outline.labels),
        sifted=tuple(msgspec.convert(sifted, list[Sifted])),
    )


def _run(template: Template, function: str, request: dict[str, Any]) -> dict[str, Any]:
    return templating.run(
        function,
        request,
        trusted=template.trusted,
        worker=template.worker,
        path=template.path,
    )
