"""A person in a repository, whose terminals are looked after and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sessions.person import Person

OURS = re.compile(
    r"\x1b\[(?:\?(?:1|7|12|25|2004)[hl]|(?:\d{1,3};)*\d{0,3}m|\d*[ABCDJK])"
)
"""What we send to a terminal: colours, where the cursor goes, what is erased."""
HOSTILE = re.compile(
    "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Characters that command a terminal, or turn text around; SEC-ESC."""


@pytest.fixture
def person(tmp_path: Path, home: Path) -> Iterator[Person]:
    """Return somebody in a repository on main; what their terminals got was ours."""
    root = tmp_path / "work"
    root.mkdir()
    person = Person(root=root, home=home)
    person.repo.git("init", "-q")
    person.repo.commit("README", "read me\n")
    yield person
    for terminal in person.terminals:
        terminal.leave()
        assert_ours(terminal.raw)


def assert_ours(raw: bytes) -> None:
    """Assert that nothing commands the terminal but what we send on purpose."""
    text = raw.decode("utf-8", "replace")
    found = HOSTILE.search(OURS.sub("", text))
    assert found is None, repr(text[max(0, found.start() - 60) : found.end() + 60])
