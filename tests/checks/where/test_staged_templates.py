"""A commit is judged by the team's templates that are staged with it."""

from __future__ import annotations

import shutil

import pytest

from postmortem import shipped
from tests.checks.where.place import CLEAN, ID, PATH, stage_text
from tests.commands.stage import Stage

FOLDER = "postmortems/.templates"
TEAM, PART = f"{FOLDER}/team.md.j2", f"{FOLDER}/end.j2"
SAME = '{% extends "default.md.j2" %}\n'
DEFAULT = (shipped.templates_folder() / "reports/default.md.j2").read_text("utf-8")
OTHER = DEFAULT.replace('" · "', '" / "')
"""It joins the headline otherwise, so that the report's is out of date: PM110."""
WHOLE = f'{DEFAULT}{{% include "end.j2" %}}\n'
BROKEN = f"{DEFAULT}{{{{ sumary }}\n"
REPORT = CLEAN.replace("template: default 1", "template: team")
STRICT = ("check", "--staged", "--fail-on", "warning")
HOLDS = "{} holds as it is staged\n"
GONE = "{} holds no more: the commit takes it out\n"
LACKS = "{} is not staged: the commit will not have it\n"


@pytest.fixture
def team(repository: Stage) -> Stage:
    """Return a repository in which a report of the team's template is staged."""
    repository.write(TEAM, DEFAULT)
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "templates")
    stage_text(repository, REPORT)
    return repository


@pytest.mark.parametrize("parts", [(), (PATH,), (TEAM, PATH)])
def test_what_is_not_staged_judges_nothing(team: Stage, parts: tuple[str, ...]) -> None:
    """A template is tried out, and the commit has the one that is staged."""
    team.write(TEAM, OTHER)
    said = team.run(*STRICT, *parts)

    assert (said.code, said.out) == (0, "")
    assert said.err.count(HOLDS.format(TEAM)) == 1
    team.repo.git("add", TEAM)
    team.write(TEAM, DEFAULT)
    said = team.run(*STRICT, *parts)
    assert said.code == 1
    assert "PM110" in said.out
    assert said.err.count(HOLDS.format(TEAM)) == 1


def test_nothing_is_said_where_they_say_the_same(team: Stage) -> None:
    """Line ends are the machine's."""
    assert TEAM not in team.run(*STRICT).err
    (team.root / TEAM).write_bytes(DEFAULT.replace("\n", "\r\n").encode())

    said = team.run(*STRICT)

    assert said.code == 0
    assert TEAM not in said.err


def test_nothing_is_said_of_what_no_report_uses(team: Stage) -> None:
    """The report is of a template that is ours, or the files are others."""
    team.write(f"{FOLDER}/other.md.j2", DEFAULT)
    team.write(f"{FOLDER}/message.j2", "{{ id }}\n")
    assert FOLDER not in team.run(*STRICT).err
    team.write(TEAM, OTHER)
    stage_text(team, CLEAN.replace("# Checkout", "# The checkout", 1))

    said = team.run(*STRICT)

    assert said.code == 0
    assert FOLDER not in said.err


def test_one_that_is_not_staged_is_told_of(team: Stage) -> None:
    """It judges the report, and nobody else will have it."""
    team.write(f"{FOLDER}/new.md.j2", OTHER)
    stage_text(team, REPORT.replace("template: team", "template: new"))

    said = team.run(*STRICT)

    assert "PM110" in said.out
    assert said.err.count(LACKS.format(f"{FOLDER}/new.md.j2")) == 1
    team.repo.git("add", "--intent-to-add", FOLDER)
    assert LACKS.format(f"{FOLDER}/new.md.j2") in team.run(*STRICT).err
    team.repo.git("add", FOLDER)
    assert FOLDER not in team.run(*STRICT).err


def test_a_copy_of_ours_may_wait_to_be_staged(team: Stage) -> None:
    """Whoever has none is judged by ours, which says the same."""
    copy = f"{FOLDER}/default.md.j2"
    team.write(copy, DEFAULT)
    stage_text(team, CLEAN.replace("# Checkout", "# The checkout", 1))
    assert FOLDER not in team.run(*STRICT).err

    team.write(copy, OTHER)

    assert LACKS.format(copy) in team.run(*STRICT).err


def test_a_sparse_work_tree_lacks_nothing(team: Stage) -> None:
    """Git was told to leave them out, and the commit has them."""
    stage_text(team, OTHER, TEAM)
    team.repo.git("update-index", "--skip-worktree", TEAM)
    (team.root / TEAM).unlink()

    said = team.run(*STRICT)

    assert "PM110" in said.out
    assert FOLDER not in said.err


def test_one_that_is_only_staged_judges(team: Stage) -> None:
    """Be there none left here, or ours of the same name."""
    stage_text(team, OTHER, TEAM)
    shutil.rmtree(team.root / FOLDER)
    said = team.run(*STRICT)
    assert "PM110" in said.out
    assert HOLDS.format(TEAM) in said.err

    own = f"{FOLDER}/default.md.j2"
    stage_text(team, OTHER, own)
    stage_text(team, CLEAN.replace("# Checkout", "# The checkout", 1))
    said = team.run(*STRICT)

    assert "PM110" in said.out
    assert HOLDS.format(own) in said.err


def test_one_that_the_commit_takes_out_judges_nothing(team: Stage) -> None:
    """A copy that is left is none."""
    team.repo.git("rm", "-q", "--cached", TEAM)

    said = team.run(*STRICT)

    assert "there is no template 'team'" in said.out
    assert said.err.count(GONE.format(TEAM)) == 1


def test_what_a_template_is_made_of_counts(team: Stage) -> None:
    """A part that is not staged, or not as it lies here, or taken out."""
    stage_text(team, WHOLE, TEAM)
    team.write(TEAM, WHOLE)
    team.write(PART, "\nThe end.\n")
    assert LACKS.format(PART) in team.run(*STRICT).err
    team.write(PART, "")
    team.repo.git("add", PART)
    assert FOLDER not in team.run(*STRICT).err
    stage_text(team, "{{ sumary }\n", PART)

    said = team.run(*STRICT)

    assert said.code == 2
    assert f"{PART}:1:" in said.err
    assert HOLDS.format(PART) in said.err
    stage_text(team, "\nThe end.\n", PART)
    team.repo.git("commit", "-qm", "a part")
    team.repo.git("rm", "-q", "--cached", PART)
    said = team.run(*STRICT, PATH)
    assert said.code == 2
    assert f"{TEAM}:{WHOLE.count(chr(10))}:" in said.err
    assert GONE.format(PART) in said.err


def test_one_that_is_broken_here_holds_up_nothing(team: Stage) -> None:
    """And one that is staged so is a mistake, on the line that it has there."""
    team.write(TEAM, BROKEN)
    assert team.run(*STRICT).code == 0
    stage_text(team, f"\n\n    {{{{ sumary }}}}\n{DEFAULT}", TEAM)

    said = team.run(*STRICT)

    assert said.code == 2
    assert f"{TEAM}:3:" in said.err


def test_the_folder_is_the_one_of_the_settings_that_are_staged(team: Stage) -> None:
    """Those in the work tree may name another one."""
    moved = "layout/team.md.j2"
    stage_text(team, "templates: layout\n", ".postmortem.yaml")
    stage_text(team, OTHER, moved)

    said = team.run(*STRICT)

    assert "PM110" in said.out
    assert HOLDS.format(moved) in said.err


def test_each_place_has_its_own(team: Stage) -> None:
    """It is said once of each, however many of its reports are staged."""
    own = "services/pay"
    stage_text(team, "", f"{own}/.postmortem.yaml")
    team.write(f"{own}/.postmortem.yaml", "# ours\n")
    team.repo.git("add", f"{own}/.postmortem.yaml")
    stage_text(team, DEFAULT, f"{own}/{TEAM}")
    for name in ("2026-03-04-late", "2026-03-05-later"):
        text = REPORT.replace(ID, name)
        stage_text(team, text, f"{own}/postmortems/{name}.md")
    team.write(f"{own}/{TEAM}", OTHER)

    said = team.run(*STRICT)

    assert said.code == 0
    assert said.err.count(HOLDS.format(f"{own}/{TEAM}")) == 1
    assert said.err.count("holds as") == 1


@pytest.mark.parametrize("link", ["file", "folder"])
def test_a_link_holds_as_it_lies(team: Stage, link: str) -> None:
    """Git knows where it leads, and not what is there."""
    (team.root / "layout").mkdir()
    own = team.root / FOLDER
    if link == "folder":
        shutil.move(own / "team.md.j2", team.root / "layout")
        own.rmdir()
        own.symlink_to("../layout")
    else:
        team.write(f"{FOLDER}/own.md.j2", DEFAULT)
        (team.root / TEAM).unlink()
        (team.root / TEAM).symlink_to("own.md.j2")
    team.repo.git("add", "-A", FOLDER, "layout")

    said = team.run(*STRICT)

    assert (said.code, said.out) == (0, "")
    assert "staged" not in said.err


def test_templates_of_another_repository_are_its_own_matter(team: Stage) -> None:
    """The commit has a name of one commit there."""
    own = team.root / FOLDER
    team.repo.git("rm", "-rq", "--cached", FOLDER)
    team.repo.git("commit", "-qm", "elsewhere")
    stage_text(team, REPORT.replace("# Checkout", "# The checkout", 1))
    team.repo.git("init", "-q", str(own))

    said = team.run(*STRICT)

    assert (said.code, said.out) == (0, "")
    assert "staged" not in said.err
