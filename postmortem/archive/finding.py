"""Which report somebody means who types a part of its id."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from postmortem.archive.entries import Entry
from postmortem.archive.naming import compared, without_day
from postmortem.archive.paths import is_path
from postmortem.errors import Missing, PostmortemError

_SHOWN = 8
_NEAR = 3
_DAY = re.compile(r"[\d-]*")


class SeveralFit(PostmortemError):
    """A part of an id belongs to more than one report; `entries` are they.

    Files are told by their paths from `root` on.
    """

    def __init__(self, part: str, entries: Sequence[Entry], root: Path) -> None:
        entries = sorted(entries, key=lambda entry: (entry.id, entry.path))
        named, way = [entry.id for entry in entries], "write more of one of them"
        if len(set(named)) < len(named):
            named, way = (
                _files(entries, root),
                "some have the same id; give the path of one",
            )
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        super().__init__(
            f"{part!r} fits {len(entries)} reports",
            hint=f"{way}: {', '.join(named[:_SHOWN])}{more}",
        )
        self.entries = tuple(entries)


def match(part: str, entries: Iterable[Entry], root: Path) -> Entry | None:
    """Return the one report that is called `part`, else the one whose id holds it.

    None when there is none; raises SeveralFit.
    """
    entries = tuple(entries)
    if found := whole(part, entries, root):
        return found
    wanted = compared(part.strip())
    parts = [it for it in entries if wanted and wanted in compared(it.id)]
    return only(part, parts, root)


def whole(part: str, entries: Iterable[Entry], root: Path) -> Entry | None:
    """Return the one report whose id or file is called `part`, or once was."""
    entries = tuple(entries)
    wanted = compared(part.strip())
    exact = [it for it in entries if wanted in (compared(it.id), _file(it))]
    older = (it for it in entries if wanted in map(compared, it.aliases))
    return only(part, exact or [*older], root)


def only(part: str, found: Sequence[Entry], root: Path) -> Entry | None:
    """Return the one that was found, if any was; raises SeveralFit."""
    if len(found) > 1:
        raise SeveralFit(part, found, root)
    return found[0] if found else None


def begins(part: str, entries: Iterable[Entry]) -> bool:
    """Tell whether an id of them begins so: it may be the whole id of another.

    A day alone, or a part of one, is no id.
    """
    wanted = compared(part.strip())
    if _DAY.fullmatch(wanted):
        return False
    return any(compared(it.id).startswith(wanted) for it in entries)


def missing(part: str, entries: Iterable[Entry]) -> Missing:
    """Return the error that names the reports whose ids are the most like `part`.

    What is a path is said to be none.
    """
    near = _near(compared(_bare(part)), entries)
    hint = f"the nearest: {', '.join(near)}" if near else "`postmortem list` shows all"
    if is_path(part):
        return Missing("there is no such file", path=part, hint=hint)
    return Missing(f"no report has {part!r} in its id", hint=hint)


def _near(part: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    from difflib import get_close_matches

    forms: dict[str, list[str]] = {}
    for entry in entries:
        for name in map(compared, (entry.id, *entry.aliases)):
            words = without_day(name)
            for form in dict.fromkeys((name, words, *words.split("-"))):
                forms.setdefault(form, []).append(entry.id)
    close = get_close_matches(part, forms, _NEAR)
    return tuple(dict.fromkeys(name for form in close for name in forms[form]))[:_NEAR]


def _bare(part: str) -> str:
    """Return what a file is called, for a path."""
    name = part.strip()
    return re.split(r"[/\\]", name)[-1].removesuffix(".md") if is_path(name) else name


def _file(entry: Entry) -> str:
    return compared(entry.path.stem)


def _files(entries: Sequence[Entry], root: Path) -> list[str]:
    """Return the names of files; their paths where names are the same."""
    names = [entry.path.name for entry in entries]
    if len(set(names)) == len(names):
        return names
    return [Path(os.path.relpath(entry.path, root)).as_posix() for entry in entries]
