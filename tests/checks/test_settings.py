"""What a team can set for the checks."""

from __future__ import annotations

import pytest

from postmortem.errors import Problems
from postmortem.settings import Settings, read


def test_the_checks_have_settings_of_their_own() -> None:
    """Levels by rule, words that stay inside, and days by severity."""
    text = """\
checks: {PM412: error, PM116: "off"}
terms: [Example Bank, project-x]
publish_within: {SEV-1: 5}
"""

    assert read(text) == Settings(
        checks={"PM412": "error", "PM116": "off"},
        terms=("Example Bank", "project-x"),
        publish_within={"SEV-1": 5},
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ("checks: [PM412]", "these are no rules"),
        ("checks: {pm412: error}", "'pm412' is no rule"),
        ("checks: {PM412: fatal}", "'fatal' is no choice"),
        ("publish_within: 5", "these are no severities with days"),
        ("publish_within: {SEV1: 5}", "there is no severity 'SEV1'"),
        (
            "{severities: [P1], publish_within: {SEV-1: 5}}",
            "there is no severity 'SEV-1'",
        ),
        ("publish_within: {SEV-1: 0}", "'0' is no whole number from 1 to 366"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, said: str) -> None:
    """With what to write instead."""
    with pytest.raises(Problems) as error:
        read(text)

    (problem,) = error.value.problems
    assert problem.message == said
    assert problem.line == 1


def test_a_deadline_is_of_a_level_in_whatever_case() -> None:
    """As the severity of a report is."""
    assert read("publish_within: {sev-1: 5}").publish_within == {"sev-1": 5}


def test_a_setting_that_is_changed_cannot_change_the_default() -> None:
    """The mappings of the defaults are read-only."""
    with pytest.raises(TypeError):
        Settings().checks["PM412"] = "off"  # type: ignore[index]  # that is the point


@pytest.mark.parametrize(
    "code, hint",
    [
        ("pm409", "write it as PM409"),
        ("409", "write it as PM409"),
        ("PM-409", "write it as PM409"),
        ("Pm 409", "write it as PM409"),
        ("dates", "a code is PM and three digits"),
        ("PM4090", "a code is PM and three digits"),
    ],
)
def test_what_is_no_code_is_told_as_what_it_may_be(code: str, hint: str) -> None:
    """No rule is proposed that nobody meant."""
    with pytest.raises(Problems) as error:
        read(f"checks: {{{code}: error}}")

    (problem,) = error.value.problems
    assert (problem.message, problem.hint) == (f"{code!r} is no rule", hint)
