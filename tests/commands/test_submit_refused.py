"""What is refused keeps everything: the report, the message, and how to go on."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.commands.stage import BRANCH, ID, PATH, REPORT, Stage


def _kept(stage: Stage) -> list[Path]:
    return sorted((stage.state / "messages").glob("*"))


@pytest.mark.parametrize("way", ["switch", "stay", "here"])
def test_a_hook_that_says_no_is_retried_with_the_same_words(
    stage: Stage, way: str
) -> None:
    """The printed command finishes it: same message, same file, no question."""
    hook = stage.repo.hook("commit-msg", "echo no ticket is named >&2; exit 1")
    before = stage.repo.everything()
    message = "Tell of X\n\nIn my words.\n\nIncident-Id: forged"

    said = stage.run("submit", ID, "--way", way, "-m", message)

    assert said.code == 2
    assert "no ticket is named" in said.err
    (kept,) = _kept(stage)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert stage.repo.everything() == before

    hook.unlink()
    again = stage.follow(said.err)

    assert (again.code, again.err) == (0, "")
    branch = "main" if way == "here" else BRANCH
    assert stage.repo.git("log", "-1", "--format=%B", branch).strip() == (
        "Tell of X\n\nIn my words.\n\n Incident-Id: forged"
    )
    assert stage.repo.blob(branch, PATH) == REPORT.encode()
    assert _kept(stage) == []


def test_options_are_in_the_command_that_finishes_it(stage: Stage) -> None:
    """Branch, author and force count again, without being typed again."""
    stage.write(".gitignore", "postmortems/\n")
    hook = stage.repo.hook("pre-commit", "exit 1")
    options = ["--branch", "pm/x y".replace(" ", "-"), "--author", "A <a@example.com>"]

    said = stage.run("submit", ID, "--way", "stay", "--force", *options)
    hook.unlink()
    stage.follow(said.err)

    log = stage.repo.git("log", "-1", "--format=%an", "pm/x-y")
    assert (log, stage.repo.paths("pm/x-y")) == ("A", {PATH})


def test_each_repository_keeps_its_own_message(stage: Stage, tmp_path: Path) -> None:
    """Two may have a report of the same name."""
    root = tmp_path / "other"
    root.mkdir()
    other = Stage(root, stage.home)
    other.repo.git("init", "-q")
    other.repo.commit("README")
    other.write(PATH, REPORT)
    ended = {}
    for each, words in ((stage, "Mine"), (other, "Theirs")):
        hook = each.repo.hook("pre-commit", "exit 1")
        ended[words] = each.run("submit", ID, "--way", "stay", "-m", words)
        hook.unlink()

    assert len(_kept(stage)) == 2
    for each, words in ((stage, "Mine"), (other, "Theirs")):
        assert each.follow(ended[words].err).code == 0
        assert each.message == words
    assert _kept(stage) == []


def test_reports_whose_long_names_begin_alike_keep_their_own(stage: Stage) -> None:
    """A name that is cut is not the name."""
    stage.repo.hook("pre-commit", "exit 1")
    names = [f"2025-05-24-{'very-' * 12}long-{end}" for end in ("one", "two")]
    for name in names:
        stage.write(f"postmortems/{name}.md", REPORT.replace(ID, name))

    for name in names:
        stage.run("submit", name, "--way", "stay", "-m", f"Of {name}")

    texts = [path.read_text("utf-8") for path in _kept(stage)]
    assert sorted(texts) == sorted(f"Of {name}" for name in names)
    assert all(len(path.name.encode()) <= 255 for path in _kept(stage))


def test_a_message_that_nobody_wrote_is_not_kept(stage: Stage) -> None:
    """It is made anew; the command that finishes it is short, and on its own line."""
    hook = stage.repo.hook("pre-commit", "exit 1")

    said = stage.run("submit", ID, "--way", "stay")

    command = f"postmortem submit {ID} --way stay"
    assert said.err.endswith(f"  finish it later with:\n  {command}\n")
    assert _kept(stage) == []
    hook.unlink()
    assert stage.follow(said.err).code == 0
    assert stage.message.startswith("Add postmortem: X down")


def test_another_message_is_kept_beside_the_first(stage: Stage) -> None:
    """What was typed once is there until its commit is made, whatever is typed next."""
    hook = stage.repo.hook("pre-commit", "exit 1")
    words = ("submit", ID, "--way", "stay", "-m")

    first = stage.run(*words, "First words")
    second = stage.run(*words, "Second words")
    again = stage.run(*words, "First words")

    texts = {str(path): path.read_text("utf-8") for path in _kept(stage)}
    assert sorted(texts.values()) == ["First words", "Second words"]
    for said, words_then in ((first, "First"), (second, "Second"), (again, "First")):
        path = said.err.rpartition("--message-file ")[2].strip()
        assert texts[path] == f"{words_then} words"
    hook.unlink()
    assert stage.follow(second.err).code == 0
    assert stage.message == "Second words"
    assert [path.read_text("utf-8") for path in _kept(stage)] == ["First words"]


def test_a_message_that_was_edited_where_it_is_kept_counts(stage: Stage) -> None:
    """It is committed as it is then, and nothing is left behind."""
    hook = stage.repo.hook("pre-commit", "exit 1")
    said = stage.run("submit", ID, "--way", "stay", "-m", "First words")
    (kept,) = _kept(stage)
    kept.write_text("Better words\n", "utf-8")

    again = stage.follow(said.err)
    hook.unlink()

    assert _kept(stage) == [kept]
    assert stage.follow(again.err).code == 0
    assert (stage.message, _kept(stage)) == ("Better words", [])


def test_an_ignored_report_is_refused(stage: Stage) -> None:
    """The rules of the repository hold, unless somebody says otherwise."""
    stage.write(".gitignore", "postmortems/\n")

    said = stage.run("submit", ID, "--way", "stay")

    assert (said.code, "ignored" in said.err, "--force" in said.err) == (2, True, True)
    assert stage.run("submit", ID, "--way", "stay", "--force").code == 0


def test_outside_a_repository_the_file_is_kept(plain: Stage) -> None:
    """What makes a repository is said, and then the printed command works."""
    said = plain.run("submit", ID, "-m", "Mine")

    assert said.code == 2
    assert f"{PATH} is in no git repository; it is kept as it is" in said.err
    assert "`git init`" in said.err
    assert "--no-git" in said.err
    assert (plain.root / PATH).read_text() == REPORT

    plain.repo.git("init", "-q")
    assert plain.follow(said.err).code == 0
    assert plain.repo.git("log", "-1", "--format=%B").strip() == "Mine"


def test_without_git_the_report_stays_a_file(plain: Stage) -> None:
    """Who wants no commit gets the path."""
    said = plain.run("submit", ID, "--no-git")

    assert said == (0, f"{PATH}\n", "nothing is committed; the report is a file\n")


def test_a_merge_that_is_not_resolved_is_refused(stage: Stage) -> None:
    """The line on which it begins is named."""
    text = REPORT + "\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\n"
    stage.write(PATH, text)
    first = len(REPORT.splitlines()) + 2

    said = stage.run("submit", ID, "--way", "stay")

    assert said.code == 2
    lines = [line for line in said.err.splitlines() if line.startswith(PATH)]
    assert lines == [f"{PATH}:{first}:1: a merge is not resolved here"]
    assert set(stage.repo.refs()) == {"refs/heads/main"}


def test_a_line_of_equal_signs_is_a_heading(stage: Stage) -> None:
    """It is a mark only where others are."""
    stage.write(PATH, REPORT.replace("## What happened", "What happened\n======="))

    assert stage.run("submit", ID, "--way", "stay").code == 0


def test_a_broken_report_is_refused_with_all_its_lines(stage: Stage) -> None:
    """Front matter that cannot be read is no report."""
    broken = REPORT.replace("onset: 2025", "onset: 20x5")
    stage.write(PATH, broken.replace("resolved: 2025-05", "resolved: 2025-15"))

    said = stage.run("submit", ID, "--way", "stay")

    assert said.code == 2
    assert f"{PATH}:6:" in said.err
    assert f"{PATH}:8:" in said.err
    assert set(stage.repo.refs()) == {"refs/heads/main"}


def test_nobody_to_name_is_refused_before_anything(stage: Stage, home: Path) -> None:
    """Both commands that say who one is are there, and --author helps at once."""
    (home / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    before = stage.repo.everything()

    said = stage.run("submit", ID, "--way", "stay")

    assert said.code == 2
    assert "git config --global user.name" in said.err
    assert "git config --global user.email" in said.err
    assert stage.repo.everything() == before
    author = "A <a@example.com>"
    assert stage.run("submit", ID, "--way", "stay", "--author", author).code == 0


@pytest.mark.parametrize(
    "words, said",
    [
        (["nothing-like-it"], "no report has 'nothing-like-it' in its id"),
        ([ID, "-m", " "], "the message is empty"),
        ([ID, "--way", "up"], "'up' is not one of"),
        ([ID, "-m", "x", "-F", "-"], "--message and --message-file are two messages"),
        ([ID, "--branch", "a..b", "--way", "stay"], "is no name for a branch"),
    ],
    ids=["id", "empty", "way", "two", "branch"],
)
def test_a_wrong_word_is_said(stage: Stage, words: list[str], said: str) -> None:
    """Nothing is committed by a slip of the finger."""
    ended = stage.run("submit", *words)

    assert (ended.code, said in ended.err) == (2, True), ended.err
    assert set(stage.repo.refs()) == {"refs/heads/main"}
