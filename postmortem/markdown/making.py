"""An outline made from a template's files, for the first time or after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from postmortem import templating
from postmortem.errors import Problem, Problems
from postmortem.markdown import form, meta
from postmortem.markdown.alone import alone
from postmortem.markdown.context import context
from postmortem.markdown.discovery import Discovery
from postmortem.markdown.fields import everything
from postmortem.markdown.outline import Outline
from postmortem.markdown.probing import mentioned, probe
from postmortem.markdown.rendering import OURS
from postmortem.markdown.tagging import Declaration
from postmortem.markdown.typos import beside, check_names
from postmortem.templating import Found, Worker

_SURVEY = "postmortem.markdown.rendering:survey"
_NAMES = "postmortem.markdown.rendering:names"


def made(
    name: str,
    asked: Mapping[str, Any],
    files: Sequence[Found],
    described: meta.Meta,
    worker: Worker | None,
) -> tuple[Outline, tuple[Problem, ...]]:
    """Return the outline of a template, and its mistakes that are not fatal.

    `asked` says to whoever renders which template it is. Raises TemplateMistake or
    Problems for one that cannot be used at all.
    """
    path, trusted = str(files[-1].path), templating.trusted(files)

    def survey(given: dict[str, Any] | None, by: str = _SURVEY) -> dict[str, Any]:
        request = {**asked, "context": given}
        return templating.run(by, request, trusted=trusted, worker=worker, path=path)

    sources = templating.unpacked(asked["sources"])
    syntax = templating.mistakes(asked["name"], sources, filters=OURS, worker=worker)
    if syntax:
        raise _unusable(syntax, survey(None, _NAMES), described, files)
    first = survey(None)
    declarations = msgspec.convert(first["declarations"], list[Declaration])
    own = form.form(described, declarations, (), path)
    known = everything(own)
    check_names(first, known, files, described.problems)
    full = probe(known, first["loops"])
    answer = survey(context(full, known, described.labels))
    order = mentioned(answer["probes"])
    described.problems.clear()
    described.problems += meta.read(files).problems
    fields = form.form(described, declarations, order, path)
    found = Discovery(full, everything(fields), first["loops"], described.labels)
    sections, rows, title = found.sections(answer["probes"])
    homes = [
        *(each.text for each in sections if not each.optional),
        *(each.field for each in rows),
    ]
    outline = Outline(
        name=name,
        version=described.version,
        digest=asked["digest"],
        fields=fields,
        sections=sections,
        rows=rows,
        title=title,
        first=described.first,
        required=described.required,
        labels=described.labels,
        alone=alone(
            known,
            first["names"],
            {*first["again"], *found.strays()},
            [home for home in homes if home],
            answer["probes"],
        ),
    )
    return outline, tuple(described.problems)


def _unusable(
    words: Sequence[Problem],
    said: Mapping[str, Any],
    described: meta.Meta,
    files: Sequence[Found],
) -> Problems:
    """Return all that is wrong with the words of a template, its names among them."""
    before = tuple(described.problems)
    asks = msgspec.convert(said["declarations"], list[Declaration])
    known = everything(form.form(described, asks, (), str(files[-1].path)))
    return Problems((*before, *beside(words, said, known, files)))
