"""What somebody has just decided to commit: their hook finds it, and holds nothing up.

`submit`, and a change of a report on a branch, tell their own git, in a variable, which
report that is; a hook of another commit, of another report, or later, has no such word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.checks.results import Result
    from postmortem.commands._desk import Desk


ALLOWED = "POSTMORTEM_ALLOW_FINDINGS"
"""The variable in which the hooks of a commit are told its report, as git names it."""


def allowing(path: str) -> dict[str, str]:
    """Return what tells the hooks of a commit that a report goes in as it is.

    `path` is the report's, as git names it.
    """
    return {ALLOWED: path}


def held_up(
    desk: Desk, names: Sequence[str], failing: Sequence[Result]
) -> Iterator[Result]:
    """Yield the results that hold a commit up, although one report may be allowed.

    Secrets and what cannot be read do so all the same; `names` are the paths of the
    results from the settings on.
    """
    allowed = desk.env.variables.get(ALLOWED)
    for name, each in zip(names, failing, strict=True):
        freed = each.findings and allowed and _path(desk, name) == allowed
        if not freed or each.barred:
            yield each
            continue
        many = len(each.findings)
        what = f"{many} finding{'s' * (many != 1)} in {each.path}"
        tell(desk.env, f"the submit under way allows {what}")


def _path(desk: Desk, name: str) -> str | None:
    history = desk.history
    return None if history is None else history.inside(desk.place.root / name)
