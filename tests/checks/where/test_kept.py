"""What is kept of a check, and when it is not asked any more."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from postmortem import shipped
from postmortem.checks.results import Result
from postmortem.commands._checking_kept import FOLDER, KeptResults
from postmortem.commands._checking_values import Asked, Done, Job, Shared
from postmortem.settings import Settings
from tests.checks.where.place import CLEAN, PATH, SECRET, WEAK
from tests.checks.where.programs import ROOT
from tests.commands.stage import Stage

JOB = Job(path=PATH, text=CLEAN, kind=None, folder=None)
DONE = Done(result=Result(path=PATH), asked=Asked())
FILES = ("model.py", "commands/_checking_leak_places.py", "checks/wording/en.toml")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a folder that stands for the package, with a few files."""
    folder = tmp_path / "package"
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    return folder


def _kept(stage: Stage, package: Path, day: int = 2) -> KeptResults:
    now = datetime(2026, 3, day, tzinfo=UTC)
    cache = stage.env().cache_dir
    where = cache / FOLDER / "it.json"
    shared = Shared(digests={}, settings=Settings(), now=now, ids=None)
    return KeptResults(where, cache, stage.root, shared, package=package)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", ["time", "older", "size", "name", "gone", "added"])
def test_what_is_kept_is_for_this_package_alone(
    stage: Stage, package: Path, name: str, change: str
) -> None:
    """Whichever of its files changes: all of them may decide what is found."""
    kept = _kept(stage, package)
    kept.keep(JOB, DONE)
    kept.save()
    assert _kept(stage, package).look_up(JOB) == DONE

    path = package / name
    state = path.stat()
    match change:
        case "time" | "older":
            by = 1_000_000_000 if change == "time" else -1_000_000_000
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + by))
        case "size":
            path.write_text("three")
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        case "name":
            path.rename(path.with_name("renamed.py"))
        case "gone":
            path.unlink()
        case "added":
            added = path.with_name("added.py")
            added.touch()
            os.utime(added, ns=(state.st_atime_ns, 0))

    assert _kept(stage, package).look_up(JOB) is None


def test_compiled_files_are_none_of_it(stage: Stage, package: Path) -> None:
    """They come at the first start."""
    kept = _kept(stage, package)
    kept.keep(JOB, DONE)
    kept.save()
    folder = package / "checks" / "__pycache__"
    folder.mkdir()
    (folder / "rules.cpython-311.pyc").touch()

    assert _kept(stage, package).look_up(JOB) == DONE


def test_it_is_the_same_in_all_work_trees(repository: Stage, tmp_path: Path) -> None:
    """The hook of a commit aside has what `submit` has found; no tree leaves a file."""
    repository.write(PATH, WEAK)
    repository.repo.git("add", "--all")
    repository.repo.git("commit", "-q", "-m", "weak")
    tree = tmp_path / "tree"
    repository.repo.git("worktree", "add", "-q", str(tree), "-b", "aside")
    first = repository.run("check")
    for kept in _files(repository):
        kept.write_text(kept.read_text("utf-8").replace("PM204", "PM205"), "utf-8")

    said = Stage(root=tree, home=repository.home).run("check")

    assert "PM204" in first.out
    assert said.out == first.out.replace("PM204", "PM205")
    assert len(_files(repository)) == 1


def test_two_places_of_a_repository_have_their_own(repository: Stage) -> None:
    """Each folder with settings is one."""
    for name in ("one", "two"):
        repository.write(f"{name}/.postmortem.yaml", "folders: [postmortems]\n")
        repository.write(f"{name}/{PATH}", WEAK)
        Stage(root=repository.root / name, home=repository.home).run("check")

    assert len(_files(repository)) == 2


def test_what_nobody_asks_for_any_more_goes(repository: Stage) -> None:
    """A month after it was written; a file that cannot go holds nothing up."""
    repository.write(PATH, WEAK)
    folder = repository.env().cache_dir / "checks"
    (folder / "a folder").mkdir(parents=True)
    old, young = folder / "old.json", folder / "young.json"
    for path, days in ((old, 31), (young, 29), (folder / "a folder", 99)):
        if not path.is_dir():
            path.touch()
        at = time.time() - days * 24 * 3600
        os.utime(path, (at, at))

    said = repository.run("check")

    assert said.code == 1
    assert not old.exists()
    assert young.exists()
    assert len(_files(repository)) == 2


def test_a_text_that_was_checked_is_checked_light(repository: Stage) -> None:
    """As a hook does: neither git's library nor a rule, template or Markdown."""
    repository.write(PATH, WEAK)
    repository.repo.git("add", "--all")
    words = ["check", "--staged", PATH]
    heavy = ("git", "jinja2", "markdown_it", "yaml", "postmortem.checks.review")
    code = (
        "import sys; from postmortem.cli import main\n"
        f"code = main({words})\n"
        f"print([name for name in {heavy} if name in sys.modules])\n"
    )
    first = repository.run(*words)

    assert _printed(repository, code) == f"{first.out}[]\n"


@pytest.mark.parametrize("own", [False, True])
def test_an_edited_text_is_not_written_again(repository: Stage, *, own: bool) -> None:
    """What its derived lines are made from is as it was: the template does not run."""
    if own:
        shipped_one = shipped.templates_folder() / "reports" / "default.md.j2"
        text = f"{{# ours #}}\n{shipped_one.read_text('utf-8')}"
        repository.write("postmortems/.templates/default.md.j2", text)
    repository.write(PATH, CLEAN)
    repository.run("check", PATH)

    repository.write(PATH, CLEAN.replace("## Impact\n", "## Impact\n\nIt hurt.\n", 1))
    prose = _ran(repository)
    repository.write(PATH, CLEAN.replace("severity: SEV-2", "severity: SEV-1"))
    fact = _ran(repository)

    assert (prose, fact) == ([], ["child" if own else "jinja2"])


def test_a_derived_line_is_seen_whatever_was_right(repository: Stage) -> None:
    """In an edited text, and after it was right again."""
    wrong = CLEAN.replace("after 6 min ·", "after 9 min ·")
    repository.write(PATH, CLEAN)
    assert "PM110" not in repository.run("check", PATH).out

    for text in (wrong, CLEAN, wrong):
        repository.write(PATH, f"{text}\n<!-- {time.time_ns()} -->\n")
        assert ("PM110" in repository.run("check", PATH).out) is (text == wrong)


@pytest.mark.parametrize("changed", ["day", "package", "nothing"])
def test_what_is_right_outlives_its_day(
    stage: Stage, package: Path, changed: str
) -> None:
    """And a text's, but no other package or settings."""
    kept = _kept(stage, package)
    kept.keep(JOB, msgspec.structs.replace(DONE, right="as it is"))
    kept.save()
    if changed == "package":
        (package / FILES[0]).write_text("another")
    later = _kept(stage, package, day=3 if changed == "day" else 2)
    other = msgspec.structs.replace(JOB, text="another")

    assert later.right(other) == ("" if changed == "package" else "as it is")
    assert (later.look_up(JOB) is None) is (changed != "nothing")


def _ran(stage: Stage) -> list[str]:
    """Check once, and return what made a template's text: here, or in a child."""
    code = (
        "import sys; from postmortem.cli import main\n"
        "started = []\n"
        "sys.addaudithook(lambda name, told: name == 'subprocess.Popen' and"
        " started.append(told[0]))\n"
        f"main(['check', {PATH!r}])\n"
        "ran = ['child'] if sys.executable in started else []\n"
        "print([*ran, *({'jinja2'} & sys.modules.keys())])\n"
    )
    found: list[str] = ast.literal_eval(_printed(stage, code).splitlines()[-1])
    return found


def _printed(stage: Stage, code: str) -> str:
    """Run it in a process of its own, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=stage.root,
        env=os.environ | {"HOME": str(stage.home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _files(stage: Stage) -> list[Path]:
    return [
        path
        for path in (stage.env().cache_dir / "checks").iterdir()
        if path.is_file() and not path.name.endswith("-past.json")
    ]


def test_much_is_kept_as_well(stage: Stage, package: Path) -> None:
    """Thousands of old reports give more than a report may be large."""
    result = Result(path=PATH, lines={1: "x" * 9_000_000})
    kept = _kept(stage, package)
    kept.keep(JOB, Done(result=result, asked=Asked()))
    kept.save()

    found = _kept(stage, package).look_up(JOB)
    assert found is not None
    assert found.result == result


def test_a_draft_is_checked_without_git(
    repository: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that git knows counts for it."""
    repository.write(PATH, CLEAN.replace("status: in-review", "status: draft"))
    log, program = tmp_path / "log", tmp_path / "git"
    program.write_text(f'#!/bin/sh\necho "$@" >>{log}\nexec git "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("GIT_PYTHON_GIT_EXECUTABLE", str(program))

    said = repository.run("check", PATH)

    assert said.code == 0
    assert not log.exists()


def test_trees_at_several_commits_keep_their_pasts(
    repository: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever goes from one to the other does not have history read again."""
    tree = tmp_path / "tree"
    repository.repo.git("worktree", "add", "-q", str(tree), "-b", "aside")
    repository.repo.commit("other", "other")
    other = Stage(root=tree, home=repository.home)
    first = [repository.run("check").out, other.run("check").out]
    log, program = tmp_path / "log", tmp_path / "git"
    program.write_text(f'#!/bin/sh\necho "$@" >>{log}\nexec git "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("GIT_PYTHON_GIT_EXECUTABLE", str(program))

    assert [repository.run("check").out, other.run("check").out] == first
    assert "rev-list" not in log.read_text()


def test_it_is_the_same_wherever_somebody_stands(repository: Stage) -> None:
    """A path is shown as it is typed there."""
    repository.write(PATH, WEAK)
    above = repository.run("check").out
    for kept in _files(repository):
        kept.write_text(kept.read_text("utf-8").replace("PM204", "PM205"), "utf-8")

    inside = Stage(root=repository.root / "postmortems", home=repository.home)

    said = inside.run("check").out
    assert said == above.replace("PM204", "PM205").replace("postmortems/", "")


def test_no_credential_is_kept(repository: Stage) -> None:
    """Not even as the name of what somebody linked to."""
    text = CLEAN.replace("## Impact\n", f"## Impact\n\nSee [it]({SECRET}).\n", 1)
    repository.write(PATH, text)

    assert "PM701" in repository.run("check").out
    folder = repository.env().cache_dir
    kept = [path.read_text("utf-8") for path in folder.rglob("*.json")]
    assert not any(SECRET in each for each in kept)
