"""What git still knows of the front matter: a report that has lost it is damaged."""

from __future__ import annotations

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, stage_text
from tests.commands.stage import Stage

BODY = CLEAN.partition("---\n\n")[2]
SAID = f"{PATH}:1:1: error PM003 the front matter is gone"
OTHER = "postmortems/2026-03-04-other.md"


@pytest.mark.parametrize("words", [(), (PATH,), ("--changed-since", "main")])
@pytest.mark.parametrize("text", [BODY, "", "---\n---\n\n# Slow\n"])
def test_a_file_that_git_has_with_front_matter_is_damaged_without(
    repository: Stage, text: str, words: tuple[str, ...]
) -> None:
    """It would be read by its headings, and nothing asked of it."""
    repository.write(PATH, text)

    said = repository.run("check", *words)

    assert said.code == 1
    assert SAID in said.out
    assert f"`git log -p -- {PATH}` shows what it was" in said.out


@pytest.mark.parametrize("words", [(), (PATH,)])
def test_a_hook_sees_it_before_it_is_committed(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """What is staged counts; the work tree may be whole."""
    stage_text(repository, BODY)

    said = repository.run("check", "--staged", *words)

    assert said.code == 1
    assert SAID in said.out
    assert repository.run("check").code == 0


def test_a_pipeline_sees_what_a_branch_has_committed(repository: Stage) -> None:
    """HEAD has it without then; where the branch began it was whole."""
    repository.repo.git("switch", "-qc", "work")
    repository.repo.commit(PATH, BODY)

    said = repository.run("check", "--changed-since", "main")

    assert said.code == 1
    assert SAID in said.out
    assert "PM003" not in repository.run("check").out


def test_what_is_kept_follows_head(repository: Stage) -> None:
    """Once it is committed so, it is what the team has."""
    repository.write(PATH, BODY)
    assert SAID in repository.run("check").out
    assert SAID in repository.run("check").out

    repository.repo.git("commit", "-qam", "as it is")
    assert "PM003" not in repository.run("check").out

    repository.write(PATH, CLEAN)
    assert repository.run("check").code == 0


def test_a_report_that_never_had_any_is_read_by_its_headings(
    repository: Stage,
) -> None:
    """Nor is one damaged whose front matter was of a site's generator."""
    repository.repo.commit(OTHER, "# It was slow\n\n## Impact\n\nSlow.\n")
    repository.write(OTHER, "# It was slow\n\n## Impact\n\nSlow for an hour.\n")
    assert "PM003" not in repository.run("check").out

    repository.repo.commit(OTHER, "---\nlayout: post\ntitle: Slow\n---\n\n# Slow\n")
    repository.write(OTHER, "# It was slow\n\n## Impact\n\nSlow for an hour.\n")
    assert "PM003" not in repository.run("check").out


def test_a_new_file_and_an_empty_one_are_not_damaged(repository: Stage) -> None:
    """Git knows nothing of them, and an empty one is still passed over."""
    repository.write(OTHER, "# It was slow\n\n## Impact\n\nSlow.\n")
    repository.write("postmortems/2026-03-05-empty.md", "")

    said = repository.run("check", "--format", "json")

    assert "PM003" not in said.out
    assert "2026-03-05-empty" not in said.out


def test_nothing_is_known_without_a_commit_or_git(unborn: Stage, plain: Stage) -> None:
    """That is no mistake."""
    for stage in (unborn, plain):
        stage.write(PATH, BODY)

        assert "PM003" not in stage.run("check").out


def test_a_submit_is_refused_for_it(repository: Stage) -> None:
    """As for everything else that cannot be read."""
    repository.write(PATH, BODY)

    said = repository.run("submit", ID, "--way", "here")

    assert said.code == 2
    assert "the front matter is gone" in said.err


@pytest.mark.parametrize("line", ["", "template:\n", "template: defualt 1\n"])
def test_a_template_that_is_lost_lets_nothing_through(
    repository: Stage, line: str
) -> None:
    """By headings nothing is missing: what is empty, and in review, would be clean."""
    weak = f"---\nid: {ID}\ntemplate: default 1\nstatus: in-review\n---\n\n# Slow\n"
    repository.repo.commit(PATH, weak)
    stage_text(repository, weak.replace("template: default 1\n", line))

    said = repository.run("check", "--staged")

    assert said.code == 1
    assert "error PM607" in said.out
    assert repository.run("check", "--staged", PATH).out == said.out


def test_a_pipeline_sees_that_a_branch_has_lost_a_template(repository: Stage) -> None:
    """There HEAD has none either."""
    lost = CLEAN.replace("template: ", "before: ")
    repository.repo.git("switch", "-qc", "work")
    repository.repo.commit(PATH, lost)

    said = repository.run("check", "--changed-since", "main")

    assert said.code == 1
    assert "error PM607 no template is named any more" in said.out
    assert "warning PM607 no template is named, so" in repository.run("check").out


def test_a_draft_may_do_without_a_template(repository: Stage) -> None:
    """It is told, and held up by nothing."""
    draft = CLEAN.replace("in-review", "draft")
    repository.write(PATH, draft.replace("template: ", "before: "))

    said = repository.run("check")

    assert said.code == 0
    assert "warning PM607 no template is named any more" in said.out
