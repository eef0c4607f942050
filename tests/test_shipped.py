"""The templates that come with the package are found, however it was installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from postmortem.shipped import templates_folder

ROOT = Path(__file__).resolve().parent.parent
TELL = "from postmortem.shipped import templates_folder; print(templates_folder())"


def _told(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", TELL],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_a_checkout_they_stand_beside_the_package() -> None:
    """An edit to a template there is seen at once."""
    assert templates_folder() == ROOT / "templates"


def test_in_an_install_they_stand_inside_the_package(tmp_path: Path) -> None:
    """What a wheel brings counts before anything that happens to stand beside it."""
    shutil.copytree(ROOT / "postmortem", tmp_path / "postmortem")
    (tmp_path / "templates" / "reports").mkdir(parents=True)
    inside = tmp_path / "postmortem" / "templates"
    (inside / "reports").mkdir(parents=True)

    assert _told(tmp_path).stdout == f"{inside}\n"


def test_a_broken_install_is_said(tmp_path: Path) -> None:
    """With what to do, instead of a file that is missing later."""
    shutil.copytree(ROOT / "postmortem", tmp_path / "postmortem")

    told = _told(tmp_path)

    assert told.returncode != 0
    assert "install it again, or run it from a checkout" in told.stderr
