"""An answer picked from a list, with the keys that it says beneath it.

Loaded with the first question that has options.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input.base import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import Output
from questionary import Question as Asked

from postmortem.escape import terminal
from postmortem.prompts.asking import (
    EXPLAIN,
    PASTED,
    Option,
    Question,
    entering,
    pending,
)
from postmortem.prompts.heading import indent, mark, message
from postmortem.prompts.menu import MARK, Menu, Row
from postmortem.prompts.pressing import Held
from postmortem.prompts.surface import STYLE, outcome
from postmortem.prompts.voice import phrases

_TAKES, _OPENS = "Enter takes it", "Enter opens"
_SKIPS = "Enter: not known"


def picked(
    question: Question,
    options: Sequence[Option],
    chosen: Sequence[str] | None,
    *,
    explain: Callable[[], None],
    keys: Input,
    screen: Output,
) -> Any:
    """Return a value, or a list of them where some are `chosen`; else `<` or `/`.

    `explain` shows the question's help. Raises Interrupted when they leave.
    """
    menu = Menu(options, question.given, chosen)
    while True:
        answer = _Picking(question, menu, keys, screen).run()
        if answer != EXPLAIN:
            return answer
        explain()


class _Picking:
    """One time that the list is drawn."""

    def __init__(
        self, question: Question, menu: Menu, keys: Input, screen: Output
    ) -> None:
        self._question, self._menu, self._screen = question, menu, screen
        self._marked = None if menu.chosen is None else list(menu.chosen)
        self._held = Held()
        app: Application[Any] = Application(
            layout=Layout(HSplit([_window(self._all)])),
            key_bindings=self._bindings(),
            style=STYLE,
            erase_when_done=True,
            color_depth=screen.get_default_color_depth(),
            input=keys,
            output=screen,
        )
        self._held.draw(app)
        self._asked = Asked(app)

    def run(self) -> Any:
        """Return what was picked, or the command that was typed."""
        self._menu.command = ""
        return outcome(self._asked, self._question.shown)

    def _all(self) -> StyleAndTextTuples:
        """Return the question, what is seen of the list, and the hint beneath it."""
        size = self._screen.get_size()
        asked = message(self._question, size.columns, room=0).rstrip()
        hint = self._hint(size.columns - 1)
        height = size.rows - asked.count("\n") - hint.count("\n") - 3
        rows = self._menu.rows(size.columns - 1, max(height, 3))
        shown: StyleAndTextTuples = [
            ("class:qmark", mark(self._question)),
            ("class:question", f" {asked} \n"),
        ]
        for row in rows:
            shown += [*self._row(row), ("", "\n")]
        return [*shown, ("class:quiet", hint)]

    def _row(self, row: Row) -> StyleAndTextTuples:
        if row.option is None:
            return [("class:quiet", row.text)]
        pointed = row.option is self._menu.pointed
        style = "class:highlighted" if pointed else "class:text"
        first = pointed and row.text.startswith(MARK)
        cursor = [("[SetCursorPosition]", "")] if first else []
        return [
            *cursor,
            (style, row.text),
            ("class:quiet", row.aside),
            (style, row.more),
        ]

    def _hint(self, columns: int) -> str:
        menu, keys = self._menu, self._question.keys
        if self._held.refused:
            said = PASTED
        elif menu.command:
            said = pending(keys, menu.command)
        elif menu.named:
            said = f"{menu.wanted.strip()}: {_TAKES} \u00b7 Backspace takes it back"
        elif menu.wanted:
            none = "" if menu.found else " (nothing has it)"
            said = f"with: {menu.wanted}{none} \u00b7 Backspace takes it back"
        else:
            marks = "space marks" if menu.chosen is not None else ""
            finds = "type to filter" if menu.finds else ""
            said = " \u00b7 ".join(filter(None, (marks, finds, self._keys())))
        gap = " " * indent(self._question)
        return "\n".join(phrases(f"{gap}{terminal(said)}", columns))

    def _keys(self) -> str:
        """Return what can be pressed; of Enter, what it does where one points now."""
        menu, keys = self._menu, self._question.keys
        if not keys:
            return "arrows or a number, then Enter" if menu.keyed else _TAKES
        if menu.chosen is not None:
            same = menu.chosen == self._marked
            return keys if same else entering(keys, "Enter takes what is marked")
        pointed = menu.pointed.value if menu.pointed else None
        if pointed == self._question.given or _OPENS in keys:
            return keys
        return entering(keys, _SKIPS if pointed == "" else _TAKES)

    def _bindings(self) -> KeyBindings:
        menu, mine = self._menu, KeyBindings()
        for key, by in ((Keys.Up, -1), (Keys.Down, 1), ("c-p", -1), ("c-n", 1)):
            mine.add(key)(_does(menu.move, by))
        for char in string.printable.strip() + " ":
            mine.add(char)(self._typed)
        mine.add(Keys.Backspace)(_does(menu.erase))
        mine.add("enter")(self._enter)
        mine.add("c-j")(self._enter)
        mine.add("c-c")(_leave)
        mine.add("c-d")(_leave)
        mine.add("<sigint>")(_leave)
        mine.add("c-z")(lambda event: event.app.suspend_to_background())
        # An Enter that ends what nobody wrote, or stands in a paste, picks nothing.
        mine.add("escape", "enter")(_nothing)
        mine.add(Keys.BracketedPaste)(self._pasted)
        mine.add(Keys.Any)(self._typed)
        return mine

    def _enter(self, event: KeyPressEvent) -> None:
        self._held.hold_short(event, lambda: self._accept(event))

    def _accept(self, event: KeyPressEvent) -> None:
        menu = self._menu
        if menu.command:
            event.app.exit(result=menu.command)
        elif menu.chosen is not None:
            event.app.exit(result=menu.chosen)
        elif menu.pointed:
            event.app.exit(result=menu.pointed.value)

    def _pasted(self, _event: KeyPressEvent) -> None:
        self._held.refuse()

    def _typed(self, event: KeyPressEvent) -> None:
        """Take a character, also beyond ASCII; other keys do nothing.

        One that means nothing here is no part of an answer.
        """
        char = event.data
        if len(char) == 1 and char.isprintable() and not self._menu.type(char):
            self._held.paste()


def _window(text: Callable[[], StyleAndTextTuples]) -> Window:
    control = FormattedTextControl(text, focusable=True, show_cursor=False)
    return Window(control, dont_extend_height=True, wrap_lines=False)


def _does(what: Callable[..., None], *given: Any) -> Callable[[KeyPressEvent], None]:
    return lambda _event: what(*given)


def _leave(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError())


def _nothing(_event: KeyPressEvent) -> None:
    """Pick nothing."""
