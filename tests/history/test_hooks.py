"""Hooks, signatures, filters, rules and identity apply, or the commit is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from postmortem.errors import PostmortemError, Refused
from postmortem.history import Identity, Terms, Way, commit, identity, message
from tests.history.repos import BRANCH, REPORT, TEXT, Repository

every_way = pytest.mark.parametrize("way", Way)


@every_way
def test_a_hook_that_says_no_is_obeyed_and_heard(repo: Repository, way: Way) -> None:
    """P3, SEC-ESC-GIT: nothing changes, and its words are shown without commands."""
    script = "printf 'no: \\033[2Jbad\\007 \\342\\200\\256x\\n' >&2; exit 1"
    repo.hook("pre-commit", script)
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused) as caught:
        commit(repo.history, report, way=way)

    assert "no: ^[[2Jbad^G U+202Ex" in str(caught.value)
    assert repo.everything() == before
    assert (repo.root / REPORT).read_bytes() == TEXT


@every_way
def test_the_same_commit_can_be_tried_again(repo: Repository, way: Way) -> None:
    """CR-RETRY: the same message and the same file, and nothing is asked anew."""
    hook = repo.hook("commit-msg", "grep -q . $1 && exit 1")
    report = replace(repo.report(), message=message("Add it", "Because."))
    with pytest.raises(Refused):
        commit(repo.history, report, way=way)
    hook.unlink()

    made = commit(repo.history, report, way=way)

    assert repo.git("log", "-1", "--format=%B", made.sha).strip() == (
        "Add it\n\nBecause."
    )


@every_way
def test_what_a_commit_tells_is_told_to_its_hooks_alone(
    repo: Repository, way: Way
) -> None:
    """A variable of that run of git; neither we nor the next commit have it."""
    heard = repo.root.parent / "heard"
    repo.hook("pre-commit", f'printf "%s\\n" "${{SAID-nothing}}" >>"{heard}"')
    report = replace(repo.report(), told={"SAID": "a b\u00e9"})

    commit(repo.history, report, way=way, branch="one")
    assert "SAID" not in os.environ
    other = replace(report, path="postmortems/other.md", told={})
    commit(repo.history, other, way=way, branch="two")

    assert heard.read_text() == "a b\u00e9\nnothing\n"


@every_way
def test_a_hook_that_rewrites_the_report_is_followed(
    repo: Repository, way: Way
) -> None:
    """GIT-HOOKFIX: commit, file and index agree on what the hook made of it."""
    repo.hook("pre-commit", f"sed -i s/down/unavailable/ {REPORT}; git add {REPORT}")
    new = TEXT.replace(b"down", b"unavailable")
    report = repo.report()

    made = commit(repo.history, report, way=way)

    assert made.rewritten
    assert made.content == repo.blob(made.sha) == new
    assert (repo.root / REPORT).read_bytes() == new
    left = [] if way is not Way.NEW_STAY else [f"? {REPORT}"]
    assert repo.status().splitlines() == left


@every_way
def test_a_hook_adds_a_proper_trailer(repo: Repository, way: Way) -> None:
    """GIT-TRAILER: it does not stick to the subject."""
    add = "git interpret-trailers --in-place --trailer 'Change-Id: I0123' $1"
    repo.hook("commit-msg", add)
    report = replace(repo.report(), message=message("Add it"))

    made = commit(repo.history, report, way=way)

    said = repo.git("log", "-1", "--format=%B", made.sha)
    parsed = repo.git("interpret-trailers", "--parse", stdin=said.encode())
    assert parsed == "Change-Id: I0123"
    assert said.startswith("Add it\n\nChange-Id")


@every_way
def test_a_hook_prepares_the_message(repo: Repository, way: Way) -> None:
    """GIT-PREPARE: it learns the branch, and its lines with `#` stay."""
    name = "$(git symbolic-ref --short HEAD)"
    repo.hook("prepare-commit-msg", f'echo "# on {name} as $2" >> $1')
    report = replace(repo.report(), message="Add it\n\n")

    made = commit(repo.history, report, way=way)

    said = repo.git("log", "-1", "--format=%B", made.sha)
    assert f"# on {made.branch} as message" in said


@pytest.mark.parametrize("how", ["global", "includeIf", "environment"])
@every_way
def test_hooks_run_wherever_they_are_configured(
    repo: Repository,
    git_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: Way,
    how: str,
) -> None:
    """GIT-HOOKENV: also when only the environment names them."""
    hooks = git_home / "hooks"
    repo.hook("pre-commit", "echo stop >&2; exit 1", folder=str(hooks))
    text = f"[core]\n\thooksPath = {hooks}\n"
    config = git_home / "gitconfig"
    if how == "global":
        config.write_text(config.read_text() + text)
    elif how == "includeIf":
        (git_home / "included").write_text(text)
        line = f'[includeIf "gitdir:{repo.root}/"]\n\tpath = {git_home}/included\n'
        config.write_text(config.read_text() + line)
    else:
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.hooksPath")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(hooks))

    with pytest.raises(Refused, match="stop"):
        commit(repo.history, repo.report(), way=way)


@every_way
def test_a_hook_that_hangs_is_ended(repo: Repository, tmp_path: Path, way: Way) -> None:
    """GIT-HOOKHANG: it reads nothing, and goes with all that it started."""
    script = f"read x; echo $? > {tmp_path}/read; sleep 300 & echo $! > {tmp_path}/pid"
    repo.hook("pre-commit", f"{script}; wait")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(PostmortemError, match="did not end within"):
        commit(repo.history, report, way=way, terms=Terms(deadline=1.0))

    assert (tmp_path / "read").read_text() == "1\n"
    assert not _alive(int((tmp_path / "pid").read_text()))
    assert repo.everything() == before


def _alive(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


@every_way
def test_a_program_that_a_hook_leaves_behind_is_not_waited_for(
    repo: Repository, tmp_path: Path, way: Way
) -> None:
    """P8: an agent that keeps the pipes open does not hold the commit up."""
    repo.hook("post-commit", f"sleep 30 & echo $! > {tmp_path}/pid")
    start = time.monotonic()

    commit(repo.history, repo.report(), way=way)

    assert time.monotonic() - start < 10
    subprocess.run(["kill", (tmp_path / "pid").read_text().strip()], check=False)


@every_way
def test_progress_hears_the_hook_as_it_goes(repo: Repository, way: Way) -> None:
    """What takes long is not silent."""
    repo.hook("pre-commit", "echo one; echo two >&2")
    heard: list[str] = []

    commit(repo.history, repo.report(), way=way, terms=Terms(progress=heard.append))

    assert heard == ["one", "two"]


def test_hooks_in_a_linked_work_tree_run(repo: Repository, tmp_path: Path) -> None:
    """GIT-HOOK-WT: those of the main one, as git has it."""
    repo.hook("pre-commit", "echo blocked >&2; exit 1")
    repo.git("worktree", "add", "-q", str(tmp_path / "side"))
    side = Repository(tmp_path / "side")

    for way in Way:
        with pytest.raises(Refused, match="blocked"):
            commit(side.history, side.report(), way=way)


@every_way
def test_committed_hooks_run(repo: Repository, way: Way) -> None:
    """GIT-HOOK-HUSKY (a): core.hooksPath may name a folder of the work tree."""
    repo.hook("pre-commit", "echo husky >&2; exit 1", folder=".husky")
    repo.git("add", ".husky")
    repo.git("commit", "-qm", "Hooks")
    repo.git("config", "core.hooksPath", ".husky")

    with pytest.raises(Refused, match="husky"):
        commit(repo.history, repo.report(), way=way)


def test_hooks_that_would_not_run_are_a_reason_to_refuse(repo: Repository) -> None:
    """GIT-HOOK-HUSKY (b): where they are not committed a new work tree has none."""
    repo.hook("pre-commit", "exit 0", folder=".husky/_")
    repo.git("config", "core.hooksPath", ".husky/_")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="is not committed, and would not run"):
        commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.everything() == before
    assert commit(repo.history, report, way=Way.HERE).branch == "main"


@every_way
def test_what_checks_files_by_a_dot_file_finds_it(repo: Repository, way: Way) -> None:
    """GIT-PCFRAME: its configuration is there, and only the report is staged."""
    repo.commit(".pre-commit-config.yaml", "repos: []\n")
    repo.hook(
        "pre-commit",
        "test -f .pre-commit-config.yaml || exit 1\n"
        "for name in $(env | sed -n 's/^\\(GIT_[A-Z_]*\\)=.*/\\1/p'); do\n"
        "  case $name in GIT_INDEX_FILE|GIT_DIR) ;; *) unset $name ;; esac\n"
        "done\n"
        f'test "$(git diff --staged --name-only)" = {REPORT} || exit 2\n'
        "git diff --quiet --no-ext-diff || exit 3",
    )

    assert commit(repo.history, repo.report(), way=way).sha


def test_work_that_a_hook_put_aside_is_put_back_when_it_is_ended(
    busy: Repository,
) -> None:
    """GIT-HUP-HOOK: it gets what Ctrl-C would give it, and a moment."""
    program = (
        "import os, time, pathlib\n"
        "file = pathlib.Path('b.txt')\n"
        "kept = file.read_bytes()\n"
        "file.write_bytes(b'')\n"
        "try: time.sleep(60)\n"
        "finally: file.write_bytes(kept)\n"
    )
    script = busy.write(".git/hooks/stash.py", program)
    busy.hook("pre-commit", f"exec {sys.executable} {script}")
    report = busy.report()
    before = busy.everything()

    with pytest.raises(PostmortemError, match="did not end"):
        commit(busy.history, report, way=Way.HERE, terms=Terms(deadline=1.0))

    assert busy.everything() == before


@every_way
def test_a_filter_that_is_required_is_applied(repo: Repository, way: Way) -> None:
    """SEC-FILTER: what must not be in the repository in the clear is not."""
    repo.git("config", "filter.enc.clean", "tr a-z n-za-m")
    repo.git("config", "filter.enc.smudge", "tr a-z n-za-m")
    repo.git("config", "filter.enc.required", "true")
    repo.commit(".gitattributes", "postmortems/** filter=enc\n")

    made = commit(repo.history, repo.report(), way=way)

    assert b"qngnonfr" in repo.blob(made.sha)
    assert (repo.root / REPORT).read_bytes() == TEXT
    assert not made.rewritten


def test_a_filter_that_is_not_committed_is_not_forgotten(repo: Repository) -> None:
    """SEC-FILTER: .gitattributes that only the work tree has counts too."""
    repo.git("config", "filter.enc.clean", "tr a-z n-za-m")
    repo.write(".gitattributes", "postmortems/** filter=enc\n")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="gitattributes"):
        commit(repo.history, report, way=Way.NEW_STAY)

    assert repo.everything() == before


@pytest.mark.parametrize("setup", ["autocrlf", "input", "attribute"])
@every_way
def test_line_ends_are_as_git_wants_them(
    repo: Repository, way: Way, setup: str
) -> None:
    """GIT-CRLF: LF in the commit, and the status is clean."""
    if setup == "attribute":
        repo.commit(".gitattributes", "* text=auto\n")
    else:
        value = "true" if setup == "autocrlf" else "input"
        repo.git("config", "core.autocrlf", value)
    text = TEXT.replace(b"\n", b"\r\n")
    report = repo.report(text=text)

    made = commit(repo.history, report, way=way)

    assert repo.blob(made.sha) == TEXT
    assert (repo.root / REPORT).read_bytes() == text
    assert not made.rewritten
    left = [] if way is not Way.NEW_STAY else [f"? {REPORT}"]
    assert repo.status().splitlines() == left


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not yet"])
@every_way
def test_an_ignored_report_is_refused_unless_forced(
    repo: Repository, way: Way, *, committed: bool
) -> None:
    """GIT-IGNORED: a rule that only the work tree has counts too."""
    repo.write(".gitignore", "postmortems/\n")
    if committed:
        repo.commit(".gitignore", "postmortems/\n")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="ignored") as caught:
        commit(repo.history, report, way=way)

    assert "--force" in str(caught.value)
    assert repo.everything() == before
    made = commit(repo.history, replace(report, force=True), way=way)
    assert repo.paths(made.sha) == {REPORT}


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen")
@every_way
def test_a_commit_is_signed_or_not_made(
    repo: Repository, git_home: Path, way: Way
) -> None:
    """GIT-SIGN: with the key it is signed; without it nothing is committed."""
    key = git_home / "key"
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    subprocess.run(words, check=True)
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingKey", str(key))
    repo.git("config", "commit.gpgSign", "true")

    made = commit(repo.history, repo.report(), way=way)

    said = repo.git("cat-file", "-p", made.sha)
    assert "-----BEGIN SSH SIGNATURE-----" in said
    key.unlink()
    key.with_suffix(".pub").unlink()
    report = repo.report("postmortems/other.md")
    before = repo.everything()
    with pytest.raises(Refused):
        commit(repo.history, report, way=way)
    assert repo.everything() == before


@pytest.mark.parametrize("program", ["false", "/nowhere/gpg"])
@every_way
def test_a_signer_that_fails_is_no_reason_to_do_without(
    repo: Repository, way: Way, program: str
) -> None:
    """GIT-SIGN: never unsigned."""
    repo.git("config", "gpg.program", program)
    repo.git("config", "commit.gpgSign", "true")
    report = repo.report()
    before = repo.everything()

    with pytest.raises(Refused, match="sign"):
        commit(repo.history, report, way=way)

    assert repo.everything() == before


@pytest.mark.parametrize("setup", ["nothing", "name", "useConfigOnly"])
@every_way
def test_nobody_in_particular_commits_nothing(
    repo: Repository, git_home: Path, way: Way, setup: str
) -> None:
    """GIT-NOIDENT: not even an object is written, and both commands are named."""
    text = {
        "nothing": "",
        "name": "[user]\n\tname = Somebody\n",
        "useConfigOnly": "[user]\n\tuseConfigOnly = true\n",
    }
    (git_home / "gitconfig").write_text(text[setup])
    report = repo.report()
    before = repo.everything(), repo.git("count-objects", "-v")

    with pytest.raises(Refused) as caught:
        commit(repo.history, report, way=way)

    assert "git config --global user.name" in str(caught.value)
    assert "git config --global user.email" in str(caught.value)
    assert (repo.everything(), repo.git("count-objects", "-v")) == before
    with pytest.raises(Refused):
        identity(repo.history)


@every_way
def test_an_author_can_be_given_for_once(
    repo: Repository, git_home: Path, way: Way
) -> None:
    """GIT-NOIDENT: who has none configured commits in that name, too."""
    (git_home / "gitconfig").write_text("")
    report = replace(repo.report(), author="The second on call <second@example.com>")

    made = commit(repo.history, report, way=way)

    assert repo.git("log", "-1", "--format=%an %ae %cn %ce", made.sha) == (
        "The second on call second@example.com The second on call second@example.com"
    )


@pytest.mark.parametrize("author", ["nobody", "<x@y>", "a\nb <x@y>", "a <x@y> <z@y>"])
def test_an_author_must_be_one(repo: Repository, author: str) -> None:
    """SEC-ARGV: what is no name and address is refused, and never an option."""
    with pytest.raises(Refused, match="names no author"):
        commit(repo.history, replace(repo.report(), author=author), way=Way.NEW_STAY)


def test_the_identity_is_the_one_that_git_takes(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environment before author.*, and that before user.*."""
    assert identity(repo.history) == Identity(
        name="The on-call engineer", email="oncall@example.com"
    )
    repo.git("config", "author.email", "author@example.com")
    assert identity(repo.history).email == "author@example.com"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "From outside")
    assert str(identity(repo.history)) == "From outside <author@example.com>"


def test_the_branch_stays_when_a_hook_after_the_commit_fails(repo: Repository) -> None:
    """GIT-INTLATE: what is committed is not called a failure."""
    repo.hook("post-commit", "exit 1")

    assert commit(repo.history, repo.report(), way=Way.NEW_STAY).branch == BRANCH
