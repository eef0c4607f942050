"""The word `yes`, or its letter, typed after the question was seen.

Loaded with the first such question.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import questionary
from prompt_toolkit.input.base import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output

from postmortem.prompts.asking import TYPED, ways_on, word_in
from postmortem.prompts.pressing import Held
from postmortem.prompts.surface import STYLE, outcome


def confirmed(ways: Mapping[str, str], *, keys: Input, screen: Output) -> str:
    """Return `yes` or another word that was typed now, "" for a no.

    Raises Interrupted when they leave.

    What was typed before this was drawn is dropped. What is marked as a paste, has
    several lines, or is a letter with an Enter that came with it, does nothing; that
    is said.
    """
    held = Held()
    mine = KeyBindings()

    @mine.add("enter")
    @mine.add("c-j")
    def _enter(event: KeyPressEvent) -> None:
        text = event.current_buffer.text
        if held.is_together and len(text.strip()) == 1:
            event.current_buffer.reset()
            held.refuse()
        else:
            held.hold_short(event, lambda: event.app.exit(result=text))

    @mine.add("escape", "enter")
    @mine.add(Keys.BracketedPaste)
    def _nothing(_event: KeyPressEvent | None = None) -> None:
        """Nothing that was pasted is taken."""
        held.refuse()

    def _below() -> list[tuple[str, str]]:
        return [("class:refused", TYPED if held.refused else "")]

    asked = questionary.text(
        f"{ways_on(ways)}:",
        qmark="",
        style=STYLE,
        key_bindings=mine,
        bottom_toolbar=_below,
        enable_suspend=True,
        color_depth=screen.get_default_color_depth(),
        input=keys,
        output=screen,
    )
    app = asked.application
    held.draw(app, lambda: _forget(keys))
    clear_typeahead(keys)
    return word_in(str(outcome(asked)), ways)


def _forget(keys: Input) -> None:
    """Drop what was typed and not read yet, wherever it waits."""
    with suppress(ImportError):
        import termios

        with suppress(termios.error, OSError):
            termios.tcflush(keys.fileno(), termios.TCIFLUSH)
    while keys.read_keys():
        pass
    keys.flush_keys()
