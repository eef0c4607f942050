"""The terminal as prompt_toolkit sees it: it is asked nothing, and may go away.

Loaded with the first question.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import Any, TextIO

from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import ansi_escape_sequences
from prompt_toolkit.input.base import Input
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.processors import (
    Processor,
    Transformation,
    TransformationInput,
)
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style
from questionary import Question

from postmortem.prompts.leaving import interrupted, on_leaving

STYLE = Style(
    [
        ("qmark", "fg:ansicyan"),
        ("question", "bold"),
        ("answer", "fg:default nobold"),
        ("selected", "noreverse"),
        ("highlighted", "bold"),
        ("instruction", "dim"),
        ("bottom-toolbar", "noreverse"),
        ("bottom-toolbar.text", "noreverse"),
        ("quiet", "dim"),
        ("refused", "fg:ansired"),
        ("validation-toolbar", "noreverse fg:ansired"),
    ]
)

# An end of a paste without its beginning, which is what is left when the paste itself
# has one in it: https://cirw.in/blog/bracketed-paste says why it is there.
ansi_escape_sequences.ANSI_SEQUENCES.setdefault("\x1b[201~", Keys.Ignore)


_UNSEEN = re.compile(
    "[\x80-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class Screen(Vt100_Output):
    """Writes without ever asking where the cursor is: no answer, no waiting.

    What is below the question is drawn right there, since it need not know how far the
    end of the screen is. A terminal that is gone is no mistake: reading tells.
    """

    def __init__(self, stream: TextIO, depth: ColorDepth | None) -> None:
        def _size() -> Size:
            try:
                columns, rows = os.get_terminal_size(stream.fileno())
            except OSError:
                columns, rows = 0, 0
            return Size(rows=rows or 24, columns=columns or 80)

        super().__init__(
            stream,
            _size,
            term=os.environ.get("TERM"),
            default_color_depth=depth,
            enable_bell=False,
            enable_cpr=False,
        )

    def get_rows_below_cursor_position(self) -> int:
        """Tell that the question's own row is there."""
        return 1

    def flush(self) -> None:
        """Write, or drop what nobody can see."""
        try:
            super().flush()
        except OSError:
            self._buffer.clear()


class Visible(Processor):
    """Shows what has no width, or turns text around, as one character that is seen.

    It stays in the answer: it is somebody's language.
    """

    def apply_transformation(  # noqa: D102 - prompt_toolkit says what it is
        self, transformation_input: TransformationInput
    ) -> Transformation:
        shown: StyleAndTextTuples = [
            (each[0], _UNSEEN.sub("\ufffd", each[1]))
            for each in transformation_input.fragments
        ]
        return Transformation(shown)


def screen_of(stream: TextIO, *, colour: bool) -> Output:
    """Return where questions are drawn."""
    depth = None if colour else ColorDepth.DEPTH_1_BIT
    if sys.platform == "win32":
        return create_output(stream)
    return Screen(stream, depth)


def keys_of(stream: TextIO) -> Input:
    """Return where keys come from."""
    return create_input(stream)


def outcome(question: Question, shown: Callable[[], None] | None = None) -> Any:
    """Run a question to its end; raises Interrupted when somebody leaves it.

    `shown` is called whenever it was drawn.
    """
    app = question.application
    if shown is not None:
        app.after_render += lambda _: shown()
    left = False

    def _exit() -> None:
        if app.future is not None and not app.future.done():
            app.exit(exception=interrupted())

    def _leave() -> None:
        nonlocal left
        left = True
        if app.loop is None:
            raise interrupted()
        app.loop.call_soon_threadsafe(_exit)

    with on_leaving(_leave):
        result = question.unsafe_ask()
    if left:
        raise interrupted()
    return result
