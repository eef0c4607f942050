"""What a report does not say, or says otherwise by a template than by its headings."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.commands._opened import Opened


def tell_unseen(desk: Desk, opened: Opened) -> None:
    """Say which fields the questions do not show as the text's own headings do."""
    if not opened.foreign or not (unseen := opened.unseen()):
        return
    name = opened.template.name
    words = ("postmortem", "convert", opened.entry.id, "--template", name)
    tell(
        desk.env,
        f"no template has laid it out: with an answer it is one of {name}, which reads"
        f" otherwise than its headings do: {', '.join(unseen)};"
        f" this lays it out first: {shlex.join(words)}",
        exact=True,
    )


def tell_named(desk: Desk, opened: Opened, text: str) -> None:
    """Say that a report of no template names one now, which sees less of it or more."""
    from postmortem.archive.entries import of_content

    made = of_content(opened.entry.path, text.encode()) if opened.foreign else None
    if made is None or made.fact("template") == opened.entry.fact("template"):
        return
    if unseen := opened.unseen():
        tell(
            desk.env,
            f"it names the template {opened.template.name} from now on, which reads"
            f" otherwise than its headings did: {', '.join(unseen)}",
        )


def tell_unsaid(desk: Desk, opened: Opened, text: str) -> None:
    """Say that a text which was put in the place of another has facts and no status.

    `check` holds that up even in a draft, and a status is for somebody to say.
    """
    from postmortem.archive.entries import of_content
    from postmortem.markdown import values

    if text == opened.text:
        return
    made = of_content(opened.entry.path, text.encode())
    if not made.front or not values.unset(made.fact("status") or ""):
        return
    words = ("postmortem", "set", opened.entry.id)
    first = desk.place.settings.statuses[0]
    command = shlex.join((*words, f"status={first}"))
    tell(desk.env, f"it has no status yet; this says one: {command}", exact=True)
