"""Nothing is not clean: it is said where no report is, and where nobody looks."""

from __future__ import annotations

import json

import pytest

from tests.checks.where.place import CLEAN, ID, LEAKING, PATH, WEAK
from tests.commands.stage import Stage

NONE = "no report in postmortems; `postmortem new` begins one\n"
DEEP = "postmortems/2025/2025-03-02-deep.md"
LISTED = (
    "1 report is not looked at, in postmortems/2025: name each folder under"
    " `folders:` in .postmortem.yaml\n"
)
LINE = LISTED.replace(" at,", " at but for secrets,")
OTHER = WEAK.replace(ID, "2025-03-02-deep")


@pytest.fixture
def empty(plain: Stage) -> Stage:
    """Return a folder without a report."""
    for path in plain.root.rglob("*.md"):
        path.unlink()
    return plain


def _checked(stage: Stage, folder: str) -> list[str]:
    """Return the paths of what is checked in a folder."""
    told = json.loads(stage.run("check", folder, "--format", "json").out)
    return [each["path"] for each in told["reports"]]


@pytest.mark.parametrize("command", ["check", "list"])
def test_a_folder_without_reports_has_none(empty: Stage, command: str) -> None:
    """Whoever stands in the wrong one is told."""
    said = empty.run(command)

    assert (said.code, said.out, said.err) == (0, "", NONE)


@pytest.mark.parametrize("command", ["check", "list"])
def test_a_folder_that_is_not_there_is_told(empty: Stage, command: str) -> None:
    """It is mistyped, or not made yet."""
    empty.write(".postmortem.yaml", "folders: [docs/pm]\n")

    said = empty.run(command)

    assert said.code == 0
    assert said.err.replace("\n", " ").startswith("no report in docs/pm;")
    assert "there is no folder docs/pm, which .postmortem.yaml has" in said.err


def test_a_pipeline_is_told_of_a_folder_that_is_not_there(repository: Stage) -> None:
    """It would look nowhere, and be clean for ever."""
    repository.write(".postmortem.yaml", "folders: [postmortems, pm]\n")

    said = repository.run("check", "--changed-since", "main")

    assert said.code == 0
    assert "there is no folder pm, which" in said.err


@pytest.mark.parametrize("shape", ["text", "github", "gitlab", "sarif"])
def test_nothing_is_clean_in_no_form(empty: Stage, shape: str) -> None:
    """Programs get what they read all the same."""
    said = empty.run("check", "--format", shape)

    assert said.code == 0
    assert "clean" not in said.err
    assert NONE in said.err


@pytest.mark.parametrize("command, line", [("check", LINE), ("list", LISTED)])
def test_reports_below_a_folder_of_reports_are_told_of(
    repository: Stage, command: str, line: str
) -> None:
    """They are not looked at, as long as nobody names their folder."""
    repository.write(DEEP, OTHER)
    repository.write("postmortems/2025/README.md", "# All of 2025\n")
    repository.write("postmortems/.templates/2025-03-02-x.md", OTHER)
    repository.write(f"postmortems/{ID}/2025-03-02-attached.md", OTHER)

    said = repository.run(command)

    assert said.code == 0
    assert line in said.err
    assert "PM204" not in said.out
    repository.write(".postmortem.yaml", "folders: [postmortems, postmortems/2025]\n")
    assert "not looked at" not in repository.run(command).err


@pytest.mark.parametrize(
    "line",
    [
        *("status: draft", "severity: SEV-2", "onset: 2025-03-02T10:00Z"),
        *("detected: 2025-03-02T10:05Z", "resolved: 2025-03-02T11:00Z"),
    ],
)
def test_a_fact_of_an_incident_makes_a_report(repository: Stage, line: str) -> None:
    """Reports of others have neither an id nor a template."""
    repository.write(DEEP, f"---\n{line}\n---\n\n# The search was down\n")
    repository.write("postmortems/2025/page.md", "---\ntags: a\n---\n\n# A page\n")

    assert LINE in repository.run("check").err
    assert _checked(repository, "postmortems/2025") == [DEEP]


def test_reports_of_a_folder_that_is_named_are_found_wherever_it_is(
    repository: Stage,
) -> None:
    """In it and below; not what is beside one, is hidden, or has other settings."""
    text = "---\nstatus: draft\n---\n\n# The search was down\n"
    for name in ("a.md", "2024/b.md", "a/log.md", ".c/c.md", "own/d.md"):
        repository.write(f"docs/old/{name}", text)
    repository.write("docs/old/own/.postmortem.yaml", "folders: [reports]\n")

    assert _checked(repository, "docs/old") == ["docs/old/a.md", "docs/old/2024/b.md"]


@pytest.mark.parametrize("folder", [".", "docs"])
def test_a_folder_around_the_reports_is_not_searched_for_others(
    repository: Stage, folder: str
) -> None:
    """Records of decisions have a status too."""
    repository.write(".postmortem.yaml", "folders: [docs/pm]\n")
    repository.write("docs/adr/1.md", "---\nstatus: accepted\n---\n\n# Use git\n")

    assert repository.run("check", folder).err.startswith(f"no report in {folder}\n")


def test_below_the_top_of_a_repository_is_all_else(repository: Stage) -> None:
    """A page of a site has an id too."""
    repository.write(".postmortem.yaml", "folders: [.]\n")
    repository.write("docs/page.md", "---\nid: page\n---\n\n# A page\n")
    repository.repo.git("add", "-A")

    assert "not looked at" not in repository.run("check").err
    assert repository.run("check", "--staged").err == ""


@pytest.mark.parametrize("folder", ["postmortems/2025", "postmortems", "."])
def test_the_reports_of_a_folder_that_is_named_are_checked(
    repository: Stage, folder: str
) -> None:
    """Whoever names it means them."""
    repository.write(DEEP, OTHER)

    said = repository.run("check", folder)

    assert said.code == 1
    assert f"{DEEP}:" in said.out
    assert "not looked at" not in said.err


def test_a_named_folder_without_reports_has_none(repository: Stage) -> None:
    """That is not clean either."""
    repository.write("docs/a.md", "# A page\n")

    said = repository.run("check", "docs")

    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "no report in docs: the Markdown there has no front matter of one\n"
    )
    repository.write("logs/a.txt", "a line\n")
    assert repository.run("check", "logs").err == "no report in logs\n"


def test_a_hook_checks_them_by_their_id(repository: Stage) -> None:
    """So that nothing passes which would not with its name."""
    repository.write(DEEP, LEAKING.replace(ID, "2025-03-02-deep"))
    repository.write("postmortems/2025/2025-03-03-notes.md", "# Notes\n")
    repository.repo.git("add", "-A")

    said = repository.run("check", "--staged")

    assert said.code == 1
    assert f"{DEEP}:" in said.out
    assert "1 report checked" in said.err
    assert repository.run("check", "--staged", DEEP).out == said.out


def test_a_hook_leaves_alone_what_is_beside_a_report(repository: Stage) -> None:
    """It belongs to that, and is looked into with it."""
    repository.write(f"postmortems/{ID}/2025-03-02-attached.md", OTHER)
    repository.write("postmortems/.templates/2025-03-02-x.md", OTHER)
    repository.repo.git("add", "-A")

    assert "PM204" not in repository.run("check", "--staged").out


def test_a_pipeline_checks_them_by_their_id(repository: Stage) -> None:
    """What the branch did not touch is none of its business."""
    repository.repo.commit(DEEP, OTHER)
    repository.repo.git("switch", "-qc", "work")
    since = ("check", "--changed-since", "main")
    assert repository.run(*since).err == "no report has changed since main\n"

    repository.repo.commit("postmortems/2026/2026-03-02-y.md", OTHER)

    said = repository.run(*since)
    assert said.code == 1
    assert "postmortems/2026/2026-03-02-y.md:" in said.out
    assert DEEP not in said.out


def test_a_report_in_sight_is_checked_as_ever(repository: Stage) -> None:
    """With nothing else to say."""
    repository.write(PATH, CLEAN)

    assert repository.run("check").err == "1 report checked: clean\n"


def test_a_skeleton_below_holds_nothing_up(repository: Stage) -> None:
    """One that people copy has no status yet."""
    text = "---\nid: YYYY-MM-DD-name\ntemplate: default\nstatus:\n---\n\n# Title\n"
    repository.write("postmortems/templates/skeleton.md", text)
    repository.repo.git("add", "-A")

    assert repository.run("check", "--staged").code == 0
    repository.repo.git("switch", "-qc", "work")
    repository.repo.git("commit", "-qm", "a skeleton")
    assert repository.run("check", "--changed-since", "main").code == 0
