"""Reports moved to another template: worked out first, shown, agreed to, written."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postmortem.commands._consent import agreed, somebody
from postmortem.commands._json import json_text
from postmortem.commands._opened import Opened
from postmortem.commands._streams import answer, tell
from postmortem.commands._unsaid import tell_unsaid
from postmortem.errors import Exit, Refused

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.commands._older import Older
    from postmortem.markdown import Template
    from postmortem.markdown.transfer import Transferred

_AS_IT_IS = "it reads by the new one as it stands"
_SHORTEST = 6
"""Digits of a content hash that are enough to tell a template by."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How somebody asks for it."""

    dry_run: bool
    yes: bool
    shape: str
    unsaid: bool = False
    """Whether to say what a report lacks that is laid out for the first time."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A report as another template lays it out, not yet written."""

    opened: Opened
    was: str | None
    """How the report names its template."""
    made: Transferred
    note: str | None
    """What it was compared with, where that is not what wrote it."""

    @property
    def changed(self) -> bool:
        """Tell whether there is something to write."""
        return self.made.text != self.opened.text

    @property
    def summary(self) -> str:
        """Say in a few words what becomes of it."""
        parts = [
            f"{self.was or 'no template'} to {self.opened.template.outline.reference}"
        ]
        if fields := self.made.elsewhere:
            label = self.opened.template.outline.labels["elsewhere"]
            parts.append(f"under {label!r}: {', '.join(fields)}")
        if number := self.made.conflicts:
            parts.append(f"{number} {'conflict' if number == 1 else 'conflicts'}")
        return "; ".join(parts)

    def plain(self, said: str) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "id": self.opened.entry.id,
            "path": self.opened.shown,
            "from": self.was,
            "to": self.opened.template.outline.reference,
            "elsewhere": list(self.made.elsewhere),
            "other_sections": list(self.made.apart),
            "conflicts": self.made.conflicts,
            "note": self.note,
            "done": said,
        }


def worked_out(
    desk: Desk, older: Older, entry: Entry, new: Template, *, later: bool = False
) -> Move:
    """Lay a report out by another template; raises Problems and Refused.

    Where that is a `later` version of its own, nothing takes the place of the one that
    wrote it: it is found, or the report reads with the new one as it stands.
    """
    from postmortem.history.merging import merged
    from postmortem.markdown.transfer import stands, transfer

    opened = Opened(
        entry=entry,
        snapshot=desk.archive.load(entry),
        template=new,
        shown=desk.shown(entry),
    )
    was = entry.fact("template")
    old, note = _old(older, was)
    if later and note and not stands(opened.text, new):
        message = f"its template {was!r} is not in the history of this repository"
        hint = (
            "commit a template before you change it again:"
            " put it back as it was, commit it, then change it"
        )
        raise Refused(message, path=opened.shown, hint=hint)
    if later and note:
        old, note = new, f"its template {was!r} is not in the history: {_AS_IT_IS}"
    labels = (opened.shown, was or "before", new.outline.reference)
    made = transfer(
        opened.text,
        new,
        old,
        lambda ours, base, theirs: merged(ours, base, theirs, labels),
        path=opened.shown,
    )
    return Move(opened=opened, was=was, made=made, note=note)


def is_current(template: Template, reference: str | None) -> bool:
    """Tell whether a report names this template by its content as it is."""
    words = (reference or "").split()
    digest = words[-1] if len(words) > 1 else ""
    named = words[:1] == [template.name] and len(digest) >= _SHORTEST
    return named and template.outline.digest.startswith(digest)


def carried_out(desk: Desk, moves: Sequence[Move], wishes: Wishes) -> Exit:
    """Show the moves, ask, and write them; the answer is a line each."""
    changed = [each for each in moves if each.changed]
    for each in moves:
        if each.note:
            tell(desk.env, f"{each.opened.shown}: {each.note}")
    if wishes.dry_run:
        if wishes.shape == "text":
            for each in changed:
                answer(desk.env, difference(each))
        said = ["not written"] * len(moves)
    else:
        if changed and not _agreed(desk, changed, wishes):
            answer(desk.env, "kept")
            return Exit.DONE
        said = [_written(desk, each) for each in moves]
    _told(desk, moves, said, wishes)
    if wishes.unsaid and not wishes.dry_run:
        for each in changed:
            tell_unsaid(desk, each.opened, each.made.text)
    conflicts = any(each.made.conflicts for each in moves)
    return Exit.FINDINGS if conflicts else Exit.DONE


def difference(move: Move) -> str:
    """Return the unified diff of a report's text before and after."""
    texts = (move.opened.text, move.made.text)
    old, new = (text.replace("\r\n", "\n").split("\n") for text in texts)
    shown = move.opened.shown
    return "\n".join(difflib.unified_diff(old, new, shown, shown, lineterm=""))


def _agreed(desk: Desk, moves: Sequence[Move], wishes: Wishes) -> bool:
    if wishes.yes:
        return True
    if not somebody(desk.env):
        hint = "--yes says it, --dry-run shows the difference"
        raise Refused("nobody is there to say yes", hint=hint)
    for each in moves:
        tell(desk.env, difference(each))
        tell(desk.env, f"{each.opened.shown}: {each.summary}")
    many = "it" if len(moves) == 1 else f"these {len(moves)}"
    return agreed(desk.env, f"write {many}?")


def _written(desk: Desk, move: Move) -> str:
    to = f"lay it out by {move.opened.template.outline.reference}"
    return desk.save(move.opened, move.made.text, to)


def _told(
    desk: Desk, moves: Sequence[Move], said: Sequence[str], wishes: Wishes
) -> None:
    """Say what was done with each."""
    if wishes.shape == "json":
        rows = [each.plain(done) for each, done in zip(moves, said, strict=True)]
        answer(desk.env, json_text(rows))
        return
    for each, done in zip(moves, said, strict=True):
        if wishes.dry_run:
            tell(desk.env, f"{each.opened.shown}: {each.summary}")
        else:
            answer(desk.env, f"{done}: {each.summary}" if each.changed else done)
        if each.made.conflicts:
            hint = "settle what stands between <<<<<<< and >>>>>>>, then submit"
            tell(desk.env, f"  {hint}")


def _old(older: Older, reference: str | None) -> tuple[Template | None, str | None]:
    """Return the template that wrote a report, and what to say where it is not it."""
    words = (reference or "").split()
    if not words:
        return None, "it names no template: read by its headings"
    now = older.now(words[0])
    if now is not None and is_current(now, reference):
        return now, None
    if len(words) > 1 and len(words[-1]) >= _SHORTEST:
        found = older.find(words[0], words[-1])
        if found is not None:
            return found, None
    if now is None:
        return None, f"its template {words[0]!r} is not here: read by its headings"
    return now, (
        f"its template {reference!r} is not in the history of this repository:"
        f" compared with {now.outline.reference!r}"
    )
