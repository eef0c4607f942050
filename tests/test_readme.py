"""The README cannot lie: what it shows is run, and prints what it shows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console import Said, matches, printed, transcript

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a repository with one commit, and the samples beside it."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "samples", folder / "samples")
    for words in (
        ["init", "--quiet"],
        ["commit", "--quiet", "--allow-empty", "--message", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    exclude = folder / ".git" / "info" / "exclude"
    exclude.write_text("/samples/\n", encoding="utf-8")
    return folder


def test_every_transcript_of_the_readme_is_true(checkout: Path) -> None:
    """All its commands run one after another, as somebody would who follows it."""
    said = list(transcript(README.read_text(encoding="utf-8")))
    programs = Path(sys.executable).parent
    assert (programs / "postmortem").exists(), (
        "install it here: pip install -e '.[dev]'"
    )
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }

    outputs = printed([it.runs for it in said], checkout, environment)

    wrong = [
        f"README.md:{it.line}: $ {it.command}\n{output}"
        for it, output in zip(said, outputs, strict=True)
        if not matches(it.output, output)
    ]
    assert "\n\n".join(wrong) == ""


def test_a_transcript_is_read_command_by_command() -> None:
    """A command begins behind `$`, goes on behind `>`, and its output follows."""
    text = (
        "# X\n\n```console\n$ one\nout\n\nmore\n$ two \\\n> 2\n```\n```sh\n$ no\n```\n"
    )

    assert list(transcript(text)) == [
        Said(line=4, command="one", output="out\n\nmore"),
        Said(line=8, command="two \\\n2", output=""),
    ]


def test_an_answer_behind_a_prompt_is_typed(tmp_path: Path) -> None:
    """A line that begins with `>` in what is printed is what somebody types there."""
    command = 'read -p "$(printf "name?\n> ")" name; echo hello $name'
    said = Said(line=1, command=command, output="name?\n> you\nhello you")

    output = printed([said.runs], tmp_path, {**os.environ, "PYTHONPATH": str(ROOT)})

    assert output == ["name?\n> you\nhello you"]


def test_commands_share_one_shell(tmp_path: Path) -> None:
    """Folder and variables stay from one command to the next; both streams are one."""
    commands = ["mkdir a && cd a && x=1", "pwd; echo $x >&2", "printf y", "cat"]

    outputs = printed(commands, tmp_path, os.environ)

    assert outputs == ["", f"{tmp_path}/a\n1", "y", ""]


@pytest.mark.parametrize(
    "expected, actual, same",
    [
        ("a\nb", "a\nb", True),
        ("a", "a\nb", False),
        ("a", "", False),
        ("", "", True),
        ("", "a", False),
        ("v1... (x)", "v1.2.3 (x)", True),
        ("v1...", "v1.2\n3", False),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...\nd", "a\nd", True),
        ("...", "", True),
        ("a.c", "abc", False),
        ("a", "a  ", True),
    ],
)
def test_dots_stand_for_anything(expected: str, actual: str, *, same: bool) -> None:
    """Three dots match within a line, or any lines when they stand alone."""
    assert matches(expected, actual) is same
