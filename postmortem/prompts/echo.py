"""An answer while it is typed, shown and taken back without control sequences."""

from __future__ import annotations

import time
from collections.abc import Callable

from postmortem.errors import Interrupted
from postmortem.escape import terminal
from postmortem.prompts.asking import PASTED, TYPED
from postmortem.prompts.cleaning import cleaned
from postmortem.prompts.keyboard import TOGETHER, Keyboard
from postmortem.prompts.leaving import interrupted
from postmortem.prompts.rules import PROMPT, Rules
from postmortem.prompts.voice import Voice, cells

_BELOW = " " * len(PROMPT)
"""What stands before the rest of a line that is wider than the terminal."""
_WORDS_FIT = 20
"""Columns from which words are kept whole."""
_INTERRUPT, _END, _ERASE, _WORD, _LINE = "\x03", "\x04", "\x7f\x08", "\x17", "\x15"
_YANK = "\x19"


class Typing:
    """What stands behind the prompt; it echoes, unless the terminal's host does.

    A host that does shows whole lines only: there, an empty line keeps what was given.
    """

    def __init__(
        self,
        keyboard: Keyboard,
        voice: Voice,
        rules: Rules,
        told: Callable[[str], None],
    ) -> None:
        self._keyboard = keyboard
        self._voice = voice
        self._rules = rules
        self._told = told
        self._told_last = ""
        self._chars: list[str] = []
        self._shown: list[str] = []
        self._ended = False
        """Whether a line end was among the keys that came together for one line."""
        self._row = ""
        """What stands on the row of the cursor."""

    def read(self, given: str) -> str:
        """Return the text when Enter ends it; raises Interrupted when they leave."""
        self._keyboard.redraw = self._draw_again
        self._begin(given)
        if self._rules.alone:
            self._keyboard.forget()
        try:
            self._read()
        except (Interrupted, KeyboardInterrupt):
            self._tell()
            raise
        self._put("\n")
        self._show()
        return self._text() or (given if self._keyboard.silent else "")

    def _read(self) -> None:
        before, many = 0.0, False
        while True:
            self._show()
            char = self._keyboard.next()
            now = time.monotonic()
            if now - before >= TOGETHER:
                self._ended = False
            if char and char in "\r\n":
                if self._ends():
                    if not (self._is_letter() and (many or now - before < TOGETHER)):
                        return
                    self._refuse()
            elif char:
                self._press(char)
            before = now
            if self._ended and not self._keyboard.waits():
                self._ended = False
                self._refuse()
            many = self._keyboard.more
            if not many:
                self._tell()

    def _tell(self) -> None:
        if (text := self._text()) != self._told_last:
            self._told_last = text
            self._told(text)

    def _begin(self, given: str) -> None:
        if self._keyboard.silent:
            if given:
                self._voice.say(f"now: {given}")
            self._voice.write(PROMPT)
            return
        self._told_last = given
        self._put(PROMPT)
        for char in given:
            self._add(char)

    def _text(self) -> str:
        return cleaned("".join(self._chars), lines=self._rules.lines)

    def _ends(self) -> bool:
        """Tell whether an Enter ends the answer; else it may break a line of it.

        Where there is but one, several that came together are no answer.
        """
        more = self._keyboard.waits()
        if self._rules.alone and self._keyboard.silent:
            return True
        if self._ended and not more:
            return False
        self._ended = more and not (self._rules.lines or self._keyboard.silent)
        in_line = self._chars and self._chars[-1] != "\n" and not self._rules.at_once
        if not more and not (self._rules.lines and in_line):
            return True
        if not more and self._rules.end(self._text()):
            return True
        self._add("\n" if self._rules.lines else " ")
        return False

    def _is_letter(self) -> bool:
        """Tell whether an answer that must be typed is so short that a paste has it."""
        alone = self._rules.alone and not self._keyboard.silent
        return alone and len(self._text().strip()) == 1

    def _refuse(self) -> None:
        if self._rules.alone:
            self._chars.clear()
        self._put("\n")
        self._show()
        self._voice.say(TYPED if self._rules.alone else PASTED)
        self._put(PROMPT)
        self._row = PROMPT
        for char in "".join(self._chars):
            self._type(char)

    def _press(self, char: str) -> None:
        if char == _INTERRUPT or (char == _END and not self._chars):
            raise interrupted()
        if char in _ERASE:
            self._erase()
        elif char == _WORD:
            while self._chars and self._chars[-1] == " ":
                self._erase()
            while self._chars and not self._chars[-1].isspace():
                self._erase()
        elif char == _LINE:
            self._erase_line()
        elif char == _YANK:
            self._add_all(self._keyboard.taken)
        else:
            self._add_all(char if char.isprintable() else cleaned(char, lines=False))

    def _add(self, char: str) -> None:
        self._chars.append(char)
        self._type(char)

    def _type(self, char: str) -> None:
        """Echo a character; the word that no longer fits goes to the next row."""
        if char == "\n":
            self._put(f"\n{PROMPT}")
            return
        shown = char if char.isprintable() else terminal(char)
        if cells(self._row + shown) >= self._voice.columns > _WORDS_FIT:
            if char == " ":
                self._put(f"\n{_BELOW}")
                return
            word = self._row.rpartition(" ")[2]
            word = word if self._row[len(_BELOW) :].strip() != word else ""
            self._put("\b \b" * cells(word))
            self._put(f"\n{_BELOW}{word}")
        self._put(shown)

    def _erase(self) -> None:
        """Take back the last character.

        Nothing but new lines can be done about one that stands on the row above.
        """
        if not self._chars:
            return
        width = cells(terminal(char := self._chars.pop()))
        here = cells(self._row[len(PROMPT) :])
        at = cells(self._row) % max(self._voice.columns, 1)
        if char == "\n" or not width or here < width or at < width or not at:
            self._again()
        else:
            self._put("\b \b" * width)
            self._row = self._row[: -len(terminal(char))]

    def _erase_line(self) -> None:
        """Take back the line up to its beginning; Ctrl-Y has it then."""
        before = "".join(self._chars)
        while self._chars and self._chars[-1] != "\n":
            self._erase()
        taken = before[len(self._chars) :]
        self._keyboard.taken = taken or self._keyboard.taken

    def _add_all(self, chars: str) -> None:
        for char in chars:
            self._add(char)

    def _again(self) -> None:
        """Echo the last line once more."""
        self._put(f"\n{PROMPT}")
        for char in "".join(self._chars).rpartition("\n")[2]:
            self._type(char)

    def _put(self, shown: str) -> None:
        self._shown.append(shown)
        if shown.startswith("\n"):
            self._row = shown[1:]
        elif not shown.startswith("\b"):
            self._row += shown

    def _show(self) -> None:
        """Write what was put, when nothing more comes with it."""
        if self._shown and not self._keyboard.more:
            if not self._keyboard.silent:
                self._voice.write("".join(self._shown))
            self._shown.clear()

    def _draw_again(self) -> None:
        self._shown.clear()
        self._again()
        self._show()
