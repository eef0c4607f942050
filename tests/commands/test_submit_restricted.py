"""A report for few eyes goes only where the settings say that few can read it."""

from __future__ import annotations

import pytest

from tests.commands.stage import BRANCH, ID, PATH, REPORT, Stage

REFUSED = """\
postmortems/2025-05-24-x-down.md: a report of the template 'security' goes into a \
restricted repository only
  if all who can read this repository, now and later, may read it too, write \
`restricted: true` in .postmortem.yaml;
  else move the file into one where that is so
"""
OURS = """\
---
name: ours
description: For our own.
restricted: yes_or_no
---
# {{ title }}

## Leak

{{ summary }}
"""


@pytest.fixture
def secret(stage: Stage) -> Stage:
    """Return somebody with a report that `security` lays out."""
    stage.write(PATH, REPORT.replace("template: minimal", "template: security"))
    return stage


@pytest.mark.parametrize("setting", ["", "restricted:\n", "restricted: false\n"])
@pytest.mark.parametrize("way", ["switch", "stay", "here"])
def test_it_is_refused_where_the_settings_do_not_say_so(
    secret: Stage, setting: str, way: str
) -> None:
    """Whichever way it goes: what has been committed once stays in the history."""
    secret.write(".postmortem.yaml", setting)
    before = secret.repo.everything()

    said = secret.run("submit", ID, "--way", way)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(REFUSED)
    assert secret.repo.everything() == before


def test_a_forecast_says_so_too(secret: Stage) -> None:
    """Nobody is told of a commit that would not be made."""
    said = secret.run("submit", ID, "--dry-run")

    assert said.code == 2
    assert said.err.startswith(REFUSED)


def test_the_printed_command_finishes_it_once_the_settings_say_so(
    secret: Stage,
) -> None:
    """With the words that were typed the first time."""
    said = secret.run("submit", ID, "--way", "stay", "-m", "Tell of the leak")
    secret.write(".postmortem.yaml", "restricted: true\n")

    again = secret.follow(said.err)

    assert (again.code, again.err) == (0, "")
    assert secret.message.startswith("Tell of the leak")
    assert secret.repo.paths(BRANCH) >= {PATH}


def test_without_git_it_may_stay_a_file(secret: Stage) -> None:
    """A file goes nowhere by itself."""
    assert secret.run("submit", ID, "--no-git").code == 0


def test_other_reports_go_into_either(stage: Stage) -> None:
    """A restricted repository takes them as well."""
    stage.write(".postmortem.yaml", "restricted: true\n")

    assert stage.run("submit", ID, "--way", "stay").code == 0


@pytest.mark.parametrize("said, code", [("true", 2), ("false", 0)])
def test_a_team_restricts_its_own_template(secret: Stage, said: str, code: int) -> None:
    """It is a line of the template's front matter, in whatever repository it is."""
    text = OURS.replace("yes_or_no", said)
    secret.write("postmortems/.templates/ours.md.j2", text)
    secret.write(PATH, REPORT.replace("template: minimal", "template: ours"))

    assert secret.run("submit", ID, "--way", "stay").code == code


def test_a_child_is_as_restricted_as_its_parent(secret: Stage) -> None:
    """Unless its own front matter says otherwise."""
    secret.write(
        "postmortems/.templates/ours.md.j2",
        '---\nname: ours\ndescription: Ours.\n---\n{% extends "security.md.j2" %}\n',
    )
    secret.write(PATH, REPORT.replace("template: minimal", "template: ours"))

    assert secret.run("submit", ID, "--way", "stay").code == 2


def test_a_misspelt_line_is_a_mistake_and_restricts(secret: Stage) -> None:
    """What it was meant to say is not guessed in the open direction."""
    secret.write(
        "postmortems/.templates/ours.md.j2", OURS.replace("yes_or_no", "flase")
    )
    secret.write(PATH, REPORT.replace("template: minimal", "template: ours"))

    checked = secret.run("template", "check", "ours", "--records", "0")

    assert checked.code == 1
    assert "restricted takes true or false\n  did you mean 'false'?" in checked.out
    assert secret.run("submit", ID, "--way", "stay").code == 2
