"""The running log: noted in an instant, by many at once, whatever happens to it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from postmortem.scribe import Entry, Log, fresh
from tests.commands.author import NOW, Author
from tests.commands.stage import Said
from tests.sessions.terminal import Terminal

PROGRAM = (sys.executable, "-P", "-m", "postmortem", "log")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def author(tmp_path: Path, home: Path) -> Author:
    """Return somebody in a folder without a repository."""
    return Author(tmp_path, home)


@pytest.fixture
def file(author: Author) -> Path:
    """Return where the log is kept."""
    return author.state / "logs/incident.jsonl"


def entries(path: Path) -> list[dict[str, object]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def started(*words: str, home: Path, **more: int) -> subprocess.Popen[bytes]:
    """Start the program as a shell does."""
    return subprocess.Popen(
        [*PROGRAM, *words],
        env={**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=more.get("stdout", subprocess.DEVNULL),
        stderr=subprocess.DEVNULL,
    )


def test_a_line_is_kept_with_its_time(author: Author, file: Path) -> None:
    """No repository is needed, and only its owner reads it."""
    said = author.run("log", "rolled", "back", "api to 4.1")

    assert said == Said(
        0,
        "noted at 2025-05-27 09:30:00 UTC; `postmortem log --undo` takes it back\n",
        "",
    )
    (entry,) = entries(file)
    assert entry.pop("id")
    assert entry == {
        "postmortem-log": 1,
        "at": "2025-05-27T09:30:00Z",
        "text": "rolled back api to 4.1",
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_time_is_read_as_people_tell_it(author: Author, file: Path) -> None:
    """By the clocks here, on the day on which they last showed it."""
    author.run("log", "--at", "14:02", "--kind", "mitigated", "--as", "commander", "a")
    author.run("log", "--at", "-10 min", "--with-host", "b")

    first, second = entries(file)
    assert first["at"] == "2025-05-26T12:02:00Z"
    assert (first["kind"], first["user"]) == ("mitigated", "commander")
    assert second["at"] == "2025-05-27T09:20:00Z"
    assert second["host"]


def test_a_span_is_no_time_of_a_line(author: Author, file: Path) -> None:
    """It is said, and nothing is noted."""
    said = author.run("log", "--at", "14:02-14:10", "a")

    assert said.code == 2
    assert "note its beginning and its end" in said.err
    assert not file.exists()


def test_a_command_runs_as_it_would(author: Author, file: Path) -> None:
    """Its streams and its exit code are its own; what it prints is kept."""
    script = "echo out; echo err >&2; exit 3"

    said = author.run("log", "check", "--", "sh", "-c", script)

    assert said.code == 3
    assert said.out == "out\n"
    assert said.err == "err\nnoted at 2025-05-27 09:30:00 UTC, exit 3\n"
    (entry,) = entries(file)
    assert entry["text"] == "check"
    assert entry["command"] == f"sh -c '{script}'"
    assert sorted(str(entry["output"]).split()) == ["err", "out"]
    assert entry["exit"] == 3


def test_a_command_that_is_not_there(author: Author, file: Path) -> None:
    """It is said, and nothing is noted."""
    said = author.run("log", "--", "no-such-command-anywhere")

    assert said.code == 2
    assert said.err.startswith("there is no command 'no-such-command-anywhere'\n")
    assert not file.exists()


def test_much_output_is_cut_in_the_middle(author: Author, file: Path) -> None:
    """Its beginning and its end are evidence; it says how much is left out."""
    script = "import sys; sys.stdout.write('a' * 100_000 + 'end')"

    said = author.run("log", "--", sys.executable, "-c", script)

    assert len(said.out) == 100_003
    kept = str(entries(file)[0]["output"])
    assert len(kept) < 70_000
    assert kept.endswith("end")
    assert "[34467 bytes are left out here]" in kept


def test_what_is_piped_is_kept_and_given_on(author: Author, file: Path) -> None:
    """A log can stand in the middle of a pipe."""
    piping = author.with_stdin(b"Filesystem  Use%\n/dev/sda1   100%\n")

    said = piping.run("log", "-", "disk usage")

    assert said.out == "Filesystem  Use%\n/dev/sda1   100%\n"
    (entry,) = entries(file)
    assert entry["text"] == "disk usage"
    assert entry["output"] == said.out


def test_show_undo_and_clear(author: Author, file: Path) -> None:
    """The log is read, the last line taken back, and all of it put aside."""
    author.run("log", "--at", "09:00", "first")
    author.run("log", "--at", "08:00", "--kind", "onset", "second")

    shown = author.run("log", "--show").out
    assert shown == (
        "2025-05-27 (Europe/Berlin)\n  08:00:00  onset: second\n  09:00:00  first\n"
    )
    told = json.loads(author.run("log", "--show", "--format", "json").out)
    assert [each["text"] for each in told["entries"]] == ["first", "second"]
    undone = author.run("log", "--undo").out
    assert undone == "took back 2025-05-27 06:00:00 UTC  onset: second\n"
    assert [each["text"] for each in entries(file)] == ["first"]
    author.run("log", "--clear")
    assert not file.exists()
    (aside,) = file.parent.iterdir()
    assert [each["text"] for each in entries(aside)] == ["first"]
    assert author.run("log", "--undo").code == 2


def test_logs_have_names(author: Author, file: Path) -> None:
    """One for each incident, for who has several."""
    author.run("log", "--name", "checkout", "a")

    assert not file.exists()
    assert len(entries(file.with_name("checkout.jsonl"))) == 1
    assert author.run("log", "--name", "../../x", "a").code == 2


@pytest.mark.parametrize(
    "words", [(), ("--show", "a"), ("--show", "--undo"), ("--",)], ids=str
)
def test_what_says_nothing_is_refused(author: Author, words: tuple[str, ...]) -> None:
    """Nothing is noted by a slip of the finger."""
    assert author.run("log", *words).code == 2
    assert not author.state.exists()


def test_hostile_text_is_one_line_and_commands_nothing(
    author: Author, file: Path
) -> None:
    """Line breaks, control characters and lone surrogates stay in their place."""
    hostile = "a\u2028b \x1b[2J \ud800 \x9b31m"
    author.run("log", hostile)

    said = author.run("log", "--show")

    assert len(entries(file)) == 1
    assert not set(said.out) & {"\x1b", "\x9b"}


@pytest.mark.parametrize(
    "torn", [b'{"postmortem-log":1,"at":"2025', b"\xff\xfe", b"{}"]
)
def test_a_torn_line_is_told_and_spoils_no_other(
    author: Author, file: Path, torn: bytes
) -> None:
    """What a killed process left is alone on its line."""
    author.run("log", "before")
    with file.open("ab") as stream:
        stream.write(torn)

    author.run("log", "after")
    said = author.run("log", "--show")

    assert [line.split()[-1] for line in said.out.splitlines()[1:]] == [
        "before",
        "after",
    ]
    assert f"{file}:2: it is no" in said.err


def test_undo_takes_back_what_was_noted_and_not_what_was_torn(
    author: Author, file: Path
) -> None:
    """The last whole line goes, and what is torn behind it."""
    author.run("log", "first")
    author.run("log", "second")
    with file.open("ab") as stream:
        stream.write(b'{"postm')

    assert "second" in author.run("log", "--undo").out
    assert [each["text"] for each in entries(file)] == ["first"]


def test_a_full_disk_leaves_whole_lines(author: Author, file: Path) -> None:
    """What does not fit is not there at all, and it is said."""
    author.run("log", "first")
    limit = f"ulimit -f 1; exec {sys.executable} -P -m postmortem log {'x' * 9000}"
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {limit}"],
        env={**os.environ, "HOME": str(author.home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "nothing was saved" in done.stderr
    assert [each["text"] for each in entries(file)] == ["first"]


@pytest.mark.parametrize("planted", ["link", "pipe", "twin"])
def test_what_is_planted_is_not_written_to(
    author: Author, file: Path, tmp_path: Path, planted: str
) -> None:
    """The log is a file of one's own, or it is refused."""
    author.run("log", "first")
    other = tmp_path / "other"
    other.write_bytes(b"")
    file.unlink()
    match planted:
        case "link":
            file.symlink_to(other)
        case "pipe":
            os.mkfifo(file)
        case _:
            file.hardlink_to(other)

    said = author.run("log", "second")

    assert said.code == 2
    assert other.read_bytes() == b""


def test_twenty_at_once_lose_nothing(author: Author, file: Path) -> None:
    """A thousand lines of twenty processes are all there, and whole."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from postmortem.scribe import Entry, Log, fresh\n"
        "log = Log(Path(sys.argv[1]))\n"
        "for number in range(50):\n"
        "    text = f'{sys.argv[2]} {number} ' + 'x' * 500\n"
        "    log.append(Entry(at=datetime.now(UTC), text=text, id=fresh()))\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(author.state), str(number)],
            cwd=ROOT,
        )
        for number in range(20)
    ]
    assert [each.wait(120) for each in running] == [0] * 20

    texts = [str(each["text"]).rsplit(" ", 1)[0] for each in entries(file)]

    assert len(texts) == 1000
    assert set(texts) == {f"{one} {two}" for one in range(20) for two in range(50)}
    of_one = [text for text in texts if text.startswith("7 ")]
    assert of_one == [f"7 {number}" for number in range(50)]


def test_clearing_while_others_write_loses_nothing(tmp_path: Path) -> None:
    """A line goes to the log that has the name when it is written."""
    log = Log(tmp_path)
    for number in range(6):
        log.append(Entry(at=NOW, text=str(number), id=fresh()))
        if number % 2:
            log.clear(str(number))

    kept = sorted((tmp_path / "logs").iterdir())
    assert sum(len(entries(each)) for each in kept) == 6


def test_a_line_that_waited_goes_to_the_log_that_has_the_name(tmp_path: Path) -> None:
    """Somebody put the log aside while it waited for the lock."""
    log = Log(tmp_path)
    log.append(Entry(at=NOW, text="first", id=fresh()))
    aside = log.path.with_name("aside.jsonl")
    with log.path.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = Thread(target=log.append, args=(Entry(at=NOW, text="b", id="b"),))
        waiting.start()
        time.sleep(0.2)
        log.path.rename(aside)
    waiting.join(30)

    assert [each["text"] for each in entries(log.path)] == ["b"]
    assert [each["text"] for each in entries(aside)] == ["first"]


def test_killed_in_the_middle_of_many(author: Author, file: Path) -> None:
    """Kill -9 takes nothing that was said to be noted."""
    code = (
        "import sys, itertools\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from postmortem.scribe import Entry, Log, fresh\n"
        "log = Log(Path(sys.argv[1]))\n"
        "for number in itertools.count():\n"
        "    log.append(Entry(at=datetime.now(UTC), text=str(number), id=fresh()))\n"
        "    print(number, flush=True)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(author.state)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert running.stdout is not None
    told = [running.stdout.readline() for _ in range(20)]
    running.kill()
    told += running.stdout.readlines()
    running.wait(60)
    running.stdout.close()

    texts = [each.text for each in Log(author.state).read().entries]

    whole = [line.decode().strip() for line in told if line.endswith(b"\n")]
    assert texts[: len(whole)] == whole
    assert author.run("log", "after").code == 0


def test_ctrl_c_is_for_the_command_and_keeps_what_was_read(
    author: Author, file: Path
) -> None:
    """What it printed up to then is evidence."""
    script = "trap 'echo stopping; exit 7' INT; echo started; sleep 60 & wait"
    terminal = Terminal(
        (*PROGRAM, "--", "bash", "-c", script),
        cwd=author.root,
        environment={**os.environ, "HOME": str(author.home), "PYTHONPATH": str(ROOT)},
        size=(24, 100),
    )
    terminal.see("started")
    terminal.child.sendintr()
    terminal.see("noted at")
    terminal.child.wait()
    terminal.child.close()

    (entry,) = entries(file)
    assert entry["output"] == "started\nstopping\n"
    assert entry["exit"] == 7


def test_a_request_to_end_is_handed_on(author: Author, file: Path) -> None:
    """Whoever ends the log ends the command; what it printed is kept."""
    running = started(
        *("--", "bash", "-c", "echo started; sleep 60 & wait"),
        home=author.home,
        stdout=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"started\n"

    running.send_signal(signal.SIGTERM)

    assert running.wait(30) == 128 + signal.SIGTERM
    running.stdout.close()
    (entry,) = entries(file)
    assert entry["output"] == "started\n"


def test_what_a_command_leaves_running_is_not_waited_for(
    author: Author, file: Path
) -> None:
    """A daemon that holds the streams open keeps nobody."""
    before = time.monotonic()

    said = author.run("log", "--", "sh", "-c", "echo a; sleep 20 & exit 0")

    assert said.code == 0
    assert time.monotonic() - before < 15
    assert entries(file)[0]["output"] == "a\n"


def test_a_line_waits_for_no_library(author: Author) -> None:
    """Neither settings nor git, Markdown nor zones are loaded for it."""
    code = (
        "import sys; from postmortem.cli import main; main(['log', 'a']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HOME": str(author.home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    heavy = {"git", "jinja2", "markdown_it", "msgspec", "questionary", "rich", "yaml"}
    heavy |= {"tzlocal", "zoneinfo", "subprocess", "postmortem.markdown"}
    assert set(done.stderr.split()) & heavy == set()


def test_an_entry_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """Every part of it, and its instant to the microsecond."""
    entry = Entry(
        at=datetime(2025, 5, 24, 13, 5, 1, 2, tzinfo=UTC),
        text="é \u2028 日本語",
        id=fresh(),
        kind="deploy",
        host="h",
        user="u",
        command="c",
        output="o\n",
        exit=1,
    )
    log = Log(tmp_path)

    log.append(entry)

    assert log.read().entries == (entry,)
