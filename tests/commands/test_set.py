"""`set`, `refresh` and `rename` change what they are asked to, and no other line."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import jsonschema
import pytest

from tests.commands.author import Author
from tests.commands.stage import BRANCH, ID, PATH, TITLE

ANSWERS = f"""\
id: {ID}
title: "{TITLE}"
severity: SEV-1
owner: "NO"
zone: UTC
onset: 2025-05-24 13:05
detected: 13:12
resolved: 15:00
summary: The failover did not take over.
timeline: ["13:05 the power fails", "13:12 customers report"]
actions: [Try the failover every month, Page on replica lag]
"""


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody with one report, made by `new`."""
    root = tmp_path / "work"
    root.mkdir()
    author = Author(root, home)
    author.write("answers.yaml", ANSWERS)
    assert author.run("new", "--answers", "answers.yaml").code == 0
    return author


def _text(author: Author) -> str:
    return (author.root / PATH).read_bytes().decode()


def _edit(author: Author, old: str, new: str) -> str:
    text = _text(author)
    assert old in text
    author.write(PATH, text.replace(old, new))
    return _text(author)


def _diff(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    "said, diff",
    [
        (["owner=me"], ['-owner: "NO"', '+owner: "me"']),
        (["actions.A1.status=done"], ["-- [ ] **A1** Try", "+- [x] **A1** Try"]),
        (
            ["timeline+=13:09 the failover does not start"],
            ["+| 2025-05-24 13:09 | the failover does not start | |"],
        ),
        (
            ["actions+=Add a guard; owner: edge lead; due: 2025-06-06; P1"],
            ["+- [ ] **A3** Add a guard (edge lead, due 2025-06-06, P1)"],
        ),
        (
            ["timeline+=13:09 **Alert:** the disk is full"],
            ["+| 2025-05-24 13:09 | **alert:** the disk is full | |"],
        ),
        (
            ["severity=sev-2"],
            ["-severity: SEV-1", "+severity: SEV-2", "-**SEV-1 ·", "+**SEV-2 ·"],
        ),
        (["lucky=[]"], ["-_Not known yet._", "-<!-- Where were we", "+_None._"]),
        (["title=Other"], [f"-# {TITLE}", "+# Other"]),
        (
            ["owner=me", "lucky=It was a Saturday."],
            [
                *('-owner: "NO"', '+owner: "me"'),
                *("-_Not known yet._", "-<!-- Where were we", "+It was a Saturday."),
            ],
        ),
    ],
    ids=["front", "action", "row", "parts", "kind", "derived", "none", "title", "both"],
)
def test_one_value_is_one_small_diff(
    author: Author, said: list[str], diff: list[str]
) -> None:
    """Its own lines change, those derived from it, and no others."""
    old = _text(author)

    done = author.run("set", "x-down", *said)

    assert done == (0, f"wrote {PATH}\n", "")
    found = _diff(old, _text(author))
    assert len(found) == len(diff)
    assert [line.startswith(part) for line, part in zip(found, diff, strict=True)] == [
        True
    ] * len(diff), found


def test_what_people_wrote_themselves_stays(author: Author) -> None:
    """YAML-UNKNOWN: comments, keys of their own, quoting, order; sections below."""
    old = _edit(
        author,
        "severity: SEV-1\n",
        "# twice\nteam_code:   '0x1F'   # ours\nseverity: SEV-1\nlist:\n- a\n- 'b'\n",
    )
    old = _edit(author, "## Impact\n", "## Weather\n\nIt rained.\n\n## Impact\n")

    done = author.run("set", "x-down", "owner=me")

    assert done.code == 0
    assert _diff(old, _text(author)) == ['-owner: "NO"', '+owner: "me"']


@pytest.mark.parametrize(
    "value",
    [
        "NO",
        "1.10",
        "12:30",
        "010",
        "~x",
        "on",
        "1e3",
        "2026-11-20",
        "a: b",
        "'x",
        "#x",
        "-",
    ],
)
def test_strings_stay_strings(author: Author, value: str) -> None:
    """YAML-TYPES: whatever YAML would make of them."""
    assert author.run("set", ID, f"owner={value}").code == 0
    first = _text(author)
    assert author.run("set", ID, "severity=SEV-3").code == 0
    assert author.run("set", ID, "severity=SEV-1").code == 0

    told = json.loads(author.run("show", ID, "--format", "json").out)

    assert told["report"]["owner"] == value
    assert _text(author) == first


def test_a_hand_edited_scalar_is_what_it_says(author: Author) -> None:
    """YAML-TYPES: no reader of ours takes NO for false, or 12:30 for 750."""
    _edit(author, 'owner: "NO"', "owner: NO\naudience: 12:30\ntags: [010, 1.10, on]")

    told = json.loads(author.run("show", ID, "--format", "json").out)["report"]

    assert (told["owner"], told["audience"], told["tags"]) == (
        "NO",
        "12:30",
        ["010", "1.10", "on"],
    )


def test_crlf_stays_crlf(author: Author) -> None:
    """A file from Windows stays one."""
    author.write(PATH, _text(author).replace("\n", "\r\n"))

    assert author.run("set", ID, "owner=me").code == 0

    raw = _text(author)
    assert raw.count("\r\n") == raw.count("\n") > 10


def test_what_is_so_already_is_not_written(author: Author) -> None:
    """The file keeps its date."""
    before = (author.root / PATH).stat()

    done = author.run("set", ID, "severity=SEV-1")

    after = (author.root / PATH).stat()
    assert done == (0, f"{PATH} says that already\n", "")
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_mistakes_change_nothing(author: Author) -> None:
    """All of them are said; the right ones beside them wait too."""
    old = _text(author)

    done = author.run("set", ID, "owner=me", "severity=SEV-9", "ownr=x")

    assert (done.code, done.out) == (2, "")
    assert "severity=SEV-9: severity is none of its choices" in done.err
    assert "ownr=x: there is no field 'ownr'\n  did you mean owner?\n" in done.err
    assert _text(author) == old


def test_a_part_that_several_have_is_asked_about(author: Author) -> None:
    """Nothing is changed in any of them."""
    author.write("postmortems/2025-05-25-x-down.md", "# X\n")

    done = author.run("set", "x-down", "owner=me")

    assert (done.code, done.out) == (2, "")
    assert "'x-down' fits 2 reports" in done.err


def test_a_report_on_a_branch_is_changed_there(author: Author) -> None:
    """By a commit of its own; the checkout stays what it was."""
    repo = author.repo
    repo.git("init", "-q")
    repo.commit("README")
    assert author.run("submit", ID, "--way", "stay").code == 0
    (author.root / PATH).unlink()
    status = repo.git("status", "--porcelain")

    done = author.run("set", ID, "owner=me")

    assert done == (0, f"committed on {BRANCH}\n", "")
    assert repo.git("log", "-1", "--format=%s", BRANCH) == f"{ID}: set owner"
    assert 'owner: "me"\n' in repo.git("show", f"{BRANCH}:{PATH}")
    assert repo.git("status", "--porcelain") == status
    assert repo.git("branch", "--show-current") == "main"


def test_a_link_is_not_written_through(author: Author, tmp_path: Path) -> None:
    """Neither a folder that is one; what it points to stays as it is."""
    real = tmp_path / "real"
    (author.root / "postmortems").rename(real)
    (author.root / "postmortems").symlink_to(real)
    old = (real / f"{ID}.md").read_bytes()

    done = author.run("set", ID, "owner=me")

    assert done.code == 2
    assert "symbolic link" in done.err
    assert (real / f"{ID}.md").read_bytes() == old


def test_what_is_derived_is_brought_up_to_date(author: Author) -> None:
    """With --check it is only said, on its line, and ends with 1."""
    fresh = _text(author)
    old = _edit(author, "resolved: 2025-05-24T15:00Z", "resolved: 2025-05-24T16:00Z")

    checked = author.run("refresh", ID, "--check")
    assert _text(author) == old
    refreshed = author.run("refresh", ID)
    again = author.run("refresh", ID, "--check")

    assert checked.code == 1
    places = [line for line in checked.out.splitlines() if line.startswith(PATH)]
    assert len(places) == 2
    assert refreshed == (0, f"wrote {PATH}\n", "")
    assert again == (0, "", "")
    text = _text(author)
    assert "15:00" not in "\n".join(_diff(fresh, text)[1::2])
    assert author.run("refresh", ID).out == f"{PATH} says that already\n"


def test_a_title_changes_in_its_place(author: Author) -> None:
    """CON-IDSTABLE: the id is what it was at birth."""
    old = _text(author)

    done = author.run("rename", "x-down", "Power lost; the failover did not start")

    assert done == (0, f"wrote {PATH}\n", "")
    assert _diff(old, _text(author)) == [
        f"-# {TITLE}",
        "+# Power lost; the failover did not start",
    ]


def test_an_id_changes_with_all_that_hangs_on_it(author: Author) -> None:
    """CON-IDSTABLE: the file, attachments, links to them; the old id finds it."""
    folder = author.root / "postmortems" / ID
    folder.mkdir()
    (folder / "graph.png").write_bytes(b"png")
    _edit(author, "The failover did", f"![graph]({ID}/graph.png) The failover did")

    done = author.run("rename", "x-down", "Power lost", "--id", "2025-05-24-power-lost")

    new = "postmortems/2025-05-24-power-lost.md"
    assert done == (0, f"moved {PATH} to {new}\n", "")
    text = (author.root / new).read_text(encoding="utf-8")
    assert text.startswith("---\nid: 2025-05-24-power-lost\n")
    assert f"\naliases: [{ID}]\n" in text
    assert "# Power lost\n" in text
    assert "![graph](2025-05-24-power-lost/graph.png)" in text
    assert sorted(each.name for each in folder.parent.iterdir()) == [
        "2025-05-24-power-lost",
        "2025-05-24-power-lost.md",
    ]
    assert author.run("set", ID, "owner=me") == (0, f"wrote {new}\n", "")


@pytest.mark.parametrize(
    "words, said",
    [
        ([], "name a new title, or a new id with --id"),
        (["--id", "../x"], "'../x' is no id: letters, digits and single hyphens are"),
        (["--id", "2025-05-25-y"], "2025-05-25-y is the id of another report"),
        ([" "], "a report has a title"),
    ],
)
def test_a_new_name_that_is_none_is_refused(
    author: Author, words: list[str], said: str
) -> None:
    """And nothing moves."""
    author.write("postmortems/other.md", "---\nid: 2025-05-25-y\n---\n# Y\n")
    old = _text(author)

    done = author.run("rename", ID, *words)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert _text(author) == old


@pytest.mark.parametrize("name", ["set", "completion"])
def test_a_table_in_the_help_stays_a_table(
    author: Author, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Line by line as it was written."""
    author.run(name, "--help")
    said = capsys.readouterr().out

    line = {
        "set": "impact=[]                known to be none",
        "completion": "zsh:   postmortem completion zsh >> ~/.zshrc",
    }
    assert f"\n  {line[name]}\n" in said
    assert ("\\b" in said, "\b" in said) == (False, False)


def test_the_schema_takes_the_answers(author: Author) -> None:
    """What it says is what `new` reads, with the team's own words."""
    author.write(".postmortem.yaml", "severities: {P1: bad, P2: less}\n")

    done = author.run("schema")

    made = json.loads(done.out)
    checker = jsonschema.Draft202012Validator(made)
    assert checker.is_valid({"title": "X", "severity": "P1"})
    assert not checker.is_valid({"title": "X", "severity": "SEV-1"})
    assert author.run("schema", "--template", "minimal").code == 0
    assert author.run("schema", "--template", "minmal").code == 2


def test_a_report_of_another_template_says_so(author: Author) -> None:
    """A template that is gone is no reason not to read a report."""
    _edit(author, "template: default", "template: gone")

    done = author.run("set", ID, "owner=me")

    assert (done.code, done.out) == (0, f"wrote {PATH}\n")
    assert done.err == "its template 'gone' is not here: read by its headings\n"


def test_a_field_is_set_by_its_label(author: Author) -> None:
    """What the form calls it is what a person calls it."""
    old = _text(author)

    assert author.run("set", ID, "What ended it=The failover by hand.").code == 0
    assert [line for line in _diff(old, _text(author)) if line.startswith("+")] == [
        "+The failover by hand."
    ]


def test_a_word_that_is_no_priority_is_refused(author: Author) -> None:
    """The words that there are stand beside it, and the report is as it was."""
    old = _text(author)
    said = author.run("set", ID, "actions.A2.priority=foo")

    assert "there is no priority 'foo'" in said.err
    assert "there are P0, P1, P2, P3, P4" in said.err
    assert _text(author) == old


OLD = """\
# The cache was purged

## Timeline

| Time | What |
|---|---|
| 2019-03-04 10:02 UTC | the cache is purged |

## Action items

| Action | Owner | Ticket |
|--------|-------|--------|
| Purge by key only | edge lead | WEB-77 **DONE** |
"""
SAYS_NONE = (
    "it has no status yet; this says one: postmortem set cdn-purge status=draft\n"
)


@pytest.mark.parametrize(
    "words, gone",
    [
        ("set cdn-purge severity=SEV-3", []),
        ("set cdn-purge severity=SEV-3 owner=shop", []),
        ("rename cdn-purge Another", ["-# The cache was purged"]),
        ("refresh cdn-purge", []),
        (
            "timeline cdn-purge shift 5m",
            ["-| 2019-03-04 10:02 UTC | the cache is purged |"],
        ),
    ],
)
def test_an_old_report_keeps_its_rows(
    author: Author, words: str, gone: list[str]
) -> None:
    """What is read by its headings is not laid out anew because a fact changes."""
    path = author.write("postmortems/cdn-purge.md", OLD)

    assert author.run(*words.split()).code == 0

    found = _diff(OLD, path.read_text())
    assert [line for line in found if line.startswith("-")] == gone
    assert "**A1**" not in path.read_text()


def test_a_fact_that_is_so_already_gives_no_keys(author: Author) -> None:
    """Nothing is written where nothing is to be changed."""
    text = f"---\nseverity: SEV-3\n---\n\n{OLD}"
    path = author.write("postmortems/cdn-purge.md", text)

    said = author.run("set", "cdn-purge", "severity=SEV-3")

    assert "says that already" in said.out
    assert path.read_text() == text


def test_a_report_without_a_status_is_told_how_to_say_one(author: Author) -> None:
    """What `check` holds up is named when it is written, and goes with the command."""
    author.write("postmortems/cdn-purge.md", OLD)

    first = author.run("set", "cdn-purge", "severity=SEV-3")
    again = author.run("set", "cdn-purge", "severity=SEV-3")
    checked = author.run("check", "cdn-purge")
    second = author.run("set", "cdn-purge", "status=draft")

    assert SAYS_NONE in first.err
    assert SAYS_NONE not in again.err
    assert "PM613" in checked.out
    assert "status" not in second.err
    assert "PM613" not in author.run("check", "cdn-purge").out


def test_a_check_that_mends_gives_rows_the_keys_that_set_asks_for(
    author: Author,
) -> None:
    """It is what the refusal says to do."""
    _edit(author, "**A1** Try", "Try")
    _edit(author, "**A2** Page", "Page")

    refused = author.run("set", ID, "actions.A1.owner=edge lead")
    author.run("check", "--fix")
    done = author.run("set", ID, "actions.A1.owner=edge lead")

    assert refused.code == 2
    assert "its rows have no keys yet: `postmortem check --fix`" in refused.err
    assert done.code == 0
    assert "**A1** Try the failover every month (edge lead)\n" in _text(author)
