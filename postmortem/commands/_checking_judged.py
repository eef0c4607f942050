"""What reports are judged by, where a branch has changed it: settings and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._checking_since import plain
from postmortem.errors import PostmortemError, Problem
from postmortem.markdown import SUFFIX

if TYPE_CHECKING:
    from postmortem.commands._checking_since import Origin
    from postmortem.commands._desk import Desk


def template_mistakes(
    desk: Desk, origin: Origin, load: Callable[[str], object]
) -> Iterator[Problem]:
    """Yield what is wrong with the team's templates that the branch makes otherwise."""
    here, others = _templates(desk, origin)
    for name in sorted(here & others):
        try:
            load(name.removesuffix(SUFFIX))
        except PostmortemError as error:
            yield from error.problems


def judged_otherwise(desk: Desk, origin: Origin) -> str:
    """Return what of it the branch has changed, as a sentence names it."""
    from postmortem.commands._checking_branch import settings_then

    _, then = settings_then(desk, origin)
    _, others = _templates(desk, origin)
    changed = (
        *(["the settings"] if then != desk.place.settings else ()),
        *(["templates"] if others else ()),
    )
    return " and ".join(changed)


def _templates(desk: Desk, origin: Origin) -> tuple[frozenset[str], frozenset[str]]:
    """Return the team's templates of reports, and those that are not as they were.

    What a template is made of counts as well; what is gone is among the others alone.
    """
    files, changed, gone = _files(desk, origin)
    here = frozenset(it for it in files if it.endswith(SUFFIX))
    if not (changed or gone):
        return here, frozenset()
    others = {it for it in gone if it.endswith(SUFFIX)}
    others |= {it for it in here if _parts(desk, it, gone) & (changed | gone)}
    return here, frozenset(others)


def _parts(desk: Desk, name: str, gone: frozenset[str]) -> frozenset[str]:
    """Return the team's files that a template is made of; where one lacks, the gone."""
    folder = desk.place.templates
    try:
        files = desk.files_of(name.removesuffix(SUFFIX))
    except PostmortemError:
        return frozenset((name, *gone))
    return frozenset(
        (name, *(it.name for it in files if it.path.is_relative_to(folder)))
    )


def _files(
    desk: Desk, origin: Origin
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the files of the team's templates: all, and the new or changed; the gone.

    They are called as templates name them.
    """
    from postmortem import templating
    from postmortem.templating import Source

    folder = desk.place.templates
    source = Source(path=folder, trusted=False, within=desk.place.root)
    files = frozenset(templating.names([source]))
    inside = origin.history.among([folder]).get(folder)
    if inside is None:
        return files, frozenset(), frozenset()
    before = {it: plain(held) for it, held in origin.below(inside).items()}
    changed = (it for it in files if content_of(folder / it) != before.get(it))
    return files, frozenset(changed), frozenset(before) - files


def content_of(path: Path) -> bytes | None:
    """Return what a file says, with line ends as git keeps them; None for a link."""
    from postmortem.files.texts import read_bytes

    with suppress(PostmortemError):
        return plain(read_bytes(path, follow=False)[0])
    return None
