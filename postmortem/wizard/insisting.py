"""The same question, until its answer is kept or somebody goes elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from postmortem.prompts import Move, Question
from postmortem.wizard.given import same
from postmortem.wizard.sitting import Change, Sitting

Ask = Callable[[Question], str | Move]


def until_kept(
    sitting: Sitting,
    name: str,
    question: Question,
    ask: Ask,
    change: Callable[[str], Change],
) -> Move | None:
    """Ask, and put the answer into the record; return where to go instead.

    An answer that is what was given changes nothing, whatever has become of the record
    meanwhile. One that cannot be kept stands in the question that is asked again.
    """
    given = question.given
    while True:
        said = ask(question)
        if isinstance(said, Move):
            return said
        if same(said, given) or sitting.put(name, said, change(said)):
            return None
        question = replace(question, given=said)
