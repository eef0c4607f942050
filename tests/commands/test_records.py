"""Where an interview keeps what is said, while others work on the same report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from postmortem.commands._desk import Desk
from postmortem.commands._drafts import drafts_of
from postmortem.commands._interview import draft_of
from postmortem.commands._records import InFile, Written
from postmortem.errors import PostmortemError, Refused
from postmortem.model import Report
from tests.commands.stage import ID, PATH, Stage


@pytest.fixture
def record(stage: Stage) -> Iterator[Written]:
    """Return the record of the report's file, with a journal."""
    with Desk(stage.env()) as desk:
        entry = desk.archive.find(ID)
        template = desk.opened(entry).template
        with drafts_of(desk.env).open(draft_of(desk, entry)) as journal:
            yield Written(journal, template, InFile(desk, entry), PATH)


def _graver(report: Report) -> Report:
    return report.replace(severity="SEV-2")


def test_an_answer_is_in_the_file_when_it_is_put(stage: Stage, record: Written) -> None:
    """Nothing is left to be saved later."""
    record.opened("severity")
    record.put("severity", "SEV-2", _graver)

    assert "severity: SEV-2" in (stage.root / PATH).read_text()
    assert record.journal.draft.typing == ""


def test_what_another_changed_elsewhere_lives(stage: Stage, record: Written) -> None:
    """The file is read again before it is written."""
    record.opened("severity")
    stage.run("set", ID, "owner=edge lead")
    record.put("severity", "SEV-2", _graver)

    assert record.report.owner == "edge lead"
    assert record.report.severity == "SEV-2"


def test_what_another_answered_meanwhile_is_not_lost_unseen(
    stage: Stage, record: Written
) -> None:
    """It is shown once; who answers again has seen it."""
    record.opened("severity")
    stage.run("set", ID, "severity=SEV-3")

    with pytest.raises(Refused, match=r"severity was changed meanwhile.*SEV-3"):
        record.put("severity", "SEV-2", _graver)

    assert record.report.severity == "SEV-3"
    record.opened("severity")
    assert record.half("severity") == "SEV-2"
    record.put("severity", "SEV-2", _graver)
    assert record.report.severity == "SEV-2"


def test_words_that_cannot_be_put_are_kept(record: Written) -> None:
    """They are in the journal, for the same question."""

    def _refuse(_report: Report) -> Report:
        raise PostmortemError("no")

    record.opened("summary")
    with pytest.raises(PostmortemError, match="no"):
        record.put("summary", "my words", _refuse)

    assert record.journal.draft.typing == "my words"
    record.opened("summary")
    assert record.half("summary") == "my words"
