"""What is asked of the parts of a row, with an example, and what the choices mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postmortem.markdown import Field
from postmortem.markdown.fields import ACTIONS, EVENTS, FACTORS, REVISIONS
from postmortem.model import (
    ACTION_STATUSES,
    ACTION_TYPES,
    FACTOR_KINDS,
    PRIORITIES,
)
from postmortem.wizard.reasons import TIMES, lines

PARTS: Mapping[tuple[str, str], tuple[str, str]] = {
    (EVENTS, "at"): ("When?", TIMES.partition(";")[0]),
    (EVENTS, "text"): ("What happened?", "support passes on complaints"),
    (EVENTS, "kind"): ("Of which kind?", "detected, deploy, alert, message, action"),
    (EVENTS, "source"): ("Where can it be seen?", "#incident, edge logs"),
    (EVENTS, "link"): ("Under which link?", "https://status.example.com/4711"),
    (FACTORS, "kind"): ("Which part did it play?", "trigger"),
    (FACTORS, "text"): ("What contributed?", "two of three checkers stand in one hall"),
    (FACTORS, "evidence"): (
        "Where can it be seen? (`assumed` when it cannot)",
        "director log, 9:06 am EDT",
    ),
    (FACTORS, "cause"): ("Which other factor did it come from?", "F2"),
    (ACTIONS, "text"): ("What will be different?", "alerts are computed elsewhere"),
    (ACTIONS, "owner"): ("Who? One person or role.", "edge traffic lead"),
    (ACTIONS, "due"): ("Until when?", "+2w, fri, 2025-06-06"),
    (ACTIONS, "type"): ("What does it do?", "prevent"),
    (ACTIONS, "priority"): ("How soon, beside the others?", "P1"),
    (ACTIONS, "link"): ("Which ticket or change?", "OPS-2101"),
    (ACTIONS, "status"): ("How far is it?", "in progress"),
    (REVISIONS, "on"): ("On which day?", "2025-06-06"),
    (REVISIONS, "text"): ("What was changed?", "the number of users is measured now"),
    (ACTIONS, "done_when"): (
        "Done when? A state that anybody can see.",
        "with two checkers off, the test site moves within 60 seconds",
    ),
    (ACTIONS, "factor"): ("Which factor does it answer?", "F2"),
}

CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (FACTORS, "kind"): FACTOR_KINDS,
    (ACTIONS, "type"): ACTION_TYPES,
    (ACTIONS, "priority"): PRIORITIES,
    (ACTIONS, "status"): ACTION_STATUSES,
}
"""What a part is chosen from."""
_SAYS: Mapping[tuple[str, str], str] = {
    (EVENTS, "kind"): "a moment, such as detected, or deploy, alert, message, action",
    (FACTORS, "evidence"): "where it can be seen, or assumed",
    (FACTORS, "cause"): "the other factor that it came from, by its key: F2",
    (ACTIONS, "due"): "a day: +2w, fri, 2025-06-06",
    (ACTIONS, "factor"): "the factor that it answers, by its key: F2",
    (ACTIONS, "done_when"): "a state that anybody can see",
}
"""What a part is that a person may not know by its name."""
MEANINGS: Mapping[str, str] = {
    "trigger": "set it off",
    "root": "lies beneath the others",
    "contributing": "made it likelier, larger or longer",
    "mitigating": "made it smaller or shorter",
    "safeguard": "was there to stop it, and did not",
    "prevent": "it does not happen again",
    "detect": "it is noticed sooner",
    "mitigate": "it hurts less, or for less long",
    "repair": "what broke is mended",
    "process": "how people work changes",
    "investigate": "a question is answered",
    "accept": "the risk is known and taken",
    "other": "none of these",
    "P0": "now, before other work",
    "P1": "this sprint",
    "P2": "this quarter",
    "P3": "when there is room",
    "P4": "some day",
}


def part_question(known: Field, part: str) -> str:
    """Return the question for a part of a row."""
    question, _ = PARTS.get((known.kind, part), ("", ""))
    return question or f"{part.replace('_', ' ').capitalize()}?"


def part_explained(known: Field, part: str) -> str:
    """Return what a part of a row may be, with an example."""
    _, example = PARTS.get((known.kind, part), ("", ""))
    choices = CHOICES.get((known.kind, part), ())
    meant = [f"{each}: {MEANINGS[each]}" for each in choices if each in MEANINGS]
    return lines("\n".join(meant) or _SAYS.get((known.kind, part), ""), example)


def called_so(part: str) -> str:
    """Return the name of a part as it is read and typed: `done when`."""
    return part.replace("_", " ")


def allowed_told(known: Field, parts: Sequence[str]) -> list[str]:
    """Return a line for each part of rows that is one of a few, or wants a word."""
    told: list[str] = []
    for part in parts:
        choices = ", ".join(CHOICES.get((known.kind, part), ()))
        if said := choices or _SAYS.get((known.kind, part), ""):
            told.append(f"  {called_so(part)}: {said}")
    return told
