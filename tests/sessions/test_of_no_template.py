"""A report of no template is opened: what the questions do not show is said first."""

from __future__ import annotations

from tests.sessions.interview import asked
from tests.sessions.person import Person

TEXT = """\
# Search was stale on 4 March 2019

**Summary**

Search gave old answers.

**Timeline**

- 10:02 UTC the index is full
"""


def test_what_the_headings_say_is_named_before_the_first_question(
    person: Person,
) -> None:
    """And how to have them shown; an answer leaves every line of the text."""
    path = person.root / "postmortems" / "old.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT)

    terminal = person.sit("edit", "old", "severity")
    terminal.see("summary, timeline", asked("severity"))
    assert "postmortem convert old --template default" in " ".join(
        terminal.told.split()
    )
    terminal.pick(2)

    assert terminal.end() == 0
    assert [line for line in TEXT.splitlines() if line not in path.read_text()] == []
