"""The keys of an answer in free text, and which of them were not pressed but pasted.

Loaded with the first question.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import is_searching
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from postmortem.prompts.cleaning import cleaned

TOGETHER = 0.03
"""Seconds; keys that follow each other faster were pasted, or typed long ago."""

_BREAKS = (Keys.ControlM, Keys.ControlJ)


class Held:
    """An Enter that waits for whether more comes right behind it.

    Terminals that do not mark what is pasted send it as if it were typed: an Enter in
    it would answer the question, and what is behind it the next ones. `go_on` is
    called before every key.
    """

    def __init__(self) -> None:
        self._pressed = deque([0.0, 0.0], maxlen=2)
        self._timer: asyncio.TimerHandle | None = None
        self._instead: Callable[[], None] = _nothing

    def hold(self, then: Callable[[], None], instead: Callable[[], None]) -> None:
        """Call `then` when nothing comes, `instead` when something does."""
        self._instead = instead
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(TOGETHER, self._end, then)

    def hold_alone(self, event: KeyPressEvent, then: Callable[[], None]) -> None:
        """Call `then` when nothing comes, and nothing came right before either."""
        before, now = self._pressed
        if now - before >= TOGETHER and not event.key_processor.input_queue:
            self.hold(then, _nothing)

    def go_on(self, _processor: Any = None) -> None:
        """Take a held Enter for a pasted one: another key is there."""
        self._pressed.append(time.monotonic())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._instead()

    def _end(self, then: Callable[[], None]) -> None:
        self._timer = None
        then()


class Pressing(Held):
    """Tells what ends an answer; a pasted line end does not."""

    def __init__(
        self,
        *,
        lines: bool,
        ends: Callable[[], bool],
        accept: Callable[[], None],
        edit: Callable[[], None],
    ) -> None:
        super().__init__()
        self._lines = lines
        self._ends = ends
        self._accept = accept
        self._edit = edit
        self.bindings = KeyBindings()
        add = self.bindings.add
        add("enter", filter=~is_searching)(self._enter)
        add("escape", "enter")(self._enter_anyway)
        add("c-o")(self._open_editor)
        add("c-x", "c-e")(self._open_editor)
        add("tab")(_complete)
        add(Keys.BracketedPaste)(self._paste)
        add(Keys.Any)(self._insert)

    def _enter(self, event: KeyPressEvent) -> None:
        if self._ends():
            self._enter_anyway(event)
        else:
            self._break(event.current_buffer)

    def _enter_anyway(self, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if event.key_processor.input_queue:
            self._break(buffer)
        else:
            self.hold(self._accept, lambda: self._break(buffer))

    def _open_editor(self, _event: KeyPressEvent) -> None:
        self._edit()

    def _break(self, buffer: Buffer) -> None:
        buffer.insert_text("\n" if self._lines else " ")

    def _paste(self, event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(cleaned(event.data, lines=self._lines))

    def _insert(self, event: KeyPressEvent) -> None:
        """Insert a character, and with it all that came at once: a paste is long."""
        more = "".join(_text(event.key_processor.input_queue))
        typed = event.data * event.arg + more
        event.current_buffer.insert_text(typed if self._lines else _on_one_line(typed))


def _text(queue: Any) -> Iterator[str]:
    """Take characters off a queue of keys, and line ends with something behind them."""
    while queue:
        key: KeyPress = queue[0]
        if key.key in _BREAKS and len(queue) > 1:
            queue.popleft()
            if key.key == Keys.ControlM and queue[0].key == Keys.ControlJ:
                if len(queue) == 1:
                    return
                queue.popleft()
            yield "\n"
        elif not isinstance(key.key, Keys):
            yield queue.popleft().data
        else:
            return


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ")


def _complete(event: KeyPressEvent) -> None:
    """Offer what the last word may be, or take what is offered."""
    buffer = event.current_buffer
    state = buffer.complete_state
    if state is None:
        buffer.start_completion(select_first=True)
        return
    if state.complete_index is None:
        buffer.complete_next()
    buffer.complete_state = None


def _nothing() -> None:
    pass
