"""Words are found where they stand, by whatever short way they are looked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from postmortem.checks.vocabulary import Vocabulary
from postmortem.checks.windows import Spots, spots

_PIECES = (
    "took",
    "took ",
    "too",
    "[date",
    "[",
    "!!",
    "!",
    "from ",
    "fromage",
    " ",
    "é",
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_WORDS = ("took ", "took", "from ", "[date", "!!", "???", "fromage", "date ", "école")


@given(_TEXTS)
def test_each_place_of_a_word_is_found(text: str) -> None:
    """With a blank at its end, with a mark in it, and twice in a row."""
    known = Spots(text)

    for word in _WORDS * 2:
        expected = [at for at in range(len(text)) if text.startswith(word, at)]
        assert known.of((word,)) == spots(text, (word,)) == expected


@given(_TEXTS)
def test_a_vocabulary_finds_what_begins_a_word(text: str) -> None:
    """And, as it is a little wider, nothing that is not there."""
    words = Vocabulary(text)

    for word in _WORDS:
        mark = re.escape(word)
        begun = {it.start() for it in re.finditer(rf"(?<!\w)(?={mark})", text)}
        found = set(words.spots((word,)))
        assert begun <= found
        assert found <= {at for at in range(len(text)) if text.startswith(word, at)}
