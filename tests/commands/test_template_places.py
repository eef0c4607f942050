"""Where templates live: the repository's folder, a person's own, and ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postmortem.markdown import SUFFIX
from tests.commands.stage import Stage
from tests.laws import SHIPPED

FOLDER = "postmortems/.templates"
OURS = "---\ndescription: {}\n---\n# {{{{ title }}}}\n\n## Story\n\n{{{{ summary }}}}\n"


@pytest.fixture
def own(stage: Stage) -> Path:
    """Return the folder of a person's own templates, with one in it."""
    folder = stage.env().config_dir / "templates"
    folder.mkdir(parents=True)
    (folder / f"house{SUFFIX}").write_text(OURS.format("Mine."), encoding="utf-8")
    return folder


def _origins(stage: Stage) -> dict[str, str]:
    said = stage.run("template", "list", "--format", "json")
    assert said.code == 0
    return {each["name"]: each["origin"] for each in json.loads(said.out)}


def test_a_list_says_whose_each_is(stage: Stage, own: Path) -> None:
    """The repository's, the person's, or built in; each with its file."""
    stage.write(f"{FOLDER}/team{SUFFIX}", OURS.format("Theirs."))

    found = _origins(stage)

    assert (found["team"], found["house"]) == ("repository", "yours")
    assert found["default"] == "built in"
    said = stage.run("template", "list").out
    assert f"Mine. ({own / f'house{SUFFIX}'})" in said


def test_the_repositorys_comes_before_the_persons(stage: Stage, own: Path) -> None:
    """And a person's own before ours."""
    (own / f"minimal{SUFFIX}").write_text(OURS.format("Mine."), encoding="utf-8")
    assert _origins(stage)["minimal"] == "yours"
    stage.write(f"{FOLDER}/minimal{SUFFIX}", OURS.format("Theirs."))
    assert _origins(stage)["minimal"] == "repository"


def test_a_persons_own_includes_what_is_ours_and_theirs(
    stage: Stage, own: Path
) -> None:
    """The folders are one: a part is found in the first that has it."""
    path = own / f"mine{SUFFIX}"
    path.write_text('# {{ title }}\n\n{% include "parts/end.md.j2" %}\n', "utf-8")
    stage.write(f"{FOLDER}/parts/end.md.j2", "## End\n\n{{ appendix }}\n")

    said = stage.run("template", "check", "mine", "--records", "5")

    assert (said.code, said.err) == (0, "")


def test_a_persons_own_runs_in_the_sandbox_with_a_budget(
    stage: Stage, own: Path
) -> None:
    """Who knows where they have it from."""
    text = "# {{ title }}\n{% for a in range(99999) %}{% for b in range(99999) %}"
    text += "{% endfor %}{% endfor %}\n"
    (own / f"slow{SUFFIX}").write_text(text, encoding="utf-8")

    said = stage.run("template", "check", "slow", "--records", "0")

    assert said.code == 1
    assert "the template makes a range of more than 10000 numbers" in said.out


def test_an_exact_copy_of_ours_is_ours(stage: Stage, own: Path) -> None:
    """It is trusted as ours is: no process of its own is started for it."""
    from postmortem.commands._desk import Desk

    name = f"minimal{SUFFIX}"
    (own / name).write_bytes((SHIPPED / name).read_bytes())

    with Desk(stage.env()) as desk:
        assert desk.template("minimal").trusted
        assert not desk.template("house").trusted


def test_a_new_one_is_put_there(stage: Stage) -> None:
    """For all repositories of this person."""
    said = stage.run("template", "new", "house", "--from", "minimal", "--user")

    path = stage.env().config_dir / "templates" / f"house{SUFFIX}"
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"wrote {path}\n")
    assert _origins(stage)["house"] == "yours"
    assert not (stage.root / FOLDER).exists()


def test_it_is_edited_where_it_is(stage: Stage, own: Path) -> None:
    """Though that is outside the repository."""
    stage.environment["EDITOR"] = "sed -i s/Story/Tale/"

    assert stage.run("template", "edit", "house").code == 0
    assert "## Tale" in (own / f"house{SUFFIX}").read_text(encoding="utf-8")


def test_a_folder_may_be_linked_to(stage: Stage, tmp_path: Path) -> None:
    """People keep such files in a repository of their own."""
    real = tmp_path / "dotfiles"
    real.mkdir()
    (real / f"house{SUFFIX}").write_text(OURS.format("Mine."), encoding="utf-8")
    folder = stage.env().config_dir / "templates"
    folder.parent.mkdir(parents=True)
    folder.symlink_to(real)

    assert _origins(stage)["house"] == "yours"
    assert stage.run("template", "check", "house", "--records", "2").code == 0


@pytest.mark.usefixtures("own")
def test_who_begins_a_report_with_it_hears_that_others_lack_it(stage: Stage) -> None:
    """And how to give it to them."""
    words = ("new", "Y", "--template", "house", "--set", "zone=UTC")

    said = stage.run(*words, "--set", "summary=Slow.")

    assert said.code == 0
    assert (
        "the template 'house' is among your own, which others do not have" in said.err
    )
    assert "`postmortem init --template house`" in said.err
    assert stage.run("init", "--template", "house").code == 0
    assert (stage.root / FOLDER / f"house{SUFFIX}").is_file()
    again = stage.run(*words, "--set", "summary=Slow.")
    assert "among your own" not in again.err


@pytest.mark.usefixtures("own")
def test_a_message_of_a_persons_own(stage: Stage) -> None:
    """The template of commits is looked for in the same places."""
    folder = stage.env().config_dir / "templates"
    (folder / "commit.txt.j2").write_text("Mine: {{ title }}\n", encoding="utf-8")

    said = stage.run("submit", "x-down", "--dry-run", "--way", "stay")

    assert "\nMine: X down" in said.out
