"""How much a first report asks of somebody who has never seen the tool.

`python -m tests.recording.effort` has them tell sample A's facts at a plain terminal,
and counts questions and keys. They type a line and press Enter, do what a question
says, answer what they know and pass over what they do not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pexpect

_ROOT = Path(__file__).resolve().parents[2]
_PROMPT = r"(?:^|\n)> $"
_PATIENCE = 20
_KEY, _THOUGHT = 0.28, 1.35
"""Seconds for a key of an average typist, and for making up one's mind: Card, Moran and
Newell, "The keystroke-level model" (1980)."""

TITLE = "X down: failover did not take over"
FACTS: Mapping[str, str] = {
    "What broke": TITLE,
    "How bad was it": "1",
    "Which services": "web, api",
    "When was it noticed": "sat 2025-05-24 9:12am EDT, users report that pages fail",
    "When was it back": "11:00am EDT, service has largely returned",
    "What happened, in three": "The site was down for about two hours on Saturday. A"
    " data centre failed, and the failover that was to take over did not.",
    "Who sees the write-up": "site reliability lead",
    "Who was hit": "Thousands of users worldwide, for about two hours (estimated from"
    " reports).",
    "What made it take": "Traffic was moved by hand, 1 h 17 min after onset.",
    "What set it off": "A hall of the data centre lost power. The failover waited for"
    " checkers that stood in the same hall.",
    "What was there to stop": "The failover should have worked, but did not.",
    "first feel": "9:05",
    "take it on": "9:14",
    "worst over": "10:41",
}
ROWS: Mapping[str, tuple[str, ...]] = {
    "What happened when": (
        "9:05am one data centre loses power",
        "9:06am the failover does not take over",
        "9:12am users report that pages fail",
        "9:14am the on-call takes it on",
        "10:22am traffic is moved by hand",
        "10:41am most users can load pages again",
        "11:00am service has largely returned",
    ),
    "What contributed": (
        "a data centre lost power",
        "the failover did not take over",
        "the failover is exercised one service at a time",
    ),
    "What will be different": (
        "Put the health checkers into three buildings",
        "Move the whole site to the standby and back once a month",
        "Page when the newest sample is older than two minutes",
        "Publish a first message within 15 minutes",
    ),
    "we not know": ("Do the incidents of this week share a cause?",),
}
PARTS: Mapping[str, Mapping[str, str]] = {
    "a data centre": {"Which part": "trigger"},
    "the failover did": {"Which part": "safeguard"},
    "the failover is": {"Which part": "root"},
    "Put": {"Who?": "edge traffic lead", "Until": "2025-06-06"},
    "Move": {"Who?": "site reliability lead", "Until": "2025-06-28"},
    "Page": {"Who?": "observability lead", "Until": "2025-05-30"},
    "Publish": {"Who?": "communications lead", "Until": "2025-06-13"},
}
"""What is known of a row, by how it begins."""


_PART = re.compile(
    r"\b[AF](\d+) (?:\d+/\d+ )?((?:Who\?|Until|Where|Which|When|What|How|Done).*)"
)
_QUESTION = re.compile(r"\d+/\d+ ")


class Effort(NamedTuple):
    """What it took."""

    prompts: int
    """Every time that something had to be typed, if only Enter."""
    empty: int
    """Those of them at which there was nothing to say."""
    keys: int
    words: int
    """Keys that are the facts themselves."""
    shown: int
    """Lines that were shown."""
    report: str

    @property
    def seconds(self) -> float:
        """What the keystroke-level model says; to think of the facts comes on top."""
        return self.keys * _KEY + self.prompts * _THOUGHT


class Person:
    """Somebody who reads what is asked, and has the facts before them."""

    def __init__(self) -> None:
        self._rows = {key: list(rows) for key, rows in ROWS.items()}
        self._at = ""
        """Which rows are asked for now."""
        self._gone_on = False

    def answer(self, seen: str) -> str:
        """Return what is typed for what was shown since the last answer."""
        asked = " ".join(seen.split())
        if "What next?" in asked:
            self._gone_on, before = True, self._gone_on
            return "later" if before else ""
        if found := _PART.search(asked):
            return self._part(int(found[1]) - 1, found[2])
        for key, said in FACTS.items():
            if key in asked:
                self._at = ""
                return _picked(said, seen)
        at = next((key for key in ROWS if key in asked), None)
        if at or (_QUESTION.search(asked) and "Another" not in asked):
            self._at = at or ""
        rows = self._rows.get(self._at, [])
        nothing_came = not asked
        return rows.pop(0) if rows and not nothing_came else ""

    def _part(self, at: int, question: str) -> str:
        row = ROWS[self._at][at]
        known = next(it for begun, it in PARTS.items() if row.startswith(begun))
        return next((it for key, it in known.items() if question.startswith(key)), "")


def _picked(said: str, seen: str) -> str:
    """Return the number of the event at that clock, where one is picked."""
    clocks = re.findall(r"^ +(\d+)\. .*?(?<!\d)0?(\d\d?:\d\d)", seen, re.MULTILINE)
    return next((number for number, clock in clocks if clock == said), said)


def told(program: Path, variables: Mapping[str, str], root: Path) -> Effort:
    """Have them begin a report in a repository, and go through all that is asked."""
    child = pexpect.spawn(
        str(program),
        ["new"],
        cwd=str(root),
        env={**variables, "TERM": "dumb", "COLUMNS": "80"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=_PATIENCE,
    )
    child.delaybeforesend = None
    somebody, typed, shown, said = Person(), "", 0, list[str]()
    while child.expect([_PROMPT, pexpect.EOF]) == 0:
        seen = child.before.replace("\r\n", "\n").removeprefix(typed)
        shown += len([line for line in seen.splitlines() if line.strip()])
        typed = somebody.answer(seen)
        if os.environ.get("SEEN"):
            sys.stderr.write(f"{seen}\n> {typed}")
        said.append(typed)
        child.sendline(typed)
    child.close()
    (report,) = (root / "postmortems").glob("2*.md")
    return Effort(
        prompts=len(said),
        empty=sum(not each for each in said),
        keys=sum(len(each) + 1 for each in said),
        words=sum(len(each) for each in said),
        shown=shown,
        report=report.read_text(encoding="utf-8"),
    )


def begun(folder: Path, program: Path, zone: str, checkout: Path = _ROOT) -> Effort:
    """Have them do it in a new repository."""
    root = folder / "x"
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    variables = {
        **os.environ,
        "HOME": str(folder),
        "TZ": zone,
        "PYTHONPATH": str(checkout),
    }
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        variables.pop(name, None)
    return told(program, variables, root)


def main(checkout: Path) -> None:
    """Say what it took."""
    program = Path(sys.executable).parent / "postmortem"
    with tempfile.TemporaryDirectory(prefix="postmortem-effort-") as folder:
        effort = begun(Path(folder), program, "America/New_York", checkout)
    sys.stdout.write(
        f"{effort.prompts} prompts, {effort.empty} of them passed over by Enter;"
        f" {effort.keys} keys, {effort.words} of them facts;"
        f" {effort.shown} lines shown; {effort.seconds / 60:.1f} min by the model\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else _ROOT).resolve())
