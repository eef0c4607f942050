"""A push needs a yes that a person types, and a server that takes it."""

from __future__ import annotations

import os
import pty
import subprocess
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest

from postmortem.commands._consent import agreed
from postmortem.env import Env
from tests.commands.stage import BRANCH, ID, Interrupted, Stage

PUSH = ("submit", ID, "--way", "stay", "--push")


@pytest.fixture
def server(stage: Stage, tmp_path: Path) -> Path:
    """Return a bare repository that the person's own calls origin."""
    root = tmp_path / "server.git"
    subprocess.run(["git", "init", "-q", "--bare", str(root)], check=True)
    stage.repo.git("remote", "add", "origin", str(root))
    return root


def _branches(server: Path) -> str:
    done = subprocess.run(
        ["git", "branch", "--format=%(refname:short)"],
        cwd=server,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_yes_pushes(stage: Stage, server: Path) -> None:
    """The question says what goes where."""
    said = stage.run(*PUSH, typed="yes\n")

    assert said.code == 0
    assert f"push {BRANCH} to origin ({server})? (yes or no) " in said.err
    assert f"pushed {BRANCH} to origin ({server})" in " ".join(said.err.split())
    assert f"\nnext: git push -u origin {BRANCH}\n" in said.out
    assert _branches(server) == BRANCH


@pytest.mark.parametrize("typed", ["y\n", "no\n", "\n", "yes please\n"])
def test_anything_else_does_not(stage: Stage, server: Path, typed: str) -> None:
    """The commit stays, and the command that pushes it is there."""
    said = stage.run(*PUSH, typed=typed)

    assert said.code == 0
    assert "not pushed\n" in said.err
    assert (_branches(server), BRANCH in stage.repo.git("branch")) == ("", True)


def test_a_pipe_cannot_say_yes(stage: Stage, server: Path) -> None:
    """Without a terminal nothing is committed either: what was asked cannot be."""
    said = stage.run(*PUSH)

    assert said.code == 2
    assert "a push needs a yes that somebody types at a terminal" in said.err
    assert set(stage.repo.refs()) == {"refs/heads/main"}
    assert " --push" in said.err.partition("finish it later with:\n")[2]
    assert stage.follow(said.err, "yes\n").code == 0
    assert _branches(server) == BRANCH


@pytest.mark.parametrize("stops", ["hook", "key"])
def test_what_finishes_it_later_pushes_as_well(
    stage: Stage, server: Path, stops: str
) -> None:
    """A hook that says no, or Ctrl-C, takes nothing from what was asked for."""
    hook = stage.repo.hook("pre-commit", "exit 1" if stops == "hook" else "exit 0")
    words = ("submit", ID, "--push") if stops == "key" else PUSH

    said = stage.run(*words, typed=Interrupted() if stops == "key" else "yes\n")
    hook.unlink()
    stage.follow(said.err, "stay\nyes\n" if stops == "key" else "yes\n")

    assert _branches(server) == BRANCH


def test_a_server_that_says_no_is_quoted(stage: Stage, server: Path) -> None:
    """Its own words, and the local commit is kept."""
    hook = server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH006: protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)

    said = stage.run(*PUSH, typed="yes\n")

    assert said.code == 2
    assert "GH006: protected branch" in said.err
    assert f"git push -u origin {BRANCH}" in said.err
    assert BRANCH in stage.repo.git("branch")


def test_what_was_typed_before_the_question_is_no_answer(tmp_path: Path) -> None:
    """A paste must not say yes to what it has not seen."""
    master, slave = pty.openpty()
    os.write(master, b"yes\n")
    with os.fdopen(slave, "r") as stdin:
        question = StringIO()
        env = Env(cwd=tmp_path, stdin=stdin, stderr=question)
        answers: list[bool] = []
        asking = Thread(target=lambda: answers.append(agreed(env, "push?")))
        asking.start()
        while not question.getvalue():
            asking.join(0.01)
        asking.join(0.05)
        assert answers == []
        os.write(master, b"no\n")
        asking.join(5)
    os.close(master)

    assert answers == [False]
