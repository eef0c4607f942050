"""Choosing among very many: how much later the list opens than the import takes."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from postmortem.importers import Candidate, Setting, Unplaced, engine
from postmortem.importers.opening import opened
from postmortem.timeline import Intake, People, Sifted, Window, picks, sift
from tests.bench.paired import Pair

MANY = 50_000
_START = datetime(2025, 5, 24, 13, 5, tzinfo=UTC)
_WORDS = ("graphs", "web tier", "show errors", "we look at", "limits", "api pods", "of")
_USERS = 30


def pairs() -> Iterator[Pair]:
    """Compare an import up to the open list with one that takes all that it finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _export(folder)

        def _import() -> Sifted:
            return _sifted(folder)

        def _open() -> str:
            return picks.listed(_sifted(folder).offered, UTC, "UTC")

        yield Pair(
            name=f"the list of {MANY} candidates",
            ours=_open,
            theirs=_import,
            at_most=1.5,
            rounds=5,
        )


def _sifted(folder: Path) -> Sifted:
    around = timedelta(hours=4)
    window = Window(_START - around, _START + around)
    intake = Intake(window=window)
    setting = Setting(begin=window.begin, end=window.end)
    for found in engine.found(opened(folder), setting):
        if isinstance(found, Candidate | Unplaced):
            intake.add(found)
    return sift(intake, (), people=People())


def _export(folder: Path) -> None:
    """Write what two busy hours of a channel leave."""
    chance = random.Random(1)  # noqa: S311 - to be had again, no secret
    messages = [
        {
            "type": "message",
            "user": f"U{number % _USERS}",
            "text": f"{' '.join(chance.choices(_WORDS, k=14))} {number}",
            "ts": f"{_START.timestamp() + number * 0.15:.6f}",
        }
        for number in range(MANY)
    ]
    users = [{"id": f"U{at}", "name": f"user.{at}"} for at in range(_USERS)]
    for name, value in (
        ("users.json", users),
        ("channels.json", [{"id": "C1", "name": "incident"}]),
        ("incident/2025-05-24.json", messages),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
