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

    Without an ID: with the only one there is, else with the one that you choose. What
    is committed is not among them, unless something is half typed.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._streams import answer

    with Desk(env) as desk:
        if listed or form == "json":
            answer(env, _listed(desk, _open(desk), form))
            return Exit.DONE
        kept = _open(desk) if report is None else kept_of(desk, report)
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


def _open(desk: Desk) -> list[Draft]:
    """Return the drafts with something unfinished: a commit has not all of them."""
    from postmortem.commands._drafts import is_open

    return [draft for draft in _kept(desk) if is_open(desk, draft)]


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


def _listed(desk: Desk, kept: list[Draft], form: str) -> str:
    now = desk.env.now
    if form == "json":
        from postmortem.commands._json import json_text

        return json_text([_plain(desk, draft) for draft in kept])
    wide = max((len(draft.name) for draft in kept), default=0)
    return "\n".join(f"{it.name:<{wide}}  {_state(it, now)}" for it in kept)


def _plain(desk: Desk, draft: Draft) -> dict[str, Any]:
    from postmortem.commands._drafts import is_committed

    return {
        "key": draft.key,
        "report": draft.report,
        "path": draft.path,
        "title": draft.title,
        "field": draft.at,
        "typing": draft.typing,
        "committed": is_committed(desk, draft),
        "saved": draft.saved,
        "age_seconds": int(draft.age(desk.env.now).total_seconds()),
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
