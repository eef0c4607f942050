"""A program that asks one question of each kind, for a test to sit before it.

Run as `python -m tests.prompts.asker '{"kind": "line", "result": "..."}'`. What came of
it is in the file `result`, since the terminal may be gone by then.
"""

from __future__ import annotations

import json
import sys
import termios
from pathlib import Path
from typing import Any

from postmortem.env import Env
from postmortem.errors import PostmortemError
from postmortem.prompts import Option, Prompts, Question, terminal

OPTIONS = (
    Option("sev-1", "SEV-1", "everything is down"),
    Option("sev-2", "SEV-2", "much is down \x1b[2J\u202e"),
    Option("sev-3", "SEV-3", "日本 is down"),
)


def main(asked: dict[str, Any]) -> None:
    """Ask, and write what came of it."""
    before = termios.tcgetattr(0)
    told: list[str] = []
    came: dict[str, Any] = {}
    prompts = terminal(
        Env.real(),
        typed=told.append,
        edited=_edited,
        plain=asked.get("plain", False),
    )
    try:
        came["answer"] = str(_ask(prompts, asked))
        if asked.get("then"):
            came["then"] = str(_ask(prompts, {**asked, "kind": asked["then"]}))
    except PostmortemError as error:
        came["left"] = type(error).__name__
    came["told"] = told[-1] if told else None
    came["tellings"] = len(told)
    try:
        came["restored"] = termios.tcgetattr(0) == before
    except termios.error:
        came["restored"] = None
    Path(asked["result"]).write_text(json.dumps(came), encoding="utf-8")
    print("finished")  # noqa: T201 - the test waits for it


def _ask(prompts: Prompts, asked: dict[str, Any]) -> object:
    question = Question(
        text=asked.get("text", "What was it?"),
        progress="2/6",
        given=asked.get("given", ""),
        help="Because it helps.",
        keys=asked.get("keys", "? why · < back · / all"),
        words=("checkout", "payments", "payroll"),
        listed=True,
        understood=_understood,
        complete=lambda text: text.strip() in asked.get("complete", ()),
    )
    match asked["kind"]:
        case "line":
            return prompts.line(question)
        case "text":
            return prompts.text(question)
        case "choose":
            return prompts.choose(question, OPTIONS)
        case "several":
            return prompts.several(question, OPTIONS, ["sev-3"])
        case _:
            return prompts.yes("Push it?")


def _understood(text: str) -> str:
    if "bad" in text:
        raise PostmortemError("that is refused", hint="say another")
    return f"{len(text)} characters"


def _edited(text: str) -> str:
    if "locked" in text:
        raise PostmortemError("the editor failed")
    return f"{text} edited"


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
