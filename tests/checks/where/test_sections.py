"""A team's own template calls its sections as it likes; a heading of one is no name."""

from __future__ import annotations

import pytest

from postmortem import shipped
from tests.checks.where.place import CLEAN, PATH
from tests.commands.stage import Stage

OURS = "## Action items\n"
OWNER = "(platform lead, due"


@pytest.mark.parametrize(
    "heading",
    ["## Corrective and Preventive Measures", "## Actions of the Platform Team"],
)
def test_a_section_of_actions_is_owned_by_nobody(
    repository: Stage, heading: str
) -> None:
    """Only a line below its heading may say whose the actions are."""
    template = shipped.templates_folder() / "reports" / "default.md.j2"
    laid_out = template.read_text("utf-8").replace(OURS, f"{heading}\n")
    repository.write("postmortems/.templates/default.md.j2", laid_out)
    text = CLEAN.replace(OURS, f"{heading}\n").replace(OWNER, "(due", 1)
    repository.write(PATH, text)
    named = text.replace(f"{heading}\n", f"{heading}\n\n**Platform team**\n")

    assert "PM401" in repository.run("check").out
    repository.write(PATH, named)
    assert "PM401" not in repository.run("check").out
