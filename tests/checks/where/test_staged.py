"""`check --staged`: what the commit would have in it, and not what lies beside."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, LEAKING, LINE, PATH, WEAK, stage_text
from tests.commands.stage import Stage

OTHER = "postmortems/2026-03-03-other.md"


def _codes(stage: Stage, *words: str) -> list[str]:
    found = json.loads(stage.run("check", "--format", "json", *words).out)
    return [it["code"] for each in found["reports"] for it in each["findings"]]


def test_staged_content_counts_under_a_clean_work_tree(repository: Stage) -> None:
    """It is named by its path in the work tree, and by the line that is staged."""
    stage_text(repository, LEAKING)

    said = repository.run("check", "--staged")

    assert said.code == 1
    assert said.out.startswith(f"{PATH}:{LINE}:13: error PM701 ")
    assert (repository.root / PATH).read_text() == CLEAN


def test_what_is_not_staged_does_not_count(repository: Stage) -> None:
    """The work tree may be as weak as it likes."""
    repository.write(PATH, LEAKING)

    said = repository.run("check", "--staged")

    assert (said.code, said.out) == (0, "")
    assert repository.run("check").code == 1


def test_only_what_the_commit_would_change_is_checked(repository: Stage) -> None:
    """A report that is weak since long ago is not this commit's business."""
    repository.repo.commit(OTHER, WEAK.replace(ID, "2026-03-03-other"))
    stage_text(repository, CLEAN.replace("# Checkout", "# The checkout", 1))

    said = repository.run("check", "--staged")

    assert said.code == 0
    assert "1 report checked" in said.err


def test_a_path_is_checked_as_the_index_has_it(repository: Stage) -> None:
    """Changed or not: a program that passes paths has chosen them."""
    repository.repo.commit(OTHER, WEAK.replace(ID, "2026-03-03-other"))
    repository.write(OTHER, "# Nothing\n")

    assert _codes(repository, "--staged", PATH) == []
    assert "PM204" in _codes(repository, "--staged", OTHER, PATH)
    assert "PM204" in _codes(repository, "--staged", "postmortems")


def test_a_deleted_report_is_left_out(repository: Stage) -> None:
    """With its path given, and without."""
    repository.repo.git("rm", "-q", "--cached", PATH)

    assert repository.run("check", "--staged").code == 0
    assert repository.run("check", "--staged", PATH).code == 0


def test_a_path_that_git_does_not_have_is_said(repository: Stage) -> None:
    """It may be a slip, and nobody should think that it was checked."""
    repository.write(OTHER, WEAK)

    said = repository.run("check", "--staged", OTHER)

    assert said.code == 2
    assert f"{OTHER}: this is not in git's index\n  git add {OTHER}" in said.err


def test_before_the_first_commit_all_of_it_is_new(unborn: Stage) -> None:
    """There is no HEAD to compare with."""
    stage_text(unborn, LEAKING)

    assert "PM701" in _codes(unborn, "--staged")


def test_what_is_no_report_is_left_out(repository: Stage) -> None:
    """Neither a README beside the reports, nor a link, nor any other file."""
    stage_text(repository, "# Read me\n", "postmortems/README.md")
    stage_text(repository, LEAKING, "notes.md")
    (repository.root / OTHER).symlink_to(ID)
    repository.repo.git("add", OTHER)

    assert repository.run("check", "--staged").code == 0
    assert repository.run("check", "--staged", "postmortems/README.md").code == 0


def test_a_folder_of_the_settings_is_looked_into(repository: Stage) -> None:
    """A hook names all Markdown that is staged; guides beside the reports are none."""
    repository.write(".postmortem.yaml", "folders: [docs/incidents]\n")
    bare = LEAKING.replace(f"id: {ID}\n", "")
    names = ["docs/incidents/2026-03-02-x.md", "docs/guide.md"]
    for name in names:
        stage_text(repository, bare, name)

    said = repository.run("check", "--staged", *names)

    assert f"{names[0]}:" in said.out
    assert names[1] not in said.out


def test_from_a_folder_below_it_is_the_same(repository: Stage) -> None:
    """Paths are shown, and read, from where somebody stands."""
    stage_text(repository, LEAKING)
    inside = Stage(repository.root / "postmortems", repository.home)

    said, named = (
        inside.run("check", "--staged"),
        inside.run("check", "--staged", f"{ID}.md"),
    )

    assert said.out.startswith(f"{ID}.md:{LINE}:13: error PM701")
    assert named.out == said.out


@pytest.mark.parametrize("how", [("-a",), ("--", PATH)], ids=["all", "only"])
def test_a_hook_looks_at_the_index_of_its_commit(
    repository: Stage, tmp_path: Path, how: tuple[str, ...]
) -> None:
    """`commit -a` and `commit -- PATH` have an index of their own."""
    told = tmp_path / "told"
    repository.repo.hook("pre-commit", f'echo "$GIT_INDEX_FILE" >{told}; exit 1')
    repository.write(PATH, LEAKING)
    keep = 'cp "$GIT_INDEX_FILE" .git/the-index; echo .git/the-index'
    repository.repo.hook("pre-commit", f"({keep}) >{told}; exit 1")
    repository.repo.run("commit", "-m", "x", *how)
    inside = Stage(
        repository.root,
        repository.home,
        {"GIT_INDEX_FILE": told.read_text().strip()},
    )

    assert repository.run("check", "--staged").code == 0
    assert inside.run("check", "--staged").code == 1


def test_the_index_of_another_repository_is_not_ours(
    repository: Stage, tmp_path: Path
) -> None:
    """A hook of that one may have started us here."""
    stage_text(repository, LEAKING)
    away = tmp_path / "index"
    away.write_bytes(b"no index\n")
    inside = Stage(repository.root, repository.home, {"GIT_INDEX_FILE": str(away)})

    assert inside.run("check", "--staged").code == 1


def test_without_git_there_is_nothing_staged(plain: Stage) -> None:
    """That is said, with what to leave out."""
    said = plain.run("check", "--staged")

    assert said.code == 2
    assert "this is no git repository, so nothing is staged" in said.err


@pytest.mark.parametrize(
    "words", [("--fix",), ("--changed-since", "HEAD"), ("--write-baseline",)]
)
def test_what_makes_no_sense_together_is_refused(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """The index is read here, and never written."""
    assert repository.run("check", "--staged", *words).code == 2


def test_looking_at_the_index_runs_nothing(repository: Stage, tmp_path: Path) -> None:
    """SEC-REPO-EXEC: no monitor, filter, diff, pager, signer or hook of it."""
    canary = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {canary}\ncat\n")
    script.chmod(0o755)
    for key in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand"),
        *("core.askPass", "credential.helper", "diff.external", "diff.x.command"),
        *("diff.x.textconv", "filter.x.clean", "filter.x.smudge", "filter.x.process"),
        *("gpg.program", "merge.x.driver", "interactive.diffFilter"),
    ):
        repository.repo.git("config", key, str(script))
    for hook in ("post-index-change", "post-checkout", "reference-transaction"):
        repository.repo.hook(hook, f"touch {canary}")
    repository.write(".gitattributes", "*.md filter=x diff=x merge=x\n")
    sha = _blob(repository, LEAKING)
    canary.unlink(missing_ok=True)
    index = repository.root / ".git/index"
    before = index.read_bytes()

    said = repository.run("check", "--staged")
    since = repository.run("check", "--changed-since", "HEAD")
    named = repository.run("check", "--staged", PATH, "--format", "json")

    assert [said.code, since.code, named.code] == [1, 0, 1]
    assert not canary.exists()
    assert index.read_bytes() == before
    assert sha


def _blob(stage: Stage, text: str) -> str:
    """Stage a text, with the repository's own programs off."""
    off = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    sha = stage.repo.git(*off, "hash-object", "-w", "--stdin", stdin=text.encode())
    entry = f"100644,{sha},{PATH}"
    stage.repo.git(*off, "update-index", "--cacheinfo", entry)
    assert os.path.lexists(stage.root / PATH)
    return sha


def test_what_a_merge_brings_is_not_this_commits_business(repository: Stage) -> None:
    """The other side has let it in; what is written while merging is looked at."""
    git, other = repository.repo.git, WEAK.replace(ID, "2026-03-03-other")
    repository.repo.commit("x.txt", "one\n")
    git("switch", "--quiet", "--create", "topic")
    repository.repo.commit("x.txt", "two\n")
    git("switch", "--quiet", "main")
    repository.repo.commit("x.txt", "three\n")
    repository.repo.commit(OTHER, other)
    git("switch", "--quiet", "topic")
    repository.repo.run("merge", "--quiet", "main")
    repository.write("x.txt", "four\n")
    git("add", "x.txt")

    assert repository.run("check", "--staged").code == 0
    assert repository.run("check", "--staged", OTHER).code == 1
    stage_text(repository, other.replace("# Checkout", "# The checkout", 1), OTHER)
    assert repository.run("check", "--staged").code == 1
