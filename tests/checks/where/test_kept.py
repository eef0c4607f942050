"""What is kept of a check, and when it is not asked any more."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.checks.results import Result
from postmortem.commands._checking_kept import KeptResults
from postmortem.commands._checking_values import Asked, Done, Job, Shared
from postmortem.settings import Settings
from tests.checks.where.place import CLEAN, PATH
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


def _kept(stage: Stage, package: Path) -> KeptResults:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    shared = Shared(digests={}, settings=Settings(), now=now, ids=None)
    return KeptResults(stage.env(), stage.root, shared, package=package)


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
