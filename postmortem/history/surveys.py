"""What is asked before anything is written: may this go there, and onto what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from postmortem.errors import Refused
from postmortem.history import configuration, objects
from postmortem.history import refs as names
from postmortem.history.heads import head
from postmortem.history.running import Running, look
from postmortem.history.targets import clear, folders
from postmortem.history.worktrees import HOME, Birth

if TYPE_CHECKING:
    from postmortem.history.changes import Change
    from postmortem.history.configuration import Configuration
    from postmortem.history.objects import Entry
    from postmortem.history.place import History
    from postmortem.history.refs import Branch


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What is known before anything is written."""

    config: Configuration
    birth: Birth
    levels: dict[str, dict[str, Entry]]
    """The folders on the way in the commit to begin at, by path."""
    again: bool = False

    @property
    def hooks(self) -> str | None:
        """The folder of hooks, when it is one inside the work tree."""
        said = self.config.last("core.hookspath")
        if not said or said.startswith("~") or PurePosixPath(said).is_absolute():
            return None
        return str(PurePosixPath(said))


def surveyed(history: History, change: Change, branch: str) -> Survey:
    """Ask git everything at once, and refuse what cannot be."""
    wanted = folders(change.paths)
    judged = names.judged(history.root, branch)
    with (
        configuration.asked(history.root) as asked,
        names.asked(history.root) as refs,
        _asked(history, "HEAD", wanted) as trees,
    ):
        names.fit(branch, judged)
        existing = names.listed(refs.end().out)
        config = configuration.parsed(asked.end().out)
        levels = _levels(wanted, trees)
    found = names.clash(branch, existing)
    again = False
    if found is None:
        birth = Birth(branch=branch, start=head(history).sha, new=True)
    else:
        own = found.branch
        if not found.same or not own.local or own.name != branch or _elsewhere(own):
            raise names.refused(branch, found, existing)
        levels = _levels(wanted, _asked(history, own.sha, wanted))
        again = _again(history, change, levels)
        if not again and not _replaced(change, own, levels):
            raise names.refused(branch, found, existing)
        birth = Birth(branch=branch, start=own.sha, new=False)
    for path in change.paths:
        clear(path, levels)
    return Survey(config=config, birth=birth, levels=levels, again=again)


def _asked(history: History, rev: str, wanted: tuple[str, ...]) -> Running:
    return objects.asked(history.root, [f"{rev}:{name}" for name in wanted])


def _levels(wanted: tuple[str, ...], asked: Running) -> dict[str, dict[str, Entry]]:
    trees = objects.listed(asked.end().out, len(wanted))
    return {
        name: {entry.name: entry for entry in objects.entries(tree)}
        for name, tree in zip(wanted, trees, strict=True)
    }


def _elsewhere(own: Branch) -> bool:
    """Tell whether a work tree of the person's has it; one of ours goes by itself."""
    return own.checked_out is not None and HOME not in own.checked_out.parts


def _entry(change: Change, levels: dict[str, dict[str, Entry]]) -> str | None:
    path = PurePosixPath(change.path)
    folder = "" if path.parent == PurePosixPath() else str(path.parent)
    entry = levels.get(folder, {}).get(path.name)
    return entry.id if entry else None


def _again(
    history: History, change: Change, levels: dict[str, dict[str, Entry]]
) -> bool:
    """Tell whether the branch has this very text: an earlier try came that far."""
    there = _entry(change, levels)
    if there is None or change.others:
        return False
    args = ("hash-object", "--stdin", f"--path={change.path}")
    ran = look(history.root, *args, stdin=change.content)
    return ran.out.decode("ascii").strip() == there


def _replaced(change: Change, own: Branch, levels: dict[str, dict[str, Entry]]) -> bool:
    """Tell whether the report lives there; raise Refused if it has changed since."""
    there = _entry(change, levels)
    if change.replaces is None:
        return False
    if there != change.replaces:
        raise Refused(
            f"{change.path!r} has changed on {own.name!r} since it was read",
            hint="read it again, and make the change in what is there now",
        )
    return True
