"""Shells: the history of bash, zsh, fish and xonsh, with the time of each command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.importers.candidates import Candidate, Found, Setting, Unplaced, Verdict
from postmortem.importers.json_tool import Events, JsonTool, Sort
from postmortem.importers.telling import Piece
from postmortem.importers.texts import Line, lines
from postmortem.importers.trees import has, word

if TYPE_CHECKING:
    from postmortem.importers.evidence import Evidence

_BASH = re.compile(r"#(\d{9,11})\s*$")
_ZSH = re.compile(r": (\d{9,11}):\d+;(.*)")
_FISH = re.compile(r"- cmd: (.*)")
_WHEN = re.compile(r"\s+when: (\d{9,11})\s*$")
_LOOKED_AT = 200
_WEIGHTY = re.compile(
    r"\b(?:kubectl|helm|terraform|systemctl|service|deploy|rollback|ansible|docker|psql"
    r"|mysql|redis-cli|git (?:push|revert)|reboot|restart|kill|failover|scale)\b"
)


class Shells:
    """Reads what a person typed, where the shell wrote down when."""

    name = "shell"

    def recognises(self, evidence: Evidence) -> Verdict:
        """Look for the marks with which shells write a time."""
        if evidence.only is None or evidence.only.shape.kind != "text":
            return Verdict(taken=False, why="it is no single text")
        seen = evidence.only.shape.text.splitlines()[:_LOOKED_AT]
        zsh = sum(_ZSH.match(line) is not None for line in seen)
        bash = sum(_BASH.match(line) is not None for line in seen)
        fish = any(map(_FISH.match, seen)) and any(map(_WHEN.match, seen))
        for many, name in ((zsh, "zsh"), (bash, "bash"), (fish, "fish")):
            if many:
                return Verdict(taken=True, why=f"the history of {name} with times")
        return Verdict(taken=False, why="it has no times as shells write them")

    def events(self, evidence: Evidence, setting: Setting) -> Iterator[Found]:
        """Yield a candidate for each command; one before the first time is unplaced."""
        for member in evidence.members:
            when: str | None = None
            pending: list[str] = []
            start = 1
            for line in lines(member):
                if not isinstance(line, Line):
                    yield line
                    continue
                bash, zsh, fish = (
                    each.match(line.text) for each in (_BASH, _ZSH, _FISH)
                )
                later = _WHEN.match(line.text)
                if later:
                    when = later[1]
                elif bash or zsh or fish:
                    yield from _told(pending, when, f"{member.name}:{start}", setting)
                    start = line.number + (bash is not None)
                    when = bash[1] if bash else zsh[1] if zsh else None
                    pending = [zsh[2]] if zsh else [fish[1]] if fish else []
                elif not line.text.startswith(("  paths:", "    - ")):
                    pending.append(line.text)
            yield from _told(pending, when, f"{member.name}:{start}", setting)


def _told(
    pending: list[str], when: str | None, where: str, setting: Setting
) -> Iterator[Candidate | Unplaced]:
    command = "\n".join(line.removesuffix("\\") for line in pending).strip()
    if not command:
        return
    piece = Piece(tree={}, where=where, setting=setting)
    weight = 1 if _WEIGHTY.search(command) else 0
    yield piece.event(when, f"$ {command}", "shell", weight=weight)


def _xonsh(piece: Piece) -> Events:
    tree = piece.tree
    times = tree.get("ts")
    began, ended = (*times, None, None)[:2] if isinstance(times, list) else (None, None)
    command = word(tree, "inp")
    weight = 1 if command and _WEIGHTY.search(command) else 0
    text = f"$ {command}" if command else None
    yield piece.event(began, text, "shell", until=ended, weight=weight)


XONSH = JsonTool(
    name="xonsh",
    sorts=(
        Sort(called="commands", fits=lambda tree: has(tree, "inp", "ts"), read=_xonsh),
    ),
    under=("data", "cmds"),
)
