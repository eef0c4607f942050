"""Every test here has a home, a configuration of git and a repository of its own."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.history.repos import Repository

_CONFIG = """\
[user]
\tname = The on-call engineer
\temail = oncall@example.com
[init]
\tdefaultBranch = main
[gc]
\tauto = 0
[protocol "file"]
\tallow = always
"""
_HOSTILE = """\
[commit]
\tgpgsign = true
\ttemplate = /nowhere/template
\tverbose = true
\tcleanup = scissors
[gpg]
\tprogram = {signer}
[core]
\thooksPath = {hooks}
\tautocrlf = input
\tpager = false
\teditor = false
\tcommentChar = %
\tquotePath = true
\tabbrev = 4
[color]
\tui = always
[log]
\tshowSignature = true
[i18n]
\tcommitEncoding = latin1
[push]
\tdefault = nothing
[status]
\tshowUntrackedFiles = all
\trelativePaths = true
[branch]
\tautoSetupMerge = always
\tautoSetupRebase = always
[checkout]
\tdefaultRemote = nowhere
[advice]
\tdetachedHead = true
[diff]
\texternal = false
\tnoprefix = true
"""
_SIGNER = """\
#!/bin/sh
cat >/dev/null
echo '[GNUPG:] SIG_CREATED D 1 8 00 1700000000 AAAA' >&2
echo '-----BEGIN PGP SIGNATURE-----'
echo 'signed'
echo '-----END PGP SIGNATURE-----'
"""


@pytest.fixture(autouse=True)
def git_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give git a home that says who commits, and nothing of the machine's."""
    home = tmp_path / "home"
    home.mkdir()
    config = home / "gitconfig"
    config.write_text(_CONFIG)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "EMAIL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def hostile(git_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the person's configuration be the least usual; return its folder of hooks."""
    signer = git_home / "signer"
    signer.write_text(_SIGNER)
    signer.chmod(signer.stat().st_mode | stat.S_IXUSR)
    hooks = git_home / "hooks"
    hooks.mkdir()
    with (git_home / "gitconfig").open("a") as config:
        config.write(_HOSTILE.format(signer=signer, hooks=hooks))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    return hooks


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Repository]:
    """Return what makes a repository with one commit, with these options."""

    def made(name: str = "work", *options: str, empty: bool = False) -> Repository:
        root = tmp_path / name
        root.mkdir()
        repo = Repository(root)
        repo.git("init", "-q", *options)
        if not empty:
            repo.commit("README", "read me\n")
        return repo

    return made


@pytest.fixture
def repo(make: Callable[..., Repository]) -> Repository:
    """Return a repository on main, with one commit and nothing changed."""
    return make()


@pytest.fixture
def busy(repo: Repository) -> Repository:
    """Return a repository in which a person has work of every kind at hand."""
    repo.commit("a.txt", "a\n")
    repo.commit("b.txt", "b\n")
    repo.write("a.txt", "a secret that is staged\n")
    repo.git("add", "a.txt")
    repo.write("b.txt", "changed\n")
    repo.write("u.txt", "unknown to git\n")
    repo.write("new.txt", "to be added\n")
    repo.git("add", "-N", "new.txt")
    (repo.git_dir / "COMMIT_EDITMSG").write_text("half a message\n")
    return repo
