"""`postmortem discard`: an unfinished interview, thrown away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit, Missing, Refused

if TYPE_CHECKING:
    from postmortem.drafts import Draft
    from postmortem.env import Env


@click.command("discard")
@click.argument("report", metavar="ID", type=ReportId())
@click.option("--yes", is_flag=True, help="do not ask")
@click.pass_obj
def command(env: Env, report: str, *, yes: bool) -> Exit:
    """Throw away what is kept of an unfinished interview; its file stays.

    ID is a part of the report's id or title; `postmortem resume --list` shows them.
    """
    from postmortem.commands._consent import agreed, somebody
    from postmortem.commands._desk import Desk
    from postmortem.commands._drafts import drafts_of
    from postmortem.commands._streams import answer
    from postmortem.commands.resume import kept_of

    with Desk(env) as desk:
        found = kept_of(desk, report)
        if not found:
            hint = "`postmortem resume --list` says what there is"
            raise Missing(f"no unfinished interview is of {report!r}", hint=hint)
        if len(found) > 1:
            names = ", ".join(draft.name for draft in found)
            raise Refused(f"{report!r} could be each of {names}", hint="say more of it")
        draft, lost = found[0], _lost(found[0])

        def _sure() -> bool:
            if not (yes or somebody(env)):
                raise Refused("nobody is there to say yes", hint="--yes says it")
            return yes or agreed(env, f"discard {lost}?")

        gone = drafts_of(env).discard(draft, _sure)
        answer(env, f"discarded {lost}" if gone else "kept")
    return Exit.DONE


def _lost(draft: Draft) -> str:
    """Say what is lost with a draft."""
    name = draft.name
    if draft.report is None:
        return f"all that was answered for {name!r}"
    if draft.text is not None:
        return f"the changes of {name} that are not committed"
    if draft.typing:
        return f"the half-typed answer to {draft.at} of {name}"
    return f"the place in {name}"
