"""A repository gets what a first report needs, and loses nothing that it had."""

from __future__ import annotations

import pytest

from postmortem import settings, shipped
from tests.commands.stage import Stage

OURS = shipped.templates_folder() / "reports"
COPY = "postmortems/.templates/default.md.j2"


def test_settings_and_template_are_written(stage: Stage) -> None:
    """The settings say every default, the template is a copy, and the next steps."""
    said = stage.run("init")

    assert (said.code, said.out) == (
        0,
        f"wrote .postmortem.yaml\nwrote {COPY}\n",
    )
    assert said.err == (
        "next: read the settings, commit them with the template, and then\n"
        '      postmortem new "what broke, in one line"\n'
    )
    text = (stage.root / ".postmortem.yaml").read_text()
    assert settings.read(text) == settings.Settings()
    copy = (stage.root / COPY).read_text()
    assert copy == (OURS / "default.md.j2").read_text()


def test_a_template_of_choice_is_in_the_settings(stage: Stage) -> None:
    """It is the one of new reports from then on."""
    said = stage.run("init", "--template", "minimal")

    assert "wrote postmortems/.templates/minimal.md.j2\n" in said.out
    text = (stage.root / ".postmortem.yaml").read_text()
    assert settings.read(text) == settings.Settings(template="minimal")
    assert said.err.startswith("new reports use minimal, unless --template names")


def test_a_template_that_is_in_the_settings_is_said_to_be_used(stage: Stage) -> None:
    """Whether it was there before, or --force has put it there."""
    stage.write(".postmortem.yaml", "template: sre\n")

    again = stage.run("init", "--template", "sre")
    other = stage.run("init", "--template", "minimal", "--force")

    assert again.err.startswith("new reports use sre, unless --template names")
    assert other.err.startswith("new reports use minimal, unless --template names")
    assert "to use it, write" not in other.err


def test_the_top_of_the_repository_is_meant(stage: Stage) -> None:
    """Wherever in it somebody stands."""
    stage.write("deep/down/file", "")
    inside = Stage(stage.root / "deep" / "down", stage.home)

    said = inside.run("init")

    assert said.out.startswith(f"wrote {stage.root}/.postmortem.yaml\n")
    assert (stage.root / COPY).is_file()


def test_nothing_there_is_overwritten(stage: Stage) -> None:
    """What is there stays, and what is missing comes."""
    mine = "# mine\nfolders: [incidents]\n"
    stage.write(".postmortem.yaml", mine)
    stage.write("incidents/.templates/default.md.j2", "# {{ title }}\n")

    said = stage.run("init", "--template", "sre")
    again = stage.run("init")

    assert said.out == ("kept .postmortem.yaml\nwrote incidents/.templates/sre.md.j2\n")
    assert "to use it, write template: sre in .postmortem.yaml\n" in said.err
    assert again.out == (
        "kept .postmortem.yaml\nkept incidents/.templates/default.md.j2\n"
    )
    assert (stage.root / ".postmortem.yaml").read_text() == mine
    assert (stage.root / "incidents/.templates/default.md.j2").read_text() == (
        "# {{ title }}\n"
    )


def test_force_keeps_the_old_ones_beside(stage: Stage) -> None:
    """Even then no word is lost."""
    stage.write(".postmortem.yaml", "zone: UTC\n")
    stage.write(COPY, "# {{ title }}\n")

    said = stage.run("init", "--force")

    assert said.out == (
        "kept the old one as .postmortem.yaml.orig, and wrote .postmortem.yaml\n"
        f"kept the old one as default.md.j2.orig, and wrote {COPY}\n"
    )
    assert (stage.root / ".postmortem.yaml.orig").read_text() == "zone: UTC\n"
    assert (stage.root / f"{COPY}.orig").read_text() == "# {{ title }}\n"


def test_outside_git_it_works_and_says_so(plain: Stage) -> None:
    """A folder is enough; what makes it a repository is said."""
    said = plain.run("init")

    assert (said.code, (plain.root / COPY).is_file()) == (0, True)
    assert said.err.startswith(
        f"{plain.root} is in no git repository: `git init` makes it one\n"
    )


def test_a_template_that_is_none_is_answered_with_the_nearest(stage: Stage) -> None:
    """Then nothing is written."""
    said = stage.run("init", "--template", "minmal")

    assert said.code == 2
    assert "there is no template 'minmal'\n  did you mean 'minimal'?" in said.err
    assert not (stage.root / ".postmortem.yaml").exists()


@pytest.mark.parametrize("where", ["postmortems", ".postmortem.yaml"])
def test_nothing_is_written_through_a_link(stage: Stage, where: str) -> None:
    """Where it leads to is somebody else's."""
    away = stage.root.parent / "away"
    away.mkdir()
    (stage.root / "postmortems").rename(away / "old")
    (stage.root / where).symlink_to(away)

    said = stage.run("init")

    assert said.code == 2
    assert sorted(path.name for path in away.iterdir()) == ["old"]
