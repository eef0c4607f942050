"""`postmortem resume`: what was begun and not submitted, and on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from postmortem.commands._arguments import ReportId
from postmortem.commands._drafts import ago
from postmortem.errors import Exit, Missing

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk
    from postmortem.drafts import Draft
    from postmortem.env import Env


@click.command("resume")
@click.argument("report", metavar="[ID]", required=False, type=ReportId())
@click.option("--list", "listed", is_flag=True, help="say what there is, and stop")
@click.option(
    "--format",
    "form",
    type=click.Choice(("plain", "json")),
    default="plain",
    help="how to list it",
)
@click.option("--plain", is_flag=True, help="ask in plain lines, without colours")
@click.pass_obj
def command(
    env: Env, report: str | None, *, listed: bool, form: str, plain: bool
) -> Exit:
    """Go on where an interview stopped, to the half-typed word.

    Without an ID: with the only one there is, else with the one that you choose.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._streams import answer

    with Desk(env) as desk:
        kept = _kept(desk)
        if listed or form == "json":
            answer(env, _listed(env, kept, form))
            return Exit.DONE
        if report is not None:
            kept = kept_of(desk, report)
        if not kept:
            raise Missing(
                "there is nothing to go on with"
                + (f" for {report!r}" if report else ""),
                hint="`postmortem new` begins a report, `postmortem edit ID` opens one",
            )
        return _gone_on(desk, kept, plain=plain)


def _gone_on(desk: Desk, kept: list[Draft], *, plain: bool) -> Exit:
    from postmortem.commands._beginning import resumed
    from postmortem.commands._talk import Talk
    from postmortem.prompts import Move, Option, Question

    talk = Talk(desk.env, plain=plain)
    chosen = kept[0]
    if len(kept) > 1:
        now = desk.env.now
        options = [Option(draft.key, draft.name, _state(draft, now)) for draft in kept]
        said = talk.prompts.choose(Question(text="Go on with which?"), options)
        if isinstance(said, Move):
            return Exit.DONE
        chosen = next(draft for draft in kept if draft.key == said)
    return resumed(desk, talk, chosen)


def kept_of(desk: Desk, part: str) -> list[Draft]:
    """Return the drafts that a part of an id or title is of; one that is all of it."""
    kept = _kept(desk)
    exact = [draft for draft in kept if part in _names(draft)]
    return exact or [
        draft for draft in kept if any(part in name for name in _names(draft))
    ]


def _kept(desk: Desk) -> list[Draft]:
    """Return the drafts of this repository, the latest first."""
    from postmortem.commands._drafts import drafts_of
    from postmortem.commands._streams import tell

    drafts = drafts_of(desk.env)
    root = str(desk.place.root)
    kept = [draft for draft in drafts.all() if draft.root == root]
    for problem in drafts.problems:
        tell(desk.env, str(problem))
    return kept


def _listed(env: Env, kept: list[Draft], form: str) -> str:
    if form == "json":
        from postmortem.commands._json import json_text

        return json_text([_plain(draft, env) for draft in kept])
    wide = max((len(draft.name) for draft in kept), default=0)
    return "\n".join(f"{it.name:<{wide}}  {_state(it, env.now)}" for it in kept)


def _plain(draft: Draft, env: Env) -> dict[str, Any]:
    return {
        "key": draft.key,
        "report": draft.report,
        "path": draft.path,
        "title": draft.title,
        "field": draft.at,
        "typing": draft.typing,
        "committed": draft.text is None,
        "saved": draft.saved,
        "age_seconds": int(draft.age(env.now).total_seconds()),
    }


def _state(draft: Draft, now: Any) -> str:
    """Say where it stopped and how long ago."""
    where = "has no file yet" if draft.report is None else "is a file"
    if draft.report is not None and draft.text is not None:
        where = "has changes that are not committed"
    half = f"; in the middle of {draft.at}" if draft.typing and draft.at else ""
    return f"{where}{half}, {ago(draft.age(now))}"


def _names(draft: Draft) -> tuple[str, ...]:
    own = (draft.report, draft.title, draft.key, draft.name)
    return tuple(dict.fromkeys(name for name in own if name))
