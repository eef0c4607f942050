"""An answer picked from a list; another key than those it knows does nothing.

Loaded with the first question that has options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import questionary
from prompt_toolkit.input.base import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output
from questionary.prompts.common import InquirerControl

from postmortem.escape import single_line
from postmortem.prompts.asking import EXPLAIN, Move, Option, Question
from postmortem.prompts.heading import mark, message
from postmortem.prompts.pressing import Held
from postmortem.prompts.surface import STYLE, outcome
from postmortem.prompts.voice import cells, cut

_MARGIN = 8
"""Columns that stand before an option: the pointer, its mark or key."""


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
    given = question.given
    while True:
        drawn: dict[str, Any] = {
            "qmark": mark(question),
            "style": STYLE,
            "use_jk_keys": False,
            "erase_when_done": True,
            "color_depth": screen.get_default_color_depth(),
            "input": keys,
            "output": screen,
        }
        columns = screen.get_size().columns
        titles = _titles(options, columns - _MARGIN)
        heading = message(question, columns, room=0)
        values = [option.value for option in options]
        pointed = given if given in values else None
        if chosen is None:
            asked = _select(heading, titles, values, pointed, drawn)
        else:
            choices = [
                questionary.Choice(title, value, checked=value in chosen)
                for title, value in zip(titles, values, strict=True)
            ]
            hint = "space marks, Enter accepts"
            asked = questionary.checkbox(
                heading, choices, initial_choice=pointed, instruction=hint, **drawn
            )
        _add_keys(asked)
        answer = outcome(asked, question.shown)
        if answer != EXPLAIN:
            return answer
        explain()
        listed = _list(asked)
        given = str(listed.get_pointed_at().value)
        chosen = None if chosen is None else listed.selected_options


def _select(
    heading: str,
    titles: Sequence[str],
    values: Sequence[str],
    pointed: str | None,
    drawn: dict[str, Any],
) -> questionary.Question:
    many = len(values) > len(InquirerControl.SHORTCUT_KEYS)
    return questionary.select(
        heading,
        [questionary.Choice(*each) for each in zip(titles, values, strict=True)],
        default=pointed,
        instruction="type to filter" if many else " ",
        use_shortcuts=not many,
        use_search_filter=many,
        **drawn,
    )


def _list(asked: questionary.Question) -> InquirerControl:
    controls = asked.application.layout.find_all_controls()
    return next(each for each in controls if isinstance(each, InquirerControl))


def _add_keys(asked: questionary.Question) -> None:
    app = asked.application
    before = app.key_bindings or KeyBindings()
    enter = before.get_bindings_for_keys((Keys.ControlM,))[-1]
    held = Held()
    mine = KeyBindings()

    @mine.add("enter", eager=True)
    def _enter(event: KeyPressEvent) -> None:
        held.hold_alone(event, lambda: enter.call(event))

    @mine.add("escape", "enter", eager=True)
    def _nothing(_event: KeyPressEvent | None = None) -> None:
        """Pick nothing: it was pasted, or ends what nobody wrote."""

    @mine.add("c-d", eager=True)
    @mine.add("<sigint>", eager=True)
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    @mine.add("c-z", eager=True)
    def _suspend(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    for each in (EXPLAIN, *(move.value for move in Move)):

        @mine.add(each, eager=True)
        def _move(event: KeyPressEvent, command: str = each) -> None:
            event.app.exit(result=command)

    app.key_bindings = merge_key_bindings([before, mine])
    app.key_processor.before_key_press += held.go_on


def _titles(options: Sequence[Option], width: int) -> list[str]:
    """Return the options as two columns, no wider than so much."""
    labels = [single_line(option.label) for option in options]
    widest = max(map(cells, labels), default=0)
    lines = [
        f"{label}{' ' * (widest - cells(label))}   {single_line(option.meaning)}"
        for label, option in zip(labels, options, strict=True)
    ]
    return [cut(line.rstrip(), width) for line in lines]
