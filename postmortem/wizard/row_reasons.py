"""What is asked of the parts of a row, with an example, and what the choices mean."""

from __future__ import annotations

from collections.abc import Mapping

from postmortem.markdown import Field
from postmortem.markdown.fields import ACTIONS, EVENTS, FACTORS, REVISIONS
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
    """Return an example of a part of a row."""
    _, example = PARTS.get((known.kind, part), ("", ""))
    return lines("", example)
