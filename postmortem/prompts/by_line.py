"""Answers read a line at a time, where keys cannot be: the system has no termios."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from postmortem.prompts.cleaning import cleaned
from postmortem.prompts.leaving import interrupted
from postmortem.prompts.rules import PROMPT, Rules
from postmortem.prompts.voice import Voice


class Lines:
    """Reads whole lines, which the system echoes; an empty one keeps what was given."""

    def __init__(
        self, stream: TextIO, voice: Voice, rules: Rules, told: Callable[[str], None]
    ) -> None:
        self._stream = stream
        self._voice = voice
        self._rules = rules
        self._told = told

    def read(self, given: str) -> str:
        """Return the line, or the lines up to an empty one; raises Interrupted."""
        if given:
            self._voice.say(f"now: {given}")
        text = ""
        while True:
            self._voice.write(PROMPT)
            line = self._stream.readline()
            if not line:
                raise interrupted()
            line = cleaned(line.rstrip("\r\n"), lines=False)
            text = f"{text}\n{line}" if text else line
            self._told(text)
            more = self._rules.lines and not self._rules.at_once and line
            if not more or self._rules.end(text):
                return text or given
