"""Importing from a large Slack export, beside only reading and decoding its files.

The export has 100,000 messages; `POSTMORTEM_BENCH_MESSAGES=1000000` makes it as large
as what is promised: 1,000 day files and about 400 MB. In the smaller one what each of
as many files costs weighs more, and the ratios may be higher.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from postmortem.importers.candidates import Candidate, Setting
from postmortem.importers.engine import found
from postmortem.importers.opening import opened
from tests.bench.paired import Pair

MESSAGES = int(os.environ.get("POSTMORTEM_BENCH_MESSAGES", "100000"))
DAYS = 1_000
FIRST = datetime(2023, 1, 1, tzinfo=UTC)
WINDOW = Setting(
    zone=UTC,
    begin=datetime(2024, 5, 24, 12, tzinfo=UTC),
    end=datetime(2024, 5, 24, 14, tzinfo=UTC),
)
PROMISED = 200 * 1024
"""Kilobytes."""
WORDS = (
    *(
        "the",
        "database",
        "is",
        "slow",
        "again",
        "looking",
        "at",
        "graphs",
        "for",
        "api",
    ),
    *(
        "latency",
        "of",
        "checkout",
        "we",
        "see",
        "errors",
        "in",
        "logs",
        "since",
        "noon",
    ),
    *("failover", "did", "not", "happen", "queue", "replica", "lag", "customers"),
    *("report", "timeouts", "on-call", "ok", "maybe", "can", "you", "look", "later"),
)
MORE = (
    "rolled back to 4.1",
    "deployed `api`",
    "<https://example.com/g|graph>",
    "a & b",
)
"""One message in ten has more to it than words."""
PEAK = """\
import resource, sys
from tests.bench.importing import everything, window
path = sys.argv[2]
sys.stdout.write(f"{(window if sys.argv[1] == 'window' else everything)(path)} ")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def pairs() -> Iterator[Pair]:
    """Compare a window of two hours, and all of it, with decoding alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(export(Path(folder) / "export.zip", MESSAGES))
        large = MESSAGES > 100_000
        yield Pair(
            name=f"slack, 2 hours of {MESSAGES}",
            ours=lambda: window(path),
            theirs=lambda: decoded(path, ("2024-05-24",)),
            at_most=1.5 if large else 2.2,
            rounds=11,
            clock=time.process_time,
        )
        yield Pair(
            name=f"slack, all of {MESSAGES}",
            ours=lambda: everything(path),
            theirs=lambda: decoded(path),
            at_most=2 if large else 2.4,
            rounds=3 if large else 7,
            clock=time.process_time,
        )
        for what in ("window", "all"):
            _told(what, path)


def window(path: str) -> int:
    """Import the window; return how many events are in it."""
    begin, end = WINDOW.begin, WINDOW.end
    assert begin is not None
    assert end is not None
    return sum(
        isinstance(each, Candidate) and begin <= each.at <= end
        for each in found(opened(Path(path)), WINDOW)
    )


def everything(path: str) -> int:
    """Import all of it; return how many events there are."""
    setting = Setting(zone=UTC)
    return Counter(map(type, found(opened(Path(path)), setting)))[Candidate]


def decoded(path: str, days: tuple[str, ...] = ()) -> int:
    """Read and decode the day files, of those days or all; return their messages."""
    count = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            day = name.rpartition("/")[2].removesuffix(".json")
            if "/" in name and (not days or day in days):
                count += len(_decode(archive.read(name), one=bool(days)))
    return count


def _decode(raw: bytes, *, one: bool) -> list[Any]:
    """Decode as the promise has it: a window with json, all with the fastest."""
    found: list[Any] = json.loads(raw) if one else msgspec.json.decode(raw)
    return found


def export(path: Path, messages: int) -> Path:
    """Write an export with that many messages in 1,000 day files."""
    source = random.Random(7)  # noqa: S311 - the same export each time
    people = [f"U{number:08X}" for number in range(200)]
    users = [
        {"id": person, "name": f"role{n}", "profile": {"display_name": f"Role {n}"}}
        for n, person in enumerate(people)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr(
            "channels.json", json.dumps([{"id": "C1", "name": "incidents"}])
        )
        for day in range(DAYS):
            start = FIRST + timedelta(days=day)
            rows = [_message(source, people, start) for _ in range(messages // DAYS)]
            rows.sort(key=lambda row: str(row["ts"]))
            name = f"incidents/{start:%Y-%m-%d}.json"
            archive.writestr(name, json.dumps(rows, indent=4))
    return path


def _message(
    source: random.Random, people: list[str], start: datetime
) -> dict[str, Any]:
    at = start.timestamp() + source.random() * 86_399
    text = " ".join(source.choices(WORDS, k=source.randint(3, 24)))
    if source.random() < 0.1:
        text = f"{text} {source.choice(MORE)}"
    user = source.choice(people)
    return {
        "client_msg_id": f"{source.getrandbits(128):032x}",
        "type": "message",
        "text": text,
        "user": user,
        "ts": f"{at:.6f}",
        "team": "T00000001",
        "user_team": "T00000001",
        "source_team": "T00000001",
    }


def _told(what: str, path: str) -> None:
    """Print the peak of a process that does nothing else; over 200 MB is a failure."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, what, path],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    events, said = done.stdout.split()
    peak = int(said) // (1024 if sys.platform == "darwin" else 1)
    sys.stdout.write(
        f"{f'{what}, {events} events: peak':28} {peak / 1024:9.1f} MB"
        f" {PROMISED / 1024:9.1f} MB  x{peak / PROMISED:.2f}  (at most 1.00)\n"
    )
    if peak > PROMISED:
        raise SystemExit(1)
