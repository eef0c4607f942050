"""Where somebody stands: their settings and reports, and the templates they see."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place
    from postmortem.templating import Source


def place_of(env: Env) -> Place:
    """Return the settings and folders that hold for somebody who stands there."""
    from postmortem import settings

    return settings.find(env.cwd, own=lambda: env.config_dir / settings.OWN_FILE)


def report_sources(place: Place) -> tuple[Source, ...]:
    """Return the folders of report templates: the team's own first, then ours.

    A repository's templates came along with it, so they are not trusted.
    """
    return (*_own(place), _shipped("reports"))


def message_sources(place: Place) -> tuple[Source, ...]:
    """Return the folders in which the template of a commit's message may be."""
    return (*_own(place), _shipped())


def shown_path(path: Path, env: Env) -> str:
    """Return a path as somebody would type it where they stand."""
    near = os.path.relpath(path, env.cwd)
    return str(path) if near.startswith(os.pardir) else near


def _own(place: Place) -> tuple[Source, ...]:
    from postmortem.templating import Source

    if not place.templates.is_dir():
        return ()
    return (Source(path=place.templates, trusted=False, within=place.root),)


def _shipped(*parts: str) -> Source:
    from postmortem import shipped
    from postmortem.templating import Source

    return Source(path=shipped.templates_folder().joinpath(*parts), trusted=True)
