"""A template's own front matter: what it is, what it asks first, and its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from postmortem import templating, yamls
from postmortem.errors import Problem, Problems
from postmortem.markdown.declaring import OPTIONS, declared
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import ALWAYS, LABELS
from postmortem.templating import Found

KEYS = (
    "name",
    "version",
    "description",
    "source",
    "from",
    "when",
    "restricted",
    "first",
    "facts",
    "labels",
    "prompts",
    "required",
    "fields",
)
NAMED = ("when", "required for")
"""In `Meta.places`: what names severities or statuses, which only the settings know."""
_YES_NO = ("true", "false")


class Meta(msgspec.Struct, kw_only=True):
    """The front matter of a chain of template files, parents first, later ones win."""

    name: str
    version: str = "1"
    description: str = ""
    source: str = ""
    preset: str = ""
    """The template that it was copied from, with its version: `sre 1`."""
    when: tuple[str, ...] = ()
    restricted: bool = False
    first: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    labels: dict[str, str] = msgspec.field(default_factory=lambda: dict(LABELS))
    prompts: dict[str, str] = msgspec.field(default_factory=dict)
    required: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """ALWAYS, a status or a severity, to the fields that it asks for."""
    declared: dict[str, Field] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)
    places: dict[str, tuple[str, int, int]] = msgspec.field(default_factory=dict)
    """For names used in it, `key:name`: the file, line and column."""


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
    """Reads one file's front matter into the chain's."""

    def __init__(self, meta: Meta, path: str) -> None:
        self.meta, self.path = meta, path

    def read(self, top: yamls.Node) -> None:
        for key, node in top.entries.items():
            match key:
                case "name" | "version" | "description" | "source" | "from":
                    attribute = "preset" if key == "from" else key
                    setattr(self.meta, attribute, self.text(key, node))
                case "restricted":
                    self.meta.restricted = self.yes_no(key, node)
                case "first" | "facts" | "when":
                    setattr(self.meta, key, self.texts(key, node))
                case "required":
                    self.meta.required = self.required(node)
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

    def place(self, key: str, name: str, node: yamls.Node) -> None:
        """Note where a name stands that has to be one of something."""
        where = (self.path, node.line, node.column)
        self.meta.places.setdefault(f"{key}:{name}", where)

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
            for at, each in enumerate(tree):
                self.place(key, str(each), node.items[at] if node.items else node)
            return tuple(str(each) for each in tree)
        self.mistake(f"{key} takes a list of names", node, key, (key,))
        return ()

    def required(self, node: yamls.Node) -> dict[str, tuple[str, ...]]:
        """Read names of fields: one list, or lists by status and severity."""
        by = node.entries or {ALWAYS: node}
        for name, each in node.entries.items():
            self.place(NAMED[1], name, each.key or each)
        return {name: self.texts("required", each) for name, each in by.items()}

    def yes_no(self, key: str, node: yamls.Node) -> bool:
        """Return whether it is true; a mistake counts as true, which protects more."""
        tree = node.tree()
        if tree not in _YES_NO:
            self.mistake(f"{key} takes true or false", node, str(tree), _YES_NO)
        return tree != "false"

    def mapping(self, key: str, node: yamls.Node) -> dict[str, str]:
        found = {}
        for name, each in node.entries.items():
            self.place(key, name, each.key or each)
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
