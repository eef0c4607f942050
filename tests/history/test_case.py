"""Folders that differ in upper and lower case alone are one to some systems."""

from __future__ import annotations

import pytest

from postmortem.errors import Refused
from postmortem.history import Way, commit
from tests.history.repos import Repository


@pytest.mark.parametrize("way", Way)
def test_no_second_folder_begins(repo: Repository, way: Way) -> None:
    """GIT-CASE: the one that is there gets the report, or it is refused.

    Here the file system tells the two apart, so git's own setting plays the part of
    one that does not; what such a system itself does is not proved here.
    """
    repo.git("config", "core.ignorecase", "true")
    repo.commit("Postmortems/README.md")
    change = repo.report()
    before = repo.everything()
    try:
        rev = commit(repo.history, change, way=way).sha
    except Refused:
        assert way is not Way.NEW_STAY
        assert repo.everything() == before
        rev = "HEAD"

    names = repo.git("ls-tree", "-r", "--name-only", rev).splitlines()
    assert {name.partition("/")[0] for name in names if "/" in name} == {"Postmortems"}
