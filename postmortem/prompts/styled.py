"""Questions with colours and keys, for a terminal that knows them.

What draws them is loaded with the first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from postmortem.env import Env
from postmortem.errors import Interrupted, PostmortemError
from postmortem.escape import single_line
from postmortem.prompts.asking import EXPLAIN, NO_HELP, YES, Move, Option, Question
from postmortem.prompts.cleaning import answered, cleaned
from postmortem.prompts.heading import indent, mark
from postmortem.prompts.leaving import on_leaving
from postmortem.prompts.listing import list_ways
from postmortem.prompts.rules import Rules
from postmortem.prompts.voice import Voice

if TYPE_CHECKING:
    from prompt_toolkit.input.base import Input
    from prompt_toolkit.output import Output

_MOVES = tuple(move.value for move in Move)
_INDENT = " " * 6


class Styled:
    """Asks with colours, keys, and what an answer is understood as while it is typed.

    `keys` and `screen` open the terminal; each is called once, with the first question.
    """

    def __init__(
        self,
        env: Env,
        *,
        typed: Callable[[str], None],
        edited: Callable[[str], str],
        keys: Callable[[], Input],
        screen: Callable[[], Output],
    ) -> None:
        self._voice = Voice(env, colour=env.colour_on(env.stderr))
        self._typed = typed
        self._edited = edited
        self._open_keys, self._open_screen = keys, screen

    def say(self, text: str = "", *, quiet: bool = False, hang: int = 0) -> None:
        """Show lines; quiet ones are dim."""
        self._voice.say(text, quiet=quiet, hang=hang)

    @on_leaving()
    def line(self, question: Question) -> str | Move:
        """Ask for one line."""
        return self._ask(question, lines=False)

    @on_leaving()
    def text(self, question: Question) -> str | Move:
        """Ask for lines: an empty one ends them, and so does Alt-Enter."""
        return self._ask(question, lines=True)

    @on_leaving()
    def rows(self, question: Question) -> str | Move:
        """Ask for a line; Enter ends what was pasted, too."""
        return self._ask(question, lines=True, at_once=True)

    @on_leaving()
    def choose(self, question: Question, options: Sequence[Option]) -> str | Move:
        """Ask with a list to move in by arrows, or by the key before an option."""
        while True:
            value = self._pick(question, options, None)
            if isinstance(value, Move):
                return value
            for option in options:
                if option.value == value:
                    self._show(question, option.label)
                    return option.value

    @on_leaving()
    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """Ask with a list in which the space bar marks."""
        while True:
            values = self._pick(question, options, chosen)
            if isinstance(values, Move):
                return values
            if isinstance(values, list):
                marked = [option for option in options if option.value in values]
                labels = ", ".join(option.label for option in marked)
                self._show(question, labels or "none")
                return tuple(option.value for option in marked)

    def yes(self, question: str) -> bool:
        """Ask for the word `yes`, typed now."""
        return self.consent(question, {}) == YES

    @on_leaving()
    def consent(self, question: str, ways: Mapping[str, str]) -> str:
        """Ask for the word `yes`, or another one; return which."""
        from postmortem.prompts.confirming import confirmed

        with self._listening():
            list_ways(self._voice, question, ways)
            return confirmed(ways, keys=self._keys, screen=self._screen)

    def _ask(
        self, question: Question, *, lines: bool, at_once: bool = False
    ) -> str | Move:
        from postmortem.prompts.writing import Edit, Writing

        text = cleaned(question.given, lines=lines)
        while True:
            writing = Writing(
                question,
                text,
                rules=Rules(lines=lines, at_once=at_once, complete=question.complete),
                typed=self._typed,
                keys=self._keys,
                screen=self._screen,
            )
            with self._listening():
                done = writing.run()
                if done == EXPLAIN:
                    text = writing.rest
                    self._explain(question)
                    continue
            match done:
                case Edit(text=before):
                    text = self._edit(before, lines=lines)
                    question = replace(question, given=text)
                case str(answer) if answer in _MOVES:
                    return Move(answer)
                case str(answer):
                    if writing.understood:
                        meant = single_line(writing.understood)
                        self.say(f"{_INDENT}= {meant}", quiet=True, hang=2)
                    return answer

    def _pick(
        self,
        question: Question,
        options: Sequence[Option],
        chosen: Sequence[str] | None,
    ) -> object:
        from postmortem.prompts.picking import picked

        with self._listening():
            answer = picked(
                question,
                options,
                chosen,
                explain=lambda: self._explain(question),
                keys=self._keys,
                screen=self._screen,
            )
        return Move(answer) if answer in _MOVES else answer

    def _explain(self, question: Question) -> None:
        self.say(question.help or NO_HELP, quiet=True)

    def _edit(self, before: str, *, lines: bool) -> str:
        try:
            text = answered(self._edited(before), lines=lines)
        except Interrupted:
            raise
        except PostmortemError as error:
            self.say(str(error))
            return before
        if text != before:
            self._typed(text)
        return text

    def _show(self, question: Question, answer: str) -> None:
        """Leave a line that says what was picked, as written answers leave theirs."""
        said = f"{mark(question)} {question.text}  {answer}"
        self.say(said, hang=indent(question) - said.index(said.strip()[:1]))

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Have the terminal show no keys by itself, and begin on a row without any."""
        with self._keys.raw_mode():
            self._screen.write_raw("\r")
            self._screen.erase_end_of_line()
            self._screen.flush()
            yield

    @cached_property
    def _keys(self) -> Input:
        return self._open_keys()

    @cached_property
    def _screen(self) -> Output:
        return self._open_screen()
