"""Answers that are known before the questions, for a test or a recording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

from postmortem.errors import PostmortemError
from postmortem.prompts.asking import YES, Move, Option, Question, word_in
from postmortem.prompts.leaving import interrupted


class _Keep(Enum):
    KEEP = "what was given"


KEEP: Final = _Keep.KEEP
"""The answer of somebody who changes nothing."""

Answer = str | Move | tuple[str, ...] | _Keep


class Script:
    """Answers each question by the next of its answers; they leave when it ends.

    A list of values answers `several`, `yes` answers `yes`. An answer that the question
    does not take is a mistake of the script, and says at which question it stands.
    """

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = iter(answers)
        self.said: list[str] = []
        """What was shown, one text a call."""
        self.asked: list[Question] = []
        """What was asked, `yes` among it."""

    def say(self, text: str = "", *, quiet: bool = False, hang: int = 0) -> None:
        """Record it."""
        self.said.append(text)

    def line(self, question: Question) -> str | Move:
        """Return the next answer, on one line."""
        answer = self._next(question)
        if isinstance(answer, str) and "\n" in answer:
            raise _wrong(question, answer, "it has more than one line")
        return self._understood(question, answer)

    def text(self, question: Question) -> str | Move:
        """Return the next answer."""
        return self._understood(question, self._next(question))

    def rows(self, question: Question) -> str | Move:
        """Return the next answer."""
        return self.text(question)

    def choose(self, question: Question, options: Sequence[Option]) -> str | Move:
        """Return the next answer, which is the value of one of the options."""
        answer = self._next(question)
        if isinstance(answer, Move):
            return answer
        chosen = question.given if answer is KEEP else answer
        if chosen not in (values := [option.value for option in options]):
            raise _wrong(question, chosen, f"it is none of {', '.join(values)}")
        return str(chosen)

    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """Return the next answer, values of options, in the order of the options."""
        answer = self._next(question)
        if isinstance(answer, Move):
            return answer
        wanted = tuple(chosen) if answer is KEEP else answer
        values = [option.value for option in options]
        if not isinstance(wanted, tuple) or set(wanted) - set(values):
            raise _wrong(question, wanted, f"it is no list of {', '.join(values)}")
        return tuple(value for value in values if value in wanted)

    def yes(self, question: str) -> bool:
        """Tell whether the next answer is yes."""
        return self.consent(question, {}) == YES

    def consent(self, question: str, ways: Mapping[str, str]) -> str:
        """Return the next answer, where it is yes or one of the other words."""
        return word_in(str(self._next(Question(text=question))), ways)

    def _next(self, question: Question) -> Answer:
        self.asked.append(question)
        try:
            return next(self._answers)
        except StopIteration:
            raise interrupted() from None

    def _understood(self, question: Question, answer: Answer) -> str | Move:
        if isinstance(answer, Move):
            return answer
        text = question.given if answer is KEEP else answer
        if not isinstance(text, str):
            raise _wrong(question, text, "it is a list")
        if question.understood:
            try:
                question.understood(text)
            except PostmortemError as error:
                raise _wrong(question, text, str(error)) from error
        return text


def _wrong(question: Question, answer: object, why: str) -> PostmortemError:
    message = f"the script answers {question.text!r} by {answer!r}: {why}"
    return PostmortemError(message)
