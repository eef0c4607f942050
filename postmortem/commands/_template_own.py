"""What is done with one template of a team: shown with a sample, edited, compared."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postmortem.commands._places import TEAM, origin, shown_path
from postmortem.commands._templates import file_of, loaded
from postmortem.errors import Missing, Refused

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place
    from postmortem.templating import Found, Source, Worker


def sample(name: str, sources: Sequence[Source], worker: Worker) -> str:
    """Return a report that a template makes of a record as people write it."""
    from postmortem import markdown
    from postmortem.markdown.specimen import specimen

    template = loaded(name, sources, worker)
    return markdown.write(specimen(template.outline.fields), template)


def edit(env: Env, place: Place, name: str, sources: Sequence[Source]) -> bool:
    """Let somebody edit a template; tell whether it is another one afterwards.

    Raises Refused for one that came with the program, or that changed meanwhile.
    """
    from postmortem import files
    from postmortem.commands._editor import edited

    found = _own(name, sources)
    theirs = origin(found.path, place) == TEAM
    snapshot = files.read(found.path)
    text = edited(env, snapshot.text, name)
    if text == snapshot.text.replace("\r\n", "\n"):
        return False
    root = place.root if theirs else found.path.parent
    files.write(found.path, text, root=root, expected=snapshot)
    return True


def difference(env: Env, name: str, sources: Sequence[Source]) -> str:
    """Return what a template of the team's changes in the preset that it came from.

    That is the one that its front matter names (`from: sre 1`), else the one of the
    same name. Raises Missing when there is none.
    """
    from postmortem import templating
    from postmortem.markdown import SUFFIX, meta

    own = _own(name, sources)
    said = meta.read([own]).preset
    preset = said.rpartition(" ")[0] or said or name
    ours = [each for each in sources if each.trusted]
    if f"{preset}{SUFFIX}" not in templating.names(ours):
        message = f"{name} does not say which preset it came from"
        hint = "write it into its front matter, for example `from: sre 1`"
        raise Missing(message, path=shown_path(own.path, env), hint=hint)
    theirs = templating.find(f"{preset}{SUFFIX}", ours)
    lines = difflib.unified_diff(
        theirs.text.splitlines(),
        own.text.splitlines(),
        preset,
        shown_path(own.path, env),
        lineterm="",
    )
    return "\n".join(lines)


def _own(name: str, sources: Sequence[Source]) -> Found:
    """Return a template's file, when it is the team's own; raises Refused."""
    found = file_of(name, sources)
    if found.trusted:
        message = f"{name} came with the program, and is no file of yours"
        hint = f"copy it first: postmortem template new {name} --from {name}"
        raise Refused(message, hint=hint)
    return found
