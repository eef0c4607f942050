"""How a question stands on the screen: where one is, and what is asked."""

from __future__ import annotations

from postmortem.escape import terminal
from postmortem.prompts.asking import Question
from postmortem.prompts.voice import cells, wrapped


def mark(question: Question) -> str:
    """Return what stands before the question: ` 2/6 `, or nothing."""
    return f" {terminal(question.progress)} " if question.progress else ""


def indent(question: Question) -> int:
    """Return the columns in front of the question, and of all that is about it."""
    return cells(mark(question)) + 1


def message(question: Question, columns: int, *, room: int) -> str:
    """Return the question in rows; where less room is left, an empty one is the last.

    It is written behind the mark and a blank, and a blank is written behind it.
    """
    before = indent(question)
    rows = list(wrapped(terminal(question.text), columns - before - 1))
    if len(rows) > 1 or before + cells(rows[-1]) + room > columns:
        rows.append("")
    *above, last = rows
    gap = " " * before
    if not above:
        return f"{last} "
    return "".join(f"{row}\n{gap}" for row in above)[:-1] + last


def last_row(question: Question, said: str) -> int:
    """Return the columns in front of an answer, behind a message of that question."""
    *_, last = f"{mark(question)} {said} ".split("\n")
    return cells(last)
