"""`init --ci`: a pipeline that says what a branch made weak, and nothing else."""

from __future__ import annotations

import json
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Any

import pytest
import yaml

from postmortem.commands._init_pipeline import UNKNOWN
from postmortem.commands._installed import own_requirement, requirement
from tests.checks.where.place import CLEAN, ID, LEAKING, LINE, PATH
from tests.checks.where.programs import on_path, shell
from tests.commands.stage import Stage

GITHUB, GITLAB = ".github/workflows/postmortem.yml", ".gitlab/postmortem.yml"
OTHER = "postmortems/2026-03-03-other.md"
SHA = "4f9c02b7e1d83a654f9c02b7e1d83a654f9c02b7"
FROM = f"postmortem @ git+https://git.example.com/tools/postmortem.git@{SHA}"


@pytest.fixture
def branched(repository: Stage) -> tuple[Stage, str]:
    """Return a repository on a branch that made one report weak, and its base.

    The other report was weak before, and main has gone on since.
    """
    repo = repository.repo
    repo.commit(OTHER, LEAKING.replace(ID, "2026-03-03-other"))
    repo.git("switch", "-qc", "topic")
    repo.commit(PATH, LEAKING)
    repo.git("switch", "-q", "main")
    base = repo.commit("later.txt")
    repo.git("switch", "-q", "topic")
    return repository, base


def _yaml(stage: Stage, path: str) -> Any:
    return yaml.safe_load((stage.root / path).read_text())


def _steps(workflow: Any) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = workflow["jobs"]["check"]["steps"]
    return steps


def _paths(read: Any) -> list[str]:
    """Return which changes start a pipeline of either forge."""
    if "postmortem" in read:
        (rule,) = read["postmortem"]["rules"]
        return list(rule["changes"])
    return list(read[True]["pull_request"]["paths"])


def test_a_workflow_annotates_what_the_branch_changed(
    branched: tuple[Stage, str], tmp_path: Path
) -> None:
    """On the lines of the branch's own files, ending with 1; main's are left alone."""
    stage, base = branched
    assert stage.run("init", "--ci", "github", "--install", FROM).code == 0
    workflow = _yaml(stage, GITHUB)
    checkout, _, install, check = _steps(workflow)
    assert workflow["permissions"] == {"contents": "read"}
    assert checkout["with"]["fetch-depth"] == 0
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.head.sha }}"
    assert install["env"]["REQUIREMENT"] == FROM
    assert check["env"]["BASE"] == "${{ github.event.pull_request.base.sha }}"
    summary = tmp_path / "summary.md"

    done = shell(
        check["run"],
        stage.root,
        on_path(tmp_path / "bin")
        | {"BASE": base, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "1"},
    )

    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"::error file={PATH},line={LINE},")
    assert "PM701" in line
    assert OTHER not in done.stdout + done.stderr


def test_a_branch_that_changes_nothing_weak_passes(
    branched: tuple[Stage, str], tmp_path: Path
) -> None:
    """Whatever the reports that it did not touch are like."""
    stage, base = branched
    stage.run("init", "--ci", "github", "--install", FROM)
    stage.repo.commit(PATH, CLEAN.replace("# Checkout", "# The checkout", 1))
    check = _steps(_yaml(stage, GITHUB))[-1]

    done = shell(check["run"], stage.root, on_path(tmp_path / "bin") | {"BASE": base})

    assert (done.returncode, done.stdout) == (0, "")


def test_a_gitlab_job_leaves_a_code_quality_report(
    branched: tuple[Stage, str], tmp_path: Path
) -> None:
    """It fails with what is found, in words in the log and as an artifact."""
    stage, base = branched
    said = stage.run("init", "--ci", "gitlab", "--install", FROM)
    assert said.code == 0
    assert "include:\n    - local: .gitlab/postmortem.yml" in said.err
    job = _yaml(stage, GITLAB)["postmortem"]
    assert job["variables"]["GIT_DEPTH"] == "0"
    assert job["variables"]["REQUIREMENT"] == FROM
    install, *script = job["script"]
    assert install == 'python -m pip install --quiet -- "$REQUIREMENT"'
    variables = {
        **job["variables"],
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_PROJECT_DIR": str(stage.root),
    }

    done = shell("\n".join(script), stage.root, on_path(tmp_path / "bin") | variables)

    assert done.returncode == 1
    assert f"{PATH}:{LINE}:13: error PM701" in done.stdout
    report = stage.root / job["artifacts"]["reports"]["codequality"]
    (issue,) = json.loads(report.read_text())
    assert issue["location"]["path"] == PATH
    assert issue["location"]["lines"]["begin"] == LINE
    assert job["artifacts"]["when"] == "always"


def test_a_gitlab_job_stops_where_the_check_cannot_run(
    branched: tuple[Stage, str], tmp_path: Path
) -> None:
    """A report of nothing is not taken for nothing found."""
    stage, _ = branched
    stage.run("init", "--ci", "gitlab", "--install", FROM)
    job = _yaml(stage, GITLAB)["postmortem"]
    written = [line for line in job["script"] if "--format gitlab" in line]
    variables = {
        **job["variables"],
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "4f9c02b7e1d83a654f9c02b7e1d83a654f9c02b7",
        "CI_PROJECT_DIR": str(stage.root),
    }

    done = shell(written[0], stage.root, on_path(tmp_path / "bin") | variables)

    assert done.returncode == 2
    assert "git knows no commit" in done.stderr


def test_a_gitlab_job_whose_report_cannot_be_written_fails(
    branched: tuple[Stage, str], tmp_path: Path
) -> None:
    """The shell ends a failed redirection with 1, which is not what a finding is."""
    stage, base = branched
    stage.run("init", "--ci", "gitlab", "--install", FROM)
    stage.repo.commit(PATH, CLEAN.replace("# Checkout", "# The checkout", 1))
    job = _yaml(stage, GITLAB)["postmortem"]
    _, *script = job["script"]
    variables = {
        **job["variables"],
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_PROJECT_DIR": str(stage.root),
    }
    environment = on_path(tmp_path / "bin") | variables
    good = shell("\n".join(script), stage.root, environment)
    report = stage.root / job["artifacts"]["reports"]["codequality"]
    written = json.loads(report.read_text())
    report.unlink()
    report.mkdir()

    failed = shell("\n".join(script), stage.root, environment)

    assert (good.returncode, written) == (0, [])
    assert failed.returncode != 0
    assert report.name in failed.stderr


@pytest.mark.parametrize("forge, path", [("github", GITHUB), ("gitlab", GITLAB)])
def test_what_reports_are_checked_by_is_looked_at_too(
    stage: Stage, forge: str, path: str
) -> None:
    """A change of the settings, of what is known or of a template alone starts it."""
    stage.write("team/.postmortem.yaml", "folders: [reports]\ntemplates: own/forms\n")
    inside = Stage(stage.root / "team", stage.home)
    inside.run("init", "--ci", forge, "--install", FROM)

    assert _paths(_yaml(stage, path)) == [
        "team/reports/**/*",
        "team/own/forms/**/*",
        "team/.postmortem.yaml",
        "team/.postmortem-baseline.json",
    ]


@pytest.mark.parametrize(
    "settings, paths",
    [
        ("zone: UTC\n", ["postmortems/**/*", "postmortems/.templates/**/*"]),
        ("folders: [.]\ntemplates: forms\n", ["**/*.md", "forms/**/*"]),
        (
            "folders: [a, b]\ntemplates: c\n",
            ["a/**/*", "b/**/*", "c/**/*"],
        ),
    ],
)
def test_a_folder_of_reports_has_what_stands_beside_them(
    stage: Stage, settings: str, paths: list[str]
) -> None:
    """Logs that belong to a report, unless reports are everywhere."""
    stage.write(".postmortem.yaml", settings)
    stage.run("init", "--ci", "github", "--install", FROM)

    found = _paths(_yaml(stage, GITHUB))

    assert found == [*paths, ".postmortem.yaml", ".postmortem-baseline.json"]


def test_settings_below_the_top_are_found(stage: Stage, tmp_path: Path) -> None:
    """Paths that it prints begin at the top all the same."""
    base = stage.repo.commit("team/.postmortem.yaml", "folders: [reports]\n")
    inside = Stage(stage.root / "team", stage.home)
    inside.run("init", "--ci", "github", "--install", FROM)
    stage.repo.git("switch", "-qc", "topic")
    stage.repo.commit(f"team/reports/{ID}.md", LEAKING)
    workflow = _yaml(stage, GITHUB)
    check = _steps(workflow)[-1]

    done = shell(
        check["run"],
        stage.root,
        on_path(tmp_path / "bin") | {"BASE": base},
    )

    assert "team/reports/**/*" in _paths(workflow)
    assert f"::error file=team/reports/{ID}.md,line={LINE}," in done.stdout


def test_one_pipeline_is_that_of_all_settings(stage: Stage) -> None:
    """Whoever adds some is told that the one that is there knows nothing of them."""
    stage.write(".postmortem.yaml", "folders: [postmortems]\n")
    stage.repo.git("add", ".postmortem.yaml")
    inside = Stage(stage.root / "team", stage.home)
    words = ("init", "--ci", "github", "--install", FROM)
    stage.run(*words)
    stage.write("team/.postmortem.yaml", "folders: [reports]\n")

    kept = inside.run(*words)
    inside.run(*words, "--force")

    assert "another one than would be written now: --force puts that" in kept.err
    found = _paths(_yaml(stage, GITHUB))
    assert {"postmortems/**/*", "team/reports/**/*", "team/.postmortem.yaml"} <= {
        *found
    }
    assert "another" not in inside.run(*words).err


@pytest.mark.parametrize("forge, path", [("github", GITHUB), ("gitlab", GITLAB)])
def test_what_is_there_is_kept(stage: Stage, forge: str, path: str) -> None:
    """With --force the old one is kept beside."""
    stage.write(path, "mine: yes\n")

    kept = stage.run("init", "--ci", forge, "--install", FROM)
    forced = stage.run("init", "--ci", forge, "--install", FROM, "--force")

    assert f"kept {path}\n" in kept.out
    assert f"wrote {path}\n" in forced.out
    assert (stage.root / f"{path}.orig").read_text() == "mine: yes\n"


def test_a_bare_name_is_never_what_is_installed(stage: Stage) -> None:
    """It may be somebody else's: where nobody knows, the line to write is said."""
    assert own_requirement() is None  # the tests run from a checkout

    said = stage.run("init", "--ci", "github")

    text = (stage.root / GITHUB).read_text()
    line = text[: text.index(UNKNOWN)].count("\n") + 1
    assert f"{GITHUB}:{line}: write what installs postmortem there" in said.err
    assert _steps(_yaml(stage, GITHUB))[2]["env"]["REQUIREMENT"] == UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        ("--install", FROM),
        ("--ci", "github", "--install", "--index-url=x"),
        ("--ci", "github", "--install", "a\nb"),
        ("--ci", "github", "--install", "${{ secrets.X }}"),
        ("--ci", "github", "--install", " "),
    ],
)
def test_a_requirement_that_cannot_be_one_is_refused(
    stage: Stage, words: tuple[str, ...]
) -> None:
    """Neither an option, nor a variable, nor a second line of the file."""
    assert stage.run("init", *words).code == 2
    assert not (stage.root / GITHUB).exists()


def test_settings_that_are_there_are_let_be(stage: Stage) -> None:
    """Who asks for a pipeline later gets that, and no copy of a template."""
    stage.write(".postmortem.yaml", "zone: UTC\n")

    said = stage.run("init", "--ci", "github", "--install", FROM)

    assert said.out == f"wrote {GITHUB}\n"


@pytest.mark.parametrize(
    "noted, wanted",
    [
        (
            {"url": "https://git.example.com/tools/postmortem.git"},
            FROM,
        ),
        (
            {"url": "https://me:token@git.example.com/tools/postmortem.git"},
            FROM,
        ),
        (
            {
                "url": "https://git.example.com/tools/postmortem.git",
                "subdirectory": "a",
            },
            f"{FROM}#subdirectory=a",
        ),
        (
            {"url": "ssh://git@git.example.com/tools/postmortem.git"},
            FROM.replace("https://", "ssh://git@"),
        ),
        ({"url": "file:///home/me/postmortem"}, None),
        ({}, None),
    ],
)
def test_a_copy_says_where_it_came_from(
    tmp_path: Path, noted: dict[str, str], wanted: str | None
) -> None:
    """By its address and commit, without the token of who installed it."""
    vcs = {"vcs_info": {"vcs": "git", "commit_id": SHA}}

    assert requirement(_installed(tmp_path, {**noted, **vcs})) == wanted


@pytest.mark.parametrize(
    "noted",
    [
        {"url": "file:///home/me/postmortem", "dir_info": {"editable": True}},
        {"url": "https://files.example.com/postmortem-1.whl", "archive_info": {}},
        {"url": "https://x.example", "vcs_info": {"vcs": "git", "commit_id": "-x"}},
        [],
    ],
)
def test_other_copies_say_nothing(tmp_path: Path, noted: Any) -> None:
    """A folder of this machine, a file, or what is damaged."""
    assert requirement(_installed(tmp_path, noted)) is None


def _installed(folder: Path, noted: Any) -> PathDistribution:
    there = folder / "postmortem-1.dist-info"
    there.mkdir()
    (there / "METADATA").write_text("Metadata-Version: 2.1\nName: postmortem\n")
    (there / "direct_url.json").write_text(json.dumps(noted))
    return PathDistribution(there)
