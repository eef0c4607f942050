"""A hook lets through what somebody has just decided to commit, and nothing else."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.checks.where.place import CLEAN, ID, LEAKING, PATH, SECRET, WEAK, stage_text
from tests.checks.where.programs import ROOT, on_path
from tests.commands.stage import Said, Stage
from tests.sessions.interview import MENU, asked, begin, choose
from tests.sessions.person import Person
from tests.sessions.terminal import Terminal

NAME = "2026-03-03-other"
OTHER = f"postmortems/{NAME}.md"
SAID = f"the submit under way allows 1 finding in {OTHER}"
ways = pytest.mark.parametrize("way", ["stay", "switch", "here"])


@pytest.fixture
def hooked(repository: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return the repository with our hook, and a weak report that is not committed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    repository.write(".postmortem.yaml", "protected: []\n")
    assert repository.run("init", "--hook").code == 0
    repository.repo.git("add", "-A")
    repository.repo.git("commit", "-qm", "settings")
    repository.write(OTHER, WEAK.replace(ID, NAME))
    return repository


def _overheard(stage: Stage, hook: str = "pre-commit") -> Path:
    """Have a hook's words on stderr written to a file as well; return that."""
    heard, path = stage.home / "heard", stage.root / ".git" / "hooks" / hook
    ours = path.with_name("ours")
    path.rename(ours)
    path.write_text(f"#!/bin/sh\n{shlex.quote(str(ours))} 2>{heard}\n")
    path.chmod(0o755)
    return heard


@ways
def test_what_somebody_allows_counts_in_the_hook(hooked: Stage, way: str) -> None:
    """The hook finds it all the same, and says why it lets it through."""
    heard = _overheard(hooked)
    hooked.repo.git("branch", "-m", "a-branch-of-mine")
    refs = hooked.repo.git("for-each-ref")

    held_up = hooked.run("submit", NAME, "--way", way)
    before = hooked.repo.git("for-each-ref")
    said = hooked.run("submit", NAME, "--way", way, "--allow-findings")

    assert (held_up.code, before) == (2, refs)
    assert (said.code, said.err) == (0, said.err)
    assert heard.read_text().splitlines()[-1] == SAID
    branch = "a-branch-of-mine" if way == "here" else f"postmortem/{NAME}"
    assert OTHER in hooked.repo.git("ls-tree", "-r", "--name-only", branch)


def test_it_counts_in_the_hook_of_the_framework(hooked: Stage, tmp_path: Path) -> None:
    """That one is our program with the paths that are staged."""
    there = on_path(tmp_path / "bin")["PATH"]
    hooked.repo.hook(
        "pre-commit",
        f'PATH={shlex.quote(there)} exec postmortem check --staged "{OTHER}"',
    )

    assert hooked.run("submit", NAME, "--way", "stay", "--allow-findings").code == 0


def test_it_counts_for_that_commit_alone(hooked: Stage) -> None:
    """The next one by hand is held up as ever."""
    assert hooked.run("submit", NAME, "--way", "stay", "--allow-findings").code == 0

    hooked.repo.git("add", OTHER)
    done = hooked.repo.run("commit", "-m", "by hand")

    assert done.returncode == 1
    assert b"a report holds this commit up" in done.stderr
    assert b"the submit under way" not in done.stderr


def _checked(stage: Stage, path: str = PATH, *words: str) -> Said:
    told = Stage(stage.root, stage.home, {"POSTMORTEM_ALLOW_FINDINGS": path})
    return told.run("check", "--staged", *words)


def test_a_secret_is_let_through_by_nobody(repository: Stage) -> None:
    """Whatever else was allowed with it."""
    weak = WEAK.replace("## Impact\n", f"## Impact\n\nThe log has {SECRET}.\n", 1)
    for text in (LEAKING, weak):
        stage_text(repository, text)

        code, out, err = _checked(repository)

        assert code == 1
        assert "error PM701" in out
        assert "under way" not in err


@pytest.mark.parametrize(
    "wrecked",
    [
        CLEAN.replace("---\n", "<<<<<<< ours\n---\n=======\n>>>>>>> theirs\n", 1),
        CLEAN.replace("onset: ", "onset: never or ", 1),
        CLEAN.removeprefix("---\n"),
    ],
    ids=["merge", "fact", "fence"],
)
def test_what_cannot_be_read_is_let_through_by_nobody(
    repository: Stage, wrecked: str
) -> None:
    """Somebody who allowed findings has not seen what the report would say."""
    stage_text(repository, wrecked)

    code, _, err = _checked(repository)

    assert code != 0
    assert "under way" not in err


def test_what_is_found_is_printed_all_the_same(repository: Stage) -> None:
    """It only holds nothing up, at whatever level."""
    stage_text(repository, WEAK)
    plain = repository.run("check", "--staged", "--fail-on", "warning")

    code, out, err = _checked(repository, PATH, "--fail-on", "warning")

    assert (plain.code, code) == (1, 0)
    assert out == plain.out
    assert f"the submit under way allows 1 finding in {PATH}\n" in err


def test_a_report_that_nobody_spoke_of_is_held_up(repository: Stage) -> None:
    """A hook may stage more than what is submitted; a stray variable is no word."""
    stage_text(repository, WEAK)

    for path in (OTHER, "1", "", "postmortems"):
        code, _, err = _checked(repository, path)

        assert code == 1
        assert "under way" not in err


def test_nothing_is_said_where_nothing_is_found(repository: Stage) -> None:
    """There is nothing to let through."""
    stage_text(repository, CLEAN.replace("# Checkout", "# The checkout", 1))

    code, _, err = _checked(repository)

    assert code == 0
    assert "under way" not in err


def test_only_what_is_staged_is_let_through(repository: Stage) -> None:
    """A check that is no hook says what it finds."""
    repository.write(PATH, WEAK)
    allowing = {"POSTMORTEM_ALLOW_FINDINGS": PATH}

    said = Stage(repository.root, repository.home, allowing).run("check")

    assert said.code == 1


def test_reports_below_the_top_are_let_through(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hook stands where the settings are, in a folder of the repository."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    stage.write("team/.postmortem.yaml", "folders: [reports]\n")
    stage.write(f"team/reports/{NAME}.md", WEAK.replace(ID, NAME))
    inside = Stage(stage.root / "team", stage.home)
    assert inside.run("init", "--hook").code == 0
    stage.repo.git("add", "team/.postmortem.yaml")
    stage.repo.git("commit", "-qm", "settings")

    assert inside.run("submit", NAME, "--way", "stay").code == 2
    assert inside.run("submit", NAME, "--way", "stay", "--allow-findings").code == 0


def test_a_yes_in_the_wizard_counts_in_the_hook(person: Person) -> None:
    """It was asked about these errors; who finishes it later is not asked again."""
    assert person.run("init", "--hook").returncode == 0
    _sit(person, "new", "--plain", begins=True)
    report = person.report
    _review(report)
    says_no = person.repo.hook("commit-msg", 'echo "no ticket in it" >&2; exit 1')

    terminal = _sit(person, "resume", report.stem, "--plain")
    choose(terminal, "submit")
    terminal.see("PM203 nothing is said", "Commit it with these")
    terminal.insist("yes\r", "and stay on")
    terminal.say_yes()
    terminal.see("no ticket in it", "--allow-findings", MENU)
    says_no.unlink()
    choose(terminal, "submit")
    terminal.see("Commit it with these")
    terminal.insist("yes\r", "and stay on")
    terminal.say_yes()

    assert terminal.end() == 0
    assert "the submit under way allows" in terminal.told


def test_a_yes_counts_for_a_report_on_a_branch(person: Person) -> None:
    """What is changed of it is committed there, through the same hook."""
    name = person.begun("impact=All.")
    report = person.report
    _review(report)
    assert person.run("init", "--hook").returncode == 0
    done = person.run("submit", name, "--way", "stay", "--allow-findings")
    assert done.returncode == 0, done.stderr
    report.unlink()

    terminal = person.sit("edit", name, "impact", "--plain")
    terminal.see(asked("impact"), "All.")
    terminal.write(" Even us.")
    terminal.enter()
    terminal.enter()
    terminal.see("Commit it with these")
    terminal.insist("yes\r", f"Commit it on postmortem/{name}?")
    terminal.say_yes()

    assert terminal.end() == 0
    text = person.repo.blob(f"postmortem/{name}", f"postmortems/{name}.md").decode()
    assert "Even us." in text


def _review(report: Path) -> None:
    """Bring a report to where a check asks more of it than it says."""
    text = report.read_text().replace("status: draft", "status: in-review")
    report.write_text(text.replace("· draft", "· in-review"))


def _sit(person: Person, *words: str, begins: bool = False) -> Terminal:
    terminal = person.sit(*words)
    if begins:
        begin(terminal)
        choose(terminal, "later")
        assert terminal.end() == 0
    else:
        terminal.see(MENU)
    return terminal
