"""What is wrong with an answer, in the words of an interview."""

from __future__ import annotations

from collections.abc import Iterable

from postmortem.errors import Problem, Problems
from postmortem.markdown import Field


def needed(known: Field) -> Problems:
    """Return the refusal of an empty answer to a question that wants one."""
    message = f"{known.label or known.name} is needed"
    return Problems((Problem(message=message),))


def bare(
    problems: Iterable[Problem], name: str = "", *, numbered: bool = False
) -> Problems:
    """Return mistakes without their place: the answer is there, in front of them.

    The field's name goes too, where a mistake begins with it. An answer of several
    lines is `numbered`: a mistake names its line.
    """
    return Problems(
        tuple(
            Problem(
                message=(f"line {each.line}: " if numbered and each.line else "")
                + each.message.removeprefix(f"{name}: "),
                hint=each.hint,
            )
            for each in problems
        )
    )
