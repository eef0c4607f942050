"""Markdown below a folder of reports: told the same everywhere, its secrets found."""

from __future__ import annotations

import json

import pytest

from tests.checks.where.place import CLEAN, ID, PATH, SECRET, WEAK, stage_text
from tests.commands.stage import Stage

DEEP = "postmortems/2026/leak.md"
BARE = f"# The search was down\n\n## Summary\n\nThe log has {SECRET} in it.\n"
BEGUN = f"---\nstatus: draft\n---\n\n{BARE}"
WHERE = "not looked at but for secrets, in postmortems/2026: name each folder"
LINES = {
    BARE: f"1 Markdown file is {WHERE} of reports under",
    BEGUN: f"1 report is {WHERE} under",
}
SINCE = ("check", "--changed-since", "main")
WAYS = [
    *(("check",), ("check", "--staged"), ("check", "--staged", DEEP)),
    *(SINCE, (*SINCE, "postmortems")),
]
ways = pytest.mark.parametrize("words", WAYS, ids=" ".join)


def _placed(stage: Stage, text: str, path: str = DEEP) -> None:
    """Have a text in the work tree and staged, on a branch."""
    stage.repo.git("switch", "-qc", "work")
    stage.write(path, text)
    stage.repo.git("add", "-A")


@ways
@pytest.mark.parametrize("text", [BARE, BEGUN])
def test_a_secret_is_found_wherever_it_is_looked_from(
    repository: Stage, text: str, words: tuple[str, ...]
) -> None:
    """And nothing else is; it is said that the file is not looked at."""
    _placed(repository, text)

    said = repository.run(*words)

    if (text, words[-1]) == (BEGUN, "postmortems"):  # who names a folder means these
        assert "1 report checked: 1 error" in said.err
    else:
        assert LINES[text] in said.err
        assert "1 other file has secrets" in said.err
    assert said.code == 1
    assert said.out.count("error PM") == said.out.count(f"{DEEP}:") == 1
    assert "PM701" in said.out


@ways
@pytest.mark.parametrize("text", [BARE, BEGUN])
def test_a_file_without_a_secret_holds_nothing_up(
    repository: Stage, text: str, words: tuple[str, ...]
) -> None:
    """It is told of, and no report."""
    text = text.replace(SECRET, "nothing")
    _placed(repository, text)

    said = repository.run(*words)

    assert (said.code, f"{DEEP}:" in said.out) == (0, False)
    assert LINES[text.replace("nothing", SECRET)] in said.err or "postmortems" in words
    assert "secrets" not in said.err.replace("but for secrets", "")


@ways
def test_programs_are_told_as_well(repository: Stage, words: tuple[str, ...]) -> None:
    """What is no report is not among the reports."""
    _placed(repository, BARE)

    told = json.loads(repository.run(*words, "--format", "json").out)

    assert DEEP not in [each["path"] for each in told["reports"]]
    (other,) = told["not_looked_at"]
    assert other["path"] == DEEP
    assert [each["code"] for each in other["findings"]] == ["PM701"]
    assert told["counts"]["error"] == 1
    for shape in ("sarif", "gitlab", "github"):
        said = repository.run(*words, "--format", shape)
        assert said.code == 1
        assert said.out.count(DEEP) == 1


@ways
@pytest.mark.parametrize(
    "path",
    [
        *("2026/README.md", "2026/index.md", "2026/template.md"),
        *("2026/.draft.md", ".templates/a.md", "2026/log.txt", f"{ID}/notes.txt"),
    ],
)
def test_pages_on_reports_are_none_below_either(
    repository: Stage, path: str, words: tuple[str, ...]
) -> None:
    """They are passed over, as they are beside reports."""
    _placed(repository, BARE.replace(SECRET, "nothing"), f"postmortems/{path}")

    said = repository.run(*(it for it in words if it != DEEP))

    assert said.code == 0
    assert "not looked at" not in said.err
    assert path not in said.out


def test_a_secret_there_may_stay_with_a_reason(repository: Stage) -> None:
    """As in a report."""
    reason = "<!-- postmortem: allow PM701 because it was revoked the same day -->"
    _placed(repository, BARE.replace("in it.", f"in it. {reason}"))

    for words in WAYS:
        assert repository.run(*words).code == 0


def test_a_branch_answers_for_what_it_brings(repository: Stage) -> None:
    """A secret that was there is known, and a file that it leaves alone is not told."""
    repository.repo.commit(DEEP, BARE)
    repository.repo.git("switch", "-qc", "work")
    assert repository.run(*SINCE).err == "no report has changed since main\n"

    repository.write(DEEP, BARE.replace("The log", "The old log"))

    said = repository.run(*SINCE)
    assert (said.code, said.out) == (0, "")
    assert LINES[BARE] in said.err


def test_a_hook_looks_at_what_is_staged(repository: Stage) -> None:
    """The work tree is as it is."""
    repository.write(DEEP, BARE)
    assert repository.run("check", "--staged").err == ""

    stage_text(repository, BARE, DEEP)
    repository.write(DEEP, "# Empty\n")

    assert repository.run("check", "--staged").code == 1


def test_what_is_no_text_and_what_is_a_link_stops_nothing(repository: Stage) -> None:
    """Nobody asked for these files."""
    repository.write(DEEP, "# Caf\u00e9\n").write_bytes(b"# Caf\xe9\n\0\n")
    (repository.root / "postmortems/2026/last.md").symlink_to("nosuch.md")
    repository.repo.git("add", "-A")

    for words in (("check",), ("check", "--staged")):
        said = repository.run(*words)
        assert said.code == 0
        assert LINES[BARE] in said.err


def test_a_folder_with_settings_of_its_own_is_its_own_matter(repository: Stage) -> None:
    """It is a part of the repository, and looked at as one."""
    _placed(repository, WEAK, "postmortems/pay/reports/2026-03-05-a.md")
    repository.write("postmortems/pay/.postmortem.yaml", "folders: [reports]\n")
    repository.repo.git("add", "-A")

    for words in WAYS[:2]:
        said = repository.run(*words)
        assert "not looked at" not in said.err
        assert said.out.count("PM204") == 1


def test_it_is_no_matter_of_a_baseline(repository: Stage) -> None:
    """Secrets are never known, and there is nothing else in it."""
    repository.write(DEEP, BARE)

    said = repository.run("check", "--write-baseline")

    assert "(0 findings; 1 is left out, since secrets" in said.out
    assert repository.run("check").code == 1


def test_a_file_that_is_named_is_a_report(repository: Stage) -> None:
    """Somebody asks for it."""
    repository.write(PATH, CLEAN)
    repository.write(DEEP, BARE)

    said = repository.run("check", DEEP)

    assert "1 report checked: 1 error" in said.err
    assert "not looked at" not in said.err


def test_what_a_shell_names_is_what_a_check_of_all_looks_at(repository: Stage) -> None:
    """An index is no report, and a link to a report is that one, and known as it."""
    repository.write(PATH, WEAK)
    folder = repository.root / "postmortems"
    for name in ("README.md", "index.md"):
        (folder / name).write_text("# All of them\n\n- TODO\n", "utf-8")
    (folder / "latest.md").symlink_to(f"{ID}.md")
    repository.run("check", "--write-baseline")
    names = sorted(f"postmortems/{it.name}" for it in folder.glob("*.md"))
    assert len(names) == 4

    said = repository.run("check", *names)

    everything = repository.run("check").err
    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "postmortems/README.md, postmortems/index.md are not looked at but for"
        f" secrets: no report by name, and without an `id`\n{everything}"
    )
    assert everything == "1 report checked: clean; 1 more in the baseline\n"
    assert repository.run("check", "postmortems/latest.md").err == everything


def test_an_index_that_is_named_has_no_secret(repository: Stage) -> None:
    """Somebody asks for it."""
    repository.write("postmortems/index.md", BARE)

    said = repository.run("check", "postmortems/index.md")

    assert said.code == 1
    assert said.out.startswith("postmortems/index.md:5:")
    assert "no report checked: 1 error; 1 other file has secrets" in said.err


def test_an_index_with_an_id_is_a_report(repository: Stage) -> None:
    """By its id."""
    repository.write("postmortems/index.md", CLEAN.replace(ID, "2026-03-09-index"))

    assert repository.run("check", "postmortems/index.md").err == (
        "1 report checked: clean\n"
    )
