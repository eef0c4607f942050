"""What somebody has just decided to commit: their hook finds it, and holds nothing up.

`submit` tells its own git, in a variable, which report that is; a hook of another
commit, of another report, or later, has no such word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.checks.results import Result
    from postmortem.commands._desk import Desk


def held_up(
    desk: Desk, allowed: str, names: Sequence[str], failing: Sequence[Result]
) -> Iterator[Result]:
    """Yield the results that hold a commit up, although one report is allowed.

    Secrets and what cannot be read do so whatever was `allowed`, a path as git names
    it; `names` are the paths of the results from the settings on.
    """
    for name, each in zip(names, failing, strict=True):
        if not each.findings or each.barred or _path(desk, name) != allowed:
            yield each
            continue
        many = len(each.findings)
        what = f"{many} finding{'s' * (many != 1)} in {each.path}"
        tell(desk.env, f"the submit under way allows {what}")


def _path(desk: Desk, name: str) -> str | None:
    history = desk.history
    return None if history is None else history.inside(desk.place.root / name)
