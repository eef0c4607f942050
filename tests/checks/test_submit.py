"""Before a commit: errors hold it up, warnings and drafts go through."""

from __future__ import annotations

import pytest

from tests.checks.reports import BASE
from tests.commands.stage import Stage

ID = "2026-03-02-checkout-slow-after-a-cache-change"
BRANCH = f"postmortem/{ID}"
GOOD = BASE.replace("due 2026-", "due 2099-")
BAD = GOOD.replace(
    "The alert on slow orders paged 6 minutes after onset.\n", ""
).replace("An alert on the cache's hit rate can page within one minute (A2).\n", "")


@pytest.fixture
def ready(stage: Stage) -> Stage:
    """Return a repository in which a report is to be submitted."""
    (path,) = stage.root.rglob("postmortems/*.md")
    path.unlink()
    return stage


def test_an_error_holds_up_a_submit(ready: Stage) -> None:
    """It is named, with the command that shows all and the option that goes on.

    Such an option is of use here: nothing in it is a secret.
    """
    ready.write(f"postmortems/{ID}.md", BAD)

    said = ready.run("submit", "checkout", "--way", "stay")

    assert said.code == 2
    assert "PM204 nothing is said of how it was noticed" in said.err
    assert f"`postmortem check {ID}` shows them with what to mend" in said.err
    assert "--allow-findings commits it all the same" in said.err
    assert ready.repo.run("rev-parse", BRANCH).returncode != 0


def test_many_rows_hold_up_a_submit_in_one_line(ready: Stage) -> None:
    """What all of thirty actions lack does not hide another error."""
    rows = "".join(
        f"- [ ] **A{number}** Reject a size above {number} GB (platform lead)\n"
        for number in range(1, 31)
    )
    ready.write(".postmortem.yaml", "checks: {PM412: error}\n")
    start, end = BAD.index("- [ ] **A1**"), BAD.index("\n## Open questions")
    ready.write(f"postmortems/{ID}.md", f"{BAD[:start]}{rows}{BAD[end:]}")

    said = ready.run("submit", "checkout", "--way", "stay")

    assert said.code == 2
    assert said.err.count("PM412") == 1
    assert "PM412 action A1 has no due date, and 29 more rows like it" in said.err
    assert "PM204 nothing is said of how it was noticed" in said.err


def test_it_can_be_committed_all_the_same(ready: Stage) -> None:
    """When somebody says so in as many words."""
    ready.write(f"postmortems/{ID}.md", BAD)

    said = ready.run("submit", "checkout", "--way", "stay", "--allow-findings")

    assert (said.code, said.out.split(";")[0]) == (0, f"committed on {BRANCH}")


@pytest.mark.parametrize(
    "text",
    [GOOD, GOOD.replace(", due 2099-03-20", ""), BAD.replace("in-review", "draft")],
    ids=["clean", "warning", "draft"],
)
def test_what_is_no_error_goes_through(ready: Stage, text: str) -> None:
    """Warnings are for the review, and a draft may lack what it lacks."""
    ready.write(f"postmortems/{ID}.md", text)

    assert ready.run("submit", "checkout", "--way", "stay").code == 0
