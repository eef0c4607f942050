"""What people added to a stretch, told from what a template writes there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from postmortem.markdown.remarking import COMMENT
from postmortem.markdown.scanning import blocks
from postmortem.markdown.transfer.places import GAP
from postmortem.markdown.transfer.stretches import OTHER, Stretch
from postmortem.markdown.values import unset

Lines = Sequence[str]

_COMMENT = re.compile(COMMENT)


def hand(file: Stretch, old: Stretch | None) -> list[str]:
    """Return the lines that people added to a stretch, beside its values."""
    return joined(among(file, own_lines(old)), by_hand(file, old).lines)


def has_room(file: Stretch, new: Stretch) -> bool:
    """Tell whether lines beside values stay that: all in a section of text is text."""
    return file.text or not new.text or file.kind == OTHER


def own_lines(old: Stretch | None) -> set[str]:
    """Return the lines that the old template writes around its values."""
    return {plain(line) for line in (*(old.body if old else ()), GAP)}


def taken_out(file: Stretch, old: Stretch | None) -> set[str]:
    """Return the lines of the old template that people took out."""
    if old is None:
        return set()
    here = {plain(line) for line in file.body}
    beside = [line for at, line in enumerate(old.body) if at not in old.held]
    return {
        plain(line)
        for line in beside
        if line.strip()
        and plain(line) not in here
        and not _is_derived(line, old.derived)
    }


def apart(one: Stretch, old: Stretch) -> Iterator[str]:
    """Yield the lines beside the values that the old template does not write."""
    own = own_lines(old)
    for at, line in enumerate(one.body):
        known = plain(line) in own or _is_derived(line, one.derived)
        if line.strip() and at not in one.held and not known:
            yield line


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """What people added to a stretch, by where it stands."""

    over: list[str]
    """Over the template's own lines that are above the values."""
    above: list[str]
    inside: list[str]
    below: list[str]
    under: list[str]
    """Under the template's own lines that are below the values."""

    @property
    def lines(self) -> list[str]:
        """All of it, from top to bottom."""
        return joined(self.over, self.above, self.inside, self.below, self.under)


def by_hand(file: Stretch, old: Stretch | None) -> ByHand:
    """Return what people added to a stretch beside its values."""
    known = _known(file, old)
    added = set()
    for start, end in _runs(file):
        lines = [at for at in range(start, end) if file.body[at].strip()]
        mine = [at for at in lines if at not in file.held]
        if not known.issuperset(mine):
            added |= set(mine if len(mine) < len(lines) else range(start, end))
    added -= {at for at in known if _is_derived(file.body[at], file.derived)}
    first, last = file.region
    own = sorted(at for at in known - added if file.body[at].strip())
    over = next((at for at in own if at < first), 0)
    under = next((at for at in reversed(own) if at >= last), len(file.body))
    return ByHand(
        over=_lines(file, added, 0, over),
        above=_lines(file, added, over, first),
        inside=_lines(file, added, first, last),
        below=_lines(file, added, last, under),
        under=_lines(file, added, under, len(file.body)),
    )


def _known(file: Stretch, old: Stretch | None) -> set[int]:
    """Return the lines beside the values that the old template writes.

    A line that only looks like a derived one is out of date, as long as the template
    has more of them than the file has as they ought to be.
    """
    own = own_lines(old) | file.said
    beside = [at for at in range(len(file.body)) if at not in file.held]
    same = {at for at in beside if plain(file.body[at]) in own} | file.panels
    if old is None:
        return same
    looks = [at for at in beside if _is_derived(file.body[at], file.derived)]
    made = [line for line in old.body if _is_derived(line, old.derived)]
    stale = [at for at in looks if at not in same]
    missing = len(made) - sum(at in same for at in looks)
    return same | set(stale[: max(0, missing)])


def _runs(file: Stretch) -> Iterator[tuple[int, int]]:
    """Yield the blocks of a body, and each line that is in none."""
    at = 0
    for block in blocks(file.body, {}):
        yield from ((line, line + 1) for line in range(at, block.start))
        at = max(at, block.end)
        yield block.start, block.end
    yield from ((line, line + 1) for line in range(at, len(file.body)))


def _lines(file: Stretch, added: Collection[int], start: int, end: int) -> list[str]:
    """Return those of the added lines that stand there, blank ones between them."""
    out: list[str] = []
    before = None
    for at in range(start, end):
        if at not in added:
            continue
        if before is not None and at > before + 1 and out[-1].strip():
            out.append("")
        out.append(file.body[at])
        before = at
    while out and not out[-1].strip():
        out.pop()
    return out


def among(file: Stretch, own: Collection[str]) -> list[str]:
    """Return what people wrote where nothing is known: comments, most of all."""
    own = {*own, *file.said}
    lines = [line for line in file.value if line.strip() and plain(line) not in own]
    if file.text and file.unset:
        return lines
    found = (said for line in lines for said in _hidden(line, file.said))
    return [said for said in found if plain(said) not in own]


def _hidden(line: str, said: Collection[str]) -> list[str]:
    """Return a comment, or those that stand behind what says that nothing is known."""
    if line.startswith("<!--"):
        return [line]
    bare = plain(_COMMENT.sub("", line))
    return _COMMENT.findall(line) if bare in said or unset(bare) else []


def joined(*parts: Lines) -> list[str]:
    """Join parts, with one blank line between any two."""
    out: list[str] = []
    for part in parts:
        lines = list(part)
        while lines and not lines[0].strip():
            lines.pop(0)
        while lines and not lines[-1].strip():
            lines.pop()
        if lines:
            out += ["", *lines] if out else lines
    return out


def _is_derived(line: str, looks: Collection[str]) -> bool:
    bare = line.strip()
    return any(re.fullmatch(look, bare) for look in looks)


def derived_among(lines: Lines, file: Stretch) -> set[str]:
    """Return those of the lines that the old template derives."""
    return {plain(line) for line in lines if _is_derived(line, file.derived)}


def plain(line: str) -> str:
    """Return a line as it is compared."""
    return " ".join(line.split())
