"""A template's own front matter: what it is, what it asks first, and its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from postmortem import templating, yamls
from postmortem.errors import Problem, Problems
from postmortem.markdown import fields
from postmortem.markdown.fields import DECLARABLE, STANDARD, Field
from postmortem.markdown.outline import LABELS
from postmortem.markdown.tagging import Declaration
from postmortem.templating import Found

KEYS = (
    "name",
    "version",
    "description",
    "source",
    "when",
    "first",
    "facts",
    "labels",
    "prompts",
    "required",
    "fields",
)
OPTIONS = ("kind", "question", "label", "reason", "example", "choices", "columns", "required")


@dataclass(kw_only=True)
class Meta:
    """The front matter of a chain of template files, parents first, later ones win."""

    name: str
    version: str = "1"
    description: str = ""
    source: str = ""
    when: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=lambda: dict(LABELS))
    prompts: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    declared: dict[str, Field] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    """For names used in it: the file and line."""


def read(files: Sequence[Found]) -> Meta:
    """Read the front matter of every file of a chain; mistakes are in `problems`."""
    meta = Meta(name=files[-1].name.removesuffix(".md.j2"))
    for found in files:
        path = str(found.path)
        cut = yamls.split(found.text, path)
        if cut.problem:
            meta.problems.append(cut.problem)
        try:
            node = yamls.load(cut.front or "", path, cut.front_line)
        except Problems as error:
            meta.problems += error.problems
            continue
        _File(meta, path).read(node)
    return meta


class _File:
    def __init__(self, meta: Meta, path: str) -> None:
        self.meta, self.path = meta, path

    def read(self, top: yamls.Node) -> None:
        for key, node in top.entries.items():
            match key:
                case "name" | "version" | "description" | "source":
                    setattr(self.meta, key, self.text(key, node))
                case "first" | "facts" | "when" | "required":
                    setattr(self.meta, key, self.texts(key, node))
                case "labels":
                    self.meta.labels |= self.mapping(key, node)
                case "prompts":
                    self.meta.prompts |= self.mapping(key, node)
                case "fields":
                    for name, each in node.entries.items():
                        self.declare(name, each)
                case _:
                    self.mistake(f"{key!r} is no key of a template", node, key, KEYS)

    def mistake(
        self, message: str, node: yamls.Node, word: str, words: Iterable[str]
    ) -> None:
        near = templating.nearest(word, words)
        hint = f"did you mean {near!r}?" if near else f"known are {', '.join(words)}"
        place = node.key or node
        self.meta.problems.append(
            Problem(
                message=message,
                path=self.path,
                line=place.line,
                column=place.column,
                hint=hint,
            )
        )

    def text(self, key: str, node: yamls.Node) -> str:
        tree = node.tree()
        if isinstance(tree, str) or tree is None:
            return tree or ""
        self.mistake(f"{key} takes one text", node, key, (key,))
        return ""

    def texts(self, key: str, node: yamls.Node) -> tuple[str, ...]:
        tree = node.tree()
        if isinstance(tree, str):
            tree = [each.strip() for each in tree.split(",")]
        if isinstance(tree, list) and all(isinstance(each, str) for each in tree):
            for each in tree:
                self.meta.places.setdefault(f"{key}:{each}", (self.path, node.line))
            return tuple(str(each) for each in tree)
        self.mistake(f"{key} takes a list of names", node, key, (key,))
        return ()

    def mapping(self, key: str, node: yamls.Node) -> dict[str, str]:
        found = {}
        for name, each in node.entries.items():
            self.meta.places.setdefault(f"{key}:{name}", (self.path, each.line))
            found[name] = self.text(name, each)
        return found

    def declare(self, name: str, node: yamls.Node) -> None:
        tree = node.tree()
        options: dict[str, Any] = (
            tree if isinstance(tree, dict) else {"question": str(tree or "")}
        )
        made, mistake = declared(name, options)
        if mistake:
            self.mistake(mistake, node, name, OPTIONS)
        else:
            self.meta.declared[name] = made


def declared(name: str, options: Mapping[str, Any]) -> tuple[Field, str | None]:
    """Make a field of a template's own; with what is wrong about it, if anything."""
    given = {key: value for key, value in options.items() if value is not None}
    unknown = [key for key in given if key not in OPTIONS]
    if unknown:
        near = templating.nearest(unknown[0], OPTIONS)
        also = f"; did you mean {near!r}?" if near else ""
        return Field(name=name), f"{unknown[0]!r} is no option of a field{also}"
    if name in STANDARD:
        return Field(name=name), f"{name!r} is a standard field already"
    kind = str(given.get("kind", fields.TEXT))
    if kind not in DECLARABLE:
        known = ", ".join(DECLARABLE)
        return Field(name=name), f"{kind!r} is no kind of field; kinds are {known}"
    texts: dict[str, Any] = {
        key: " ".join(str(given[key]).split())
        for key in ("question", "label", "reason", "example")
        if key in given
    }
    lists = {
        key: tuple(str(each) for each in _several(given[key]))
        for key in ("choices", "columns")
        if key in given
    }
    texts.setdefault("label", name.replace("_", " ").capitalize())
    texts.setdefault("question", f"{texts['label']}?")
    required = str(given.get("required", "no")).casefold() in ("yes", "true", "1")
    made = Field(name=name, kind=kind, required=required, **texts, **lists)
    if kind in (fields.CHOICE, fields.SEVERAL) and not made.choices:
        return made, f"{name} is a {kind} field and needs its choices"
    if kind == fields.TABLE and not made.columns:
        return made, f"{name} is a table and needs its columns"
    bad = [each for each in made.columns if not each.isidentifier()]
    if bad:
        return made, f"the column {bad[0]!r} is no plain name, such as first_seen"
    return made, None


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else str(value).split(",")


def form(
    meta: Meta, declarations: Sequence[Declaration], mentioned: Sequence[str], path: str
) -> dict[str, Field]:
    """Return the form: the facts in their order, then the fields as first mentioned."""
    own = dict(meta.declared)
    for each in declarations:
        mistake = each.mistake
        if mistake is None:
            options = {"question": each.question or None, **each.options}
            made, mistake = declared(each.name, options)
            own.setdefault(each.name, made)
        if mistake:
            meta.problems.append(Problem(message=mistake, path=path, line=each.line))
    order = [*facts(meta), *mentioned, *own]
    made_form: dict[str, Field] = {}
    for name in order:
        known = own.get(name) or STANDARD.get(name)
        if known is not None and name not in made_form:
            made_form[name] = _worded(known, meta)
    _check_names(meta, {**STANDARD, **own})
    return made_form


_FACTS = (
    "title",
    "id",
    "template",
    "status",
    "severity",
    "audience",
    "services",
    "tags",
    "owner",
    "reviewers",
    "zone",
    "onset",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "related",
    "retired",
)


def facts(meta: Meta) -> tuple[str, ...]:
    """Return the facts that a template asks for, and those that it always keeps."""
    if not meta.facts:
        return _FACTS
    kept = ("title", "id", "template", "status", "zone", "retired")
    return (*meta.facts, *(name for name in kept if name not in meta.facts))


def _worded(known: Field, meta: Meta) -> Field:
    changes: dict[str, Any] = {}
    if known.name in meta.prompts:
        changes["question"] = " ".join(meta.prompts[known.name].split())
    if known.name in meta.labels:
        changes["label"] = meta.labels[known.name]
    if known.name in meta.required:
        changes["required"] = True
    return msgspec.structs.replace(known, **changes) if changes else known


def _check_names(meta: Meta, known: Mapping[str, Field]) -> None:
    for place, (path, line) in meta.places.items():
        key, _, name = place.partition(":")
        if key == "when" or name in known or (key == "labels" and name in LABELS):
            continue
        near = templating.nearest(name, known)
        meta.problems.append(
            Problem(
                message=f"{key} names {name!r}, and no field is called so",
                path=path,
                line=line,
                hint=f"did you mean {near!r}?" if near else None,
            )
        )
