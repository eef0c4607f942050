"""An answer in free text while somebody writes it, and what it is understood as.

Loaded with the first question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.filters import Condition
from prompt_toolkit.input.base import Input
from prompt_toolkit.output import Output

from postmortem.errors import Interrupted, PostmortemError
from postmortem.escape import single_line, terminal
from postmortem.prompts.asking import (
    EXPLAIN,
    PASTED,
    Move,
    Question,
    command_in,
    entering,
    pending,
    without,
)
from postmortem.prompts.cleaning import answered, cleaned
from postmortem.prompts.heading import indent, last_row, mark, message
from postmortem.prompts.pressing import Pressing
from postmortem.prompts.rules import Rules
from postmortem.prompts.surface import STYLE, Visible, outcome
from postmortem.prompts.voice import phrases, wrapped
from postmortem.prompts.words import Words
from postmortem.prompts.wrapping import Wrapping

COMMANDS = (EXPLAIN, *(move.value for move in Move))

_EDITOR, _YANKS = "Ctrl-O editor", "Ctrl-Y brings it back"
_TAKES, _EMPTIES = "Enter takes it", "Enter: not known any more"
_MENU_ROWS = 5
_ROOM = 24
"""Columns that are left for an answer behind its question, or it gets its own row."""


@dataclass(frozen=True)
class Edit:
    """They want their editor, with the text as it is."""

    text: str


class Writing:
    """One answer in free text."""

    def __init__(
        self,
        question: Question,
        text: str,
        *,
        rules: Rules,
        typed: Callable[[str], None],
        keys: Input,
        screen: Output,
    ) -> None:
        self.understood = ""
        """What the answer means, in a line; nothing while it means nothing."""
        self._question = question
        self._rules = rules
        self._lines, self._at_once = rules.lines, rules.at_once
        self._typed = typed
        self._screen = screen
        self.rest = text
        """What stood there before a command was typed."""
        self._told = text
        self._given = given = cleaned(question.given, lines=rules.lines)
        self._refused = ""
        self._words = Words(question.words, listed=question.listed)
        columns = screen.get_size().columns
        said = message(question, columns, room=columns if rules.lines else _ROOM)
        gap = indent(question)
        pressing = self._pressing = Pressing(
            lines=rules.lines,
            ends=self._ends,
            accept=self._accept,
            edit=self._edit,
        )
        asked = questionary.text(
            said,
            default=text,
            qmark=mark(question),
            multiline=rules.lines,
            instruction="",
            style=STYLE,
            key_bindings=pressing.bindings,
            bottom_toolbar=self._below,
            completer=self._words,
            complete_while_typing=Condition(self._offers),
            reserve_space_for_menu=_MENU_ROWS if question.words else 0,
            input_processors=[Visible(), Wrapping(last_row(question, said), gap)],
            prompt_continuation=" " * gap,
            enable_suspend=True,
            color_depth=screen.get_default_color_depth(),
            input=keys,
            output=screen,
        )
        self._asked = asked
        self._app = asked.application
        self._app.key_processor.before_key_press += pressing.go_on
        if given and not text:
            self._app.clipboard.set_text(given)
        self._app.current_buffer.on_text_changed += self._changed

    def run(self) -> str | Edit:
        """Return what was written, clean; raises Interrupted when they leave.

        What the person's editor, or whoever is told what is typed, raises is raised.
        """
        self._think(self._text)
        done: str | Edit = outcome(self._asked, self._question.shown)
        return done

    @property
    def _text(self) -> str:
        return cleaned(self._app.current_buffer.text, lines=self._lines)

    def _offers(self) -> bool:
        """Tell whether there is something to complete, and rows are wanted for it."""
        document = self._app.current_buffer.document
        return any(self._words.get_completions(document, CompleteEvent()))

    def _below(self) -> list[tuple[str, str]]:
        """Return the lines under the answer: why not, as what, or what else to type."""
        style, said = "class:quiet", terminal(self._keys())
        command = self._command(self._app.current_buffer.text)
        if self._pressing.has_lines:
            style, said = "class:refused", PASTED
        elif command:
            said = terminal(pending(self._question.keys, command))
        elif self._refused:
            style, said = "class:refused", terminal(self._refused)
        elif self.understood:
            said = f"= {single_line(self.understood)}"
        gap = " " * indent(self._question)
        columns = self._screen.get_size().columns - 1
        told = "\n".join(gap + row for row in said.split("\n"))
        if style == "class:quiet" and not said.startswith("= "):
            return [(style, "\n".join(phrases(told, columns)))]
        rows = wrapped(told, columns, hang=2 if said.startswith("= ") else 0)
        return [(style, "\n".join(rows))]

    def _keys(self) -> str:
        """Return what can be pressed; of Enter, what it does with what is there."""
        keys, text = self._question.keys, self._app.current_buffer.text
        kept = "Enter keeps" in keys and text == self._given
        if text and not kept:
            takes = not self._lines or self._at_once
            keys = entering(keys, _TAKES if takes else "")
        elif not text and "Enter keeps" in keys:
            keys = entering(keys, _EMPTIES)
        back = _YANKS if not text and self._app.clipboard.get_data().text else ""
        return " · ".join(filter(None, (keys, back, _EDITOR)))

    def _changed(self, _buffer: Buffer) -> None:
        self._refused = ""
        text = self._text
        if text == self._told or self._app.is_done:
            return
        self._told = text
        try:
            if not self._command(text):
                self._typed(text)
            self._think(text)
        except BaseException as error:  # noqa: BLE001 - the question raises it
            self._app.exit(exception=error)

    def _think(self, text: str) -> None:
        self.understood = ""
        text = answered(text, lines=self._lines)
        if self._question.understood and text and not self._command(text):
            try:
                self.understood = self._question.understood(text)
            except PostmortemError:
                self.understood = ""

    def _ends(self) -> bool:
        """Tell whether Enter ends the answer; else it ends a line of it."""
        document = self._app.current_buffer.document
        return (
            not self._lines
            or (self._at_once and document.is_cursor_at_the_end)
            or not document.text
            or self._command(document.text) is not None
            or self._rules.end(document.text)
            or (document.is_cursor_at_the_end and not document.current_line)
        )

    def _accept(self) -> None:
        text = answered(self._app.current_buffer.text, lines=self._lines)
        if command := self._command(text):
            self.rest = without(command, text, self._given)
            self._leave(command)
            return
        try:
            if self._question.understood:
                self.understood = self._question.understood(text)
        except Interrupted as error:
            self._app.exit(exception=error)
        except PostmortemError as error:
            self._refused = str(error)
            self._app.invalidate()
        except BaseException as error:  # noqa: BLE001 - the question raises it
            self._app.exit(exception=error)
        else:
            self._app.exit(result=text)

    def _command(self, text: str) -> str | None:
        return command_in(text, self._given, COMMANDS)

    def _edit(self) -> None:
        self._leave(Edit(self._text))

    def _leave(self, result: Any) -> None:
        """End this without an answer; nothing of it stays on the screen."""
        self._app.erase_when_done = True
        self._app.exit(result=result)
