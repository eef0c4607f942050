"""Codes that no rule has, in the settings and in what a report allows."""

from __future__ import annotations

import json

import pytest

from postmortem.checks.codes import said_of
from postmortem.commands._checking_codes import tell_unknown_codes
from postmortem.commands._desk import Desk
from tests.checks.reports import found, laid_over
from tests.commands.stage import Stage

SETTINGS = """\
# levels
checks:
  PM412: error
  PM421: error
  "PM999": "off"
"""


def test_the_settings_may_name_what_another_version_has(stage: Stage) -> None:
    """It is told with its place, and no command ends because of it."""
    stage.write(".postmortem.yaml", SETTINGS)
    env = stage.env("")

    with Desk(env) as desk:
        tell_unknown_codes(desk)

    said = env.stderr.getvalue()  # type: ignore[union-attr]  # a Screen
    assert " ".join(said.split()) == (
        ".postmortem.yaml:4:3: there is no rule PM421 here, so nothing is set by this"
        " did you mean PM412 (an action without a due date) or PM411 (an action that"
        " changes people)? another version of postmortem may have it"
        " .postmortem.yaml:5:3: there is no rule PM999 here, so nothing is set by this"
        " codes begin with PM0 to PM8, and three digits in all"
        " another version of postmortem may have it"
    )
    assert stage.run("list").code == 0


@pytest.mark.parametrize("text", ["checks: {PM412: error}\n", "zone: UTC\n", ""])
def test_nothing_is_told_of_codes_that_there_are(stage: Stage, text: str) -> None:
    """Nor where none is set."""
    stage.write(".postmortem.yaml", text)
    env = stage.env("")

    with Desk(env) as desk:
        tell_unknown_codes(desk)

    assert env.stderr.getvalue() == ""  # type: ignore[union-attr]  # a Screen


def test_the_doctor_tells_of_them(stage: Stage) -> None:
    """They stop no submit."""
    stage.write(".postmortem.yaml", SETTINGS)

    said = stage.run("doctor", "--format", "json")

    told = [each for each in json.loads(said.out) if each["subject"] == "settings"]
    assert [each["state"] for each in told] == ["ok", "warn", "warn"]
    assert "PM421" in told[1]["said"]


def test_an_allowance_says_what_was_probably_meant() -> None:
    """With what the rule is about."""
    piece = "### What was hard\n\n<!-- postmortem: allow PM421 because … it is so -->\n"

    (finding,) = found(laid_over(f"{piece}\nNobody could see the rate.\n"))

    assert (finding.code, finding.hint) == ("PM609", said_of("PM421"))


@pytest.mark.parametrize(
    "code, said",
    [
        ("PM141", "did you mean PM114 (an event outside the incident) or"),
        ("PM499", "did you mean PM409 (an action for a factor that is not there)?"),
        ("PM777", "the rules about privacy are PM701 to PM715"),
        ("PM999", "codes begin with PM0 to PM8"),
        ("PM41", "the rules about actions are PM401 to PM417"),
        ("PM4", "the rules about actions are PM401 to PM417"),
        ("PM4121", "the rules about actions are PM401 to PM417"),
        ("PM41x", "the rules about actions are PM401 to PM417"),
        ("PM4\N{SUPERSCRIPT TWO}1", "the rules about actions are PM401 to PM417"),
        ("412", "did you mean PM412 "),
        ("", "codes begin with PM0 to PM8"),
    ],
)
def test_the_nearest_rules_are_of_the_same_group(code: str, said: str) -> None:
    """Two digits in the wrong order come first; where none is near, the group tells."""
    assert said_of(code).startswith(said)
