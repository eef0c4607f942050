"""From the text of a settings file to its values: all mistakes, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from postmortem.errors import Problem, Problems
from postmortem.settings import kinds
from postmortem.settings.kinds import Wrong
from postmortem.settings.values import (
    FINAL,
    LEVELS,
    SEVERITIES,
    TEMPLATES,
    TRAILER_FIELDS,
    WAYS,
    Settings,
    User,
)
from postmortem.yamls import Node, load

Kind = Callable[[Node, Wrong], Any]
"""Turns a node into a value, and tells of everything wrong in it."""

Across = Callable[[Mapping[str, Any], Mapping[str, Node], Wrong], None]
"""Tells of what is wrong between values of which each is right."""

KINDS: Mapping[str, Kind] = {
    "folders": kinds.folders,
    "templates": kinds.folder,
    "template": kinds.word,
    "zone": kinds.zone,
    "severities": kinds.severities,
    "statuses": lambda node, wrong: kinds.words(node, wrong, needed=FINAL),
    "branch_prefix": kinds.branch_prefix,
    "way": lambda node, wrong: kinds.one_of(node, wrong, WAYS),
    "protected": kinds.words,
    "trailers": lambda node, wrong: kinds.trailers(node, wrong, TRAILER_FIELDS),
    "deadline": lambda node, wrong: kinds.number(node, wrong, 1, 24 * 60 * 60),
    "remote": kinds.remote,
    "restricted": kinds.yes_no,
    "services": kinds.words,
    "people": kinds.words,
    "checks": lambda node, wrong: kinds.levels(node, wrong, LEVELS),
    "terms": kinds.words,
    "publish_within": lambda node, wrong: kinds.days(node, wrong, 1, 366),
}
USER_KINDS: Mapping[str, Kind] = {"repository": kinds.text}


def read(text: str, path: str | None = None) -> Settings:
    """Return the settings of a repository's file; a key without a value is its default.

    Raises Problems with every mistake of the text; `path` is named in them.
    """
    values = _values(text, path, KINDS, _no_such_severity)
    if "folders" in values and "templates" not in values:
        first = values["folders"][0]
        values["templates"] = TEMPLATES if first == "." else f"{first}/{TEMPLATES}"
    return Settings(**values)


def read_user(text: str, path: str | None = None) -> User:
    """Return the settings of a person's file; as `read`."""
    return User(**_values(text, path, USER_KINDS))


def _no_such_severity(
    values: Mapping[str, Any], nodes: Mapping[str, Node], wrong: Wrong
) -> None:
    """Tell of deadlines for levels that the scale does not have."""
    if values.get("publish_within"):
        scale = [level.name for level in values.get("severities", SEVERITIES)]
        kinds.keys_among(nodes["publish_within"], wrong, scale, "severity")


def _values(
    text: str,
    path: str | None,
    expected: Mapping[str, Kind],
    across: Across | None = None,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []

    def _wrong(node: Node, message: str, hint: str | None = None) -> None:
        line, column = node.line, node.column
        problems.append(
            Problem(message=message, path=path, line=line, column=column, hint=hint)
        )

    nodes = load(text, path).entries
    for name, node in nodes.items():
        if name not in expected:
            near = kinds.nearest(name, expected)
            hint = (
                f"did you mean {near}?" if near else f"there are {', '.join(expected)}"
            )
            _wrong(node.key or node, f"there is no setting {name!r}", hint)
        elif node.value is not None:
            values[name] = expected[name](node, _wrong)
    if across is not None and not problems:
        across(values, nodes, _wrong)
    if problems:
        problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
        raise Problems(tuple(problems))
    return values
