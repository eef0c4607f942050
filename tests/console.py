"""Transcripts in Markdown: what a person types behind `$`, and what is then printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT, _MORE = "$ ", "> "


@dataclass(frozen=True, kw_only=True)
class Said:
    """One command of a transcript, and what stands under it."""

    line: int
    """1-based line of the command."""
    command: str
    output: str

    @property
    def runs(self) -> str:
        """What to run for it: where answers stand behind `>`, somebody types them."""
        answers = [
            line.removeprefix(_MORE.rstrip()).removeprefix(" ")
            for line in self.output.splitlines()
            if f"{line} ".startswith(_MORE)
        ]
        if not answers:
            return self.command
        typed = "".join(f"{shlex.quote(answer)} " for answer in answers)
        program = f"{shlex.quote(sys.executable)} -m tests.at_terminal"
        return f"{program} {shlex.quote(self.command)} {typed}"


def transcript(markdown: str) -> Iterator[Said]:
    """Yield every command of every ```console block, in order."""
    for block in _BLOCK.finditer(markdown):
        first = markdown.count("\n", 0, block.start(1)) + 1
        yield from _commands(block[1].splitlines(), first)


def _commands(lines: list[str], first: int) -> Iterator[Said]:
    starts = [at for at, line in enumerate(lines) if line.startswith(_PROMPT)]
    assert starts[:1] == [0], f"line {first}: a block begins with a command"
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        command, *rest = lines[at:end]
        typed = [command.removeprefix(_PROMPT)]
        while rest and f"{rest[0]} ".startswith(_MORE):
            typed.append(rest.pop(0).removeprefix(_MORE.rstrip()).removeprefix(" "))
        output = "\n".join(rest).rstrip()
        yield Said(line=first + at, command="\n".join(typed), output=output)


def printed(
    commands: list[str], folder: Path, environment: Mapping[str, str]
) -> list[str]:
    """Run the commands in one bash; return what each printed, stdout and stderr."""
    mark = "---- the next command ----"
    script = "".join(f"{command}\nprintf '\\n%s\\n' '{mark}'\n" for command in commands)
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    outputs = done.stdout.split(f"\n{mark}\n")
    assert len(outputs) == len(commands) + 1, f"bash stopped early:\n{done.stdout}"
    return [output.rstrip() for output in outputs[:-1]]


def matches(expected: str, actual: str) -> bool:
    """Tell whether a text is as expected, where `...` stands for anything.

    As in doctest: within a line for anything in it, alone on a line for any lines.
    """
    pattern = "".join(
        "(?:.*\n)*" if line.strip() == "..." else f"{_line(line)}\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, f"{actual}\n" if actual else "") is not None


def _line(expected: str) -> str:
    parts = expected.rstrip().split("...")
    return ".*".join(re.escape(part) for part in parts) + "[ \t]*"
