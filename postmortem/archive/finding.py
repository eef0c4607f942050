"""Which report somebody means who types a part of its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from postmortem.archive.entries import Entry
from postmortem.archive.naming import compared, without_day
from postmortem.errors import Missing, PostmortemError

_SHOWN = 8
_NEAR = 3
_DAY = re.compile(r"[\d-]*")


class SeveralFit(PostmortemError):
    """A part of an id belongs to more than one report; `entries` are they."""

    def __init__(self, part: str, entries: Sequence[Entry]) -> None:
        entries = sorted(entries, key=lambda entry: entry.id)
        ids = [entry.id for entry in entries]
        named = ids if len(set(ids)) == len(ids) else [_placed(it) for it in entries]
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        super().__init__(
            f"{part!r} fits {len(entries)} reports",
            hint=f"write more of one of them: {', '.join(named[:_SHOWN])}{more}",
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
    """Return the one report whose id or file is called `part`, or once was."""
    entries = tuple(entries)
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


def _placed(entry: Entry) -> str:
    return f"{entry.path}{f' on {entry.branch}' if entry.branch else ''}"
