"""A report's timeline: shown, filled from evidence, chosen at a terminal, repaired."""

from __future__ import annotations

import csv
import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from postmortem.escape import csv_text
from postmortem.scribe import Entry, Log
from tests.commands.author import Author
from tests.sessions.terminal import Terminal

ID = "2025-05-24-x-down"
START = datetime(2025, 5, 24, 13, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-P", "-m", "postmortem")
LINES = (
    (12, "alert", "HighErrorRate fires for the web tier"),
    (14, None, "looking at the graphs of the web tier"),
    (31, "deploy", "rolled back api to 4.1"),
    (41, "mitigated", "half of the traffic is served"),
)


def noted(author: Author, lines: Any = LINES, name: str = "incident") -> None:
    """Keep lines in the running log."""
    log = Log(author.state, name)
    for number, (minutes, kind, text) in enumerate(lines):
        at = START + timedelta(minutes=minutes)
        log.append(Entry(at=at, text=text, kind=kind, id=f"{name}-{number}"))


def slack(author: Author, messages: list[tuple[float, str, str]]) -> Path:
    """Write an export of Slack's; messages are minutes, user and text."""
    path = author.root / "slack-export"
    users = sorted({user for _, user, _ in messages})
    told = [
        {
            "type": "message",
            "user": f"U{users.index(user)}",
            "text": text,
            "ts": f"{(START + timedelta(minutes=minutes)).timestamp():.6f}",
        }
        for minutes, user, text in messages
    ]
    people = [{"id": f"U{at}", "name": name} for at, name in enumerate(users)]
    for name, value in (
        ("users.json", people),
        ("channels.json", [{"id": "C1", "name": "incident"}]),
        ("incident/2025-05-24.json", told),
    ):
        author.write(f"slack-export/{name}", json.dumps(value))
    return path


def rows(path: Path) -> list[str]:
    """Return the rows of a report's timeline."""
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("| 2025-")]


def elsewhere(text: str) -> list[str]:
    """Return every section but the timeline."""
    sections = text.split("\n## ")
    return [each for each in sections if not each.startswith("Timeline")]


def seated(
    author: Author, terminals: list[Terminal], *words: str, **variables: str
) -> Terminal:
    """Sit down at a terminal and start the program."""
    terminal = Terminal(
        (*PROGRAM, "timeline", "x-down", *words),
        cwd=author.root,
        environment={
            **os.environ,
            "HOME": str(author.home),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            **variables,
        },
        size=(40, 110),
    )
    terminals.append(terminal)
    return terminal


def test_a_log_becomes_a_timeline(author: Author, report: Path) -> None:
    """Each line is a row at its time, with its kind; the text changes nowhere else."""
    noted(author, [*LINES, (-500, None, "long before")])
    before = elsewhere(report.read_text("utf-8"))

    said = author.run("timeline", "x-down", "import", "--log", "--all")

    assert said.code == 0
    assert said.out == (
        "read 5: 4 offered, 1 outside the window\n"
        f"added 4 events; wrote postmortems/{report.name}\n"
    )
    assert said.err.startswith("mitigated is not known yet, and an event is called so:")
    assert rows(report) == [
        "| 2025-05-24 13:12 | **alert:** HighErrorRate fires for the web tier | log |",
        "| 2025-05-24 13:14 | looking at the graphs of the web tier | log |",
        "| 2025-05-24 13:31 | **deploy:** rolled back api to 4.1 | log |",
        "| 2025-05-24 13:41 | **mitigated:** half of the traffic is served | log |",
    ]
    assert elsewhere(report.read_text("utf-8")) == before


def test_a_new_report_is_offered_the_log(author: Author) -> None:
    """The lines of its time are counted, with the command that takes them over."""
    noted(author)
    moments = (
        "--set",
        "onset=2025-05-24T13:05Z",
        "--set",
        "resolved=2025-05-24T15:00Z",
    )

    said = author.run("new", "Y down", *moments)
    other = author.run("new", "Z down", "--set", "onset=2024-01-01T00:00Z")

    assert (
        "your log has 4 lines of that time (2025-05-24 15:12 to 2025-05-24 15:41): "
        "`postmortem timeline 2025-05-24-y-down import --log` takes them over\n"
    ) in said.err
    assert "your log" not in other.err


def test_importing_twice_adds_nothing(author: Author, report: Path) -> None:
    """IMP-DUP: not after a row was edited by hand, either."""
    noted(author)
    author.run("timeline", "x-down", "import", "--log", "--all")
    text = report.read_text("utf-8").replace(
        "rolled back api", "we rolled back the api"
    )
    report.write_text(text, "utf-8")

    said = author.run("timeline", "x-down", "import", "--log", "--all")

    assert said.out == "read 4: 0 offered, 4 there already\nnothing was added\n"
    assert report.read_text("utf-8") == text


def test_sources_are_merged_and_folded(author: Author, report: Path) -> None:
    """What two tools have is one row that names both."""
    noted(author)
    slack(author, [(31.2, "jo", "Rolled back API to 4.1"), (33, "jo", "it helps")])

    said = author.run("timeline", "x-down", "import", "slack-export", "--log", "--all")

    assert said.out.startswith("read 6: 5 offered, 1 folded\n")
    assert [row.split(" | ")[0] for row in rows(report)] == [
        f"| 2025-05-24 13:{minute}" for minute in (12, 14, 31, 33, 41)
    ]
    assert rows(report)[2].endswith("| log, slack #incident |")


def test_nobody_to_choose_needs_all_or_filters(author: Author, report: Path) -> None:
    """It is refused with the ways that there are, and nothing is written."""
    noted(author)
    before = report.read_bytes()

    said = author.run("timeline", "x-down", "import", "--log")

    assert said.code == 2
    assert "there are 4 candidates, and nobody to choose among them" in said.err
    assert "--all takes all of them" in said.err
    assert report.read_bytes() == before


@pytest.mark.parametrize(
    "words,many",
    [
        (("--grep", "rolled|traffic"), 2),
        (("--kind", "alert", "--kind", "deploy"), 2),
        (("--source", "log", "--grep", "nothing has this"), 0),
        (("--between", "13:30", "13:50"), 2),
        (("--between", "2025-05-24", "2025-05-24"), 4),
        (("--between", "2025-05-01", "2025-05-23"), 0),
        (("--between", "2025-05-24 15:30", "16:00", "--zone", "Europe/Berlin"), 2),
    ],
    ids=["words", "kinds", "both", "window", "day", "other days", "zone"],
)
def test_filters_choose(
    author: Author, report: Path, words: tuple[str, ...], many: int
) -> None:
    """What they leave is taken; what they leave out is counted."""
    noted(author)

    said = author.run("timeline", "x-down", "import", "--log", *words)

    assert said.code == 0, said.err
    assert len(rows(report)) == many


def test_a_dry_run_says_what_would_be_added(author: Author, report: Path) -> None:
    """In order, with kinds and sources; and writes nothing."""
    noted(author)
    before = report.read_bytes()

    said = author.run("timeline", "x-down", "import", "--log", "--dry-run")

    assert said.out.splitlines()[:2] == [
        "read 4: 4 offered",
        "2025-05-24 13:12  alert: HighErrorRate fires for the web tier  (log)",
    ]
    assert report.read_bytes() == before


def test_json_has_every_record(author: Author) -> None:
    """Offered, folded, outside and not placed; with place and the source's own time."""
    noted(author)
    (author.root / "paste.txt").write_text(
        "13:50 a\nwords\n99:99 b\n14:00 c\n", "utf-8"
    )

    said = author.run(
        *("timeline", "x-down", "import", "--log", "paste.txt"),
        *("--zone", "UTC", "--dry-run", "--format", "json"),
    )

    told = json.loads(said.out)
    heaps = ("offered", "already", "filtered", "unplaced")
    assert told["read"] == (
        sum(len(told[heap]) for heap in heaps) + told["folded"] + told["outside"]
    )
    account = told["offered"][0]["accounts"][0]
    assert account["said"] == "2025-05-24T13:12:00Z"
    assert account["where"].startswith("incident.jsonl")
    assert told["added"] == []


def test_a_file_that_nobody_takes_is_refused(author: Author, report: Path) -> None:
    """It says what it looked like, and what each importer said."""
    (author.root / "README").write_text("hello\n", "utf-8")
    before = report.read_bytes()

    said = author.run("timeline", "x-down", "import", "README", "--all")
    missing = author.run("timeline", "x-down", "import", "nowhere.zip", "--all")

    assert said.code == missing.code == 2
    assert said.err.startswith("README: no importer takes this; it looks like text")
    assert "\n  slack: " in said.err
    assert missing.err.startswith("nowhere.zip: there is no such file")
    assert report.read_bytes() == before


def test_times_without_a_zone_are_said_and_not_guessed(author: Author) -> None:
    """With --zone they are placed."""
    piping = author.with_stdin(b"2:14 PM rolled back api\n2:20 PM it helped\n")

    said = piping.run("timeline", "x-down", "import", "-", "--dry-run")
    told = author.with_stdin(b"2:14 PM rolled back api\n2:20 PM it helped\n").run(
        *("timeline", "x-down", "import", "-", "--dry-run"),
        *("--zone", "Europe/Berlin"),
    )

    assert said.out == "read 2: 0 offered, 2 not placed\n"
    assert "--zone says by which clocks" in said.err
    assert "2025-05-24 12:14" in told.out


def test_commits_are_candidates(author: Author, report: Path) -> None:
    """Those of the window, of this repository."""
    author.repo.git("init", "-q")
    author.repo.commit("a", "a\n")
    clock = {"GIT_COMMITTER_DATE": "2025-05-24T13:30:05Z"}
    (author.root / "b").write_text("b\n", "utf-8")
    author.repo.git("add", "b")
    os.environ.update(clock)
    try:
        author.repo.git("commit", "-qm", "Set the limit to 40")
    finally:
        del os.environ["GIT_COMMITTER_DATE"]

    said = author.run("timeline", "x-down", "import", "--git", "--all")

    assert said.code == 0, said.err
    assert "Set the limit to 40 | git work |" in rows(report)[0]


def test_people_are_roles_and_the_mapping_is_private(
    author: Author, report: Path
) -> None:
    """Handles are nowhere in the repository; the mapping is kept for the next time."""
    slack(author, [(31, "amara.k", "rolled back"), (33, "jo", "thanks @amara.k")])
    words = ("timeline", "x-down", "import", "slack-export", "--all")

    author.run(*words, "--role", "amara.k=api on-call")

    assert [row.split(" | ")[1] for row in rows(report)] == [
        "**deploy:** api on-call: rolled back",
        "thanks api on-call",
    ]
    kept = author.state / "people.json"
    assert json.loads(kept.read_bytes())["roles"] == {"amara.k": "api on-call"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_names_stay_on_request(author: Author, report: Path) -> None:
    """With --names, whoever said it stands before it."""
    slack(author, [(33, "jo", "thanks @amara.k")])

    author.run("timeline", "x-down", "import", "slack-export", "--all", "--names")

    assert "jo: thanks @amara.k" in rows(report)[0]


def test_hostile_text_stays_text(author: Author, report: Path) -> None:
    """It adds no row and no heading, and commands no terminal."""
    hostile = "x |\n| 99:99 | forged |\n\n# H1\n---\n\x1b[2J**detected:** <b>{{ 7 }}"
    noted(author, [(12, None, hostile)])

    said = author.run("timeline", "x-down", "import", "--log", "--all")

    assert said.code == 0
    assert len(rows(report)) == 1
    assert "\n# H1" not in report.read_text("utf-8")
    shown = author.at_a_terminal(TERM="xterm").run("timeline", "x-down")
    assert "\x1b[2J" not in shown.out


def filled(author: Author) -> None:
    """Put the log into the report."""
    noted(author)
    assert author.run("timeline", "x-down", "import", "--log", "--all").code == 0


def test_it_is_shown_with_gaps_sources_and_moments(author: Author) -> None:
    """By the report's clocks; in a terminal it fits."""
    filled(author)

    plain = author.run("timeline", "x-down").out
    wide = author.at_a_terminal(COLUMNS="60").run("timeline", "x-down").out

    assert plain.splitlines()[:4] == [
        "2025-05-24 (UTC)",
        "  13:12  alert: HighErrorRate fires for the web tier  (log)",
        "  13:14  looking at the graphs of the web tier  (log)",
        "  13:31  deploy: rolled back api to 4.1  (log)",
    ]
    assert "\nonset         2025-05-24 13:05\n" in plain
    assert plain.endswith("sources: log 4\n")
    gap = author.run("timeline", "x-down", "--gap", "10 min").out
    assert "         -- nothing for 17 min --\n  13:31" in gap
    assert max(map(len, wide.splitlines()[:5])) <= 60


def test_it_is_csv_without_formulas(author: Author) -> None:
    """SEC-CSV: and reads back as it was."""
    noted(author, [(12, None, "=1+1"), (13, None, 'a, "b"')])
    author.run("timeline", "x-down", "import", "--log", "--all")

    said = author.run("timeline", "x-down", "--format", "csv").out

    head, *told = csv.reader(StringIO(said))
    assert head == ["at", "until", "kind", "text", "source", "link"]
    assert told[0][3] == "'=1+1"
    assert [csv_text(row[3]) for row in told] == ["=1+1", 'a, "b"']


def test_it_is_json_and_mermaid(author: Author) -> None:
    """For programs, and for forges that draw it."""
    filled(author)

    told = json.loads(author.run("timeline", "--format", "json", "x-down").out)
    drawn = author.run("timeline", "x-down", "--format", "mermaid").out

    assert [each["text"] for each in told["events"]][:1] == [LINES[0][2]]
    assert told["moments"]["onset"] == "2025-05-24T13:05Z"
    assert told["sources"] == {"log": 4}
    assert drawn.startswith("```mermaid\ntimeline\n")


def test_a_shift_moves_a_source_and_back(author: Author, report: Path) -> None:
    """The moments stay, which is said."""
    filled(author)
    before = report.read_bytes()

    said = author.run("timeline", "x-down", "shift", "-1h", "--source", "log")
    assert said.out.startswith("4 events; wrote ")
    assert "the moments stay as they are: mitigated" in said.err
    assert rows(report)[0].startswith("| 2025-05-24 12:12 |")
    author.run("timeline", "x-down", "shift", "+60 min")

    assert report.read_bytes() == before


def test_a_source_or_a_file_is_dropped(author: Author, report: Path) -> None:
    """What another source has too stays."""
    before = report.read_bytes()
    filled(author)
    slack(author, [(31.2, "jo", "Rolled back API to 4.1"), (33, "jo", "it helps")])
    author.run("timeline", "x-down", "import", "slack-export", "--all")

    assert len(rows(report)) == 5
    author.run("timeline", "x-down", "drop", "--source", "slack-export")
    assert [row.split(" | ")[1] for row in rows(report)] == [
        "**alert:** HighErrorRate fires for the web tier",
        "looking at the graphs of the web tier",
        "**mitigated:** half of the traffic is served",
    ]
    author.run("timeline", "x-down", "drop", "--source", "log")
    assert rows(report) == []
    assert report.read_bytes() == before
    assert author.run("timeline", "x-down", "drop", "--source", "log").code == 2


def test_a_shifted_source_is_pointed_out(author: Author) -> None:
    """With the command that mends it; even where it is wholly outside the window."""
    noted(author)
    noted(author, [(at + 240, kind, text) for at, kind, text in LINES], "copy")
    copy = author.state / "logs/copy.jsonl"
    text = copy.read_text("utf-8").replace('"id"', '"host":"standby","id"')
    copy.write_text(text, "utf-8")

    said = author.run(
        *("timeline", "x-down", "import", "--log", str(copy)), "--dry-run"
    )

    assert "4 h later than log" in said.err
    assert 'shift -4h --source "log standby"' in said.err


def test_a_list_is_searched_and_marked_at_a_terminal(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """What is likely is marked; typing finds, the space bar marks, Enter takes them."""
    talk = [(float(at), "jo", f"the talk of minute {at}") for at in range(10, 24)]
    slack(author, talk)
    noted(author)
    terminal = seated(author, terminals, "import", "--log", "slack-export")

    terminal.see("Which of these", "HighErrorRate", "likely", "the rest")
    terminal.mark()
    terminal.child.send("17")
    found = "\u25cb 13:17   the talk of minute 17"
    terminal.until(lambda: found in terminal.shown, found)
    terminal.child.send(" ")
    marked = found.replace("\u25cb", "\u25cf")
    terminal.until(lambda: marked in terminal.shown, marked)
    terminal.mark()
    terminal.enter()
    terminal.see("Who was this")
    terminal.mark()
    terminal.write("web on-call")
    terminal.enter()
    terminal.see("added 5 events")

    assert "web on-call: the talk of minute 17" in "\n".join(rows(report))
    assert len(rows(report)) == 5


def test_leaving_the_list_adds_nothing(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """Ctrl-C is safe."""
    noted(author)
    before = report.read_bytes()
    terminal = seated(author, terminals, "import", "--log")

    terminal.see("Which of these")
    terminal.child.sendintr()
    terminal.see("interrupted; nothing was added")

    assert report.read_bytes() == before


def test_leaving_while_roles_are_asked_adds_nothing(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """What was said of people is kept for the next time."""
    slack(author, [(31, "amara.k", "rolled back"), (33, "jo", "rolled back more")])
    before = report.read_bytes()
    terminal = seated(author, terminals, "import", "slack-export")

    terminal.see("Which of these")
    terminal.enter()
    terminal.see("Who was this", "1/2")
    terminal.write("on-call")
    terminal.enter()
    terminal.see("2/2")
    terminal.child.sendintr()
    terminal.see("interrupted; nothing was added")

    assert report.read_bytes() == before
    kept = json.loads((author.state / "people.json").read_bytes())
    assert kept["roles"] == {"amara.k": "on-call"}


def test_many_are_chosen_in_the_editor(
    author: Author, report: Path, tmp_path: Path, terminals: list[Terminal]
) -> None:
    """A line that says nothing is told, and the list is there again as it was left."""
    noted(author, [(10 + at, None, f"line {at} of the log") for at in range(60)])
    editor = tmp_path / "editor"
    editor.write_text(
        "#!/bin/sh\n"
        "if grep -q '^# !' \"$1\"; then\n"
        "  sed -i 's/^detekted /det /' \"$1\"\n"
        "else\n"
        "  sed -i -e 's/^pick /d /' -e 's/^d 7 /detekted 7 /'"
        " -e 's/^d 9 /p 9 /' \"$1\"\n"
        "fi\n"
        f"echo 'Written meanwhile.' >> {report}\n",
        "utf-8",
    )
    editor.chmod(0o700)
    terminal = seated(author, terminals, "import", "--log", EDITOR=str(editor))

    terminal.see("'detekted' is none of pick, drop", "Some lines cannot be read")
    terminal.enter()
    terminal.see("added 2 events")

    assert [row.split(" | ")[1] for row in rows(report)] == [
        "**detected:** line 6 of the log",
        "line 8 of the log",
    ]
    text = report.read_text("utf-8")
    assert "detected: 2025-05-24T13:16" in text
    assert text.count("Written meanwhile.") == 2


def test_the_zone_of_what_is_pasted_is_asked_once(
    author: Author, report: Path, terminals: list[Terminal]
) -> None:
    """Then it is read again."""
    (author.root / "paste.txt").write_text(
        "amara.k  2:14 PM\nrolled back api\njo  2:20 PM\nit helped\n", "utf-8"
    )
    terminal = seated(author, terminals, "import", "paste.txt", "--grep", "rolled")

    terminal.see("By which clocks")
    terminal.mark()
    terminal.press("\x15Europe/Berlin")
    terminal.enter()
    terminal.see("Which of these")
    terminal.mark()
    terminal.enter()
    terminal.see("Who was this")
    terminal.enter()
    terminal.see("added 1 event")

    assert rows(report)[0].startswith("| 2025-05-24 12:14 | **deploy:** rolled back")


def test_a_report_on_a_branch_gets_a_commit_there(author: Author, report: Path) -> None:
    """The work tree and the branch that is checked out stay as they are."""
    author.repo.git("init", "-q")
    author.repo.commit("README", "read me\n")
    author.repo.git("checkout", "-qb", f"postmortem/{ID}")
    author.repo.git("add", "postmortems")
    author.repo.git("commit", "-qm", "Add the report")
    author.repo.git("checkout", "-q", "main")
    noted(author)

    said = author.run("timeline", "x-down", "import", "--log", "--all")

    assert said.code == 0, said.err
    assert said.out.endswith(f"added 4 events; committed on postmortem/{ID}\n")
    assert not report.exists()
    subject = author.repo.git("log", "-1", "--format=%s", f"postmortem/{ID}").strip()
    assert subject == f"{ID}: import 4 events"
    shown = author.run("timeline", "x-down").out
    assert "rolled back api to 4.1  (log)" in shown
