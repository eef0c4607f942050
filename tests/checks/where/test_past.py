"""What the history of a report says of it: jumps of its status, and its deadline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.reports import BASE
from tests.commands.stage import Stage

ID = "2026-03-02-checkout-slow-after-a-cache-change"
QUESTIONS = BASE.partition("## Open questions\n")[2].partition("\n## Rev")[0]
FINAL = BASE.replace(QUESTIONS, "\n_None._\n")
JUMPED = "PM801 the status went from draft to final\n  in-review comes between"


@pytest.fixture
def repository(plain: Stage) -> Stage:
    """Return a repository in whose first commit one report is in review."""
    (path,) = plain.root.rglob("*.md")
    path.unlink()
    plain.repo.git("init", "-q")
    _commit(plain, "in-review")
    return plain


def test_one_step_is_no_jump(repository: Stage) -> None:
    """From in-review it may become final."""
    _write(repository, "final")

    assert "PM801" not in repository.run("check").out


def test_a_jump_is_found_before_and_after_its_commit(repository: Stage) -> None:
    """It is what the history says, whatever was committed since."""
    _commit(repository, "draft")
    _write(repository, "final")
    assert JUMPED in repository.run("check").out

    _commit(repository, "final")
    repository.write("notes.txt", "x")
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "something else")
    assert JUMPED in repository.run("check").out
    assert JUMPED in repository.run("check", "--changed-since", "HEAD~3").out

    _commit(repository, "in-review")
    _commit(repository, "final")
    assert "PM801" not in repository.run("check").out


def test_who_puts_a_final_report_back_to_a_draft_is_told(repository: Stage) -> None:
    """Where a commit or a branch is looked at; a draft that was never more is none."""
    _commit(repository, "final")
    repository.repo.git("switch", "-qc", "topic")
    _write(repository, "draft")
    repository.repo.git("add", "-A")

    assert "PM801" in repository.run("check", "--staged").out
    repository.repo.git("commit", "-qm", "back")
    assert "PM801" in repository.run("check", "--changed-since", "HEAD~1").out

    repository.repo.git("switch", "-q", "--orphan", "new")
    _commit(repository, "draft")
    repository.write("notes.txt", "x")
    _write(repository, "draft")
    repository.repo.git("add", "-A")
    assert "PM801" not in repository.run("check", "--staged").out


def test_the_deadline_counts_to_the_commit_that_made_it_final(
    repository: Stage,
) -> None:
    """Not to the day on which somebody looks; `published` says it better."""
    repository.repo.commit(".postmortem.yaml", "publish_within:\n  SEV-2: 7\n")
    _commit(repository, "final", "2026-03-08T12:00:00Z")
    assert "PM802" not in repository.run("check").out

    repository.repo.git("reset", "-q", "--hard", "HEAD~1")
    _commit(repository, "final", "2026-03-11T12:00:00Z")
    assert "SEV-2 was final on 2026-03-11; 7 days" in repository.run("check").out


def test_without_git_a_final_report_has_no_deadline(plain: Stage) -> None:
    """Nobody knows when it became final."""
    (path,) = plain.root.rglob("*.md")
    path.unlink()
    plain.write(".postmortem.yaml", "publish_within:\n  SEV-2: 7\n")
    _write(plain, "final")

    assert "PM802" not in plain.run("check").out


def _write(stage: Stage, status: str) -> Path:
    text = FINAL.replace("status: in-review", f"status: {status}")
    text = text.replace(" · in-review**", f" · {status}**")
    return stage.write(f"postmortems/{ID}.md", text)


def _commit(stage: Stage, status: str, when: str = "2026-03-03T12:00:00Z") -> None:
    _write(stage, status)
    stage.repo.git("add", "-A")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", when)
        stage.repo.git("commit", "-qm", status)
