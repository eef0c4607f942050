"""A field is found by its name, by its label, or by words of a label."""

from __future__ import annotations

import pytest

from postmortem.answers import Asked, field_meant, field_named, nearest_field


@pytest.mark.parametrize(
    "said, name",
    [
        ("recovery", "recovery"),
        ("What ended it", "recovery"),
        ("what-ended-it", "recovery"),
        ("Action items", "actions"),
        ("WENT WELL", "went_well"),
        ("went-well", "went_well"),
        ("noticed", None),
        ("what", None),
        ("", None),
    ],
)
def test_a_field_goes_by_its_name_and_label(
    said: str, name: str | None, asked: Asked
) -> None:
    """However they are spelled; a part of a label is not enough to set a value."""
    assert field_named(said, asked.fields) == name


@pytest.mark.parametrize(
    "said, name",
    [
        ("noticed", "detection"),
        ("Ended it", "recovery"),
        ("slowed", "response"),
        ("questions", "open_questions"),
        ("safeguards", None),
        ("what", None),
        ("notice", None),
        (" ", None),
    ],
)
def test_whole_words_of_one_label_name_a_field(
    said: str, name: str | None, asked: Asked
) -> None:
    """Where several labels have them, nobody can tell."""
    assert field_meant(said, asked.fields) == name


@pytest.mark.parametrize(
    "said, name",
    [
        ("what_endd_it", "recovery"),
        ("noticed", "detection"),
        ("titel", "title"),
        ("xyzzy", None),
    ],
)
def test_the_nearest_field_is_looked_for_among_labels(
    said: str, name: str | None, asked: Asked
) -> None:
    """The name is told, as it is the same in every form."""
    assert nearest_field(said, asked.fields) == name
