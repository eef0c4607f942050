"""`new` makes a report of what it is told, and asks for nothing that it was told."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from postmortem.commands._desk import Desk
from tests.commands.author import Author
from tests.commands.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = """\
title: "X down: failover did not take over"
severity: SEV-1
zone: America/New_York
onset: 2025-05-24 9:05am
detected: 9:12am
resolved: 11:00
summary: The failover did not take over.
actions:
  - {text: Try the failover every month, owner: storage on-call, due: +2w}
"""
NAME = "2025-05-24-x-down-failover-did-not-take-over"
ALREADY = "there is one already: 2025-05-27-x; this one is 2025-05-27-x-2\n"
ZONE = (
    "times are read in Europe/Berlin, this machine's zone; set zone: to say another\n"
)


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in a folder of their own."""
    root = tmp_path / "work"
    root.mkdir()
    return Author(root, home)


def _reports(author: Author) -> list[str]:
    return sorted(path.name for path in author.root.glob("postmortems/*"))


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_answers_become_a_report(author: Author, source: str) -> None:
    """The file is there, and what is left to say is counted."""
    author.write("answers.yaml", ANSWERS)
    if source == "stdin":
        author = author.with_stdin(ANSWERS.encode())

    said = author.run("new", "--answers", "answers.yaml" if source == "file" else "-")

    text = (author.root / "postmortems" / f"{NAME}.md").read_text(encoding="utf-8")
    many = text.count(
        "_Not known yet._"
    )  # services are asked first too, revisions later
    assert said == (
        0,
        f"wrote postmortems/{NAME}.md   ({many} fields not known yet)\n",
        "",
    )
    front = text.split("---\n")[1].splitlines()
    assert [line for line in front if not line.startswith("template: ")] == [
        f"id: {NAME}",
        "status: draft",
        "severity: SEV-1",
        "zone: America/New_York",
        "onset: 2025-05-24T09:05-04:00",
        "detected: 2025-05-24T09:12-04:00",
        "resolved: 2025-05-24T11:00-04:00",
    ]
    assert "due 2025-06-10" in text


def test_a_few_values_are_enough(author: Author) -> None:
    """A title and a value; the day is today in the zone of the machine."""
    said = author.run(
        "new", "It broke", "--set", "severity=sev-3", "--template", "minimal"
    )

    assert said.code == 0
    assert _reports(author) == ["2025-05-27-it-broke.md"]
    text = (author.root / "postmortems/2025-05-27-it-broke.md").read_text("utf-8")
    assert "severity: SEV-3\nzone: Europe/Berlin\n" in text


def test_what_is_set_comes_after_the_file(author: Author) -> None:
    """A title on the command line, and values, win over the answers."""
    author.write("a.yaml", ANSWERS)

    said = author.run(
        "new",
        "Other",
        "--answers",
        "a.yaml",
        "--set",
        "severity=SEV-2",
        "--set",
        "impact=[]",
    )

    assert said.code == 0
    text = (author.root / "postmortems/2025-05-24-other.md").read_text("utf-8")
    assert "# Other\n" in text
    assert "severity: SEV-2\n" in text
    assert "## Impact\n\n_None._\n" in text


def test_answers_may_name_their_template(author: Author) -> None:
    """The command line may name another one; one that is not there is said."""
    author.write("a.yaml", f"template: minimal\n{ANSWERS}")

    own = author.run("new", "--answers", "a.yaml", "--set", "title=Own")
    other = author.run(
        "new", "--answers", "a.yaml", "--set", "title=Other", "--template", "sre"
    )
    author.write("a.yaml", f"template: minmal\n{ANSWERS}")
    none = author.run("new", "--answers", "a.yaml")

    text = (author.root / "postmortems/2025-05-24-own.md").read_text("utf-8")
    assert (own.code, other.code, none.code) == (0, 0, 2)
    assert "\ntemplate: minimal " in text
    text = (author.root / "postmortems/2025-05-24-other.md").read_text("utf-8")
    assert "\ntemplate: sre " in text
    assert "'minmal.md.j2'" in none.err or "'minmal'" in none.err


def test_nobody_to_ask_and_nothing_said(author: Author) -> None:
    """It ends with the list of what is missing, and writes nothing."""
    for someone in (author, author.with_stdin(b"y\ny\ny\n")):
        said = someone.run("new")

        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(
            "title is missing\n  What broke, in one line?\nseverity is missing\n"
        )
        assert said.err.endswith(
            "the answers come from a file or from --set\n"
            "  `postmortem new --answers FILE` reads them, --set FIELD=VALUE sets one\n"
            "  `postmortem template show default --form` says what is asked, and\n"
            "  `postmortem schema` what an answers file can hold\n"
        )
    assert _reports(author) == []


def test_all_mistakes_are_said_at_once(author: Author) -> None:
    """Those of the file with their lines, those of the line, and what is missing."""
    author.write("a.yaml", "titel: X\nseverity: SEV-9\n")

    said = author.run("new", "--answers", "a.yaml", "--set", "onset=soon")

    assert (said.code, said.out) == (2, "")
    assert [line for line in said.err.splitlines() if not line.startswith("  ")] == [
        "a.yaml:1:1: there is no field 'titel'",
        "a.yaml:2:11: severity is none of its choices: 'SEV-9'",
        "onset=soon: onset: 'soon' is not a time",
        "title is missing",
    ]
    assert _reports(author) == []


@pytest.mark.parametrize(
    "raw, said",
    [
        (b"title: \xff", "-:1:8: the byte 0xFF is not UTF-8"),
        (b"title: a\0b", "-:1:9: this holds a NUL byte, so it is not text"),
        (b"", "title is missing"),
        (b"\x1b]0;x\x07", "-:1:1: the character U+001B cannot stand in YAML as it is"),
    ],
    ids=["bytes", "nul", "nothing", "escape"],
)
def test_what_is_no_text_is_refused(author: Author, raw: bytes, said: str) -> None:
    """With its place, and in words that no terminal obeys."""
    found = author.with_stdin(raw).run("new", "--answers", "-")

    assert (found.code, found.err.splitlines()[0]) == (2, said)
    assert "\x1b" not in found.err


def test_a_closed_standard_input_is_said(author: Author) -> None:
    """And a file that is not there."""
    closed = author.run("new", "--answers", "-")
    missing = author.run("new", "--answers", "none.yaml")

    assert closed.err.startswith("there is nothing on standard input: it is closed\n")
    assert "none.yaml: there is no such file" in missing.err
    assert (closed.code, missing.code) == (2, 2)


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/x",
        "/abs",
        ".git/hooks/pre-commit",
        "a/b",
        "C:\\x",
        "con",
        "x" * 400,
        "\x1b[2J",
        "\u202eevil",
        "日本語",
        "🔥",
    ],
)
def test_any_title_is_a_file_in_the_folder(author: Author, title: str) -> None:
    """And never one of git's, nor longer than a file's name may be."""
    said = author.run("new", title, "--set", "severity=SEV-1")

    assert said.code == 0
    (name,) = _reports(author)
    assert len(name.encode()) <= 120
    assert sorted(each.name for each in author.root.iterdir()) == ["postmortems"]
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


@pytest.mark.parametrize("name", ["../../x", "/abs", "a/b", "X", "..", ""])
def test_an_id_that_is_no_name_is_refused(author: Author, name: str) -> None:
    """An answers file may give the id, which stays in the folder; dots say nothing."""
    author.write("a.yaml", f"title: X\nid: '{name}'\n")

    said = author.run("new", "--answers", "a.yaml")

    says = name.strip(".") != ""
    assert said.code == (2 if says else 0)
    assert _reports(author) == ([] if says else ["2025-05-27-x.md"])


def test_an_id_that_is_a_name_is_taken(author: Author) -> None:
    """A team may have ids of its own."""
    author.write("a.yaml", "title: X\nid: inc-42\n")

    assert author.run("new", "--answers", "a.yaml").code == 0
    assert _reports(author) == ["inc-42.md"]


def test_a_report_that_is_there_is_not_touched(author: Author) -> None:
    """GIT-NOOVERWRITE: the new one gets the next name, which is its id as well."""
    path = author.write("postmortems/2025-05-27-x.md", "somebody's notes\n")

    said = author.run("new", "X", "--set", "severity=SEV-1")

    assert said.out.startswith("wrote postmortems/2025-05-27-x-2.md")
    assert said.err == ALREADY
    assert path.read_text("utf-8") == "somebody's notes\n"
    made = path.with_name("2025-05-27-x-2.md").read_text("utf-8")
    assert made.startswith("---\nid: 2025-05-27-x-2\n")


def test_an_id_that_a_branch_has_is_seen(author: Author) -> None:
    """Another person's report may be on a branch that was only fetched."""
    author.repo.git("init", "-q")
    author.repo.commit("README")
    author.repo.git("update-ref", "refs/remotes/origin/postmortem/2025-05-27-x", "HEAD")

    said = author.run("new", "X", "--set", "severity=SEV-1")

    assert said.out.startswith("wrote postmortems/2025-05-27-x-2.md")
    assert said.err == ALREADY


@pytest.mark.parametrize(
    "words, told",
    [
        (["onset=2025-05-24 09:05"], True),
        (["onset=2025-05-24 09:05", "detected=09:10", "timeline+=09:07 alert"], True),
        (["onset=2025-05-24T09:05Z"], False),
        (["onset=2025-05-24T09:05Z", "zone=Asia/Tokyo"], False),
        (["zone=Asia/Tokyo", "onset=2025-05-24 09:05"], False),
        (["onset=2025-05-24 09:05", "zone=Asia/Tokyo"], False),
        (["onset=-10 min"], False),
        (["severity=SEV-1"], False),
    ],
    ids=["clock", "clocks", "utc", "both", "zone", "zone behind", "ago", "none"],
)
def test_a_zone_that_nobody_named_is_said(
    author: Author, words: list[str], *, told: bool
) -> None:
    """Once, and only where a time depends on it."""
    said = author.run("new", "X", *(each for word in words for each in ("--set", word)))

    assert said == (0, said.out, ZONE if told else "")


@pytest.mark.parametrize(
    "file, onset",
    [
        ("title: X\nonset: 2025-05-24 09:05\n", "2025-05-24T09:05+09:00"),
        ("zone: UTC\ntitle: X\nonset: 2025-05-24 09:05\n", "2025-05-24T09:05Z"),
    ],
    ids=["none of its own", "its own"],
)
def test_a_zone_beside_a_file_is_that_of_its_times(
    author: Author, file: str, onset: str
) -> None:
    """Unless the file names another one, which its times were written by."""
    author.write("a.yaml", file)
    words = ["--set", "detected=2025-05-24 18:30", "--set", "zone=Asia/Tokyo"]

    said = author.run("new", "--answers", "a.yaml", *words)

    assert (said.code, said.err) == (0, "")
    (name,) = _reports(author)
    text = (author.root / "postmortems" / name).read_text("utf-8")
    assert f"zone: Asia/Tokyo\nonset: {onset}\n" in text
    assert "\ndetected: 2025-05-24T18:30+09:00\n" in text


def test_a_zone_of_the_settings_is_known(author: Author) -> None:
    """The team has named it, so it is not said."""
    author.write(".postmortem.yaml", "zone: Asia/Tokyo\n")

    said = author.run("new", "X", "--set", "onset=2025-05-24 09:05")

    assert (said.code, said.err) == (0, "")


def test_a_machine_without_a_zone_reads_times_in_utc(stage: Stage) -> None:
    """And says that it does."""
    said = stage.run("new", "X", "--set", "onset=2025-05-24 09:05")

    assert said.err == (
        "times are read in UTC, as this machine names no zone; set zone: to say"
        " another\n"
    )


def test_twelve_at_once_make_twelve(author: Author) -> None:
    """CON-EXCL: of many processes that begin one report each has its own."""
    words = [sys.executable, "-m", "postmortem", "new", "X", "--set"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def _one(number: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*words, f"summary=by {number}"],
            cwd=author.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(_one, range(12)))

    assert {each.returncode for each in done} == {0}
    assert [each.stderr for each in done].count("") == 1
    paths = [author.root / each.stdout.split()[1] for each in done]
    assert len(set(paths)) == 12
    for number, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        assert f"\nby {number}\n" in text
        assert text.startswith(f"---\nid: {path.stem}\n")


@pytest.mark.parametrize("inside", [False, True], ids=["outside", "inside"])
def test_a_folder_that_is_a_link_is_refused(
    author: Author, tmp_path: Path, *, inside: bool
) -> None:
    """Before anything is written, wherever it points."""
    target = (author.root if inside else tmp_path) / "docs"
    target.mkdir()
    (author.root / "postmortems").symlink_to(target)

    said = author.run("new", "X", "--set", "severity=SEV-1")

    assert (said.code, said.out) == (2, "")
    assert "this is a symbolic link, and nothing is written through one" in said.err
    assert list(target.iterdir()) == []


def test_another_folder_is_one_of_the_settings(author: Author) -> None:
    """A report is only written where it is found again."""
    author.write(".postmortem.yaml", "folders: [api/postmortems, web/postmortems]\n")

    there = author.run("new", "X", "--set", "tags=a", "--dir", "web/postmortems")
    nowhere = author.run("new", "X", "--set", "tags=a", "--dir", "/tmp")

    assert there.out.startswith("wrote web/postmortems/2025-05-27-x.md")
    assert nowhere.code == 2
    assert nowhere.err == (
        "'/tmp' is no folder of reports\n"
        "  the settings name api/postmortems, web/postmortems; `folders` in them may"
        " name more\n"
    )


def test_a_report_is_committed_at_once(author: Author) -> None:
    """With --submit, as `submit` would."""
    author.repo.git("init", "-q")
    author.repo.commit("README")

    said = author.run("new", "X", "--set", "severity=SEV-1", "--submit")

    assert said.code == 0
    assert "postmortem/2025-05-27-x" in author.repo.git("branch", "--list")
    assert "committed on postmortem/2025-05-27-x" in said.out


def test_a_teams_own_copy_of_our_template_is_ours(author: Author) -> None:
    """What is byte for byte ours is trusted as ours, so that no child is started."""
    shipped = (ROOT / "templates/reports/minimal.md.j2").read_text("utf-8")
    author.write("postmortems/.templates/minimal.md.j2", shipped)

    with Desk(author.env()) as desk:
        assert desk.template("minimal").trusted


def test_a_teams_own_template_is_run_apart(author: Author) -> None:
    """A changed copy is the repository's, and makes the report all the same."""
    shipped = (ROOT / "templates/reports/minimal.md.j2").read_text("utf-8")
    changed = shipped.replace("## What we change", "## Changes")
    author.write("postmortems/.templates/minimal.md.j2", changed)

    done = author.run("new", "Y", "--set", "tags=a", "--template", "minimal")

    with Desk(author.env()) as desk:
        assert not desk.template("minimal").trusted
    assert done.code == 0
    text = (author.root / "postmortems/2025-05-27-y.md").read_text("utf-8")
    assert "## Changes" in text


def test_the_outline_is_kept_for_the_next_time(author: Author) -> None:
    """In the cache, where only its owner can read it; a broken one is made again."""
    author.run("new", "X", "--set", "tags=a")
    (kept,) = (author.env().cache_dir / "outlines").iterdir()
    mode = kept.stat().st_mode & 0o777
    kept.write_bytes(b"{")

    again = author.run("new", "Y", "--set", "tags=a")

    assert (mode, again.code) == (0o600, 0)
    assert kept.read_bytes()[:2] == b'{"'
