"""The pipeline that `init --ci` writes: it checks what a branch changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place

FORGES = ("github", "gitlab")
UNKNOWN = "<write here what installs postmortem>"
"""No requirement at all, so that pip says so before it looks for anything."""

_FILES = {
    "github": ".github/workflows/postmortem.yml",
    "gitlab": ".gitlab/postmortem.yml",
}
_UNFIT = re.compile(r"^\s*-|[\x00-\x1f\x7f$]|^\s*$")


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A file that a forge reads."""

    path: Path
    text: str
    unknown: int | None
    """The line to write on what installs this program, where nobody knows."""


def is_fit(requirement: str) -> bool:
    """Tell whether it can be a requirement: no option, no variable, one line."""
    return not _UNFIT.search(requirement)


def pipeline(forge: str, place: Place, top: Path, install: str | None) -> Pipeline:
    """Return the pipeline for the repository at `top`, with all places in it."""
    from postmortem import files, shipped, yamls
    from postmortem.commands._installed import own_requirement

    wanted = install or own_requirement()
    text = files.read(shipped.templates_folder() / "ci" / f"{forge}.yml").text
    values = {
        "PATHS": yamls.flow([*dict.fromkeys(_paths(place, top))]),
        "REQUIREMENT": yamls.scalar(wanted or UNKNOWN),
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    at = None if wanted else text[: text.index(UNKNOWN)].count("\n") + 1
    return Pipeline(path=top / _FILES[forge], text=text, unknown=at)


def tell_next(env: Env, forge: str, made: Pipeline, shown: str) -> None:
    """Say what is left to do by hand."""
    if made.unknown:
        tell(env, f"{shown}:{made.unknown}: write what installs postmortem there;")
        tell(
            env, "  this copy was not installed from an address of a repository, and a"
        )
        tell(
            env, "  bare name may be another project's (--install REQUIREMENT says it)"
        )
    if forge == "gitlab":
        tell(env, "add to .gitlab-ci.yml:")
        tell(env, f"  include:\n    - local: {_FILES[forge]}")


def _paths(place: Place, top: Path) -> Iterator[str]:
    """Yield which paths of the repository matter to a check of all its places."""
    from postmortem import history as room
    from postmortem.settings import FILE, find

    names = room.everywhere(room.find(top), FILE)
    roots = {(top / name).parent for name in names} | {place.root}
    if (top / FILE).is_file():
        roots.add(top)
    for root in sorted(roots):
        yield from _patterns(place if root == place.root else find(root), top)


def _patterns(place: Place, top: Path) -> list[str]:
    """Return which paths of the repository matter to a check of a place.

    Those are reports, what is beside them, and all that says how they are checked.
    """
    from postmortem.checks.baseline import FILE as KNOWN
    from postmortem.settings import FILE

    folders = [*place.folders, place.templates]
    whole = [path.relative_to(top).as_posix() for path in folders]
    single = [place.root / name for name in (FILE, KNOWN)]
    return [
        *("**/*.md" if name == "." else f"{name}/**/*" for name in whole),
        *(path.relative_to(top).as_posix() for path in single),
    ]
