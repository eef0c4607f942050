"""What rules look for is data with a version, which tells one state from another."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from postmortem import checks

ROOM = Path(checks.__file__).parent
KNOWN = {
    "actions/areas.toml": (1, "252d4484"),
    "wording/en.toml": (4, "a248885a"),
    "wording/de.toml": (2, "dafabafe"),
    "privacy/secrets.toml": (2, "ce213b42"),
}
"""The version of each file, and how the digest of what it says begins."""


@pytest.mark.parametrize("name", KNOWN)
def test_other_data_is_another_version(name: str) -> None:
    """Change the version with the data, and both of them here."""
    read = tomllib.loads((ROOM / name).read_text("utf-8"))
    version = read.pop("version")
    digest = hashlib.sha256(repr(sorted(read.items())).encode()).hexdigest()

    assert (version, digest[:8]) == KNOWN[name]


def test_every_file_of_data_has_one() -> None:
    """A new language is one more line above."""
    found = {each.relative_to(ROOM).as_posix() for each in ROOM.rglob("*.toml")}

    assert found == KNOWN.keys()
