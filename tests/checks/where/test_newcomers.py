"""A report that is new begins as reports do here; an old one stays what it is."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, PATH
from tests.commands.stage import Stage

NEW = "postmortems/2026-03-04-other.md"
BODY = "# It was slow\n\n## Impact\n\nIt was slow for 40 minutes.\n"
SAID = f"{NEW}:1:1: warning PM615 this new report has no front matter"
SINCE = ("--changed-since", "main")


@pytest.mark.parametrize("words", [("--staged",), ("--staged", NEW)])
def test_a_hook_tells_of_a_new_report_without_front_matter(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """It fails nothing, and says what lays the report out."""
    repository.write(NEW, BODY)
    repository.repo.git("add", "-A")

    said = repository.run("check", *words)

    assert said.code == 0
    assert SAID in said.out
    assert f"`postmortem convert {NEW} --template default`" in said.out


@pytest.mark.parametrize("committed", [True, False])
def test_a_pipeline_tells_of_it(repository: Stage, *, committed: bool) -> None:
    """Whether or not git has it already."""
    repository.repo.git("switch", "-qc", "work")
    repository.write(NEW, BODY)
    if committed:
        repository.repo.commit(NEW, BODY)

    assert SAID in repository.run("check", *SINCE).out
    assert "PM615" not in repository.run("check").out


def test_what_the_hint_says_works(repository: Stage) -> None:
    """The report is one like others then."""
    repository.repo.git("switch", "-qc", "work")
    repository.write(NEW, BODY)

    done = repository.run("convert", NEW, "--template", "default", "--yes")

    assert done.code == 0
    assert "PM615" not in repository.run("check", *SINCE).out


def test_old_ones_are_left_as_they_are(repository: Stage) -> None:
    """Changed ones and renamed ones too."""
    repository.repo.commit(NEW, BODY)
    repository.repo.git("switch", "-qc", "work")
    other = NEW.replace("other", "another")
    repository.write(NEW, BODY.replace("40", "50"))
    assert "PM615" not in repository.run("check", *SINCE).out

    repository.repo.git("mv", "-f", NEW, other)
    assert "PM615" not in repository.run("check", "--staged").out
    assert "PM615" not in repository.run("check", *SINCE).out


def test_only_reports_are_asked(repository: Stage) -> None:
    """Neither an index of the folder nor a file elsewhere, though it is named."""
    repository.repo.git("switch", "-qc", "work")
    for path in ("postmortems/README.md", "notes/2026-03-04-slow.md"):
        repository.write(path, BODY)
        repository.repo.git("add", "-A")

        assert "PM615" not in repository.run("check", "--staged", path).out
        assert "PM615" not in repository.run("check", *SINCE, path).out
    assert "PM615" not in repository.run("check", *SINCE).out


def test_before_the_first_commit_all_reports_are_new(unborn: Stage) -> None:
    """Without git nobody knows."""
    unborn.write(NEW, BODY)
    unborn.repo.git("add", "-A")

    assert SAID in unborn.run("check", "--staged").out
    assert "PM615" not in unborn.run("check").out


def test_a_report_that_has_lost_its_front_matter_is_no_new_one(
    repository: Stage,
) -> None:
    """That is an error, PM003."""
    repository.write(PATH, CLEAN.partition("---\n\n")[2])
    repository.repo.git("add", "-A")

    said = repository.run("check", "--staged")

    assert "PM003" in said.out
    assert "PM615" not in said.out
