"""Words that are whole at the end of a row, while an answer is written.

Loaded with the first question.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import (
    Processor,
    Transformation,
    TransformationInput,
)
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth


class Wrapping(Processor):
    """Fills a row up with blanks where the next word would be broken.

    `first` are the columns in front of the first row, `others` of all that follow.
    """

    def __init__(self, first: int, others: int) -> None:
        self._first, self._others = first, others

    def apply_transformation(  # noqa: D102 - prompt_toolkit says what it is
        self, transformation_input: TransformationInput
    ) -> Transformation:
        text = fragment_list_to_text(transformation_input.fragments)
        begin = self._others if transformation_input.lineno else self._first
        width = transformation_input.width
        gaps = dict(filled(text, width, begin, self._others))
        if not gaps:
            return Transformation(transformation_input.fragments)
        shown: StyleAndTextTuples = []
        places: list[int] = []
        chars = explode_text_fragments(transformation_input.fragments)
        for at, fragment in enumerate(chars):
            if gap := gaps.get(at):
                shown.append(("", " " * gap))
            places.append((places[-1] + 1 if places else 0) + gaps.get(at, 0))
            shown.append(fragment)
        return Transformation(
            shown,
            source_to_display=lambda at: _placed(places, at),
            display_to_source=lambda at: max(bisect_right(places, at) - 1, 0),
        )


def filled(text: str, width: int, begin: int, below: int) -> Iterator[tuple[int, int]]:
    """Yield the words that go to the next row, and the blanks that take them there.

    A word is where it begins. One that is wider than a row is broken anywhere.
    """
    column, at = begin, 0
    for part in text.split(" "):
        wide = get_cwidth(part)
        if column + wide >= width and below < column and wide < width - below:
            if column < width:
                yield at, width - column
            column = below
        column += wide + 1
        while column > width:
            column -= width - below
        at += len(part) + 1


def _placed(places: list[int], at: int) -> int:
    if at < len(places):
        return places[at]
    return places[-1] + 1 + at - len(places) if places else at
