"""The journal of an interview: what a save costs, and what whoever types notices."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from postmortem.drafts import Draft, Drafts
from tests.bench.paired import Pair
from tests.drafts.typist import KEY

SAVE = 1.5
"""The ratio to the fewest steps that put the same bytes on disk, as promised."""
BLOCKED = 0.001
"""Seconds that 999 of 1000 letters take at most."""
UNSAVED = 0.5
"""Seconds after which a letter is on disk."""
LONG = 8.0
"""Seconds of typing."""
SIZES = (("short", 300), ("long", 60_000))


def pairs() -> Iterator[Pair]:
    """Compare saving, then print what was measured beside somebody who types."""
    for name, size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            state = Path(folder) / "postmortem"
            drafts = Drafts(state / "drafts", lambda: datetime.now(UTC))
            draft = Draft(key=KEY, root=folder, text="x" * size)
            with drafts.open(draft) as journal:
                journal.save(typing="0")
                raw = (drafts.folder / f"{KEY}.1.json").read_bytes()
                yield Pair(
                    name=f"draft saved, {name}",
                    ours=partial(journal.save, at="impact"),
                    theirs=plain(Path(folder) / "plain", raw),
                    at_most=SAVE,
                    rounds=101,
                )
    unsaved, blocked = watched()
    kept = _told("a letter is unsaved", unsaved, UNSAVED)
    kept = _told("a letter takes, p99.9", blocked, BLOCKED) and kept
    if not kept:
        raise SystemExit(1)


def plain(folder: Path, raw: bytes) -> Callable[[], object]:
    """Return the fewest steps that save these bytes, whatever happens."""
    folder.mkdir()
    path, new = folder / "x.json", folder / "x.new"

    def run() -> None:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(descriptor, raw)
        os.fsync(descriptor)
        os.close(descriptor)
        new.replace(path)
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    return run


def watched() -> tuple[float, float]:
    """Watch the disk while another process types: seconds unsaved, seconds taken."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        state = Path(folder) / "postmortem"
        command = [sys.executable, "-m", "tests.drafts.typist", str(state), "letters"]
        with log.open("wb") as file:
            typist = subprocess.Popen(command, stdout=file)
        try:
            seen = list(_saves(state))
        finally:
            typist.kill()
            typist.wait()
        said = [line.split() for line in log.read_text(encoding="ascii").splitlines()]
    handed = [float(words[2]) for words in said]
    took = sorted(float(words[3]) for words in said)
    lengths = [0, *(length for _, length in seen)]
    unsaved = max(
        at - handed[length] for (at, _), length in zip(seen, lengths, strict=False)
    )
    return unsaved, took[len(took) * 999 // 1000]


def _saves(state: Path) -> Iterator[tuple[float, int]]:
    """Yield when a draft changed on disk, and how many letters it has then."""
    drafts = Drafts(state / "drafts", lambda: datetime.now(UTC))
    before, ends = 0, time.monotonic() + LONG
    while time.monotonic() < ends:
        time.sleep(0.01)
        draft, at = drafts.find(KEY), time.monotonic()
        if draft is not None and len(draft.typing) != before:
            before = len(draft.typing)
            yield at, before


def _told(name: str, seconds: float, most: float) -> bool:
    """Print what was measured beside what is promised; tell whether it is kept."""
    times = f"{seconds * 1000:9.2f} ms {most * 1000:9.2f} ms"
    ratio = seconds / most
    verdict = "" if ratio <= 1 else "  TOO SLOW"
    sys.stdout.write(f"{name:28} {times}  x{ratio:.2f}  (at most 1.00){verdict}\n")
    return ratio <= 1
