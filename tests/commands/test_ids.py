"""Tab completes the ids of reports, from the names of their files alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from postmortem.commands._ids import ids
from postmortem.settings import Settings, default_text, read
from tests.commands.stage import ID, PATH, Stage


@pytest.mark.parametrize(
    "typed, found",
    [
        ("", ["2025-05-24-x-down", "2025-05-02-y-slow", "2024-01-01-x-slow"]),
        ("2025", ["2025-05-24-x-down", "2025-05-02-y-slow"]),
        ("x", ["2025-05-24-x-down", "2024-01-01-x-slow"]),
        ("slow", ["2025-05-02-y-slow", "2024-01-01-x-slow"]),
        ("none", []),
    ],
)
def test_ids_begin_so_or_hold_it(stage: Stage, typed: str, found: list[str]) -> None:
    """The latest first; behind the day, or anywhere, when none begins so."""
    for name in ("2025-05-02-y-slow", "2024-01-01-x-slow", ".hidden"):
        stage.write(f"postmortems/{name}.md", "not read")
    stage.write("postmortems/2025-05-02-graph.svg", "no report")

    assert ids(stage.root, typed) == found


@pytest.mark.parametrize(
    "text, folders",
    [
        ("", ["postmortems"]),
        (default_text(), ["postmortems"]),
        ("zone: UTC\nfolders: [a, 'b/c']\n", ["a", "b/c"]),
        ("folders: a # ours\n", ["a"]),
        ('folders:\n  - a\n  # and\n  - "b/c"\nzone: UTC\n', ["a", "b/c"]),
        ("folders:\n- a\n- b/c\n", ["a", "b/c"]),
        ("folders:\nzone: UTC\n", ["postmortems"]),
    ],
)
def test_the_settings_say_where(stage: Stage, text: str, folders: list[str]) -> None:
    """What is read without YAML is what the settings mean."""
    stage.write(".postmortem.yaml", text)
    (stage.root / PATH).unlink()
    for folder in ("a", "b/c", "postmortems"):
        stage.write(f"{folder}/2025-01-01-{folder.replace('/', '-')}.md", "")

    expected = read(text).folders if text else Settings().folders
    names = [f"2025-01-01-{folder.replace('/', '-')}" for folder in folders]

    assert list(expected) == folders
    assert ids(stage.root, "") == sorted(names, reverse=True)


def test_from_below_the_settings_of_above_hold(stage: Stage) -> None:
    """As for any command."""
    inside = stage.root / "deep"
    inside.mkdir()

    assert ids(inside, "") == [ID]


@pytest.mark.parametrize("words", ["submit", "show"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_them_light(stage: Stage, shell: str, words: str) -> None:
    """Neither YAML nor git is loaded for a Tab, in any of the shells."""
    line = f"postmortem {words} x-"
    heavy = ("yaml", "git", "msgspec", "jinja2", "markdown_it")
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print([n for n in {heavy} if n in sys.modules],"
        " file=sys.stderr))\n"
        "sys.argv = ['postmortem']\n"
        "from postmortem.cli import main; main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=stage.root,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "_POSTMORTEM_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": "x-" if shell == "fish" else "2",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ID in done.stdout
    assert done.stderr == "[]\n"
