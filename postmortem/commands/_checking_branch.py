"""What a check says beside its findings: reports that are gone, rules turned off.

A branch may take out what would be found, or give leave to it; that is no mistake, but
whoever reviews the branch is to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem import files
from postmortem.commands._checking_absent import (
    mistyped,
    tell_passed_over,
    tell_unnamed,
)
from postmortem.commands._checking_baseline import baseline_of
from postmortem.commands._elsewhere import (
    tell_absent,
    tell_below,
    tell_none,
    tell_none_in,
)
from postmortem.commands._places import shown_path
from postmortem.commands._streams import answer, tell
from postmortem.errors import PostmortemError
from postmortem.escape import single_line
from postmortem.settings import FILE, Settings

if TYPE_CHECKING:
    from postmortem.checks.baseline import Known
    from postmortem.commands._checking import Outcome, Wishes
    from postmortem.commands._checking_since import Origin
    from postmortem.commands._desk import Desk


def tell_around(
    desk: Desk, wishes: Wishes, outcome: Outcome, *, quiet: bool = False
) -> None:
    """Say what no finding says; a program that reads JSON has no use for it.

    With `quiet` nothing is said of there being no report: there are some elsewhere.
    """
    if wishes.shape == "json":
        return
    if not wishes.staged:
        _tell_reports(desk, wishes, outcome, quiet=quiet)
    tell_below(desk, outcome.aside, " but for secrets")


def _tell_reports(desk: Desk, wishes: Wishes, outcome: Outcome, *, quiet: bool) -> None:
    if outcome.origin:
        _tell_branch(desk, wishes, outcome.origin)
    some = outcome.problems or any(not each.aside for each in outcome.results)
    if not (some or quiet):
        if wishes.since:
            _tell_unchanged(desk, wishes, outcome.origin)
        elif wishes.parts:
            tell_none_in(desk, wishes.parts)
        else:
            tell_none(desk)
            tell_unnamed(desk)
    tell_passed_over(desk, wishes, outcome)
    if not wishes.parts and not any(mistyped(desk)):
        tell_absent(desk)


def _tell_unchanged(desk: Desk, wishes: Wishes, origin: Origin | None) -> None:
    from postmortem.commands._checking_judged import judged_otherwise

    said = f"no report has changed since {wishes.since}"
    if origin and (changed := judged_otherwise(desk, origin)):
        said += f", but {changed} have: all reports may be judged otherwise now, and"
        said += " `postmortem check` says how"
    tell(desk.env, said)


def _tell_branch(desk: Desk, wishes: Wishes, origin: Origin) -> None:
    if wishes.shape == "text" and not wishes.parts:
        for path in _deleted(desk, origin):
            tell(desk.env, f"{shown_path(path, desk.env)} is deleted on this branch")
    if changes := [*_of_settings(desk, origin), *_of_baseline(desk, wishes, origin)]:
        said = f"this branch {', '.join(changes)}"
        if wishes.shape == "github":
            shown = single_line(said).replace("%", "%25")
            answer(desk.env, f"::notice::{shown}\n", exact=True)
        else:
            tell(desk.env, said)


def _deleted(desk: Desk, origin: Origin) -> Iterator[Path]:
    """Yield the reports that were there, and are under no name any more."""
    folders = {each.resolve(): each for each in desk.place.folders}
    gone = {
        name: folders[path.parent] / path.name
        for name in {*origin.moves.gone, *origin.moves.renamed.values()}
        if name not in origin.renamed
        and (path := origin.history.root / name).parent in folders
        and (path.is_symlink() or not path.is_file())
    }
    for name, content in sorted(origin.contents(gone).items()):
        if desk.archive.of(gone[name], content):
            yield gone[name]


def _of_settings(desk: Desk, origin: Origin) -> Iterator[str]:
    """Yield what the settings ask for less than where the branch began."""
    now = desk.place.settings
    where, then = settings_then(desk, origin)
    if then.checks != now.checks:
        yield from _lowered(then, now)
    gone = [each for each in then.folders if each not in now.folders]
    left = [each for each in gone if origin.has_folder(desk.place.root / each)]
    if left and where == desk.place.root:  # those of a folder above hold on there
        yield f"looks into {', '.join(left)} no more"


def _lowered(then: Settings, now: Settings) -> Iterator[str]:
    from postmortem.checks import LEVELS, OFF
    from postmortem.checks.catalogue import rules

    order = (*LEVELS, OFF)
    off: list[str] = []
    lower: list[str] = []
    for code, rule in rules().items():
        levels = (each.checks.get(code, rule.severity) for each in (then, now))
        before, after = map(order.index, levels)
        if before < after:
            (off if order[after] == OFF else lower).append(code)
    if off:
        yield f"turns off {', '.join(off)}"
    if lower:
        yield f"lowers {', '.join(lower)}"


def settings_then(desk: Desk, origin: Origin) -> tuple[Path, Settings]:
    """Return the settings that held where the branch began, and in what folder.

    They may be those of a folder above, up to the top of the repository; the usual ones
    where there were none, or none that can be read.
    """
    from postmortem import settings

    root = desk.place.root
    around = [each / FILE for each in (root, *root.parents)]
    names = origin.history.among(around)
    held = origin.contents(names.values())
    found = (path for path, name in names.items() if name in held)
    file = next(found, [root / FILE, *names][-1])
    content = held.get(names.get(file, ""), b"")
    try:
        return file.parent, settings.read(content.decode("utf-8", "replace"))
    except PostmortemError:
        return file.parent, Settings()


def _of_baseline(desk: Desk, wishes: Wishes, origin: Origin) -> Iterator[str]:
    """Yield how many findings the baseline knows that it did not know."""
    path = baseline_of(desk, wishes)
    if wishes.no_baseline or not path.is_file() or not origin.history.among([path]):
        return
    from postmortem.checks import baseline

    before = _known(_then(origin, path).decode("utf-8", "replace"))
    more = baseline.added(before, _known(files.read(path).text))
    if more:
        yield f"adds {more} finding{'s' * (more != 1)} to the baseline"


def _known(content: str) -> Known:
    """Return what a baseline knows; nothing where it cannot be read."""
    from postmortem.checks import baseline

    try:
        return baseline.known(content)
    except PostmortemError:
        return {}


def _then(origin: Origin, path: Path) -> bytes:
    """Return what a file was where the branch began; nothing where it was not."""
    names = origin.history.among([path])
    return origin.contents(names.values()).get(names.get(path, ""), b"")
