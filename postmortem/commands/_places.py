"""Where somebody stands: their settings and reports, and the templates they see."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

PERSONAL = "templates"
"""A person's own templates, in the folder in which the system keeps their settings."""
TEAM, PERSON, OURS = "repository", "yours", "built in"
"""Whose templates there are; those of the first hide those of the others."""

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place
    from postmortem.templating import Source


def place_of(env: Env, start: Path | None = None) -> Place:
    """Return the settings and folders that hold for somebody who stands there.

    With `start`, those that hold for that folder, wherever somebody stands.
    """
    from postmortem import settings

    own = None if start else lambda: env.config_dir / settings.OWN_FILE
    found = settings.find(start or env.cwd, own=own)
    return msgspec.structs.replace(found, personal=env.config_dir / PERSONAL)


def report_sources(place: Place) -> tuple[Source, ...]:
    """Return the folders of report templates: the team's, the person's, then ours.

    A repository's templates came along with it, so they are not trusted; a person's own
    may be anybody's too.
    """
    return (*_own(place), _shipped("reports"))


def message_sources(place: Place) -> tuple[Source, ...]:
    """Return the folders in which the template of a commit's message may be."""
    return (*_own(place), _shipped())


def top_of(path: Path) -> Path | None:
    """Return the top of the repository that a path is in or is, whatever git says."""
    return next((it for it in (path, *path.parents) if (it / ".git").exists()), None)


def shown_path(path: Path, env: Env) -> str:
    """Return a path as somebody would type it where they stand."""
    near = os.path.relpath(path, env.cwd)
    return str(path) if near.startswith(os.pardir) else near


def origin(path: Path, place: Place) -> str:
    """Say whose a template is, by the place of its file: TEAM, PERSON or OURS."""
    if path.is_relative_to(place.templates):
        return TEAM
    if place.personal and path.is_relative_to(place.personal.resolve()):
        return PERSON
    return OURS


def _own(place: Place) -> tuple[Source, ...]:
    from postmortem.templating import Source

    found = []
    if place.held or place.templates.is_dir():
        team = Source(path=place.templates, trusted=False, within=place.root)
        found.append(team._replace(held=place.held))
    if place.personal and place.personal.is_dir():
        # A folder of dot files is often linked to: it is as much theirs.
        found.append(Source(path=place.personal.resolve(), trusted=False))
    return tuple(found)


def _shipped(*parts: str) -> Source:
    from postmortem import shipped
    from postmortem.templating import Source

    return Source(path=shipped.templates_folder().joinpath(*parts), trusted=True)
