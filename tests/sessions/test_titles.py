"""A title that is typed gives its words to a name, and nothing that is secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sessions.interview import FIRST, begin
from tests.sessions.person import Person

PLANTED = "8fJ2kQ9x" + "Lm3Zp7Rt"


@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["styled", "plain"])
def test_no_name_is_made_of_a_credential(
    person: Person, words: tuple[str, ...]
) -> None:
    """In small letters it would be found by no check; in the title it is."""
    title = f"The api token was {PLANTED}, and leaked"
    terminal = person.sit("new", *words)

    begin(terminal, (replace(FIRST[0], said=title), *FIRST[1:]))

    assert person.report.stem.endswith("-the-api-token-was-and-leaked")
    assert f"# {title}\n" in person.report.read_text()
    terminal.press("\x03")
    assert terminal.end() == 130
