"""Pushing: in the server's own words, in time, to no address but a configured one."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem.errors import Missing, PostmortemError, Refused
from postmortem.history import Way, commit, push, remotes
from postmortem.history.words import plain
from tests.history.repos import BRANCH, Repository


@pytest.fixture
def server(repo: Repository, tmp_path: Path) -> Repository:
    """Return a server that knows main, and is `origin`; a report is committed."""
    repo.git("init", "-q", "--bare", "../server.git")
    repo.git("remote", "add", "origin", str(tmp_path / "server.git"))
    repo.git("push", "-q", "origin", "main")
    commit(repo.history, repo.report(), way=Way.NEW_STAY)
    return Repository(tmp_path / "server.git")


def test_a_branch_is_pushed_and_followed(repo: Repository, server: Repository) -> None:
    """Only that branch, and nothing else of the repository changes."""
    server.hook("post-receive", "echo 'open a pull request at x\\033[2J'", "hooks")
    before = repo.git("rev-parse", "HEAD"), repo.status()

    pushed = push(repo.history, BRANCH)

    assert (pushed.remote, pushed.branch) == ("origin", BRANCH)
    assert "open a pull request at x" in pushed.said
    assert "\x1b" not in pushed.said
    assert set(server.refs()) == {"refs/heads/main", f"refs/heads/{BRANCH}"}
    assert (repo.git("rev-parse", "HEAD"), repo.status()) == before
    assert repo.git("config", f"branch.{BRANCH}.remote") == "origin"


def test_a_branch_that_the_server_has_otherwise_is_rejected(
    repo: Repository, server: Repository
) -> None:
    """GIT-PUSH-REJ: not forced, and the commit is kept."""
    other = server.git("commit-tree", "-m", "theirs", "main^{tree}")
    server.git("update-ref", f"refs/heads/{BRANCH}", other)
    mine = repo.git("rev-parse", BRANCH)

    with pytest.raises(Refused, match="rejected") as caught:
        push(repo.history, BRANCH)

    assert f"git push -u origin {BRANCH}" in str(caught.value)
    assert repo.git("rev-parse", BRANCH) == mine
    assert server.git("rev-parse", BRANCH) == other


def test_the_servers_reason_is_shown(repo: Repository, server: Repository) -> None:
    """GIT-PUSH-REJ, SEC-ESC-GIT: in its own words, which command no terminal."""
    said = "printf 'GH006: Protected branch \\033]0;x\\007\\n' >&2; exit 1"
    server.hook("pre-receive", said, "hooks")

    with pytest.raises(Refused, match="GH006: Protected branch") as caught:
        push(repo.history, BRANCH)

    assert "pre-receive hook declined" in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert "\x07" not in str(caught.value)


def test_a_hook_of_ones_own_can_say_no(repo: Repository, server: Repository) -> None:
    """GIT-PUSH-REJ: pre-push runs, without a standard input of the terminal's."""
    repo.hook("pre-push", "echo 'not from here' >&2; exit 1")

    with pytest.raises(Refused, match="not from here"):
        push(repo.history, BRANCH)

    assert set(server.refs()) == {"refs/heads/main"}


@pytest.fixture
def silence() -> Iterator[int]:
    """Return the port of a server that takes a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        kept: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    kept.append(listening.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        for connection in kept:
            connection.close()
        listening.shutdown(socket.SHUT_RDWR)


def test_a_silent_server_is_given_up(repo: Repository, silence: int) -> None:
    """GIT-HANG: within the deadline."""
    repo.git("remote", "add", "origin", f"git://127.0.0.1:{silence}/r.git")
    start = time.monotonic()

    with pytest.raises(PostmortemError, match="did not end within 1 s"):
        push(repo.history, "main", deadline=1.0)

    assert time.monotonic() - start < 8


def test_an_ssh_that_hangs_is_ended_with_its_children(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT-HANG: nothing goes on in the background."""
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/pid\nwait\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
    repo.git("remote", "add", "origin", "ssh://example.invalid/r.git")

    with pytest.raises(PostmortemError, match="did not end"):
        push(repo.history, "main", deadline=1.0)

    pid = (tmp_path / "pid").read_text().strip()
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False
    )
    assert state.stdout.strip() in ("", "Z")


def test_there_may_be_no_remote(repo: Repository) -> None:
    """What to do is said, and that the commit is kept."""
    with pytest.raises(Missing, match="no remote to push to") as caught:
        push(repo.history, "main")

    assert "git remote add origin" in str(caught.value)


@pytest.mark.parametrize(
    "remote",
    [
        "--upload-pack=touch pwned",
        "--receive-pack=x",
        "ext::sh -c touch%20pwned",
        "https://example.com/r.git",
        "nowhere",
        "-f",
        "",
        "o\nrigin",
    ],
)
def test_an_address_is_no_remote(
    repo: Repository, server: Repository, remote: str
) -> None:
    """SEC-ARGV: only a name that is configured is, and never an option."""
    with pytest.raises(Missing, match="there is no remote"):
        push(repo.history, BRANCH, remote=remote)

    assert not (repo.root / "pwned").exists()
    assert set(server.refs()) == {"refs/heads/main"}


@pytest.mark.parametrize(
    "remote", ["o\nrigin", 'o"]\n[core]\n\tpager = false', "o]", "o\r\n", "[o", "o\0"]
)
def test_no_name_of_a_remote_gets_into_the_configuration(
    repo: Repository, server: Repository, remote: str
) -> None:
    """SEC-CONFIGINJ: nothing of ours writes to it, nor leaves a lock beside it."""
    config = repo.git_dir / "config"
    before = config.read_bytes()

    with pytest.raises(Missing, match="there is no remote"):
        push(repo.history, BRANCH, remote=remote)

    assert config.read_bytes() == before
    assert not list(repo.git_dir.rglob("*.lock"))
    assert set(server.refs()) == {"refs/heads/main"}


def test_a_remote_like_an_option_is_not_taken_for_one(repo: Repository) -> None:
    """SEC-ARGV: even when a configuration names it so."""
    repo.git("config", "remote.--mirror.url", "../server.git")

    with pytest.raises(Missing):
        push(repo.history, "main")
    with pytest.raises(Missing):
        push(repo.history, "main", remote="--mirror")


@pytest.mark.parametrize("branch", ["--mirror", "nowhere", "main:other", "+main"])
def test_a_branch_must_be_there(
    repo: Repository, server: Repository, branch: str
) -> None:
    """SEC-ARGV: a refspec or an option is no branch."""
    with pytest.raises(Missing, match="there is no branch"):
        push(repo.history, branch)

    assert set(server.refs()) == {"refs/heads/main"}


def test_a_token_in_an_address_is_not_shown(repo: Repository) -> None:
    """GIT-URLTOKEN: neither when it is listed nor when it fails."""
    url = "http://me:ghp_secret@127.0.0.1:1/r.git"
    repo.git("remote", "add", "origin", url)

    assert remotes(repo.history) == {"origin": "http://127.0.0.1:1/r.git"}
    with pytest.raises(Refused) as caught:
        push(repo.history, "main")

    assert "ghp_secret" not in str(caught.value)


def test_nobody_elses_words_show_a_token() -> None:
    """GIT-URLTOKEN: also where a hook or a helper says it."""
    said = plain(b"fatal: https://me:ghp_x@h/r.git and ssh://me@h/\n")

    assert said == "fatal: https://h/r.git and ssh://h/"


@pytest.mark.parametrize("given", ["pushRemote", "pushDefault", "remote", "only"])
def test_the_remote_is_the_one_that_git_would_take(
    repo: Repository, server: Repository, given: str
) -> None:
    """As `git push` chooses it."""
    if given == "only":
        repo.git("remote", "rename", "origin", "mine")
    else:
        repo.git("remote", "add", "mine", str(server.root))
        place = "remote" if given == "pushDefault" else f"branch.{BRANCH}"
        repo.git("config", f"{place}.{given}", "mine")

    assert push(repo.history, BRANCH).remote == "mine"
