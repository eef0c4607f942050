"""Credentials in the files beside a report: found before the commit that takes them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, SECRET, WEAK
from tests.checks.where.test_hook import _commit, hooked
from tests.commands.stage import Said, Stage

__all__ = ["hooked"]

FOLDER = f"postmortems/{ID}"
LOG = f"{FOLDER}/deploy.log"
SAID = f"{ID}/deploy.log:2:7 looks like a credential: GitHub token, "
LINKED = CLEAN.replace(
    "## Impact\n", f"## Impact\n\nThe [log]({ID}/deploy.log) of it.\n", 1
)
LINE = LINKED[: LINKED.index("[log]")].count("\n") + 1
ALLOWED = LINKED.replace(
    "of it.\n", "of it. <!-- postmortem: allow PM703 because it is revoked -->\n", 1
)


def _planted(stage: Stage, name: str = LOG, times: int = 1) -> Path:
    return stage.write(name, "begun\n" + f"token {SECRET}\n" * times)


def _check(stage: Stage, *words: str) -> Said:
    said = stage.run("check", *words)
    assert SECRET not in said.out + said.err
    return said


def test_it_is_told_where_the_report_links_to_it(repository: Stage) -> None:
    """With the place in that file; nothing is said of one that holds none."""
    repository.write(PATH, LINKED)
    path = _planted(repository, times=3)

    said = _check(repository)

    place = f"{PATH}:{LINE}:11: error PM703 {SAID}"
    assert said.code == 1
    assert said.out.startswith(place)
    assert ", and 2 more like it" in said.out

    path.write_text("begun\n")
    assert _check(repository).code == 0


def test_without_a_link_it_is_told_at_the_title(repository: Stage) -> None:
    """There a comment alone below it lets it through."""
    _planted(repository)

    said = _check(repository, PATH)

    line = CLEAN[: CLEAN.index("\n# ") + 1].count("\n") + 1
    assert said.out.startswith(f"{PATH}:{line}:1: error PM703 {SAID}")

    reason = "<!-- postmortem: allow PM703 because it is revoked -->"
    title = CLEAN.splitlines()[line - 1]
    repository.write(PATH, CLEAN.replace(title, f"{title}\n\n{reason}", 1))
    assert _check(repository, PATH).code == 0


def test_a_reason_beside_the_link_lets_it_through(repository: Stage) -> None:
    """For the files that are linked on that line."""
    repository.write(PATH, ALLOWED)
    _planted(repository)
    assert _check(repository).code == 0

    _planted(repository, f"{FOLDER}/other.log")
    assert f"{ID}/other.log:2:7" in _check(repository).out


@pytest.mark.parametrize("words", [(), ("--allow-findings",)])
def test_submit_does_not_take_it_along(
    repository: Stage, words: tuple[str, ...]
) -> None:
    """Not even with --allow-findings: with a reason beside the link it does."""
    repository.write(PATH, LINKED)
    path = _planted(repository)

    said = repository.run("submit", ID, "--way", "stay", *words)

    assert said.code in {1, 2}, said
    assert SECRET not in said.out + said.err
    assert SAID in said.out + said.err
    assert "postmortem/" not in repository.repo.git("branch", "--list")

    repository.write(PATH, ALLOWED)
    said = repository.run("submit", ID, "--way", "stay", *words)
    assert said.code == 0, said
    branch = f"postmortem/{ID}"
    assert repository.repo.git("show", f"{branch}:{LOG}") == path.read_text().strip()


def test_a_hook_sees_the_file_that_is_staged(hooked: Stage) -> None:
    """Though the report is as it was, and the work tree has the file without it."""
    path = _planted(hooked)
    hooked.repo.git("add", LOG)
    path.write_text("begun\n")

    done = _commit(hooked)

    assert done.returncode != 0
    assert SAID.encode() in done.stdout + done.stderr
    assert SECRET.encode() not in done.stdout + done.stderr

    hooked.repo.git("add", LOG)
    assert _commit(hooked).returncode == 0


def test_a_file_holds_up_nothing_but_itself(hooked: Stage) -> None:
    """A report that was weak before, and is no part of the commit, is left alone."""
    hooked.repo.git("-c", "core.hooksPath=/dev/null", "rm", "-q", PATH)
    hooked.write(PATH, WEAK)
    hooked.repo.git("add", PATH)
    hooked.repo.git("-c", "core.hooksPath=/dev/null", "commit", "-qm", "weak")
    hooked.write(LOG, "nothing in it\n")
    hooked.repo.git("add", LOG)
    assert _commit(hooked).returncode == 0

    _planted(hooked)
    hooked.repo.git("add", LOG)
    said = _check(hooked, "--staged")
    assert said.code == 1
    assert "PM703" in said.out
    assert "PM204" not in said.out


def test_what_is_committed_already_is_not_held_up_again(hooked: Stage) -> None:
    """A later commit of the report brings no new file."""
    _planted(hooked)
    hooked.repo.git("add", LOG)
    hooked.repo.git("-c", "core.hooksPath=/dev/null", "commit", "-qm", "log")
    hooked.write(PATH, LINKED)
    hooked.repo.git("add", PATH)

    assert _commit(hooked).returncode == 0
    assert _check(hooked).code == 1


@pytest.mark.parametrize("named", [LOG, PATH, FOLDER, "postmortems", "."])
def test_names_that_a_framework_gives_are_understood(
    repository: Stage, named: str
) -> None:
    """Of the report, of the file, or of a folder."""
    _planted(repository)
    repository.repo.git("add", "--all")

    said = _check(repository, "--staged", named)

    assert said.code == 1
    assert SAID in said.out


def test_a_branch_is_told_what_it_brings(repository: Stage) -> None:
    """Not what was there before, though the report itself has not changed."""
    old = _planted(repository, f"{FOLDER}/old.log")
    repository.repo.git("add", "--all")
    repository.repo.git("commit", "-qm", "old")
    repository.repo.git("switch", "-qc", "topic")
    assert _check(repository, "--changed-since", "main").out == ""

    _planted(repository)
    repository.repo.git("add", "--all")
    repository.repo.git("commit", "-qm", "new")
    said = _check(repository, "--changed-since", "main", "--format", "json")

    (report,) = json.loads(said.out)["reports"]
    assert [it["code"] for it in report["findings"]] == ["PM703"]
    assert SAID in report["findings"][0]["message"]
    old.write_text(f"{old.read_text()}{SECRET[:-4]}0000\n")
    said = _check(repository, "--changed-since", "main", "--format", "json")
    (report,) = json.loads(said.out)["reports"]
    assert len(report["findings"]) == 3


def test_a_changed_file_is_looked_into_anew(repository: Stage) -> None:
    """What was found is kept for the state of the file."""
    path = repository.write(LOG, "begun\n")
    assert _check(repository).code == 0
    path.write_text(f"begun\ntoken {SECRET}\n")

    assert _check(repository).code == 1
    path.unlink()
    assert _check(repository).code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_a_text_in_another_encoding_is_one(repository: Stage, encoding: str) -> None:
    """As exports of some tools are."""
    path = repository.write(LOG, "")
    path.write_bytes(f"begun, é\ntoken {SECRET}\n".encode(encoding))

    assert _check(repository).code == 1


def test_what_is_no_text_of_ours_is_left_alone(repository: Stage) -> None:
    """Pictures, files with a dot, names that point elsewhere."""
    secret = f"token {SECRET}\n".encode()
    repository.write(LOG, "").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + secret)
    repository.write(f"{FOLDER}/.hidden", secret.decode())
    elsewhere = repository.root / "elsewhere"
    elsewhere.write_bytes(secret)
    (repository.root / FOLDER / "link").symlink_to(elsewhere)

    assert _check(repository).code == 0


def test_what_cannot_be_looked_into_is_told(repository: Stage) -> None:
    """As a warning: nobody knows what is in it."""
    path = _planted(repository)
    with path.open("ab") as file:
        file.truncate(17 * 1024 * 1024)

    said = _check(repository)

    assert said.code == 0
    assert f"warning PM703 {ID}/deploy.log is not looked into" in said.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_nobody_may_read_is_told(repository: Stage) -> None:
    """As a warning too."""
    _planted(repository).chmod(0)

    assert "is not looked into" in _check(repository).out
