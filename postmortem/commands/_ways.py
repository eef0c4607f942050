"""Which way a report is committed: as wished for, or as the work tree calls for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from postmortem.commands._consent import YES, chosen, somebody
from postmortem.commands._streams import tell
from postmortem.errors import Refused
from postmortem.prompts.listing import list_ways
from postmortem.prompts.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.env import Env
    from postmortem.history import History, Proposal, Way
    from postmortem.settings import Settings

Confirm = Callable[[str, Mapping[str, str]], str]
"""Asks whether to commit, with what each word does; returns one, "" for a no."""

_BRANCH, _STAY, _HERE = "b", "s", "h"
"""What is typed for a way."""
_NOTHING = "nothing is committed"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is to be committed, and on which branch it would be a new one."""

    branch: str
    paths: tuple[str, ...]
    """The report and its attachments, as git names them."""


class Offer(NamedTuple):
    """The ways that are open, the one that is proposed first."""

    ways: tuple[Way, ...]
    reason: str = ""
    """Why the first one; nothing where it was wished for, and is the only one."""
    begins: str = ""
    """Where a new branch begins, if that is at the branch of another report."""


def offer_of(history: History, goal: Goal, settings: Settings, wished: str) -> Offer:
    """Return the way wished for here or in the settings, else all that are open."""
    from postmortem.settings.values import ASK

    begins = _begins(history, goal, settings)
    word = next((word for word in (wished, settings.way) if word != ASK), None)
    if word is not None:
        return Offer((_words()[word],), begins=begins)
    proposal = _proposed(history, goal, settings.protected)
    others = _others(history, goal, settings, proposal.way)
    return Offer((proposal.way, *others), proposal.reason, begins)


def tell_proposed(env: Env, offer: Offer) -> None:
    """Say which way is taken where nobody is asked, and why."""
    from postmortem.history import Way

    if offer.reason:
        tell(env, f"proposed: {word_of(offer.ways[0])}, since {offer.reason}")
    if offer.begins and offer.ways[0] is not Way.HERE:
        tell(env, f"the new branch {offer.begins}")


def way_chosen(
    env: Env, history: History, goal: Goal, offer: Offer, confirm: Confirm | None
) -> Way:
    """Return the way that somebody chooses; the proposed one where nobody is asked.

    With `confirm` it is asked in any case. Raises Refused for a no.
    """
    first, *others = offer.ways
    told = list(_told(history, goal, offer))
    if confirm:
        letters = dict(zip((YES, *map(_letter, others)), offer.ways, strict=True))
        asked = "Commit it?" if others else f"Commit it {told[0]}?"
        said = confirm(asked, dict(zip(letters, told, strict=True)) if others else {})
        if not said:
            raise Refused(_NOTHING)
        return letters[said]
    if not others or not somebody(env):
        tell_proposed(env, offer)
        return first
    by_letter = {_letter(way): way for way in offer.ways}
    by_word = {word_of(way): way for way in offer.ways}
    voice = Voice(env, colour=env.colour_on(env.stderr))
    list_ways(voice, "Commit it?", dict(zip(by_letter, told, strict=True)))
    said = chosen(env, tuple(by_letter), tuple(by_word))
    if not said:
        raise Refused(_NOTHING)
    return {**by_letter, **by_word}[said]


def _letter(way: Way) -> str:
    from postmortem.history import Way

    letters = {Way.NEW_SWITCH: _BRANCH, Way.NEW_STAY: _STAY, Way.HERE: _HERE}
    return letters[way]


def _told(history: History, goal: Goal, offer: Offer) -> Iterator[str]:
    """Say in plain words what each way does, and of the first one why it is that."""
    from postmortem.history import Way, branches, head

    here = head(history).branch
    mine = any(it.local and it.name == goal.branch for it in branches(history))
    branch = f"on the {'' if mine else 'new '}branch {goal.branch}"
    begins = offer.begins and f"it {offer.begins}"
    for way in offer.ways:
        stay = f"stay on {here}" if here else "your checkout stays as it is"
        match way:
            case Way.NEW_SWITCH:
                said = f"{branch}, and switch to it"
            case Way.NEW_STAY:
                said = f"{branch}, and {stay}"
            case _:
                said = f"on {here}, where you are" if here else "on no branch"
        why = offer.reason if way is offer.ways[0] else ""
        notes = [f"proposed: {why}"] if why else []
        if way is not Way.HERE:
            notes += [begins] if begins else []
            branch, begins = "on that branch", ""
        yield f"{said} ({'; '.join(notes)})" if notes else said


def _begins(history: History, goal: Goal, settings: Settings) -> str:
    """Say where a new branch would begin, if that is at another report's branch."""
    from postmortem.history import branches, head

    here, prefix = head(history).branch, settings.branch_prefix
    if not (here and prefix and here.startswith(prefix)):
        return ""
    if any(it.local and it.name == goal.branch for it in branches(history)):
        return ""
    return f"begins at {here!r}, so what is committed there is in it too"


def _others(
    history: History, goal: Goal, settings: Settings, way: Way
) -> Iterator[Way]:
    """Yield the other ways that are open, where the work tree leaves a choice."""
    from postmortem.history import Way, head, is_protected, state

    here = head(history).branch
    if here is None or here == goal.branch:
        return
    if state(history, changes=False).operation is not None:
        return
    if way is Way.HERE:
        yield Way.NEW_SWITCH
    if way is not Way.NEW_STAY:
        yield Way.NEW_STAY
    if way is not Way.HERE and not is_protected(here, settings.protected):
        yield Way.HERE


def word_of(way: Way) -> str:
    """Return the word by which the command line calls a way."""
    return next(word for word, other in _words().items() if other is way)


def _words() -> dict[str, Way]:
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
