"""What the last word of an answer may be.

Loaded with the first question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from postmortem.escape import single_line
from postmortem.prompts.voice import cut

_WIDEST = 40


class Words(Completer):
    """Completes the last word, or of a list the part behind the last comma."""

    def __init__(self, words: Sequence[str], *, listed: bool) -> None:
        self._words = words
        self._listed = listed

    def get_completions(  # noqa: D102 - prompt_toolkit says what it is
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        line = document.current_line_before_cursor
        part = line.rpartition(",")[2].lstrip() if self._listed else line.lstrip()
        word = part if self._listed else part.rpartition(" ")[2]
        for begun in dict.fromkeys((part, word)):
            if not begun and not complete_event.completion_requested:
                continue
            for each in self._words:
                if each.casefold().startswith(begun.casefold()) and each != begun:
                    shown = cut(single_line(each), _WIDEST)
                    yield Completion(each, -len(begun), display=shown)
