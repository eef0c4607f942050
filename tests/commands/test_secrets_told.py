"""A credential that somebody types beside a report comes into no commit and no name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.author import Author
from tests.commands.stage import ID, PATH, REPORT, TITLE, Said, Stage

PLANTED = "8fJ2kQ9x" + "Lm3Zp7Rt"
MESSAGE = f"Tell of X\n\nThe api token was {PLANTED}.\nRevoke {PLANTED} first."
KEPT = "Tell of X\n\nThe api token was <taken out>.\nRevoke <taken out> first."
ways = pytest.mark.parametrize("way", ["switch", "stay", "here"])


def _kept(stage: Stage) -> list[str]:
    return [path.read_text("utf-8") for path in (stage.state / "messages").glob("*")]


def _nowhere(folder: Path) -> bool:
    """Tell whether no file below a folder has it, nor the name of one."""
    secret = PLANTED.casefold()
    return all(
        secret not in str(path).casefold()
        and (path.is_dir() or secret.encode() not in path.read_bytes().lower())
        for path in folder.rglob("*")
    )


def _refused(stage: Stage, said: Said) -> bool:
    return (
        said.code == 2
        and "looks like a credential in the message of the commit" in said.err
        and PLANTED not in said.err + said.out
        and set(stage.repo.refs()) == {"refs/heads/main"}
        and stage.repo.paths("main") == {"README"}
    )


@ways
def test_a_message_with_a_credential_is_refused(stage: Stage, way: str) -> None:
    """What is kept of it has none, and the printed command commits that."""
    said = stage.run("submit", ID, "--way", way, "-m", MESSAGE, "--allow-findings")

    assert _refused(stage, said), said
    assert "(16 characters), and 0 more" not in said.err
    assert _kept(stage) == [KEPT]
    assert _nowhere(stage.state)
    assert stage.follow(said.err).code == 0
    branch = "main" if way == "here" else f"postmortem/{ID}"
    assert stage.repo.git("log", "-1", "--format=%B", branch).strip() == KEPT


def test_so_is_one_in_a_file(stage: Stage) -> None:
    """The file is theirs, and stays as it is."""
    path = stage.home / "message.txt"
    path.write_text(MESSAGE, "utf-8")

    said = stage.run("submit", ID, "--way", "stay", "-F", str(path))

    assert _refused(stage, said), said
    assert path.read_text("utf-8") == MESSAGE
    assert _kept(stage) == [KEPT]


def test_none_is_kept_where_something_else_is_refused_too(stage: Stage) -> None:
    """A report that cannot be read is no reason to write it down."""
    stage.write(PATH, REPORT.replace("onset: 2025", "onset: 20x5"))

    said = stage.run("submit", ID, "--dry-run", "-m", MESSAGE)

    assert _refused(stage, said), said
    assert _nowhere(stage.state)


def test_several_are_counted(stage: Stage) -> None:
    """One is shown; a stand-in is none."""
    others = "curl -u app:password1234 x, curl -u app:$PASS x, curl -u app:password x"

    said = stage.run("submit", ID, "-m", f"{MESSAGE}\n{others}")

    assert "password or token, … (16 characters), and 1 more\n" in said.err
    (kept,) = _kept(stage)
    assert kept.endswith(
        "app:<taken out> x, curl -u app:$PASS x, curl -u app:password x"
    )


def test_a_message_made_of_a_report_says_none(stage: Stage) -> None:
    """A decision to keep one in the report is none to say it in a log too."""
    allowed = "<!-- postmortem: allow PM701 because it was revoked the same day -->"
    title = f"The api token was {PLANTED}"
    stage.write(PATH, REPORT.replace(TITLE, f"{title} {allowed}"))

    said = stage.run("submit", ID, "--way", "stay")

    assert (said.code, said.err) == (0, "")
    assert stage.message.startswith("Add postmortem: The api token was <taken out>")
    assert PLANTED not in stage.message


@pytest.mark.parametrize("source", ["title", "answers"])
def test_no_name_is_made_of_a_credential(author: Author, source: str) -> None:
    """In small letters it would be found by no check; in the title it is."""
    title = f"The api token was {PLANTED}, and leaked"
    author.write("a.yaml", f"title: '{title}'\nseverity: SEV-1\n")
    words = (title, "--set", "severity=SEV-1")

    said = author.run("new", *(words if source == "title" else ("--answers", "a.yaml")))

    name = "2025-05-27-the-api-token-was-and-leaked"
    path = author.root / f"postmortems/{name}.md"
    assert said.code == 0
    assert said.out.startswith(f"wrote postmortems/{name}.md")
    text = path.read_text("utf-8")
    assert text.startswith(f"---\nid: {name}\n")
    assert text.count(PLANTED) == text.casefold().count(PLANTED.casefold()) == 1
    assert "PM701" in author.run("check", name).out


def test_a_title_that_is_nothing_else_has_a_name(author: Author) -> None:
    """It is the one of a title without a letter."""
    author.run("new", "ghp_" + PLANTED + PLANTED, "--set", "severity=SEV-1")

    assert (author.root / "postmortems/2025-05-27-incident.md").is_file()
