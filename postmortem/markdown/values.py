"""Scalars: what front matter, answers and `--set` say, to values and back."""

from __future__ import annotations

import math
from datetime import date, datetime, tzinfo
from typing import Any

from postmortem import model, moments
from postmortem.errors import PostmortemError
from postmortem.escape import uncommented
from postmortem.markdown import context, fields, inline
from postmortem.markdown.fields import Field

UNSET = ("", "TBD", "TODO", "?", "TBC", "To be filled in")
"""What reads as not known yet, apart from the template's own words for it."""

Tree = str | None | list[Any] | dict[str, Any]

_TRUE = ("yes", "true", "y", "on", "1")
_FALSE = ("no", "false", "n", "off", "0")


class Unreadable(PostmortemError):
    """A value is not of its field's kind; the message says what the kind takes."""


def unset(text: str) -> bool:
    """Tell whether a text says nothing: blank, a lone comment, TBD, TODO, `?`."""
    if len(text) > 40 and not text.lstrip().startswith("<!--"):  # noqa: PLR2004
        return False
    return uncommented(text).strip().strip("_*.").strip() in UNSET


def says(text: str, label: str) -> bool:
    """Tell whether a text is one of our own words, such as `_Not known yet._`."""
    bare = text.strip()
    return label in bare and bare in (
        label,
        f"_{label}_",
        f"*{label}*",
        f"**{label}**",
        f"__{label}__",
    )


def says_none(text: str, label: str) -> bool:
    """Tell whether a text says that there is none, and beside it only comments."""
    return says(text, label) or ("<!--" in text and says(_bare(text), label))


def _bare(text: str) -> str:
    return uncommented(text).strip()


def answered(text: str, label: str) -> str:
    """Return a text without the placeholder that was left standing in it."""
    if "\n\n" not in text:
        return text
    blocks = text.split("\n\n")
    kept = [block for block in blocks if not says(block, label)]
    return "\n\n".join(kept) if kept else text


def scalar(
    known: Field,
    given: Tree,
    *,
    zone: tzinfo | None = None,
    near: datetime | None = None,
) -> Any:
    """Read one scalar of a known field; None where it says nothing.

    `zone` and `near` complete a moment without a zone or a date. Raises Unreadable, or
    an error of `moments`, which say what would be read.
    """
    if known.kind in (fields.LINES, fields.SEVERAL):
        return _several(known, given)
    if isinstance(given, list | dict):
        shape = "a list" if isinstance(given, list) else "a mapping"
        message = f"{known.name} takes one value, and this is {shape}"
        raise Unreadable(message, hint=f"write it as {known.name}: {_example(known)}")
    text = inline.scrubbed(given or "").strip()
    if unset(text):
        return None
    return _one(known, text, zone=zone, near=near)


def _one(known: Field, text: str, *, zone: tzinfo | None, near: datetime | None) -> Any:
    match known.kind:
        case fields.NUMBER:
            return _number(known, text)
        case fields.YES_NO:
            return _yes_no(known, text)
        case fields.DATE:
            today = near.date() if near else None
            return moments.read_day(text, today=today)
        case fields.MOMENT:
            span = moments.read(text, zone=zone, near=near)
            return model.Moment(at=span.at, approximate=span.approximate)
        case fields.CHOICE if known.choices:
            return _choice(known, text)
    return " ".join(text.split())


def tree(known: Field | None, value: Any) -> Tree:
    """Return a scalar as front matter holds it: text, or a list of texts."""
    del known  # the value's own type says it all
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case model.Moment():
            return context.moment(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return [str(tree(None, each)) for each in value]
        case dict():
            return {key: tree(None, each) for key, each in value.items()}
    return str(value)


def _several(known: Field, given: Tree) -> tuple[str, ...] | None:
    if given is None or (isinstance(given, str) and unset(given)):
        return None
    if isinstance(given, dict):
        message = f"{known.name} takes a list, and this is a mapping"
        raise Unreadable(message, hint=f"write it as {known.name}: [one, two]")
    each = given.split(",") if isinstance(given, str) else given
    if any(isinstance(one, list | dict) for one in each):
        message = f"{known.name} takes a list of texts"
        raise Unreadable(message, hint=f"write it as {known.name}: [one, two]")
    texts = (" ".join(inline.scrubbed(str(one)).split()) for one in each if one)
    found = tuple(text for text in texts if text)
    if known.kind == fields.SEVERAL and known.choices:
        return tuple(_choice(known, text) for text in found)
    return found


def _choice(known: Field, text: str) -> str:
    for bare in (str.casefold, _characters):
        found = [each for each in known.choices if bare(each) == bare(text) != ""]
        if len(found) == 1:
            return found[0]
    message = f"{known.name} is none of its choices: {text!r}"
    raise Unreadable(message, hint=f"choose one of {', '.join(known.choices)}")


def _characters(text: str) -> str:
    """Return the letters and digits of a text, small: SEV2 is a way to say SEV-2."""
    return "".join(each for each in text.casefold() if each.isalnum())


def _number(known: Field, text: str) -> int | float:
    bare = text.replace("_", "").replace("\u202f", "")
    try:
        return int(bare)
    except ValueError:
        pass
    try:
        number = float(bare)
    except ValueError:
        number = float("nan")
    if not math.isfinite(number):
        message = f"{known.name} is no number: {text!r}"
        raise Unreadable(message, hint="write digits, such as 1200 or 0.5")
    return number


def _yes_no(known: Field, text: str) -> bool:
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    message = f"{known.name} is neither yes nor no: {text!r}"
    raise Unreadable(message, hint="write yes or no")


def _example(known: Field) -> str:
    examples = {
        fields.NUMBER: "12",
        fields.YES_NO: "yes",
        fields.DATE: "2025-05-24",
        fields.MOMENT: "2025-05-24T13:05Z",
    }
    return examples.get(known.kind, "a few words")
