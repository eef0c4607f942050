"""A template: one file that is form, layout and, through its outline, parser."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from postmortem import templating
from postmortem.errors import Problem
from postmortem.markdown import SUFFIX, meta, outline
from postmortem.markdown.context import context
from postmortem.markdown.fields import Field, everything
from postmortem.markdown.outline import Outline
from postmortem.model import Report
from postmortem.templating import Source, Worker

_RENDER = "postmortem.markdown.rendering:render"


class Template(msgspec.Struct, frozen=True, kw_only=True, dict=True):
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

    @cached_property
    def known(self) -> Mapping[str, Field]:
        """The fields of the form and, behind them, the standard ones it leaves out."""
        return everything(self.outline.fields)

    def rendered(self, report: Report, without: Collection[str] = ()) -> str:
        """Return the marked text of a record; raises TemplateMistake.

        The fields of the body among `without` are rendered as if they were not known.
        """
        given = context(report, self.known, self.outline.labels, without)
        answer = templating.run(
            _RENDER,
            {**self._asked, "context": given},
            trusted=self.trusted,
            worker=self.worker,
            path=self.path,
        )
        return str(answer["text"])

    @cached_property
    def _asked(self) -> dict[str, Any]:
        """Which template a request is about."""
        return _request(self.name, self.sources, self.outline.digest)


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
        from postmortem.markdown import making

        asked = _request(name, sources, digest)
        made, problems = making.made(name, asked, files, described, worker)
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
