"""`postmortem list`: which reports there are, from the heads of their files alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import shapes
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("list")
@shapes("text", "json", "ids")
@click.option("--status", multiple=True, help="only with this status (or another)")
@click.option("--severity", multiple=True, help="only of this severity (or another)")
@click.option("--service", multiple=True, help="only of this service (or another)")
@click.pass_obj
def command(
    env: Env,
    *,
    shape: str,
    status: Sequence[str],
    severity: Sequence[str],
    service: Sequence[str],
) -> Exit:
    """List the reports, the latest first, those on branches included.

    An option that is given twice means either. Columns are id, severity, status, title.
    """
    from postmortem.commands import _listing
    from postmortem.commands._desk import Desk
    from postmortem.commands._elsewhere import (
        below,
        tell_absent,
        tell_below,
        tell_none,
    )
    from postmortem.commands._json import json_text, mistakes_as
    from postmortem.commands._streams import answer

    with mistakes_as(env, shape), Desk(env) as desk:
        wanted = {"status": status, "severity": severity, "services": service}
        entries = desk.archive.entries()
        found = [each for each in entries if _listing.fits(each, wanted)]
        if shape == "json":
            answer(env, json_text([_listing.plain(each, desk.shown) for each in found]))
        elif shape == "ids":
            answer(env, _listing.ids(found))
        else:
            width = env.width if env.stdout_is_terminal else None
            answer(env, _listing.columns(found, width))
        if shape == "text":
            if not entries:
                tell_none(desk)
            tell_absent(desk)
            tell_below(desk, below(desk))
    return Exit.DONE
