"""Questions in plain lines: no colours, no keys, not one control sequence.

For terminals that know none, for narrow ones, and for programs that read aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TextIO, TypeVar

from postmortem.env import Env
from postmortem.errors import Interrupted, PostmortemError
from postmortem.escape import single_line
from postmortem.prompts.asking import (
    EXPLAIN,
    NO_HELP,
    Move,
    Option,
    Question,
    command_in,
    joined,
    typed_keys,
    without,
    word_in,
)
from postmortem.prompts.cleaning import answered
from postmortem.prompts.leaving import on_leaving
from postmortem.prompts.listing import ask_ways, list_out, say_keys
from postmortem.prompts.options import label_of, named
from postmortem.prompts.rules import ALONE, Rules, nobody
from postmortem.prompts.voice import Voice

if TYPE_CHECKING:
    from postmortem.prompts.by_line import Lines
    from postmortem.prompts.echo import Typing
    from postmortem.prompts.keyboard import Keyboard

P = ParamSpec("P")
T = TypeVar("T")

EDITOR = "!"
"""Typed alone, it opens the editor."""

_THERE = "Your answer is there; Ctrl-U takes it away, and Ctrl-Y brings it back."
_MOVES = tuple(move.value for move in Move)
_COMMANDS = (EXPLAIN, EDITOR, *_MOVES)


def _asking(
    ask: Callable[Concatenate[Plain, P], T],
) -> Callable[Concatenate[Plain, P], T]:
    """Have the keys, and watch whether they leave, while something is asked."""

    @wraps(ask)
    def _ask(self: Plain, /, *args: P.args, **named: P.kwargs) -> T:
        with on_leaving(), self.keyboard.open() if self.keyboard else nullcontext():
            return ask(self, *args, **named)

    return _ask


class Plain:
    """Asks in plain lines."""

    def __init__(
        self,
        env: Env,
        stdin: TextIO,
        *,
        typed: Callable[[str], None],
        edited: Callable[[str], str],
    ) -> None:
        self._stdin = stdin
        self._voice = Voice(env, colour=False)
        self._typed = typed
        self._edited = edited

    def say(self, text: str = "", *, quiet: bool = False, hang: int = 0) -> None:
        """Show lines; quiet ones look as the others."""
        self._voice.say(text, hang=hang)

    @_asking
    def line(self, question: Question) -> str | Move:
        """Ask for one line."""
        return self._ask(question, lines=False)

    @_asking
    def text(self, question: Question) -> str | Move:
        """Ask for lines, up to an empty one."""
        return self._ask(question, lines=True)

    @_asking
    def rows(self, question: Question) -> str | Move:
        """Ask for a line, or for those that are pasted."""
        return self._ask(question, lines=True, at_once=True)

    @_asking
    def choose(self, question: Question, options: Sequence[Option]) -> str | Move:
        """Ask for a number or a name; an empty line keeps what was given."""
        kept = [option.value for option in options if option.value == question.given]
        keys = question.keys
        if kept and not keys.startswith("Enter"):
            keys = joined(f"Enter keeps {label_of(options, kept[0])}", keys)
        self._put(question, keys, options)
        while True:
            answer = self._read(question, Rules(lines=False), nobody, "")
            if isinstance(answer, Move):
                return answer
            found = kept if not answer else named(answer, options)
            if len(found) == 1:
                return found[0]
            list_out(self._voice, options, found)
            self._voice.say(f"Type a number from 1 to {len(options)}, or a name.")

    @_asking
    def several(
        self, question: Question, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...] | Move:
        """Ask for numbers or names; an empty line keeps what was chosen, `-` none."""
        keys = joined("numbers or names, with commas", question.keys)
        kept = [option.value for option in options if option.value in chosen]
        if kept:
            names = ", ".join(label_of(options, value) for value in kept)
            keys = joined(f"Enter keeps {names} · - takes none", keys)
        self._put(question, keys, options)
        while True:
            answer = self._read(question, Rules(lines=False), nobody, "")
            if isinstance(answer, Move):
                return answer
            parts = [part.strip() for part in answer.split(",") if part.strip()]
            found = [] if answer == "-" else [named(it, options) for it in parts]
            if all(len(each) == 1 for each in found):
                wanted = {each[0] for each in found} if answer else set(kept)
                return tuple(it.value for it in options if it.value in wanted)
            self._voice.say(f"Type numbers from 1 to {len(options)}, with commas.")

    def yes(self, question: str) -> bool:
        """Ask for the word `yes`, typed now and ended by an Enter of its own."""
        return bool(self.consent(question, {}))

    @_asking
    def consent(self, question: str, ways: Mapping[str, str]) -> str:
        """Ask for the word `yes`, or another one; return which."""
        letter = self.keyboard is not None and not self.keyboard.silent
        ask_ways(self._voice, question, ways, letter=letter)
        return word_in(self._keys("", ALONE, nobody), ways, letter=letter)

    def _ask(
        self, question: Question, *, lines: bool, at_once: bool = False
    ) -> str | Move:
        keys = typed_keys(question, f"{EDITOR} editor", lines=lines)
        self._put(question, "" if question.again else keys)
        given = question.given
        rules = Rules(lines=lines, at_once=at_once, complete=question.complete)
        while True:
            answer = self._read(question, rules, self._typed, given)
            if isinstance(answer, Move):
                return answer
            try:
                said = question.understood(answer) if question.understood else ""
            except Interrupted:
                raise
            except PostmortemError as error:
                self._voice.say(str(error))
                self._put(question, _THERE)
                given = answer
                continue
            if said:
                self._voice.say(f"      = {single_line(said)}", hang=2)
            return answer

    def _read(
        self,
        question: Question,
        rules: Rules,
        told: Callable[[str], None],
        given: str,
    ) -> str | Move:
        """Return an answer or a move, when it is not about the question itself."""
        while True:
            behind = tuple(f"{given}{each}" for each in _COMMANDS) if given else ()
            rules = replace(rules, whole=(*_COMMANDS, *behind))
            answer = self._keys(given, rules, told)
            command = command_in(answer, given, _COMMANDS)
            if command == EXPLAIN:
                self._voice.say(question.help or NO_HELP)
                if self.keyboard:
                    given = self.keyboard.left(without(command, answer, given), given)
            elif command == EDITOR and told is not nobody:
                given = self._edit(given, lines=rules.lines)
            else:
                return Move(command) if command in _MOVES else answer

    def _edit(self, given: str, *, lines: bool) -> str:
        try:
            with self.keyboard.lent() if self.keyboard else nullcontext():
                text = answered(self._edited(given), lines=lines)
        except Interrupted:
            raise
        except PostmortemError as error:
            self._voice.say(str(error))
            return given
        if text != given:
            self._typed(text)
        return text

    def _keys(self, given: str, rules: Rules, told: Callable[[str], None]) -> str:
        def _tell(text: str) -> None:
            if text.strip() not in rules.whole:
                told(text)

        try:
            text = self._reader(rules, _tell).read(given)
        except (Interrupted, KeyboardInterrupt):
            with suppress(Interrupted):
                self._voice.write("\n")
            raise
        return answered(text, lines=rules.lines)

    def _put(
        self, question: Question, keys: str, options: Sequence[Option] = ()
    ) -> None:
        self._voice.say(" ".join(filter(None, (question.progress, question.text))))
        list_out(self._voice, options)
        if keys:
            say_keys(self._voice, keys)
        if question.shown is not None:
            question.shown()

    def _reader(self, rules: Rules, told: Callable[[str], None]) -> Lines | Typing:
        if self.keyboard is None:
            from postmortem.prompts.by_line import Lines

            return Lines(self._stdin, self._voice, rules, told)
        from postmortem.prompts.echo import Typing

        return Typing(self.keyboard, self._voice, rules, told)

    @cached_property
    def keyboard(self) -> Keyboard | None:
        """The keys, where the system lets them be read one by one."""
        try:
            from postmortem.prompts.keyboard import Keyboard
        except ImportError:
            return None
        return Keyboard(self._stdin)
