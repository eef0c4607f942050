"""A report for few eyes is warned about before it is written, and by doctor."""

from __future__ import annotations

import pytest

from tests.commands.stage import PATH, REPORT, Stage

WORDS = ("new", "Leak", "--template", "security", "--set", "zone=UTC")
WARNED = (
    "reports of the template 'security' go into a restricted repository only, and"
    " `submit` will refuse it here"
)


def test_who_begins_one_is_warned(stage: Stage) -> None:
    """The report is written all the same: it may stay a file."""
    said = stage.run(*WORDS, "--set", "severity=SEV-1")

    assert said.code == 0
    assert WARNED in said.err
    assert "`restricted: true` in .postmortem.yaml" in said.err


def test_where_few_can_read_nobody_is(stage: Stage) -> None:
    """The settings say that this is such a repository."""
    stage.write(".postmortem.yaml", "restricted: true\n")

    said = stage.run(*WORDS, "--set", "severity=SEV-1")

    assert said.code == 0
    assert WARNED not in said.err


def test_other_templates_go_anywhere(stage: Stage) -> None:
    """Nothing is said of them."""
    said = stage.run("new", "Y", "--set", "zone=UTC", "--set", "severity=SEV-1")

    assert (said.code, said.err) == (0, "")


def test_doctor_names_the_usual_template(stage: Stage) -> None:
    """No report of this place could be committed."""
    stage.write(".postmortem.yaml", "template: security\n")

    said = stage.run("doctor")

    assert said.code == 1
    assert "security is for restricted repositories, and this is none" in said.out


@pytest.mark.parametrize("setting", ["", "restricted: true\n"])
def test_doctor_names_reports_that_lie_in_the_open(stage: Stage, setting: str) -> None:
    """Each template once, however many reports it has."""
    secret = REPORT.replace("template: minimal", "template: security")
    stage.write(PATH, secret)
    stage.write(PATH.replace("x-down", "y-down"), secret.replace("x-down", "y-down"))
    stage.write(".postmortem.yaml", setting)

    said = stage.run("doctor")

    told = "and 1 more: security is for restricted repositories only"
    assert (told in said.out) == (not setting)
