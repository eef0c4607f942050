"""Fields of a template's own: what may be said of one, and what is wrong about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from postmortem import templating
from postmortem.markdown import fields
from postmortem.markdown.fields import DECLARABLE, STANDARD, Field

OPTIONS = (
    "kind",
    "question",
    "label",
    "reason",
    "example",
    "choices",
    "columns",
    "required",
)
_YES = ("yes", "true", "1")


def declared(name: str, options: Mapping[str, Any]) -> tuple[Field, str | None]:
    """Make a field of a template's own; with what is wrong about it, if anything."""
    given = {key: value for key, value in options.items() if value is not None}
    mistake = _misnamed(name, given)
    if mistake:
        return Field(name=name), mistake
    made = _made(name, given)
    return made, _incomplete(made)


def _misnamed(name: str, given: Mapping[str, Any]) -> str | None:
    """Say which of the names used there are none: option, field or kind."""
    unknown = [key for key in given if key not in OPTIONS]
    if unknown:
        near = templating.nearest(unknown[0], OPTIONS)
        also = f"; did you mean {near!r}?" if near else ""
        return f"{unknown[0]!r} is no option of a field{also}"
    if name in STANDARD:
        return f"{name!r} is a standard field already"
    kind = _kind(given)
    if kind not in DECLARABLE:
        known = ", ".join(DECLARABLE)
        return f"{kind!r} is no kind of field; kinds are {known}"
    return None


def _made(name: str, given: Mapping[str, Any]) -> Field:
    texts: dict[str, str] = {
        key: " ".join(str(given[key]).split())
        for key in ("question", "label", "reason", "example")
        if key in given
    }
    lists: dict[str, Any] = {
        key: tuple(str(each) for each in _several(given[key]))
        for key in ("choices", "columns")
        if key in given
    }
    texts.setdefault("label", name.replace("_", " ").capitalize())
    texts.setdefault("question", f"{texts['label']}?")
    required = str(given.get("required", "no")).casefold() in _YES
    more: dict[str, Any] = {**texts, **lists}
    return Field(name=name, kind=_kind(given), required=required, **more)


def _incomplete(made: Field) -> str | None:
    """Say what a field of its kind needs and does not have."""
    name, kind = made.name, made.kind
    if kind in (fields.CHOICE, fields.SEVERAL) and not made.choices:
        return f"{name} is a {kind} field and needs its choices"
    if kind == fields.TABLE and not made.columns:
        return f"{name} is a table and needs its columns"
    bad = [each for each in made.columns if not each.isidentifier()]
    if bad:
        return f"the column {bad[0]!r} is no plain name, such as first_seen"
    return None


def _kind(given: Mapping[str, Any]) -> str:
    return str(given.get("kind", fields.TEXT))


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else str(value).split(",")
