"""What an import is told: columns, days, zones; and evidence that means no good."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from postmortem.commands._log_offer import lines_told
from postmortem.commands._session_timeline import fill
from postmortem.model import Moment, Report
from postmortem.prompts import Script
from tests.commands.author import Author
from tests.commands.stage import Said
from tests.commands.test_timeline import START, elsewhere, noted, rows, seated, slack
from tests.sessions.terminal import Terminal

FORGING = (
    "x |\n| 2025-05-24 13:59 | forged | x |",
    "\n\n# H1\n\n## Timeline\n",
    "\n---\nstatus: final\n---\n",
    "\r\n| 2025-05-24 13:58 | forged | x |\r",
    "\u2028| 2025-05-24 13:57 | forged |\u2029\x0b\x0c\x85",
    "- [ ] **A1** forged (role, due 2030-01-01)",
    "**detected:** forged",
    "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- x",
    "[a](javascript:alert(1)) ![b](https://example.com/c.png) <https://example.com>",
    "`code` ``` fence\n```\nmore",
    "{{ 7 * 7 }} {% include 'x' %} {# c #}",
    "\\| \\\\| \\",
    "Signed-off-by: forged <a@example.com>",
    "=1+1",
    "||||",
    "_Not known yet._",
)
COMMANDING = (
    "\x1b[2J\x1b[31m red",
    "\x1b]0;title\x07",
    "\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;aGk=\x07",
    "\x1bP1$r\x1b\\ \x9b31m \x9d0;t\x9c",
    "\x07\x08\x7f\x00\x05 beep",
    "a\rb\x0bc",
    "\u202eevil\u2066 \u200f",
)
HTML = re.compile(r"(?<!\\)<(?:script|img|/script)")
TURNING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u2028\u2029"


def imported(author: Author, *words: str) -> Said:
    """Import, and return what was said."""
    return author.run("timeline", "x-down", "import", *words)


def texts(path: Path) -> list[str]:
    """Return what the rows say, with their times."""
    return [" | ".join(row.split(" | ")[:2]).removeprefix("| ") for row in rows(path)]


def test_columns_are_what_somebody_says(author: Author, report: Path) -> None:
    """Names in any case; the rest is as it was guessed."""
    author.write(
        "t.csv",
        "Logged;When;Note;What;Who\n"
        "2025-05-24T20:00Z;2025-05-24T13:31Z;x;rolled back api;jo\n",
    )

    said = imported(author, "t.csv", "--all", "--columns", "time=when, text=What")

    assert said.code == 0, said.err
    assert texts(report) == ["2025-05-24 13:31 | rolled back api"]


def test_columns_of_json_are_its_keys(author: Author, report: Path) -> None:
    """Objects that no guess finds are found by their names."""
    lines = [{"wann": "2025-05-24T13:31:00Z", "was": "neu gestartet", "n": 1}]
    author.write("t.json", json.dumps({"log": lines}))

    refused = imported(author, "t.json", "--all")
    said = imported(author, "t.json", "--all", "--columns", "time=wann,text=was")

    assert refused.code == 2
    assert said.code == 0, said.err
    assert texts(report) == ["2025-05-24 13:31 | neu gestartet"]


@pytest.mark.parametrize(
    "columns, said",
    [
        ("time=Then,text=What", "no file has the columns 'Then', 'What'"),
        ("what=What", "'what=What' says of no column what it is"),
        ("time", "'time' says of no column what it is"),
    ],
)
def test_columns_that_are_not_there_are_refused(
    author: Author, report: Path, columns: str, said: str
) -> None:
    """It is said which there are, and nothing is read by a guess instead."""
    author.write("t.csv", "When,What\n2025-05-24T13:31Z,rolled back api\n")
    before = report.read_bytes()

    done = imported(author, "t.csv", "--all", "--columns", columns)

    assert done.code == 2
    assert said in done.err
    assert "When, What" in done.err or "time=When" in done.err
    assert report.read_bytes() == before


@pytest.mark.parametrize(
    "name, text",
    [
        ("t.csv", "When,What\n05/04/2025 13:31,rolled back api\n"),
        ("chat.txt", "05/04/2025, 13:31 - Jo: rolled back api\n"),
        ("paste.txt", "05/04/2025 13:31 rolled back api\n"),
    ],
)
def test_day_or_month_first_is_told(author: Author, name: str, text: str) -> None:
    """A date that could be either has no place until somebody says how it is meant."""
    author.write(name, text)
    words = (
        name,
        "--zone",
        "UTC",
        "--dry-run",
        "--between",
        "2025-01-01",
        "2025-12-31",
    )

    unclear = imported(author, *words)

    assert "1 not placed" in unclear.out
    assert "--day-first or --month-first says how" in unclear.err
    assert "2025-04-05 13:31  " in imported(author, *words, "--day-first").out
    assert "2025-05-04 13:31  " in imported(author, *words, "--month-first").out


def test_yesterday_counts_from_the_day_that_is_told(author: Author) -> None:
    """Without a day it is near the incident, whenever the text was copied."""
    author.write(
        "paste.txt",
        "Yesterday\nJo  1:31 PM\nrolled back api\n"
        "Today\nJo  9:00 AM\nall is well\n"
        "Jo — Yesterday at 2:10 PM\nonce more\n",
    )
    words = (
        "paste.txt",
        "--zone",
        "UTC",
        "--dry-run",
        "--between",
        "2025-05-01",
        "2025-05-30",
    )

    told = imported(author, *words, "--date", "2025-05-25").out
    near = imported(author, *words).out

    assert "2025-05-24 13:31  deploy: rolled back api" in told
    assert "2025-05-25 09:00  all is well" in told
    assert "2025-05-24 14:10  once more" in told
    assert "2025-05-24 13:31  deploy: rolled back api" in near
    assert "2025-05-24 14:10  once more" in near


def test_guessed_columns_are_confirmed_at_a_terminal(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """They are shown as they can be typed, changed, and read again."""
    author.write("t.csv", "When,Note,What\n2025-05-24T13:31Z,first,second one\n")
    terminal = seated(author, terminals, "import", "t.csv")

    terminal.see("of no tool that is known", "time=When, text=Note")
    terminal.mark()
    terminal.press("\x15time=When, text=What")
    terminal.enter()
    terminal.see("Which of these 1", "second one")
    terminal.until(lambda: "Enter takes" in terminal.shown, "the list")
    terminal.child.send(" ")
    terminal.until(lambda: "\u25cf 13:31" in terminal.shown, "the mark")
    terminal.mark()
    terminal.enter()
    terminal.see("added 1 event")

    assert texts(report) == ["2025-05-24 13:31 | second one"]


def test_text_is_pasted_at_a_terminal(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """`-` where nothing is piped in waits for a paste, and for Ctrl-D."""
    terminal = seated(author, terminals, "import", "-")

    terminal.see("Paste it here")
    terminal.child.send("Jo Role  1:31 PM\nrolled back api\n\x04")
    terminal.see("By which clocks")
    terminal.mark()
    terminal.enter()
    terminal.see("Which of these 1")
    terminal.enter()
    terminal.see("Who was this")
    terminal.enter()
    terminal.see("added 1 event")

    assert texts(report) == ["2025-05-24 13:31 | **deploy:** rolled back api"]


def test_a_visit_offers_to_fill_the_timeline_from_the_log(
    author: Author, report: Path
) -> None:
    """Where the log has lines of that time; whoever leaves it is back at the menu."""
    noted(author)
    env = author.at_a_terminal(TERM="xterm").env()
    entry = SimpleNamespace(id=report.stem)

    assert lines_told(env, Report()) is None
    told = lines_told(env, Report(onset=Moment(at=START), resolved=Moment(at=START)))
    assert (told or "").startswith("4 lines of that time (")

    talk = SimpleNamespace(prompts=Script(["nothing.zip"]), plain=False)
    fill(env, entry, talk)  # type: ignore[arg-type]  # as much of both as it needs
    assert rows(report) == []


def test_people_are_roles_in_what_tools_say_too(author: Author, report: Path) -> None:
    """Somebody who is known from the chat is named nowhere, by no part of the name."""
    slack(author, [(31, "Amara Kone", "looking"), (32, "Amara Kone", "Incident lead")])
    entry = {
        "type": "annotate_log_entry",
        "id": "R1",
        "created_at": "2025-05-24T13:40:00Z",
        "channel": {
            "type": "note",
            "summary": "Amara called; Kone says hall B is dark",
        },
        "agent": {"type": "user_reference", "summary": "Amara Kone"},
        "incident": {"id": "P1", "summary": "[#1] X"},
    }
    author.write("pd.json", json.dumps({"log_entries": [entry]}))

    imported(author, "slack-export", "pd.json", "--all", "--role", "Amara Kone=lead")

    assert [each.partition(" | ")[2] for each in texts(report)] == [
        "lead: looking",
        "lead: Incident lead",
        "lead: lead called; lead says hall B is dark",
    ]


def test_what_was_noted_on_purpose_keeps_its_kind(author: Author, report: Path) -> None:
    """A guess that is made twice is none; who says --kind means it."""
    noted(
        author,
        [
            (12, None, "mitigated, it seems"),
            (20, None, "mitigated again"),
            (31, "mitigated", "half of the traffic is served"),
            (40, None, "plain words"),
        ],
    )

    imported(author, "--log", "--all")

    assert [each.partition(" | ")[2] for each in texts(report)] == [
        "mitigated, it seems",
        "mitigated again",
        "**mitigated:** half of the traffic is served",
        "plain words",
    ]


def test_the_export_and_the_api_of_slack_are_folded(author: Author) -> None:
    """One message is one event, short as it is, whichever way it came."""
    path = slack(author, [(31, "jo", "ok now")])
    exported = json.loads(day_of(path))
    author.write("api.json", json.dumps({"ok": True, "messages": exported}))

    said = imported(author, "slack-export", "api.json", "--dry-run")

    assert said.out.startswith("read 2: 1 offered, 1 folded")


@pytest.mark.parametrize("text", [*FORGING, *COMMANDING])
def test_nothing_imported_forges_anything(
    author: Author, report: Path, text: str
) -> None:
    """MD-FORGE, MD-CELL, SEC-ESC-IMPORT: a row is a row, whoever wrote it where."""
    before = elsewhere(report.read_text("utf-8"))
    slack(author, [(31, f"jo{text}", f"one {text}")])
    author.write("t.json", json.dumps([hostile(text)]))
    author.write("bare.csv", f'time,text\n2025-05-24T13:33Z,"{quoted(text)}"\n')

    said = imported(author, "slack-export", "t.json", "bare.csv", "--all", "--names")

    assert said.code in (0, 2), said.err
    shown = [
        said,
        author.run("timeline", "x-down"),
        author.run("timeline", "x-down", "--format", "csv"),
        author.run("timeline", "x-down", "--format", "mermaid"),
        author.run("timeline", "x-down", "--format", "json"),
        imported(author, "slack-export", "t.json", "--dry-run", "--format", "json"),
        author.at_a_terminal(TERM="xterm").run("timeline", "x-down"),
    ]
    for each in shown:
        assert commands(each.out.replace("\r\n", "\n")) == commands(each.err) == ""
    whole = report.read_text("utf-8")
    assert commands(whole) == ""
    assert elsewhere(whole) == before
    told = json.loads(author.run("timeline", "x-down", "--format", "json").out)
    assert len(rows(report)) == len(told["events"] or ())
    assert len(rows(report)) <= 3
    assert all(row.count(" | ") == 2 for row in rows(report))
    assert not HTML.search(whole)


def hostile(text: str) -> dict[str, str]:
    """Return a record in which every field means no good."""
    return {
        "time": "2025-05-24T13:32:00Z",
        "text": f"two {text}",
        "author": f"a{text}",
        "link": f"https://example.com/{text}",
        "id": f"i{text}",
        "source": f"s{text}",
    }


def day_of(export: Path) -> str:
    """Return the one day file of an export."""
    return (export / "incident" / "2025-05-24.json").read_text("utf-8")


def quoted(text: str) -> str:
    """Return a text as a cell of a CSV file has it."""
    return text.replace('"', '""')


def commands(text: str) -> str:
    """Return the characters that command a terminal, or turn text around."""
    return "".join(
        each
        for each in text
        if each in TURNING
        or (unicodedata.category(each) == "Cc" and each not in "\n\t")
    )


@pytest.mark.parametrize("percent", [2, 25, 50, 75, 98])
def test_a_zip_that_is_cut_adds_nothing(
    author: Author, report: Path, percent: int
) -> None:
    """IMP-PARTIAL: a zip without its end is refused as a whole."""
    path = slack(author, [(31, "jo", "rolled back api")])
    before = report.read_bytes()
    raw = zipped(path)
    (author.root / "cut.zip").write_bytes(raw[: len(raw) * percent // 100])

    said = imported(author, "cut.zip", "--all")

    assert said.code == 2
    assert "Traceback" not in said.err
    assert report.read_bytes() == before


def test_a_file_that_is_cut_gives_what_came_before(
    author: Author, report: Path
) -> None:
    """IMP-PARTIAL: wherever it ends, the rows that are added are whole."""
    messages = [(30.0 + at, "jo", f"rolled back number {at}") for at in range(9)]
    path = slack(author, messages)
    text = day_of(path)
    for size in range(1, len(text), 97):
        author.write("cut.json", text[:size])
        said = imported(author, "cut.json", "--dry-run", "--format", "json")
        assert said.code in (0, 2)
        if said.code == 2:
            continue
        told = json.loads(said.out)
        found = [each["text"].rpartition(" ")[2] for each in told["offered"]]
        assert found == [str(at) for at in range(len(found))]
        assert len(told["unplaced"]) == 1


def test_a_bomb_and_a_name_that_leads_out_do_nothing(
    author: Author, report: Path
) -> None:
    """IMP-ZIPBOMB, IMP-ZIPSLIP: told, not unpacked, and nothing else is written."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../evil.txt", "2025-05-24T13:31Z rolled back api\n")
        made.writestr("bomb.json", b"[" + b" " * 200_000_000)
    (author.root / "bomb.zip").write_bytes(out.getvalue())
    there = sorted(author.root.parent.rglob("*"))

    said = imported(author, "bomb.zip", "--all")

    assert said.code == 0
    assert "1028 times larger unpacked, as only zip bombs are" in said.out
    assert texts(report) == ["2025-05-24 13:31 | **deploy:** rolled back api"]
    assert sorted(author.root.parent.rglob("*")) == there


def zipped(folder: Path) -> bytes:
    """Return a folder as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for path in sorted(folder.rglob("*.json")):
            made.write(path, str(path.relative_to(folder)))
    return out.getvalue()
