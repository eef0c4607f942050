"""Where a line of a template ends, and a tag with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.templating.conftest import Folder


def test_a_word_with_raw_in_it_changes_nothing(folder: Folder) -> None:
    """The line behind a tag that ends a line stays a line of its own."""
    text = "drawn: {% if a %}a{% endif %}\nb\n"

    assert folder.render(text, a=True) == "drawn: a\nb\n"


def test_what_is_raw_stays_as_it_is(folder: Folder) -> None:
    """Between raw and endraw nothing is a tag."""
    text = "x {% if a %}a{% endif %}\n{% raw %}\ny {% if a %}\n{% endraw %}\nz\n"

    assert folder.render(text, a=True) == "x a\n\ny {% if a %}\nz\n"
