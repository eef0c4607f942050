"""The way of a report: what goes back, what nobody finishes, and when it was over."""

from __future__ import annotations

import pytest

from postmortem import checks, markdown
from postmortem.model import Finding
from tests.checks.reports import NOW, found, laid_over, template

_DONE = "\n\n## Open questions\n\n_None._\n"


@pytest.mark.parametrize("before", ["final", "closed"])
def test_what_others_rely_on_does_not_become_a_draft(before: str) -> None:
    """Back to review is fine: there it is held up."""
    earlier = ["draft", "in-review", before]
    (told,) = _found("status: draft", earlier=earlier)

    assert (told.code, told.severity) == ("PM801", "warning")
    assert told.message == f"the status went from {before} to draft"
    assert str(told.hint).endswith("a draft is not held up: go back to in-review")
    assert _found("status: in-review", earlier=earlier) == []


def test_what_was_published_is_not_called_off() -> None:
    """What comes between says how."""
    earlier, front = ["final"], "status: not-required\nseverity: SEV-3"
    (told,) = _found(front, earlier=earlier)

    assert told.hint == "from draft alone it becomes not-required, and draft from there"


@pytest.mark.parametrize(
    "front, codes",
    [
        ("severity: SEV-1", ["PM806"]),
        ("severity: SEV-2", ["PM806"]),
        ("severity: SEV-3", []),
        ("severity: SEV-1\nrelated: [another]", []),
    ],
)
def test_a_grave_incident_needs_a_report(front: str, codes: list[str]) -> None:
    """This one, or another that it names."""
    told = _found(f"status: not-required\n{front}")

    assert [it.code for it in told] == codes


@pytest.mark.parametrize("name", ["onset", "resolved"])
def test_a_final_report_says_when_it_began_and_when_it_was_over(name: str) -> None:
    """Each by itself: no length is counted from what stands beside it."""
    begun = [it for it in _found(f"status: final\n{name}:") if it.code == "PM209"]

    assert [it.severity for it in begun] == ["warning"]
    assert f"no {name}" in begun[0].message
    for front in (
        f"status: in-review\n{name}:",
        f"status: not-required\nseverity: SEV-3\n{name}:",
        f"status: final\ntags: [near-miss]\n{name}:",
    ):
        assert "PM209" not in [it.code for it in _found(front)]


def test_a_report_that_is_not_there_is_told_at_its_id() -> None:
    """Not at the key, and each of several."""
    for ids in ("[x, 'y z']", "x, y z"):
        text = laid_over(f"---\nrelated: {ids}\n---\n")
        told = [it for it in found(text, reports=[]) if it.code == "PM604"]
        lines = text.splitlines()
        words = [lines[it.line - 1][it.column - 1 :][: it.length] for it in told]

        assert words == ["x", "y z"]


def test_the_hint_about_evidence_says_what_is_taken() -> None:
    """Its own words, written where it says."""
    row = "- **F2** root: a change of size restarts all nodes of the cache at once"
    (told,) = _factor(row)

    assert str(told.hint).endswith("or evidence: assumed")
    assert _factor(f"{row}\\\n  evidence: assumed") == []
    assert _factor(f"{row}\n  evidence: assumed") == []


@pytest.mark.parametrize(
    "row",
    [
        "How many orders were lost?",
        "How many flags are alike? 41 of 160 are read so far.",
        "Why the second restart took longer",
        "whether the queue was full",
        "The cause of the second peak is unknown.",
        "It is not yet clear where the second peak came from.",
        "Unclear: the cause of the second peak",
        "Where the second peak came from remains open.",
        "We do not know yet who was hit.",
        "Welcher Anteil der Nutzer war betroffen?",
        "Ob der Puffer voll war",
        "Die Ursache ist noch unklar.",
        "Wir wissen bis heute nicht mehr.",
        "Nobody knows what the second carrier counted.",
        "tbd",
    ],
)
@pytest.mark.parametrize("asked", ["default", "howie"])
def test_what_asks_is_an_open_question_of_a_final_report(row: str, asked: str) -> None:
    """Or says that nobody knows, whatever the template asks for."""
    (told,) = _open(row, asked)

    assert told.severity == "error"
    assert told.message == "it is final, and this question is open"


@pytest.mark.parametrize("row", ["none", "n/a", "N/A.", "-", "**none**", "keine"])
@pytest.mark.parametrize("asked", ["default", "howie"])
def test_a_row_that_says_none_is_no_open_question(row: str, asked: str) -> None:
    """As the word of the template for it is none."""
    assert _open(row, asked) == []


STATEMENTS = (
    "Support holds that the notice came too late; those on call hold the reverse.",
    "When the queue was full, the two teams read its graph in two ways.",
    "What one team calls a retry, the other calls a second order.",
    "Support did not know of the flag; those on call hold that it was announced.",
    "It was not clear to support which notice was meant; the writers see none.",
)


@pytest.mark.parametrize("row", STATEMENTS)
def test_what_asks_nothing_is_a_hint_where_questions_are_asked_for(row: str) -> None:
    """A template that asks for what is seen differently gets what it asks for."""
    (told,) = _open(row, "default")

    assert told.severity == "hint"
    assert _open(row, "howie") == []


def _open(row: str, asked: str) -> list[Finding]:
    known = template(asked)
    heading = {"default": "Open questions", "howie": "What is still unclear"}[asked]
    front = f"---\ntemplate: {asked} 1\nstatus: final\n---\n"
    text = f"{front}\n# T\n\n## {heading}\n\n- {row}\n"
    reading = markdown.read(text, known)
    report = checks.subject_of(text, reading, known.outline, path="report.md", now=NOW)
    return [it for it in checks.check(report) if it.code == "PM804"]


def _factor(row: str) -> list[Finding]:
    text = laid_over(f"## Contributing factors\n\n{row}\n")
    return [it for it in found(text) if it.code == "PM308"]


def _found(front: str, **where: object) -> list[Finding]:
    text = laid_over(f"---\n{front}\n---{_DONE}")
    told = found(text, refreshed=True, **where)
    return [it for it in told if it.severity != "hint" and it.code[:3] != "PM1"]
