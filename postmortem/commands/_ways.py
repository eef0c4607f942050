"""Which way a report is committed: as wished for, or as the work tree calls for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.commands._consent import chosen, somebody
from postmortem.commands._streams import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.env import Env
    from postmortem.history import History, Proposal, Way
    from postmortem.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is to be committed, and on which branch it would be a new one."""

    branch: str
    paths: tuple[str, ...]
    """The report and its attachments, as git names them."""


def way_of(
    env: Env,
    history: History,
    goal: Goal,
    settings: Settings,
    wished: str,
    *,
    ask: bool = True,
) -> Way:
    """Return the way wished for here or in the settings, else the one that is proposed.

    The proposal and its reason are said; with `ask`, somebody at a terminal may choose
    another.
    """
    from postmortem.settings.values import ASK

    ways = _ways()
    word = next((word for word in (wished, settings.way) if word != ASK), None)
    if word is not None:
        return ways[word]
    proposal = _proposed(history, goal, settings.protected)
    usual = next(word for word, way in ways.items() if way is proposal.way)
    tell(env, f"proposed: {usual} ({proposal.way.value}), since {proposal.reason}")
    if ask and somebody(env):
        usual = chosen(env, "which way?", tuple(ways), usual)
    return ways[usual]


def other_ways(
    history: History, goal: Goal, settings: Settings, wished: str, way: Way
) -> dict[str, tuple[Way, str]]:
    """Return, by the letter that is typed for it, another way that can be chosen."""
    from postmortem.history import Way, head, is_protected
    from postmortem.settings.values import ASK

    here = head(history).branch
    if (wished, settings.way) != (ASK, ASK):
        return {}
    if way is Way.HERE and here != goal.branch:
        return {"b": (Way.NEW_SWITCH, "on a new branch")}
    if way is Way.NEW_SWITCH and here and not is_protected(here, settings.protected):
        return {"h": (Way.HERE, f"on {here}")}
    return {}


def word_of(way: Way) -> str:
    """Return the word by which the command line calls a way."""
    return next(word for word, other in _ways().items() if other is way)


def _ways() -> dict[str, Way]:
    from postmortem.history import Way
    from postmortem.settings.values import HERE, STAY, SWITCH

    return {SWITCH: Way.NEW_SWITCH, STAY: Way.NEW_STAY, HERE: Way.HERE}


def _proposed(history: History, goal: Goal, protected: Sequence[str]) -> Proposal:
    from postmortem.history import Proposal, Way, branches, propose, state

    found = state(history, ours=goal.paths)
    proposal = propose(found, branch=goal.branch, protected=protected)
    mine = any(it.local and it.name == goal.branch for it in branches(history))
    if proposal.way is Way.NEW_SWITCH and mine:
        return Proposal(way=Way.NEW_STAY, reason=f"{goal.branch!r} is there already")
    return proposal
