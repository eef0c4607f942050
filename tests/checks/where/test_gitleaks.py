"""Gitleaks, where it is installed: one run, its places, and never a secret."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from postmortem.commands._checking_leaks import Scanner
from postmortem.commands._checking_values import Job
from postmortem.commands._desk import Desk
from tests.checks.where.place import CLEAN, ID, PATH, SECRET
from tests.commands.stage import Stage

WORD = "open-sesame-0017"
OTHER = "2026-03-03-other"
SCANNER = f"""\
#!{sys.executable} -IS
import json, os, sys
args = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
text = sys.stdin.buffer.read().decode()
with open(os.path.join(here, "runs"), "a") as runs:
    runs.write(json.dumps(args) + "\\n")
assert args[0] == "stdin" and "--redact" in args and "--no-banner" in args
assert args[args.index("--exit-code") + 1] == "0"
print(text)
found = []
for number, line in enumerate(text.split("\\n"), 1):
    for rule, secret in (("sesame", {WORD!r}), ("github-pat", {SECRET!r})):
        at = line.encode().find(secret.encode())
        if at >= 0:
            found.append(dict(
                RuleID=rule, Description="a secret", Match="REDACTED",
                Secret="REDACTED", StartLine=number, EndLine=number,
                StartColumn=at + 1, EndColumn=at + len(secret)))
with open(args[args.index("--report-path") + 1], "w") as report:
    json.dump(found, report)
"""
PLANTED = CLEAN.replace("## Impact\n", f"## Impact\n\nÜber all, say {WORD} to it.\n", 1)
LINE = PLANTED[: PLANTED.index(WORD)].count("\n") + 1


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder for programs."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


def _with(stage: Stage, tools: Path, script: str) -> Stage:
    program = tools / "gitleaks"
    program.write_text(script)
    program.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return replace(stage, environment={"PATH": path})


def _runs(tools: Path) -> list[list[str]]:
    path = tools / "runs"
    lines = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def test_what_it_sees_is_an_error_at_its_place(repository: Stage, tools: Path) -> None:
    """In one run for all reports, with the text on its standard input."""
    there = _with(repository, tools, SCANNER)
    there.write(f"postmortems/{OTHER}.md", PLANTED.replace(ID, OTHER))
    there.write(PATH, PLANTED)

    said = there.run("check")

    assert said.code == 1
    for name in (ID, OTHER):
        place = f"postmortems/{name}.md:{LINE}:15: error PM702 gitleaks: sesame\n"
        assert place in said.out
    assert len(_runs(tools)) == 1
    assert WORD not in said.out + said.err + json.dumps(_runs(tools))


def test_what_we_have_found_is_not_told_twice(repository: Stage, tools: Path) -> None:
    """PM701 says more of it."""
    there = _with(repository, tools, SCANNER)
    there.write(PATH, CLEAN.replace("## Impact\n", f"## Impact\n\n{SECRET}\n", 1))

    said = there.run("check")

    assert "PM701" in said.out
    assert "PM702" not in said.out


def test_a_finding_is_kept_without_the_secret(repository: Stage, tools: Path) -> None:
    """A second check does not run it, and no file of ours has the word."""
    there = _with(repository, tools, SCANNER)
    there.write(PATH, PLANTED)

    first, second = there.run("check"), there.run("check")

    assert first == second
    assert len(_runs(tools)) == 1
    for folder in (there.env().cache_dir, there.env().state_dir):
        for path in folder.rglob("*"):
            assert path.is_dir() or WORD.encode() not in path.read_bytes()


def test_it_is_not_run_where_its_rule_is_off(repository: Stage, tools: Path) -> None:
    """The team's settings have the word."""
    there = _with(repository, tools, SCANNER)
    there.write(".postmortem.yaml", 'checks: {PM702: "off"}\n')
    there.write(PATH, PLANTED)

    assert there.run("check").code == 0
    assert _runs(tools) == []


def test_a_finding_of_its_is_allowed_with_a_reason(
    repository: Stage, tools: Path
) -> None:
    """As any other."""
    reason = "<!-- postmortem: allow PM702 because it opens nothing -->"
    there = _with(repository, tools, SCANNER)
    there.write(PATH, PLANTED.replace(f"say {WORD} to it.", f"{WORD}. {reason}"))

    assert there.run("check").code == 0


def test_it_holds_up_a_submit(repository: Stage, tools: Path) -> None:
    """Only `check` and `submit` run it."""
    there = _with(repository, tools, SCANNER)
    there.write(f"postmortems/{OTHER}.md", PLANTED.replace(ID, OTHER))

    listed = there.run("list")
    runs = len(_runs(tools))
    said = there.run("submit", OTHER, "--way", "stay")

    assert (listed.code, runs, said.code, len(_runs(tools))) == (0, 0, 2, 1)
    assert "PM702 gitleaks: sesame" in said.err


@pytest.mark.parametrize(
    "script, told",
    [
        ("#!/bin/sh\nexit 1\n", "it ended with 1"),
        ("#!/bin/sh\nexit 126\n", "it ended with 126"),
        ("#!/bin/sh\ncat >/dev/null\n", "No such file or directory"),
        ("#!/no/such/program\n", "No such file or directory"),
        ('#!/bin/sh\nfor it; do :; done; echo "{" >"$it"\n', "report cannot be read"),
        ('#!/bin/sh\nfor it; do :; done; echo "[{}]" >"$it"\n', "cannot be read"),
        ('#!/bin/sh\nfor it; do :; done; echo "{}" >"$it"\n', "cannot be read"),
        (
            '#!/bin/sh\nfor it; do :; done; echo \'[{"StartLine": 1e999}]\' >"$it"\n',
            "cannot be read",
        ),
    ],
)
def test_one_that_fails_is_left_out(
    repository: Stage, tools: Path, script: str, told: str
) -> None:
    """One line says so, and the check is what it was without it."""
    there = _with(repository, tools, script)

    said = there.run("check")

    assert (said.code, said.out) == (0, "")
    (line,) = [it for it in said.err.splitlines() if "gitleaks" in it]
    assert line.startswith("gitleaks is left out: ")
    assert told in line


def test_one_that_finds_nothing_may_say_null(repository: Stage, tools: Path) -> None:
    """Older ones do."""
    script = '#!/bin/sh\ncat >/dev/null; for it; do :; done; echo null >"$it"\n'

    said = _with(repository, tools, script).run("check")

    assert (said.code, said.err) == (0, "1 report checked: clean\n")


def test_one_that_does_not_end_is_ended(repository: Stage, tools: Path) -> None:
    """And so is what it has started."""
    script = f"#!/bin/sh\nsleep 60 &\necho $! >{tools}/pid\nwait\n"
    there = _with(repository, tools, script)
    env = there.env("")
    job = Job(path=PATH, text=CLEAN, kind=None, folder=None)
    began = time.monotonic()

    with Desk(env) as desk:
        jobs, whole = Scanner(desk, deadline=0.5).seen([job])

    assert (jobs, whole) == ([job], False)
    assert time.monotonic() - began < 10
    assert "it did not end within 0.5 s" in env.stderr.getvalue()  # type: ignore[union-attr]  # a Screen
    assert not _runs_still(int((tools / "pid").read_text()))


def _runs_still(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists() and ") Z " in stat.read_text():
            return False
        time.sleep(0.02)
    return True


def test_what_it_ignores_in_one_tree_it_sees_in_another(
    repository: Stage, tools: Path
) -> None:
    """Its own files of settings are read where it is run, and kept results know it."""
    script = SCANNER.replace(
        "found = []\n", "found = []\nif os.path.exists('.gitleaksignore'): text = ''\n"
    )
    there = _with(repository, tools, script)
    there.repo.commit(PATH, PLANTED)
    tree = there.root.parent / "tree"
    there.repo.git("worktree", "add", "-q", str(tree), "-b", "aside")
    ignored = there.write(".gitleaksignore", "all\n")

    assert "PM702" not in there.run("check").out
    assert "PM702" in replace(there, root=tree).run("check").out
    ignored.unlink()
    assert "PM702" in there.run("check").out
