"""Front matter that has lost its fences, told from a body that begins with keys.

Nothing of it is read, its status included, so whoever asked it for a fact would be told
that there is none, and whoever wrote one would write it above what is already there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from pathlib import PurePath

from postmortem.errors import Problem

_LOOKED_AT = 8192
"""Characters at the beginning of a text in which it would stand."""
_RULE = re.compile(r"_{3,}|\*{3,}|-{4,}")
"""What formatters make of a fence."""
_OURS = re.compile(r"(?:#+ )?(?:id|template|status|severity):")
_ABOVE = re.compile(r"\S{0,2}[-–—]{1,4}|<!--.*-->")
"""What can be left of a fence, or stand above one."""
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_LINE = re.compile(r"[\w-]+:(?:\s|$)|\s|- |#")
"""How a line of front matter begins."""
_ENDS = ("---", "...")
_KEYS = frozenset(
    (
        *("id", "template", "status", "severity", "audience", "services", "tags"),
        *("owner", "reviewers", "zone", "onset", "detected", "resolved"),
    )
)
"""Keys with which the front matter of a report begins."""
_ENOUGH = 3
"""So many of them at the top of a file may have been front matter."""
_TEMPLATE = re.compile(r"[a-z][\w-]* \d+(?P<digest> [0-9a-f]{8})?$")


def wreck(text: str, path: str | None = None) -> Problem | None:
    """Return what is wrong with a text that begins with no fence; None where all is.

    Other people begin reports with such keys as well: these have a fence below them,
    or have an id and name a template with its version, or are called by their `id`.
    """
    whole = text[:_LOOKED_AT].lstrip("\ufeff").split("\n")
    at = next((at for at, line in enumerate(whole, 1) if line.strip()), None)
    if at is None:
        return None
    lines = [line.lstrip("\ufeff").rstrip("\r") for line in whole[at - 1 :]]
    said = _formatted(lines, path) or _unopened(lines) or _unfenced(lines, path)
    if said is None:
        return None
    message, hint = said
    return Problem(message=message, path=path, line=at, column=1, hint=hint)


def _formatted(lines: Sequence[str], path: str | None) -> tuple[str, str] | None:
    told = [line for line in lines[1:] if line.strip()][:_ENOUGH]
    if _RULE.fullmatch(lines[0].strip()) and any(map(_OURS.search, told)):
        hint = (
            f"take the file from git again (`git checkout -- {path or 'FILE'}`), and"
            " give mdformat its front matter plugin: pip install mdformat-front-matters"
        )
        return "the front matter is no longer one: a formatter has rewritten it", hint
    return None


def _unopened(lines: Sequence[str]) -> tuple[str, str] | None:
    """Say that lines begin with keys of a report, and a fence ends them."""
    filled = (line for line in lines if line.strip())
    rest = [*dropwhile(lambda line: _ABOVE.fullmatch(line.strip()), filled)]
    own = [*takewhile(_LINE.match, rest)]
    ended = len(own) < len(rest) and rest[len(own)].rstrip() in _ENDS
    keyed = bool(own) and bool(_KEY.match(own[0]))
    if ended and keyed and any(map(_OURS.match, own)):
        return (
            "the front matter does not begin with ---, so nothing of it is read",
            "put a line --- above its first key, as the first line of the file",
        )
    return None


def _unfenced(lines: Sequence[str], path: str | None) -> tuple[str, str] | None:
    """Say that lines begin with keys of a report, and no fence is left."""
    rest = dropwhile(lambda it: not it.strip() or _ABOVE.fullmatch(it.strip()), lines)
    own = [*takewhile(lambda line: line.strip() and _LINE.match(line), rest)]
    if not own or not _KEY.match(own[0]):
        return None
    keys = dict(_key(line) for line in own if _KEY.match(line))
    named = _TEMPLATE.match(keys.get("template", ""))
    laid_out = named and ("id" in keys or named["digest"])
    stem = PurePath(path).stem.casefold() if path else None
    called = "id" in keys and keys["id"].casefold() == stem
    if len(_KEYS & keys.keys()) >= _ENOUGH and (laid_out or called):
        return (
            "the front matter stands between no lines ---, so nothing of it is read",
            "put a line --- above its first key, and one below its last",
        )
    return None


def _key(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name, value.partition(" #")[0].strip().strip("'\"")
