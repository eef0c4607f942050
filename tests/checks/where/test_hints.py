"""The line about an answer: one at most, in the width of the terminal, and in time."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from postmortem.commands._desk import Desk
from postmortem.commands._hints import PATIENCE, Hints
from postmortem.commands._talk import Talk
from postmortem.model import Action, Report
from tests.checks.privacy.planted import SECRETS
from tests.checks.reports import template
from tests.commands.stage import Stage

BLAMES = Report(summary="The engineer forgot the flag.")
MORE = Report(summary="The engineer should have known.")


@pytest.fixture
def talk(plain: Stage) -> Talk:
    """Return somebody at a terminal of 200 columns."""
    wide = replace(plain, environment={"COLUMNS": "200"})
    return Talk(wide.env(""), plain=True)


def _hints(talk: Talk) -> Hints:
    made = Hints(Desk(talk.env), talk, template("default"))
    assert made._there.wait(30)
    return made


def test_one_line_says_what_it_is_and_how_it_is_changed(talk: Talk) -> None:
    """The gravest, though there are two."""
    both = Report(summary=f"{BLAMES.summary} {MORE.summary}")

    said = _hints(talk).said("summary", Report(), both)

    assert said == (
        "  PM501: this makes a person the cause; name what the system let happen, and"
        " what would have shown it  (keep it, or < edits it)"
    )


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_it_fits_the_terminal(talk: Talk, columns: int, plain: Stage) -> None:
    """Without the advice where there is no room for it."""
    narrow = replace(plain, environment={"COLUMNS": str(columns)})
    hints = _hints(Talk(narrow.env(""), plain=True))
    row = Action(key="A1", text="Improve the monitoring")

    said = hints.said("actions", Report(), Report(actions=(row,)))

    assert said.startswith("  PM410: ")
    assert said.endswith("  (keep it, or A1 edits it)")
    assert len(said) < columns


def test_a_wording_is_said_once_in_a_sitting(talk: Talk) -> None:
    """Whichever field it is typed in, and when the interview goes on with another."""
    assert _hints(talk).said("summary", Report(), BLAMES)

    again = _hints(talk)

    assert again.said("impact", Report(), Report(impact=BLAMES.summary)) == ""
    assert again.said("impact", Report(), Report(impact=MORE.summary))


def test_a_term_that_stays_inside_is_said_of_each_answer(plain: Stage) -> None:
    """It is to come out of all of them; and 80 columns have room for what it is."""
    plain.write(".postmortem.yaml", "terms: [Contoso]\n")
    narrow = replace(plain, environment={"COLUMNS": "80"})
    hints = _hints(Talk(narrow.env(""), plain=True))

    for name in ("summary", "impact"):
        told = Report().with_value(name, "Orders of Contoso were late.")
        said = hints.said(name, Report(), told)
        assert said.startswith("  PM715: ")
        assert said.endswith(" characters)  (< edits it)")
        assert len(said) < 80


def test_a_secret_is_not_repeated(talk: Talk) -> None:
    """Neither in the line nor in what is remembered of it; nor is it to be kept."""
    secret = SECRETS["github"]

    said = _hints(talk).said("summary", Report(), Report(summary=f"See {secret}."))

    assert said.startswith("  PM701: this looks like a credential")
    assert said.endswith("  (< edits it)")
    assert secret not in said
    assert all(isinstance(each, int) for each in talk.hinted)


def test_nobody_waits_for_rules_that_are_not_there_yet(talk: Talk) -> None:
    """The answer is heard with the next one."""
    hints = _hints(talk)
    hints._there.clear()
    began = time.monotonic()

    assert hints.said("summary", Report(), BLAMES) == ""
    assert time.monotonic() - began < PATIENCE + 0.05

    hints._there.set()
    assert "PM501" in hints.said("impact", Report(), Report(impact="It was full."))
