"""Looking runs nothing that a repository brings along, and finds what is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from postmortem.errors import Missing
from postmortem.history import (
    Found,
    Way,
    blob_id,
    branches,
    commit,
    find,
    head,
    identity,
    outer,
    propose,
    read_blob,
    remotes,
    reports_on_branches,
    state,
    taken,
)
from tests.history.repos import BRANCH, REPORT, TEXT, Repository


def _on_branch(repo: Repository) -> None:
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    (repo.root / REPORT).unlink()


def test_nothing_of_the_repositorys_is_run_by_looking(
    repo: Repository, tmp_path: Path
) -> None:
    """SEC-REPO-EXEC: no hook, filter, monitor, pager, editor, signer or transport."""
    repo.commit("tracked.txt", "one\n")
    _on_branch(repo)
    trap = repo.write("trap", f"#!/bin/sh\ntouch {tmp_path}/pwned\nexit 1\n")
    trap.chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor"),
        *("core.askPass", "core.gitProxy", "diff.external", "diff.x.textconv"),
        *("diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process"),
        *("gpg.program", "gpg.ssh.program", "pager.log", "credential.helper"),
        *(
            "alias.rev-parse",
            "alias.config",
            "sequence.editor",
            "uploadpack.packObjectsHook",
        ),
    ):
        repo.git("config", name, str(trap))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "remote.origin.url", "ssh://example.invalid/r.git")
    repo.git("config", "remote.origin.promisor", "true")
    repo.write(".gitattributes", "* filter=x diff=x\n")
    repo.write("tracked.txt", "two\n")
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        repo.hook(name, f"touch {tmp_path}/pwned")
    (repo.git_dir / "index").touch()

    history = find(repo.root)
    assert reports_on_branches(history, "postmortems")
    assert read_blob(history, BRANCH, REPORT) == TEXT
    assert blob_id(history, "HEAD", "nothing") is None
    repo.git("config", "core.repositoryFormatVersion", "1")
    name = repo.git("rev-parse", f"{BRANCH}:{REPORT}")
    (repo.git_dir / "objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(Missing):
        read_blob(history, BRANCH, REPORT)
    assert taken(history, "postmortem/new", "postmortems/new.md") is None
    assert all([history.authors(), head(history), branches(history)])
    assert all([identity(history), remotes(history)])
    assert outer(history) is None
    assert propose(state(history, changes=False)).way is Way.NEW_STAY

    assert not (tmp_path / "pwned").exists()


def test_the_state_is_known_without_the_monitor(
    repo: Repository, tmp_path: Path
) -> None:
    """SEC-REPO-EXEC: `git status` alone would run it."""
    hook = repo.hook("monitor", f"touch {tmp_path}/pwned; exit 1")
    repo.git("config", "core.fsmonitor", str(hook))

    assert state(repo.history).dirty is False

    assert not (tmp_path / "pwned").exists()


def test_reports_on_branches_are_found(repo: Repository) -> None:
    """Those that HEAD lacks, and the changed one that a branch is named after."""
    for name in ("a", "b"):
        repo.commit(f"postmortems/{name}.md", f"# {name}\n")
    repo.commit("postmortems/picture.png")
    repo.git("branch", "postmortem/old")
    for name in ("c", "d"):
        path = f"postmortems/{name}.md"
        commit(repo.history, repo.report(path), way=Way.NEW_STAY)
        (repo.root / path).unlink()
    repo.git("switch", "-qc", "postmortem/a")
    repo.commit("postmortems/a.md", "# a, changed\n")
    repo.git("switch", "-qc", "other/branch")
    repo.commit("postmortems/e.md")
    repo.git("switch", "-q", "main")
    repo.commit("postmortems/b.md", "# b, changed on main\n")

    found = reports_on_branches(repo.history, "postmortems")

    assert found == tuple(
        Found(
            branch=f"postmortem/{name}",
            path=f"postmortems/{name}.md",
            blob=repo.git("rev-parse", f"postmortem/{name}:postmortems/{name}.md"),
        )
        for name in "acd"
    )
    assert reports_on_branches(repo.history, "nowhere") == ()
    assert reports_on_branches(repo.history, "postmortems", "none/") == ()


def test_reports_at_the_top_are_found(repo: Repository) -> None:
    """A folder of nothing but reports is a repository too."""
    repo.git("switch", "-qc", "postmortem/x")
    repo.commit("x.md")
    repo.git("switch", "-q", "main")

    assert [found.path for found in reports_on_branches(repo.history, "")] == ["x.md"]


def test_two_hundred_branches_are_two_runs_of_git(repo: Repository) -> None:
    """Listing is fast however many branches there are."""
    import time

    _on_branch(repo)
    sha = repo.git("rev-parse", BRANCH)
    lines = "".join(f"create refs/heads/postmortem/n{n} {sha}\n" for n in range(200))
    repo.git("update-ref", "--stdin", stdin=lines.encode())
    history, start = repo.history, time.monotonic()

    found = reports_on_branches(history, "postmortems")

    assert len(found) == 201
    assert time.monotonic() - start < 2


def test_what_is_not_there_is_missing(repo: Repository) -> None:
    """Also a folder, and a name that is none."""
    repo.commit(REPORT)

    for rev, path in (
        ("HEAD", "x"),
        ("no", REPORT),
        ("HEAD", "postmortems"),
        ("-p", ""),
    ):
        with pytest.raises(Missing):
            read_blob(repo.history, rev, path)
    assert read_blob(repo.history, "HEAD", REPORT) == b"text\n"


def test_authors_are_those_of_the_last_commits(repo: Repository) -> None:
    """For completion: the most frequent first, then the latest, each once."""
    repo.git("config", "i18n.logOutputEncoding", "latin1")
    for path, name in enumerate(("Zoë", "A reviewer", "Zoë", "A reviewer", "Zoë")):
        repo.git("config", "user.name", name)
        repo.commit(str(path))

    assert repo.history.authors() == ("Zoë", "A reviewer", "The on-call engineer")
    assert repo.history.authors(2) == ("Zoë", "A reviewer")
    assert repo.history.authors(1) == ("Zoë",)


def test_authors_are_called_as_the_mailmap_says(repo: Repository) -> None:
    """Two spellings of one person are one, whatever the configuration says of it."""
    repo.git("config", "log.mailmap", "false")
    repo.git("config", "user.name", "oncall")
    repo.commit("a")
    repo.write(".mailmap", "The engineer <oncall@example.com>\n")

    assert repo.history.authors() == ("The engineer",)


def test_nobody_wrote_what_has_no_commit(tmp_path: Path) -> None:
    """A repository that was just made."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    assert find(tmp_path).authors() == ()
