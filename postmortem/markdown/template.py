"""A template: one file that is form, layout and, through its outline, parser."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from postmortem import templating
from postmortem.errors import Problem, Problems
from postmortem.markdown import fields, form, meta, outline
from postmortem.markdown.alone import alone
from postmortem.markdown.context import context
from postmortem.markdown.discovery import Discovery
from postmortem.markdown.fields import STANDARD, Field
from postmortem.markdown.outline import Outline
from postmortem.markdown.probing import mentioned, probe
from postmortem.markdown.rendering import OURS
from postmortem.markdown.tagging import Declaration
from postmortem.markdown.typos import beside, check_names
from postmortem.model import Report
from postmortem.templating import Source, Worker

SUFFIX = ".md.j2"
_SURVEY = "postmortem.markdown.rendering:survey"
_NAMES = "postmortem.markdown.rendering:names"
_RENDER = "postmortem.markdown.rendering:render"


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template that was found, with its outline; `problems` are its mistakes."""

    outline: Outline
    sources: tuple[Source, ...]
    path: str
    trusted: bool
    description: str = ""
    source: str = ""
    when: tuple[str, ...] = ()
    restricted: bool = False
    """Its reports are for few eyes: they belong into a repository that says so."""
    problems: tuple[Problem, ...] = ()
    worker: Worker | None = None
    """The child in which an untrusted template runs."""

    @property
    def name(self) -> str:
        """The name that `--template` takes."""
        return self.outline.name

    def rendered(self, report: Report, without: Collection[str] = ()) -> str:
        """Return the marked text of a record; raises TemplateMistake.

        The fields of the body among `without` are rendered as if they were not known.
        """
        known = everything(self.outline.fields)
        request = {
            **_request(self.name, self.sources, self.outline.digest),
            "context": context(report, known, self.outline.labels, without),
        }
        answer = templating.run(
            _RENDER, request, trusted=self.trusted, worker=self.worker, path=self.path
        )
        return str(answer["text"])


def everything(form: Mapping[str, Field]) -> dict[str, Field]:
    """Return a form's fields and, behind them, the standard ones it leaves out."""
    left = {name: each for name, each in STANDARD.items() if name not in form}
    return {**form, **left}


def load(
    name: str,
    sources: Sequence[Source],
    *,
    worker: Worker | None = None,
    kept: MutableMapping[str, bytes] | None = None,
) -> Template:
    """Find a template and make its outline, or take it from `kept` by content hash.

    Raises TemplateMistake or Problems for a template that cannot be used at all; lesser
    mistakes are in `problems`.
    """
    files = templating.chain(f"{name}{SUFFIX}", sources)
    digest = templating.digest(files)
    trusted = templating.trusted(files)
    key = f"{name}-{digest}"
    made = _from(kept, key)
    described = meta.read(files)
    if made is None:
        made, problems = _made(name, sources, digest, trusted, worker, described)
        if kept is not None and not problems:
            kept[key] = outline.encoded(made)
    else:
        problems = ()
    return Template(
        outline=made,
        sources=tuple(sources),
        path=str(files[-1].path),
        trusted=trusted,
        description=described.description,
        source=described.source,
        when=described.when,
        restricted=described.restricted,
        problems=problems,
        worker=worker,
    )


def _from(kept: MutableMapping[str, bytes] | None, key: str) -> Outline | None:
    cached = kept.get(key) if kept is not None else None
    if cached is None:
        return None
    try:
        return outline.decoded(cached)
    except msgspec.MsgspecError:
        return None


def _request(name: str, sources: Sequence[Source], digest: str) -> dict[str, Any]:
    return {
        "name": f"{name}{SUFFIX}",
        "digest": digest,
        "sources": templating.packed(sources),
    }


def _made(
    name: str,
    sources: Sequence[Source],
    digest: str,
    trusted: bool,  # noqa: FBT001 - of the chain, passed on as it is
    worker: Worker | None,
    described: meta.Meta,
) -> tuple[Outline, tuple[Problem, ...]]:
    files = templating.chain(f"{name}{SUFFIX}", sources)
    path = str(files[-1].path)
    syntax = templating.mistakes(
        f"{name}{SUFFIX}", sources, filters=OURS, worker=worker
    )

    def survey(given: dict[str, Any] | None, by: str = _SURVEY) -> dict[str, Any]:
        request = {**_request(name, sources, digest), "context": given}
        return templating.run(by, request, trusted=trusted, worker=worker, path=path)

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
    asked = form.form(described, declarations, order, path)
    found = Discovery(full, everything(asked), first["loops"], described.labels)
    sections, rows, title = found.sections(answer["probes"])
    homes = [
        *(each.text for each in sections if not each.optional),
        *(each.field for each in rows),
    ]
    made = Outline(
        name=name,
        version=described.version,
        digest=digest,
        fields=asked,
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
    return made, tuple(described.problems)


def _unusable(
    words: Sequence[Problem],
    said: Mapping[str, Any],
    described: meta.Meta,
    files: Sequence[templating.Found],
) -> Problems:
    """Return all that is wrong with the words of a template, its names among them."""
    before = tuple(described.problems)
    asks = msgspec.convert(said["declarations"], list[Declaration])
    known = everything(form.form(described, asks, (), str(files[-1].path)))
    return Problems((*before, *beside(words, said, known, files)))


def in_body(known: Field) -> bool:
    """Tell whether a field's home is the body; the title's is its heading."""
    return known.kind in fields.BODY_KINDS
