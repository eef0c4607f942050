"""Which report somebody means who types a part of its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from posixpath import normpath

from postmortem.archive.entries import Entry
from postmortem.archive.naming import compared, without_day
from postmortem.errors import Missing, PostmortemError

_SHOWN = 8
_NEAR = 3
_DAY = re.compile(r"[\d-]*")
_ABOVE = re.compile(r"\A(?:\.\./|/)*")


class SeveralFit(PostmortemError):
    """A part of an id belongs to more than one report; `entries` are they."""

    def __init__(self, part: str, entries: Sequence[Entry]) -> None:
        entries = sorted(entries, key=lambda entry: (entry.id, entry.path))
        named, way = [entry.id for entry in entries], "write more of one of them"
        if len(set(named)) < len(named):
            named, way = _files(entries), "some have the same id; give the path of one"
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        super().__init__(
            f"{part!r} fits {len(entries)} reports",
            hint=f"{way}: {', '.join(named[:_SHOWN])}{more}",
        )
        self.entries = tuple(entries)


def match(part: str, entries: Iterable[Entry]) -> Entry | None:
    """Return the one report whose id is `part`, was `part`, or holds it.

    `part` may also be the name of its file. None when there is none; raises SeveralFit.
    """
    entries = tuple(entries)
    wanted = compared(_bare(part))
    if found := whole(part, entries):
        return found
    return _one(part, [it for it in entries if wanted and wanted in compared(it.id)])


def whole(part: str, entries: Iterable[Entry]) -> Entry | None:
    """Return the one report whose id or file is called `part`, or once was.

    Where `part` is the end of a path, the files at it are those that are meant.
    """
    entries = tuple(entries)
    if there := [it for it in entries if _is_at(it.path, part)]:
        return _one(part, there)
    wanted = compared(_bare(part))
    exact = [it for it in entries if wanted in (compared(it.id), _file(it))]
    return _one(
        part,
        exact or [it for it in entries if wanted in map(compared, it.aliases)],
    )


def begins(part: str, entries: Iterable[Entry]) -> bool:
    """Tell whether an id of them begins so: it may be the whole id of another.

    A day alone, or a part of one, is no id.
    """
    wanted = compared(_bare(part))
    if _DAY.fullmatch(wanted):
        return False
    return any(compared(it.id).startswith(wanted) for it in entries)


def _one(part: str, found: Sequence[Entry]) -> Entry | None:
    if len(found) > 1:
        raise SeveralFit(part, found)
    return found[0] if found else None


def missing(part: str, entries: Iterable[Entry]) -> Missing:
    """Return the error that names the reports whose ids are the most like `part`."""
    near = _near(compared(_bare(part)), entries)
    hint = f"the nearest: {', '.join(near)}" if near else "`postmortem list` shows all"
    return Missing(f"no report has {part!r} in its id", hint=hint)


def _near(part: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    from difflib import get_close_matches

    forms: dict[str, list[str]] = {}
    for entry in entries:
        name = compared(entry.id)
        words = without_day(name)
        for form in dict.fromkeys((name, words, *words.split("-"))):
            forms.setdefault(form, []).append(entry.id)
    close = get_close_matches(part, forms, _NEAR)
    return tuple(dict.fromkeys(name for form in close for name in forms[form]))[:_NEAR]


def _bare(part: str) -> str:
    """Return an id for what may be a path, as a shell completes it."""
    name = part.strip()
    return re.split(r"[/\\]", name)[-1].removesuffix(".md") if "." in name else name


def _file(entry: Entry) -> str:
    return compared(entry.path.stem)


def _is_at(path: Path, part: str) -> bool:
    """Tell whether `part` is a path to a Markdown file, or the end of one."""
    if not part.strip().endswith(".md"):
        return False
    end = _ABOVE.sub("/", normpath(part.strip().replace("\\", "/")))
    return f"/{compared(path.as_posix())}".endswith(compared(end))


def _files(entries: Sequence[Entry]) -> list[str]:
    """Return the names of files, with their folders where names are the same."""
    names = [entry.path.name for entry in entries]
    if len(set(names)) == len(names):
        return names
    return ["/".join(entry.path.parts[-2:]) for entry in entries]
