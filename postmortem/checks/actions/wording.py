"""Rules about what an action says: whether it moves the system, and how far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from postmortem.checks.actions.promises import alive, named
from postmortem.checks.completeness.fillers import is_done, is_later, is_nothing
from postmortem.checks.rules import rule
from postmortem.checks.subject import Subject
from postmortem.model import DONE, Finding

_SOFT = re.compile(
    r"""(?: investigate | review(?!\ and\ (?:merge|ship)) | explore(?!\ view)
        | look\ (?:in)?to | evaluate | assess | analy[sz]e | research | understand
        | discuss | study | examine | follow\ up
        | it\ (?:should|must|needs\ to|has\ to)\ be\ (?:considered|discussed|evaluated
            |investigated|reviewed)
        | (?:[\w-]+\ ){1,6}(?:analysieren|besprechen|diskutieren|evaluieren|untersuchen)
            (?=\W*\Z)
        | (?:(?!automatisch|bei|jede|täglich|vor\b|wöchentlich)[\w-]+\ ){1,3}
            (?:über)?prüfen(?=\W*\Z)
        | (?:monitor|document|documentation|audit)(?=(?:\W+\w+){0,3}\W*\Z) )\b""",
    re.VERBOSE,
)
_MADE = r"""(?:add|alert|archive|block|cap|create|cut|delete|disable|drop
            |enable|enforce|limit|lower|migrate|move|page|publish|raise|record|reduce
            |remove|rename|replace|replay|report|rewrite|set|split|switch|upgrade|write)
            \s+(?!(?:if|it|more|one|some|them|these|this|those)\b(?!\ that))"""
_OUTCOME = re.compile(
    rf""",\ and\ (?:then\ )?{_MADE}
        | \ and\ (?:post|publish|record|report|write)\ (?:down\ )?(?:its|our|the)
            \ (?:answer|cause|conclusion|decision|finding|outcome|reason|result)s?\b""",
    re.VERBOSE,
)
"""What follows a verb of trying and is there in the end."""
_HARD = re.compile(
    r"""(?: improve | enhance | optimi[sz]e | strengthen | (?:make|do) (?:\ \w+){0,3}
            \ (?:better|more\ \w+)
        | (?:better|increased?)\ \w+(?:\ \w+)?(?=\W*\Z)
        | (?:more|mehr)\ (?:alerts?|alerting|alarme|documentation|dokumentation|logging
            |monitoring|testing|tests|überwachung)(?=\W*\Z)
        | (?:[\w-]+\ ){1,5}(?:optimieren|verbessern)(?=\W*\Z)
        | prüfen,?\ ob\b(?!.*\b(?:automatisch|beim?|bevor|jede[mnrs]?|täglich|vor)\b)
        | double-check
        | consider | think\ about | try\ to | attempt\ to
        | (?:ensure | make\ sure) (?!\ (?:that\ )?(?!everything|it\ |that\ |this\ |we\ )
            (?:[\w'’-]+\ ){1,8}?(?:is|are)
            \ (?:configured|disabled|enabled|in\ place|installed)
            \ (?:as|for|in|on|to|with)\b(?!\ (?:the\ )?(?:future|next|this|that)\b))
        | fix\ the\ (?:issue|problem|bug|root\ cause)(?!\w)
        | address\ the | deal\ with | work\ on | prevent\ this )\b""",
    re.VERBOSE,
)
_LATER = re.compile(
    r"\b(?:as soon as possible|asap|at some point|when(?:ever)? (?:we have|there is)"
    r" time|maybe|if possible|where possible|eventually)\b"
)
_PEOPLE = (
    r"(?:engineers?|developers?|operators?|on-?calls?|responders?|staff|teams?|people"
    r"|humans?|everyone|everybody|employees?|colleagues|sres?|admins?|us)"
)
_CHANGE_PEOPLE = re.compile(
    rf"""\b(?: (?:re)?(?:train|educate|remind|teach|coach|instruct|urge)
              \s+(?:\w+\s+){{0,4}}?{_PEOPLE}\b
          | (?:tell|warn)\s+(?:\w+\s+){{0,3}}?{_PEOPLE}\s+(?:not\s+)?to\b
          | (?:training|education|awareness|reminders?)\s+(?:for|of|to)\s+
              (?:\w+\s+){{0,3}}?{_PEOPLE}\b
          | (?:be|being)\s+(?:more\s+)?(?:careful|vigilant|attentive|diligent)\b
          | (?:pay|take)\s+(?:more|better)\s+(?:attention|care)\b
          | \A\W*(?:re-?)?(?:train|educate|remind)\s+(?:the\s+)?
              (?:marketing|sales|support|finance|legal|hr|qa)\b(?!\s+(?:model|bot))
          | (?:besser|mehr|genauer)\s+(?:aufpassen|achtgeben)\b
          | (?:vorsichtiger|sorgfältiger)\s+(?:sein|arbeiten|vorgehen)\b
          | (?:alle\s+an|(?:alle\s+)?(?:bereitschaft|entwickler\w*|kolleg\w+
              |mitarbeiter\w*|personal|techniker\w*|teams?))\s+(?:(?!automatisch|per\b)
              [^\W\d][\w-]*\s+){{0,6}}?(?:erinnern|schulen|sensibilisieren|unterweisen)\b
          | bewusstsein\s+(?:schaffen|schärfen)\b
          | communicate\s+better\b | raise\s+awareness\b
          | {_PEOPLE}\s+(?:must|should|needs?\s+to|ha(?:s|ve)\s+to)\s+(?:learn|remember
              |check|be\s+careful|look\s+at|read|pay\s+attention)\b
          | \A\W*(?:(?:all|the)\s+)?(?:\w+\s+)?{_PEOPLE}
              \s+(?:must|should|needs?\s+to|ha(?:s|ve)\s+to)\s+(?:always\s+)?
              (?:follow|stick\s+to|adhere\s+to)\b )""",
    re.VERBOSE,
)


@rule(code="PM410", name="an action without an outcome", group="actions")
def vague(subject: Subject) -> Iterator[Finding]:
    """Yield actions that begin with a verb of trying, and have no finish line."""
    actions = dict(alive(subject))
    hint = "begin with what will be there: add, remove, limit, alert on, page when"
    for passage in subject.passages_of("actions"):
        action = actions.get(passage.row if passage.row is not None else -1)
        if passage.part != "text" or action is None or action.status == DONE:
            continue
        said = subject.small(passage)
        soft = _SOFT.match(said)
        hard = None if soft else _HARD.match(said)
        bounded = _is_end(action.done_when or "", action.text) or (
            soft is not None and " and " in said and _OUTCOME.search(said) is not None
        )
        measured = bounded or re.search(r"\d", action.text)
        found = soft if soft and not bounded else hard if not measured else None
        found = found or _LATER.search(said)
        if found:
            yield subject.marked(
                passage,
                found,
                f"{passage.words(found)!r} says no outcome of action"
                f" {named(action, passage.row or 0)}",
                hint=hint,
            )


def _is_end(text: str, action: str) -> bool:
    """Tell whether the finish line of an action says a state."""
    none = is_done(text, action) or is_later(text) or is_nothing(text)
    return bool(text) and not none


@rule(code="PM411", name="an action that changes people", group="actions")
def people(subject: Subject) -> Iterator[Finding]:
    """Yield actions that ask people to be otherwise, and leave the system as it is."""
    actions = dict(alive(subject))
    for passage in subject.passages_of("actions"):
        row = passage.row if passage.row is not None else -1
        if passage.part != "text" or row not in actions:
            continue
        said = subject.small(passage)
        found = _CHANGE_PEOPLE.search(said)
        if found and not _namely().search(said, found.end()):
            yield subject.marked(
                passage,
                found,
                "this asks people to change, and leaves the system as it is",
                hint="make the mistake impossible, or visible before it does harm",
            )


@cache
def _namely() -> re.Pattern[str]:
    """Return what says of a change of people that it is one of the system."""
    return re.compile(
        rf"""\b(?:aka|a\.k\.a\.|i\.e\.|namely)\W+
            (?: {_MADE} | have\ (?:[\w-]+\ ){{0,4}}?(?:alerts?|canar(?:y|ies)|checks?
                |gates?|guards?|limits?|locks?|staging|tests?)\b )""",
        re.VERBOSE,
    )
