"""The rules and their pages, for who wants to know what is found, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from postmortem.checks import STAGES, Rule
from postmortem.checks.catalogue import rules
from postmortem.checks.codes import said_of
from postmortem.checks.pages import page
from postmortem.commands._json import json_text
from postmortem.commands._streams import answer, tell
from postmortem.errors import Exit, Missing

if TYPE_CHECKING:
    from postmortem.env import Env

_DRAFT = STAGES[0]
_LEGEND = (
    "levels are the defaults, from that status on; before it all is a hint, or what"
    " the page of the rule says. No setting makes an error of it in a draft"
)


def explained(env: Env, code: str, shape: str) -> Exit:
    """Print the page of a rule; raises Missing with what was probably meant."""
    known = rules()
    wanted = code.strip().upper()
    if wanted not in known:
        raise Missing(f"there is no rule {code!r}", hint=said_of(wanted))
    text = page(wanted).text
    if shape == "json":
        answer(env, json_text(_plain(known[wanted]) | {"page": text}))
        return Exit.DONE
    heading, _, rest = text.partition("\n")
    text = f"{heading}\n\n{_standing(known[wanted])}\n{rest}"
    if env.stdout_is_terminal and not env.dumb:
        from postmortem.commands._terminal import print_laid_out

        print_laid_out(env, text)
    else:
        answer(env, text)
    return Exit.DONE


def listed(env: Env, shape: str) -> Exit:
    """Print every rule there is, group by group, in the order of their codes."""
    every = list(rules().values())
    if shape == "json":
        answer(env, json_text([_plain(each) for each in every]))
        return Exit.DONE
    answer(env, "\n".join(_lines(every)))
    tell(env, _LEGEND)
    return Exit.DONE


def _lines(every: list[Rule]) -> Iterator[str]:
    level = max(len(each.severity) for each in every)
    since = max(map(len, STAGES))
    for number, (group, those) in enumerate(groupby(every, lambda it: it.group)):
        if number:
            yield ""
        yield group
        for each in those:
            told = f"{each.severity:<{level}}  {each.since:<{since}}"
            yield f"  {each.code}  {told}  {each.name}"


def _plain(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "group": rule.group,
        "level": rule.severity,
        "since": rule.since,
        "name": rule.name,
    }


def _standing(rule: Rule) -> str:
    """Return how grave a rule's findings are by default, and from which status on.

    >>> _standing(rules()["PM203"])
    'By default: error from in-review on, a hint before, whatever the settings say.'
    """
    if rule.since != _DRAFT:
        before = f"a {rule.before} before, whatever the settings say"
        return f"By default: {rule.severity} from {rule.since} on, {before}."
    if rule.holds_drafts:
        return f"By default: {rule.severity}, in drafts too."
    capped = "there it is a warning where the settings make it an error"
    return f"By default: {rule.severity}, in drafts too; {capped}."
