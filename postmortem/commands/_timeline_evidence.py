"""Evidence, read once: files, folders, zips, what is piped, the log, and git."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.commands._streams import tell
from postmortem.commands._timeline_columns import (
    ToldColumns,
    guess_of,
    told_columns,
)
from postmortem.commands._timeline_progress import Progress
from postmortem.errors import Missing, PostmortemError, Problem, Problems
from postmortem.importers import Candidate, Note, Setting, Unplaced
from postmortem.timeline import Intake, Window

if TYPE_CHECKING:
    from postmortem.commands._timeline_asked import Ask
    from postmortem.env import Env
    from postmortem.importers import Evidence
    from postmortem.importers.columns import Columns
    from postmortem.importers.engine import Refusal

_MOST_SAID = 40
"""Importers whose reason is told for a file that none takes."""


@dataclass
class Gathered:
    """What all of the evidence holds."""

    intake: Intake
    progress: Progress
    notes: list[Note] = field(default_factory=list)
    guesses: list[tuple[str, Columns]] = field(default_factory=list)
    """Files of no known tool, and what their columns seem to be."""
    counts: list[tuple[str, str, int]] = field(default_factory=list)
    """Evidence, importer, and how many records it read of it."""


def gathered(
    env: Env,
    ask: Ask,
    setting: Setting,
    window: Window,
    *,
    wide: Window,
    held: dict[str, Evidence] | None = None,
) -> Gathered:
    """Read all of it; `wide` is what is looked at to see whether times are shifted.

    What was opened is `held`: what is piped in can be read once.

    Raises Problems for what no importer takes, Missing for what is not there.
    """
    intake = Intake(window=window, beside=wide, wanted=ask.wanted)
    told = Progress(env)
    found = Gathered(intake, told)
    problems: list[Problem] = []
    every, repositories = _sources(env, ask, {} if held is None else held)
    said = told_columns(ask.columns)
    try:
        for evidence in every:
            problems += _read(evidence, setting, found, said)
        for folder in repositories:
            _commits(folder, wide, found, told)
    finally:
        told.done()
    if problems:
        raise Problems(tuple(problems))
    if said is not None:
        said.check()
    return found


def _read(
    evidence: Evidence, setting: Setting, into: Gathered, said: ToldColumns | None
) -> list[Problem]:
    """Read one piece of evidence; return what is wrong with it as a whole."""
    from postmortem.importers import engine

    told = into.progress
    first = said.importers if said else ()
    reading = engine.found(told.watching(evidence), setting, first=first)
    for each in reading:
        if isinstance(each, Note):
            into.notes.append(Note(where=_where(evidence, each.where), text=each.text))
            continue
        into.intake.add(_placed(evidence, each))
        told.one()
    into.counts += [
        (evidence.name, name, tally.read) for name, tally in reading.tallies.items()
    ]
    if said is None and (guess := guess_of(evidence, reading.tallies)):
        into.guesses.append((evidence.name, guess))
    if not reading.taken and reading.refusals:
        return [_refused(evidence, each) for each in reading.refusals[:_MOST_SAID]]
    for refusal in reading.refusals:
        text = f"no importer takes it; it looks like {refusal.looks}"
        into.notes.append(Note(where=_where(evidence, refusal.where), text=text))
    return []


def _refused(evidence: Evidence, refusal: Refusal) -> Problem:
    reasons: dict[str, list[str]] = {}
    for name, why in refusal.said:
        reasons.setdefault(why, []).append(name)
    said = [f"{', '.join(names)}: {why}" for why, names in reasons.items()]
    return Problem(
        path=_where(evidence, refusal.where),
        message=f"no importer takes this; it looks like {refusal.looks}",
        hint="\n".join(said) or None,
    )


def _placed(evidence: Evidence, found: Candidate | Unplaced) -> Candidate | Unplaced:
    """Return a record whose place names the evidence too."""
    if isinstance(found, Unplaced):
        return Unplaced(where=_where(evidence, found.where), why=found.why)
    return found


def _where(evidence: Evidence, where: str) -> str:
    own = evidence.name.rpartition("/")[2]
    return where if where.startswith((own, evidence.name)) else f"{own} {where}"


def _sources(
    env: Env, ask: Ask, held: dict[str, Evidence]
) -> tuple[list[Evidence], list[Path]]:
    """Return what was named: evidence, and folders that are git repositories."""
    files, repositories = list(ask.files), []
    every: list[Evidence] = []
    if ask.repository is not None:
        if (env.cwd / ask.repository).is_dir():
            repositories.append(env.cwd / ask.repository)
        else:  # `--git export.zip`: the word behind it is a file
            repositories.append(env.cwd)
            files.insert(0, ask.repository)
    if ask.log is not None:
        every.append(_log(env, ask.log, files))
    for name in files:
        if name == "-":
            known = held.get(name) or _piped(env)
            every.append(held.setdefault(name, known))
        elif (env.cwd / name / ".git").exists():
            repositories.append(env.cwd / name)
        else:
            known = held.get(name) or _file(env.cwd / name, name)
            every.append(held.setdefault(name, known))
    if not every and not repositories:
        hint = "name FILEs, - for what you pipe in or paste, --git, or --log"
        raise PostmortemError("there is nothing to import", hint=hint)
    return every, repositories


def _piped(env: Env) -> Evidence:
    """Return what is piped in, or what somebody pastes now."""
    from postmortem.importers.opening import opened

    stdin = getattr(env.stdin, "buffer", None)
    if stdin is None:
        raise Missing("nothing is piped in", hint="pipe text in, or name a file")
    if env.stdin_is_terminal:
        tell(env, "Paste it here, then press Ctrl-D on a line of its own.")
    return opened(None, stdin)


def _file(path: Path, name: str) -> Evidence:
    from postmortem.importers.opening import opened

    try:
        return _named(opened(path), name)
    except PostmortemError as error:  # it names the whole path, and not what was typed
        problem = error.problem
        raise type(error)(problem.message, path=name, hint=problem.hint) from error


def _named(evidence: Evidence, name: str) -> Evidence:
    """Return evidence with the name that was typed."""
    from dataclasses import replace

    return replace(evidence, name=name)


def _log(env: Env, name: str, files: list[str]) -> Evidence:
    from postmortem.importers.opening import opened
    from postmortem.scribe import Log

    log = Log(env.state_dir)
    if name and (env.cwd / name).exists():
        files.insert(0, name)  # `--log export.zip`: the word behind it is a file
    elif name:
        log = Log(env.state_dir, name)
    if not log.path.exists():
        hint = "`postmortem log TEXT` notes the first line"
        raise Missing(f"there is no log {log.name!r}", hint=hint)
    return _named(opened(log.path), f"log {log.name}")


def _commits(folder: Path, wide: Window, into: Gathered, told: Progress) -> None:
    """Read what happened in a repository at that time."""
    from postmortem import history
    from postmortem.history.happened import happened
    from postmortem.importers.git import candidates

    begin = wide.begin or datetime(1970, 1, 2, tzinfo=UTC)
    end = wide.end or datetime(9999, 12, 30, tzinfo=UTC)
    name = folder.resolve().name
    many = 0
    for many, each in enumerate(  # noqa: B007 - how many there were
        candidates(happened(history.find(folder), begin, end), name), 1
    ):
        into.intake.add(each)
        told.one()
    into.counts.append((name, "git", many))
