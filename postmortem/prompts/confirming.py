"""The word `yes`, typed after the question was seen.

Loaded with the first such question.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import questionary
from prompt_toolkit.input.base import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output

from postmortem.prompts.pressing import Held
from postmortem.prompts.surface import STYLE, outcome

_WANTED = "yes"


def confirmed(*, keys: Input, screen: Output) -> bool:
    """Tell whether they typed `yes` now; raises Interrupted when they leave.

    What was typed before this was drawn is dropped. An Enter that comes together with
    other keys was pasted, and does nothing.
    """
    held = Held()
    mine = KeyBindings()

    @mine.add("enter")
    @mine.add("c-j")
    def _enter(event: KeyPressEvent) -> None:
        text = event.current_buffer.text
        held.hold_alone(event, lambda: event.app.exit(result=text))

    @mine.add("escape", "enter")
    @mine.add(Keys.BracketedPaste)
    def _nothing(_event: KeyPressEvent | None = None) -> None:
        """Nothing that was pasted is taken."""

    asked = questionary.text(
        f"Type {_WANTED} to go on; anything else is no:",
        qmark="",
        style=STYLE,
        key_bindings=mine,
        enable_suspend=True,
        color_depth=screen.get_default_color_depth(),
        input=keys,
        output=screen,
    )
    app = asked.application
    app.key_processor.before_key_press += held.go_on

    def _drain(_app: Any) -> None:
        app.after_render -= _drain
        _forget(keys)

    app.after_render += _drain
    clear_typeahead(keys)
    return str(outcome(asked)).strip().casefold() == _WANTED


def _forget(keys: Input) -> None:
    """Drop what was typed and not read yet, wherever it waits."""
    with suppress(ImportError):
        import termios

        with suppress(termios.error, OSError):
            termios.tcflush(keys.fileno(), termios.TCIFLUSH)
    while keys.read_keys():
        pass
    keys.flush_keys()
