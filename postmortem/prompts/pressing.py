"""The keys of an answer in free text, and which of them were not pressed but pasted.

Loaded with the first question.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import is_searching
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from postmortem.prompts.cleaning import cleaned

TOGETHER = 0.03
"""Seconds; keys that follow each other faster were pasted, or typed long ago."""

_BREAKS = (Keys.ControlM, Keys.ControlJ)
_LONGEST = 60
"""Keys; more of them at once are no short answer to anything."""


class Held:
    """An Enter that waits for whether more comes right behind it.

    Terminals that do not mark what is pasted send it as if it were typed: an Enter in
    it would answer the question, and what is behind it the next ones. `go_on` is
    called before every key.
    """

    def __init__(self) -> None:
        self.drawn = False
        """Whether the question is there to be read."""
        self.refused = False
        """Whether the last keys that came together were no answer."""
        self._last = 0.0
        self._many = 0
        """Keys that came together, up to now."""
        self._early = self._pasted = False
        self._more = self._behind = False
        """Whether keys waited at the last one, and at the one before."""
        self._timer: asyncio.TimerHandle | None = None
        self._instead: Callable[[], None] = _nothing

    def draw(
        self, app: Application[Any], drop: Callable[[], None] | None = None
    ) -> None:
        """Tell keys that were typed before the question was drawn from later ones.

        `drop` takes them away; without it they do what they can, and answer nothing.
        """

        def _drawn(_app: Any) -> None:
            app.after_render -= _drawn
            if drop is not None:
                drop()
            elif early := app.input.read_keys():
                app.key_processor.feed_multiple(early)
                app.key_processor.process_keys()
            self.drawn = True

        app.key_processor.before_key_press += self.go_on
        app.after_render += _drawn

    def paste(self) -> None:
        """Note that what came together just now is no answer."""
        self._pasted = True

    def hold(self, then: Callable[[], None], instead: Callable[[], None]) -> None:
        """Call `then` when nothing comes, `instead` when something does."""
        self._instead = instead
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(TOGETHER, self._end, then)

    def hold_short(self, event: KeyPressEvent, then: Callable[[], None]) -> None:
        """Call `then` when nothing comes, and what came right before is an answer.

        That is a line at most, and all of it came after the question was drawn.
        """
        if event.key_processor.input_queue or self.is_pasted:
            self.refuse()
        else:
            self.hold(then, self.refuse)

    @property
    def is_together(self) -> bool:
        """Whether this key came with the one before it, however long that took."""
        return self._many > 1 or self._behind

    @property
    def is_pasted(self) -> bool:
        """Whether the keys that came together with this one were no short answer."""
        early = self._early and self._many > 1
        return self._pasted or early or self._many > _LONGEST

    def go_on(self, processor: Any = None) -> None:
        """Take a held Enter for a pasted one: another key is there."""
        now = time.monotonic()
        if now - self._last >= TOGETHER:
            self._many, self._early = 0, not self.drawn
            self._pasted = self.refused = False
        self._last = now
        self._behind = self._more
        self._more = processor is not None and bool(processor.input_queue)
        self._many += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._instead()

    def refuse(self) -> None:
        """Take what came together for no answer, and have that said."""
        self._pasted = self.refused = True

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
        for key in ("c-r", "c-s"):  # they would search, and take what is typed then
            add(key)(_nothing)
        add("c-o")(self._open_editor)
        add("c-x", "c-e")(self._open_editor)
        add("tab")(_complete)
        add(Keys.BracketedPaste)(self._paste)
        add(Keys.Any, save_before=_is_first)(self._insert)

    @property
    def has_lines(self) -> bool:
        """Whether what came together last had several lines for an answer of one."""
        return self._pasted and not self._lines

    def _enter(self, event: KeyPressEvent) -> None:
        if self._ends():
            self._enter_anyway(event)
        else:
            self._break(event.current_buffer)

    def _enter_anyway(self, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if event.key_processor.input_queue:
            self._break(buffer)
        elif self.has_lines:
            self.hold(_nothing, lambda: self._break(buffer))
        else:
            self.hold(self._accept, lambda: self._break(buffer))

    def _open_editor(self, _event: KeyPressEvent) -> None:
        self._edit()

    def _break(self, buffer: Buffer) -> None:
        self.paste()
        buffer.insert_text("\n" if self._lines else " ")

    def _paste(self, event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(cleaned(event.data, lines=self._lines))
        if not self._lines and event.data.endswith(("\r", "\n")):
            self.paste()

    def _insert(self, event: KeyPressEvent) -> None:
        """Insert a character, and with it all that came at once: a paste is long."""
        more = "".join(_text(event.key_processor.input_queue))
        if "\n" in more:
            self.paste()
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


def _is_first(event: KeyPressEvent) -> bool:
    """Tell whether a key begins a run of them, which is undone at once."""
    return not event.is_repeat


def _nothing(_event: KeyPressEvent | None = None) -> None:
    pass
