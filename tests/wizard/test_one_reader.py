"""`field+=line` is the row that the same line is in an interview, or the same error."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from postmortem import answers
from postmortem.answers.row_lines import rows_of
from postmortem.errors import PostmortemError
from postmortem.markdown import STANDARD
from postmortem.model import Action, Factor, Report
from postmortem.wizard.adding import adding
from tests.wizard.conftest import form, shipped_template

ASKED = replace(form(shipped_template("default"), "UTC"), confirmed=False)
BEGUN = Report(
    factors=(Factor(key="F1", text="power"),), actions=(Action(key="A1", text="a"),)
)
_PIECES = (
    *("fix it", "trigger: a breaker", "owner: edge lead", "ownr: edge", "due: +2w"),
    *("due: soonish", "P0", "P9", "prevents F1", "from F1", "nut", "evidence: a log"),
    *("done when: it moves", "status: done", "text: b", "key: A1", "root", "owner:"),
    *("(edge lead, due +2w)", "- [x] done", "2025-05-24 13:05 resolved: up", "a | b"),
)
_WORDS = re.compile(
    r"fix|breaker|lead|ownr|edge|nut|log|moves|up|done|root|trigger|P\d|F\d|b$"
)
lines = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(("; ", ", ", " ", ";"))),
    min_size=1,
    max_size=5,
).map(lambda pairs: "".join(piece + mark for piece, mark in pairs).strip())


@given(
    name=st.sampled_from(
        ("actions", "factors", "timeline", "open_questions", "revisions")
    ),
    line=lines,
)
def test_a_line_is_the_same_row_wherever_it_is_typed(name: str, line: str) -> None:
    """No word is lost on either way: what is not taken is said."""
    made = answers.assign(BEGUN, [f"{name}+={line}"], ASKED)

    report, problems = _typed(name, line)
    told = [(it.message, it.hint) for it in made.problems]
    assert sorted(told, key=str) == sorted(problems, key=str)
    assert made.report == report
    if not problems:
        row = str((report.value(name) or ("",))[-1])
        assert [word for word in _WORDS.findall(line) if word not in row] == []


def _typed(name: str, line: str) -> tuple[Report, list[tuple[str, str | None]]]:
    known = STANDARD[name]
    try:
        return adding(known, ASKED, rows_of(line, known))(BEGUN), []
    except PostmortemError as error:
        return BEGUN, [(it.message, it.hint) for it in error.problems]
