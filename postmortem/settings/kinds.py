"""The kinds of values that a setting can have: from a YAML node to the value.

Each function tells `wrong` of everything that is wrong; what it returns is then of no
use, and nobody uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol, TypeVar

from postmortem.settings.values import Severity
from postmortem.yamls import Node

_T = TypeVar("_T")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WORD = re.compile(r"\w[\w .@/+-]*")
_RULE = re.compile(r"PM[0-9]{3}")
_NEARLY_RULE = re.compile(r"(?:PM)?[\s_-]*([0-9]{3})", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")
_TRAILER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SIGNATURES = ("signed-off-by", "co-authored-by")
_REMOTE = re.compile(r"\w[\w.-]*(?:/[\w.-]+)*", re.ASCII)
_BRANCH_PREFIX = re.compile(r"(?!.*(?:\.\.|//|/\.|\.lock/))[A-Za-z0-9][A-Za-z0-9._/-]*")
_PART = re.compile(r"(?!\.{1,2}$)(?!\.git$)[^\\/:*?\"<>|]+", re.IGNORECASE)
"""A part of a path that every system can hold, and that is not git's own folder."""


class Wrong(Protocol):
    """Takes note of a mistake."""

    def __call__(self, node: Node, message: str, hint: str | None = None) -> None:
        """Note what is so at that node, and what to write instead."""


def text(node: Node, wrong: Wrong) -> str:
    """Return one line of text."""
    value = node.value.strip() if isinstance(node.value, str) else ""
    if not value or _CONTROL.search(value):
        wrong(node, "this is not one line of text")
        return ""
    return value


def word(node: Node, wrong: Wrong) -> str:
    """Return a name, which no other syntax can take for its own."""
    value = text(node, wrong)
    if value and not _WORD.fullmatch(value):
        hint = "use letters, digits, blanks and any of . @ / + - _"
        wrong(node, f"{value!r} is no name", hint)
    return value


def words(node: Node, wrong: Wrong, *, needed: str | None = None) -> tuple[str, ...]:
    """Return a list of texts, none of them twice; one alone needs no list."""
    found = _each(node, wrong, word if needed else text)
    if needed and needed not in found:
        hint = f"add {needed}: the checks ask for more from there on"
        wrong(node, f"{needed!r} is missing in the list", hint)
    return found


def one_of(node: Node, wrong: Wrong, options: Sequence[str]) -> str:
    """Return one of these words."""
    value = text(node, wrong)
    if value and value not in options:
        near = nearest(value, options)
        nearby = f"; did you mean {near}?" if near else ""
        wrong(node, f"{value!r} is no choice", f"choose {_either(options)}{nearby}")
    return value


def yes_no(node: Node, wrong: Wrong) -> bool:
    """Return whether it is true."""
    return one_of(node, wrong, ("true", "false")) == "true"


def number(node: Node, wrong: Wrong, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    value = text(node, wrong)
    if value and not (_NUMBER.fullmatch(value) and least <= int(value) <= most):
        wrong(node, f"{value!r} is no whole number from {least} to {most}")
        return least
    return int(value or least)


def folder(node: Node, wrong: Wrong) -> str:
    """Return a path below the settings' folder, with / between its parts."""
    value = text(node, wrong)
    path = value.removeprefix("./").rstrip("/")
    if value and value not in (".", "./"):
        parts = path.split("/")
        if path.startswith("~") or not all(_PART.fullmatch(part) for part in parts):
            hint = "write it from this file's folder on, as in docs/postmortems"
            wrong(node, f"{value!r} is no folder below that of this file", hint)
    return path or "."


def folders(node: Node, wrong: Wrong) -> tuple[str, ...]:
    """Return one such path or more."""
    return _some(node, wrong, _each(node, wrong, folder), "folder")


def zone(node: Node, wrong: Wrong) -> str:
    """Return the IANA name of a zone that this machine knows."""
    from zoneinfo import ZoneInfo, available_timezones

    value = text(node, wrong)
    try:
        ZoneInfo(value or "UTC")
    except (ValueError, OSError, LookupError):
        near = nearest(value, sorted(available_timezones()))
        hint = f"did you mean {near}?" if near else "write it as in Europe/Paris or UTC"
        wrong(node, f"no zone is named {value!r}", hint)
    return value


def branch_prefix(node: Node, wrong: Wrong) -> str:
    """Return the beginning of a branch's name."""
    value = text(node, wrong)
    if value and not _BRANCH_PREFIX.fullmatch(value):
        hint = "use letters, digits and any of . _ - /, as in postmortem/"
        wrong(node, f"no branch can begin with {value!r}", hint)
    return value


def remote(node: Node, wrong: Wrong) -> str:
    """Return the name of a remote; an address is refused, since it can hold secrets."""
    value = text(node, wrong)
    if value and not _REMOTE.fullmatch(value):
        # The text is not repeated: it may be an address with a password in it.
        wrong(node, "this is not a remote's name", "`git remote` lists the names")
    return value


def severities(node: Node, wrong: Wrong) -> tuple[Severity, ...]:
    """Return the levels of a mapping from name to meaning, or of a list of names."""
    if isinstance(node.value, Mapping):
        levels = tuple(
            Severity(
                name=word(meaning.key or meaning, wrong),
                meaning=None if meaning.value is None else text(meaning, wrong),
            )
            for meaning in node.entries.values()
        )
    else:
        levels = tuple(Severity(name=name) for name in _each(node, wrong, word))
    return _some(node, wrong, levels, "severity")


def trailers(node: Node, wrong: Wrong, fields: Sequence[str]) -> Mapping[str, str]:
    """Return a mapping from a trailer's name to the field that it carries."""
    if not isinstance(node.value, Mapping):
        wrong(node, "these are not trailers", "write them as `Incident: id`")
        return {}
    for name, field in node.entries.items():
        key = field.key or field
        if not _TRAILER.fullmatch(name):
            wrong(key, f"{name!r} is no trailer", "use letters, digits and -")
        if name.casefold() in _SIGNATURES:
            wrong(key, f"{name} is a person's to give, and no setting's")
    return MappingProxyType(
        {name: one_of(field, wrong, fields) for name, field in node.entries.items()}
    )


def levels(node: Node, wrong: Wrong, options: Sequence[str]) -> Mapping[str, str]:
    """Return a mapping from the code of a rule to how grave its findings are."""
    if not isinstance(node.value, Mapping):
        wrong(node, "these are no rules", "write them as `PM412: error`")
    for name, level in node.entries.items():
        if not _RULE.fullmatch(name):
            wrong(level.key or level, f"{name!r} is no rule", written_as(name))
    return MappingProxyType(
        {name: one_of(level, wrong, options) for name, level in node.entries.items()}
    )


def written_as(code: str) -> str:
    """Return how to write what is no code of a rule, as a hint.

    >>> written_as("pm409"), written_as("dates")
    ('write it as PM409', 'a code is PM and three digits')
    """
    found = _NEARLY_RULE.fullmatch(code.strip())
    return f"write it as PM{found[1]}" if found else "a code is PM and three digits"


def days(node: Node, wrong: Wrong, least: int, most: int) -> Mapping[str, int]:
    """Return a mapping from a severity to a number of days."""
    if not isinstance(node.value, Mapping):
        wrong(node, "these are no severities with days", "write them as `SEV-1: 5`")
    return MappingProxyType(
        {
            word(each.key or each, wrong): number(each, wrong, least, most)
            for each in node.entries.values()
        }
    )


def keys_among(node: Node, wrong: Wrong, options: Sequence[str], what: str) -> None:
    """Tell of the keys of a mapping that are none of these words, in whatever case."""
    folded = [option.casefold() for option in options]
    for name, value in node.entries.items():
        if name.casefold() not in folded:
            near = nearest(name, options)
            hint = (
                f"did you mean {near}?" if near else f"there are {', '.join(options)}"
            )
            wrong(value.key or value, f"there is no {what} {name!r}", hint)


def nearest(name: str, options: Iterable[str]) -> str | None:
    """Return the option that was probably meant, if there is one."""
    from difflib import get_close_matches

    folded = {option.casefold(): option for option in options}
    near = get_close_matches(name.casefold(), folded, 1)
    return folded[near[0]] if near else None


def _each(
    node: Node, wrong: Wrong, kind: Callable[[Node, Wrong], str]
) -> tuple[str, ...]:
    """Return a list of one kind; a text alone is one, unless it has bare commas."""
    nodes = node.items if isinstance(node.value, tuple) else (node,)
    if isinstance(node.value, str) and "," in node.value and node.style == "plain":
        parts = ", ".join(part for it in node.value.split(",") if (part := it.strip()))
        wrong(node, "this is one text with a comma in it", f"write a list: [{parts}]")
        return ()
    found: dict[str, Node] = {}
    for item in nodes:
        value = kind(item, wrong)
        if value and value in found:
            first = found[value].line
            wrong(item, f"{value!r} stands here and on line {first}", "keep one")
        found[value] = item
    return tuple(found)


def _some(node: Node, wrong: Wrong, found: tuple[_T, ...], what: str) -> tuple[_T, ...]:
    if not found:
        wrong(node, f"the list is empty, and one {what} at least is needed")
    return found


def _either(options: Sequence[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}"
