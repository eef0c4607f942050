"""What is well and what is not, each with the next step."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.stage import Said, Stage


def _states(said: Said) -> dict[str, str]:
    return {it["subject"]: it["state"] for it in json.loads(said.out)}


@pytest.fixture
def well(stage: Stage) -> Stage:
    """Return a person who has all that is needed."""
    stage.environment["EDITOR"] = "sh -c true"
    stage.run("init")
    return stage


def test_all_is_well(well: Stage) -> None:
    """Each is a line, and the end is 0."""
    said = well.run("doctor")

    assert (said.code, said.err) == (0, "")
    assert {line[:8].strip() for line in said.out.splitlines()} == {"ok", "warn", ""}
    assert "ok      identity    The on-call engineer <oncall@example.com>" in said.out
    assert "ok      settings    .postmortem.yaml" in said.out


def test_the_same_as_json(well: Stage) -> None:
    """For programs: subject, state, what is so, what is next."""
    said = well.run("doctor", "--format", "json")

    assert _states(said) == {
        "git": "ok",
        "repository": "ok",
        "identity": "ok",
        "editor": "ok",
        "zone": "warn",
        "terminal": "ok",
        "settings": "ok",
        "reports": "ok",
        "template": "ok",
        "state": "ok",
        "cache": "ok",
    }
    assert set(json.loads(said.out)[0]) == {"subject", "state", "said", "next"}


def test_nobody_to_name_would_stop_a_submit(well: Stage, home: Path) -> None:
    """The end is 1, and the commands that help are there."""
    (home / ".gitconfig").write_text("")

    said = well.run("doctor")

    assert said.code == 1
    assert "problem identity" in said.out
    assert "git config --global user.name" in said.out


def test_broken_settings_are_all_said(well: Stage) -> None:
    """Each mistake has its line."""
    well.write(".postmortem.yaml", "zone: Mars\nway: sideways\n")

    said = well.run("doctor", "--format", "json")

    assert said.code == 1
    wrong = [it for it in json.loads(said.out) if it["state"] == "problem"]
    assert [it["subject"] for it in wrong] == ["settings", "settings"]
    assert [it["said"].split(": ")[0] for it in wrong] == [
        f"{well.root}/.postmortem.yaml:1",
        f"{well.root}/.postmortem.yaml:2",
    ]


def test_outside_a_repository_nothing_can_be_submitted(plain: Stage) -> None:
    """What makes one is the next step."""
    said = plain.run("doctor")

    assert said.code == 1
    assert "problem repository" in said.out
    assert "`git init`" in said.out


def test_without_git_there_is_no_history(well: Stage) -> None:
    """A machine without the program is told so, in words."""
    code = "from postmortem.cli import main\nraise SystemExit(main(['doctor']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=well.root,
        env={"HOME": str(well.home), "PATH": str(well.root), "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "problem git         the program git is not found" in done.stdout
    assert "install git" in done.stdout


def test_an_editor_that_is_not_there_is_a_warning(well: Stage) -> None:
    """It hinders no commit."""
    well.environment["EDITOR"] = "no-such-editor --wait"

    said = well.run("doctor")

    assert said.code == 0
    assert "warn    editor      there is no program 'no-such-editor'" in said.out


def test_a_state_folder_that_is_in_the_way(well: Stage) -> None:
    """Nothing typed could be kept."""
    well.state.parent.mkdir(parents=True, exist_ok=True)
    well.state.write_text("")

    said = well.run("doctor", "--format", "json")

    assert (said.code, _states(said)["state"]) == (1, "problem")


def test_a_template_that_is_gone_is_a_problem(well: Stage) -> None:
    """A report could not be read with it."""
    well.write(".postmortem.yaml", "template: mine\n")

    said = well.run("doctor", "--format", "json")

    assert (said.code, _states(said)["template"]) == (1, "problem")
