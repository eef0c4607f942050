"""Hooks of git: a commit with what holds a report up is refused, and no other."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from postmortem import yamls
from tests.checks.where.place import CLEAN, ID, LEAKING, LINE, PATH, WEAK, stage_text
from tests.checks.where.programs import ROOT, on_path
from tests.commands.stage import Stage

HOOK = ".git/hooks/pre-commit"
WAYS_ON = """\
a report holds this commit up: its errors stand above, and
  `postmortem check --explain CODE` says what mends one;
  a draft (`status: draft`) waits for nothing but secrets and what cannot be read;
  `postmortem submit ID --allow-findings` commits all else but a secret as it is;
  `git restore --staged FILE` leaves a report out of this commit
"""


@pytest.fixture
def hooked(repository: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return the repository with our hook, and with the settings committed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert repository.run("init", "--hook").code == 0
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "settings")
    return repository


def _commit(stage: Stage, *words: str) -> subprocess.CompletedProcess[bytes]:
    return stage.repo.run("commit", "-m", "a change", *words)


def test_init_writes_a_hook_that_git_can_run(repository: Stage) -> None:
    """With the settings, where there are none; a second time there is nothing to do."""
    first, second = repository.run("init", "--hook"), repository.run("init", "--hook")

    assert first.out.splitlines()[-1] == f"wrote {HOOK}"
    assert ".postmortem.yaml" in first.out
    assert second.out == f"kept {HOOK}\n"
    assert os.access(repository.root / HOOK, os.X_OK)


def test_what_is_staged_is_refused_under_a_clean_work_tree(hooked: Stage) -> None:
    """Each finding is said with its line, and nothing is committed."""
    before = hooked.repo.git("rev-parse", "HEAD")
    stage_text(hooked, LEAKING)

    done = _commit(hooked)

    assert done.returncode == 1
    assert f"{PATH}:{LINE}:13: error PM701" in (done.stdout + done.stderr).decode()
    assert b"a report holds this commit up" in done.stderr
    assert b"--no-verify" not in done.stderr
    assert done.stderr.decode().endswith(WAYS_ON)
    assert hooked.repo.git("rev-parse", "HEAD") == before
    assert (hooked.root / PATH).read_text() == CLEAN


def test_settings_with_a_mistake_are_not_blamed_on_a_report(hooked: Stage) -> None:
    """The check has not run; that is said, and nothing is committed."""
    hooked.write(".postmortem.yaml", "folders: 3\nnonsense: true\n")

    done = _commit(hooked, "-a")

    assert done.returncode == 1
    assert b"nonsense" in done.stderr
    assert b"the check of reports could not run" in done.stderr
    assert b"holds this commit up" not in done.stderr
    assert b"init --hook" not in done.stderr


@pytest.mark.parametrize("gone", ["nowhere", "no-program", "no-package"])
@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_a_program_that_is_gone_is_not_blamed_on_a_report(
    hooked: Stage, tmp_path: Path, gone: str, shell: str
) -> None:
    """Its environment was moved, or is another one now: the hook is written anew."""
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")
    program = tmp_path / "bin it's" / "python"
    program.parent.mkdir()
    if gone != "nowhere":
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755 if gone == "no-package" else 0o644)
    hook = hooked.root / HOOK
    text = hook.read_text()
    text = text.replace(shlex.quote(sys.executable), shlex.quote(str(program)))
    hook.write_text(text.replace("#!/bin/sh", f"#!/usr/bin/env {shell}", 1))
    stage_text(hooked, LEAKING)

    done = _commit(hooked)

    assert done.returncode == 1
    assert b"the check of reports could not run" in done.stderr
    assert b"`postmortem init --hook --force` writes the hook anew" in done.stderr
    assert b"holds this commit up" not in done.stderr
    assert hooked.run("init", "--hook", "--force").out == f"wrote {HOOK}\n"
    assert b"error PM701" in _commit(hooked).stderr + _commit(hooked).stdout


def test_what_is_not_staged_is_let_be(hooked: Stage) -> None:
    """A weak report in the work tree is not in this commit."""
    hooked.write(PATH, LEAKING)
    hooked.repo.commit("other.txt", "a change of something else\n")

    stage_text(hooked, CLEAN.replace("# Checkout", "# The checkout", 1))
    done = _commit(hooked)

    assert done.returncode == 0, done.stderr
    assert (hooked.root / PATH).read_text() == LEAKING


@pytest.mark.parametrize("how", [("-a",), ("--", PATH)], ids=["all", "only"])
def test_a_commit_of_the_work_tree_is_looked_at(
    hooked: Stage, how: tuple[str, ...]
) -> None:
    """Then git makes an index for this commit alone."""
    hooked.write(PATH, LEAKING)

    assert _commit(hooked, *how).returncode == 1
    hooked.write(PATH, CLEAN.replace("# Checkout", "# The checkout", 1))
    assert _commit(hooked, *how).returncode == 0


def test_a_draft_is_held_up_by_secrets_alone(hooked: Stage) -> None:
    """It may lack what it lacks."""
    hooked.write(PATH, WEAK)
    assert _commit(hooked, "-a").returncode == 1

    hooked.write(PATH, WEAK.replace("status: in-review", "status: draft"))
    assert _commit(hooked, "-a").returncode == 0

    hooked.write(PATH, LEAKING.replace("status: in-review", "status: draft"))
    assert _commit(hooked, "-a").returncode == 1


def test_a_commit_without_a_report_hears_nothing(hooked: Stage) -> None:
    """There is nothing to say of it; other forms are read by programs, and have all."""
    hooked.write("notes.txt", "a change of something else\n")
    hooked.repo.git("add", "notes.txt")

    said = hooked.run("check", "--staged")
    counted = hooked.run("check", "--staged", "--format", "json")
    done = _commit(hooked, "-q")

    assert said == (0, "", "")
    assert '"reports": []' in counted.out
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_submit_goes_through_the_hook(hooked: Stage) -> None:
    """Its private work tree has an index of its own, and so has `commit --only`."""
    name = "2026-03-03-other"
    hooked.write(f"postmortems/{name}.md", CLEAN.replace(ID, name))
    stage_text(hooked, LEAKING)

    stay = hooked.run("submit", name, "--way", "stay")

    assert (stay.code, stay.err) == (0, stay.err)
    assert hooked.repo.git("diff", "--cached", "--name-only") == PATH


def test_a_hook_of_somebody_else_is_left_alone(repository: Stage) -> None:
    """What to add to it is said."""
    script = "#!/bin/sh\nexit 0\n"
    repository.repo.hook("pre-commit", "exit 0")

    said = repository.run("init", "--hook")

    assert said.code == 2
    assert "there is a hook already, and it is left as it is" in said.err
    assert re.search(r"add to it:\n +\S+ -P -m postmortem check --staged", said.err)
    assert (repository.root / HOOK).read_text() == script


def test_hooks_that_are_kept_elsewhere_are_left_alone(repository: Stage) -> None:
    """The folder may be shared with other repositories, or be in the work tree."""
    repository.repo.git("config", "core.hooksPath", "dev/hooks")
    repository.write(".pre-commit-config.yaml", "repos: []\n")

    said = repository.run("init", "--hook")

    assert said.code == 2
    assert "takes the hooks of this repository from 'dev/hooks'" in said.err
    assert "add to dev/hooks/pre-commit:" in said.err
    assert "name the hook postmortem-check in .pre-commit-config.yaml" in said.err
    assert not (repository.root / HOOK).exists()


@pytest.mark.parametrize(
    "folder, file",
    [
        (".husky", ".husky/pre-commit"),
        (".husky/_", ".husky/pre-commit"),
        ("{root}/dev/hooks", "{root}/dev/hooks/pre-commit"),
    ],
)
def test_a_file_that_all_share_gets_no_path_of_this_machine(
    repository: Stage, folder: str, file: str
) -> None:
    """Their program is elsewhere: the line finds it on their PATH."""
    top = repository.root
    repository.repo.git("config", "core.hooksPath", folder.format(root=top))

    said = repository.run("init", "--hook")

    added = f"add to {file.format(root=top)}:\n  postmortem check --staged || exit 1\n"
    assert said.code == 2
    assert added in said.err
    assert sys.executable not in said.err


@pytest.mark.parametrize("folder", ["{away}", ".git/other", "../shared", "~/hooks"])
def test_a_file_of_this_machine_names_its_program(
    repository: Stage, tmp_path: Path, folder: str
) -> None:
    """Outside the work tree nobody else runs it, and PATH may have another program."""
    away = folder.format(away=tmp_path / "away")
    repository.repo.git("config", "core.hooksPath", away)

    said = repository.run("init", "--hook")

    assert f"add to {away}/pre-commit:" in said.err
    assert re.search(r"\n +\S+ -P -m postmortem check --staged \|\| exit 1", said.err)


def test_a_link_into_the_repository_leads_to_what_all_share(repository: Stage) -> None:
    """Then the hook that is there is a file of the work tree."""
    repository.write("dev/pre-commit", "#!/bin/sh\nexit 0\n")
    hook = repository.root / HOOK
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to("../../dev/pre-commit")

    said = repository.run("init", "--hook")

    assert re.search(r"add to it:\n +postmortem check --staged \|\| exit 1", said.err)


def test_an_older_hook_of_ours_is_replaced(repository: Stage) -> None:
    """It says of itself whose it is."""
    repository.run("init", "--hook")
    hook = repository.root / HOOK
    written = hook.read_text()
    hook.write_text(written.replace("--staged", "--old"))

    said = repository.run("init", "--hook")

    assert said.out == f"wrote {HOOK}\n"
    assert hook.read_text() == written


def test_a_link_in_its_place_is_not_followed(repository: Stage, tmp_path: Path) -> None:
    """Where it leads to is somebody else's."""
    repository.run("init", "--hook")
    hook = repository.root / HOOK
    away = tmp_path / "theirs"
    away.write_text(hook.read_text().replace("--staged", "--old"))
    before = away.read_text()
    hook.unlink()
    hook.symlink_to(away)

    assert repository.run("init", "--hook").code == 2
    assert away.read_text() == before


def test_one_hook_is_that_of_all_settings(repository: Stage) -> None:
    """Git runs it at the top; what is below has settings that are staged with it."""
    own = "2026-03-04-late"
    repository.write("team/.postmortem.yaml", "folders: [reports]\n")
    inside = Stage(repository.root / "team", repository.home)
    assert repository.run("init", "--hook").out.startswith("wrote ")

    again = inside.run("init", "--hook")

    assert again.out.startswith("kept ")
    repository.write(f"team/reports/{own}.md", LEAKING.replace(ID, own))
    repository.repo.git("add", "-A")
    refused = repository.repo.run("commit", "-m", "x")
    assert refused.returncode == 1
    assert b"PM701" in refused.stdout + refused.stderr


def test_no_module_of_the_repository_is_run(hooked: Stage, tmp_path: Path) -> None:
    """SEC-REPO-EXEC: what stands in the current folder is not on the path."""
    canary = tmp_path / "ran"
    for name in ("click.py", "postmortem/__init__.py", "sitecustomize.py"):
        hooked.write(name, f"open({str(canary)!r}, 'w')\n")
    hooked.write(PATH, CLEAN.replace("# Checkout", "# The checkout", 1))

    assert _commit(hooked, "-a").returncode == 0
    assert not canary.exists()


def test_outside_a_repository_there_is_no_hook(plain: Stage) -> None:
    """Then nothing is written at all."""
    said = plain.run("init", "--hook")

    assert said.code == 2
    assert not (plain.root / ".postmortem.yaml").exists()


def test_the_hook_for_pre_commit_is_what_its_program_wants(
    repository: Stage, tmp_path: Path
) -> None:
    """It is called with the paths that its pattern fits, and looks at the index."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    lines = text.removeprefix("- ").replace("\n  ", "\n")
    hook = {name: node.tree() for name, node in yamls.load(lines).entries.items()}
    assert (hook["id"], hook["language"]) == ("postmortem-check", "python")
    assert (hook["pass_filenames"], hook["entry"]) == (
        "true",
        "postmortem check --staged",
    )
    fits = re.compile(str(hook["files"])).search
    assert fits(PATH)
    assert fits(f"team/{PATH}")
    assert fits("docs/incidents/one.md")
    assert not fits("docs/other.txt")
    assert fits(f"postmortems/{ID}/deploy.log")
    assert fits(f"{ID}/logs/deploy")
    assert not fits("2026-03-02-notes.txt")

    stage_text(repository, LEAKING)
    done = subprocess.run(
        [*shlex.split(str(hook["entry"])), PATH],
        cwd=repository.root,
        env=on_path(tmp_path / "bin"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout.startswith(f"{PATH}:{LINE}:13: error PM701")


def test_force_puts_ours_in_the_place_of_another(repository: Stage) -> None:
    """That is kept beside it, and an older one of these too."""
    script = "#!/bin/sh\nexit 0\n"
    repository.write(".postmortem.yaml", "")
    for name in ("pre-commit.orig", "pre-commit-2.orig"):
        repository.repo.hook("pre-commit", "exit 0")

        said = repository.run("init", "--hook", "--force")

        assert said.code == 0
        assert said.out == (
            f"kept the old one as {name}, which runs no more, and wrote {HOOK}\n"
        )
        assert (repository.root / HOOK).with_name(name).read_text() == script
        assert "check --staged" in (repository.root / HOOK).read_text()
