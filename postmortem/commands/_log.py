"""What `log` does with a log: note a line, run a command, show, take back, put aside.

A line alone waits for nothing that it does not need: no settings, no repository, and
the zone of the machine only where a time is typed.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from postmortem.commands._streams import answer, tell
from postmortem.errors import Exit, PostmortemError
from postmortem.scribe import Entry, Log, fresh

if TYPE_CHECKING:
    from postmortem.env import Env

_PIECE = 65536


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What stands beside the text."""

    at: str | None = None
    kind: str | None = None
    role: str | None = None
    with_user: bool = False
    with_host: bool = False


def note(env: Env, log: Log, text: str, noted: Noted) -> None:
    """Append a line and say when it was, so that a slip shows."""
    made = _entry(env, text, noted)
    log.append(made)
    answer(
        env, f"noted at {_clock(made.at)} UTC; `postmortem log --undo` takes it back"
    )


def ran(env: Env, log: Log, text: str, noted: Noted, words: Sequence[str]) -> int:
    """Run a command, keep what it prints, and return its exit code."""
    from postmortem.scribe.running import run

    command = shlex.join(words)
    made = _entry(env, text or f"ran {command}", noted)
    done = run(words, _sink(env.stdout), _sink(env.stderr))
    kept = replace(made, command=command, output=done.output, exit=done.exit)
    log.append(kept)
    ended = " (interrupted)" if done.interrupted else ""
    tell(env, f"noted at {_clock(made.at)} UTC, exit {done.exit}{ended}")
    return done.exit


def piped(env: Env, log: Log, text: str, noted: Noted) -> int:
    """Keep what is piped, and give it on."""
    from postmortem.scribe.running import Kept

    made = _entry(env, text, noted)
    if env.stdin is None or env.stdin_is_terminal:
        hint = "pipe something in: df -h | postmortem log -"
        raise PostmortemError("nothing is piped in", hint=hint)
    kept, sink = Kept(), _sink(env.stdout)
    interrupted = False
    try:
        for piece in iter(_reader(env.stdin), b""):
            kept.add(piece)
            try:
                sink(piece)
            except OSError:
                sink = len
    except KeyboardInterrupt:
        interrupted = True
    first = next((each for each in kept.text.splitlines() if each.strip()), "nothing")
    if not text:
        made = replace(made, text=f"piped: {' '.join(first.split())[:200]}")
    log.append(replace(made, output=kept.text))
    tell(env, f"noted at {_clock(made.at)} UTC, {kept.size} bytes")
    return Exit.INTERRUPTED if interrupted else Exit.DONE


def shown(env: Env, log: Log, shape: str) -> int:
    """Print a log, and say what of it cannot be read."""
    from postmortem.scribe.entries import plain

    contents = log.read()
    if shape == "json":
        from postmortem.commands._json import json_text

        damaged = [{"line": it.line, "why": it.why} for it in contents.damaged]
        entries = [plain(each) for each in contents.entries]
        answer(env, json_text({"entries": entries, "damaged": damaged}))
        return Exit.DONE
    if not contents.entries and not contents.damaged:
        tell(env, f"the log {log.name!r} has no lines")
    from postmortem import moments

    zone = moments.zone(env.zone)
    day = ""
    for each in sorted(contents.entries, key=lambda entry: entry.at):
        here = moments.shown_in(each.at, zone)
        if here.date().isoformat() != day:
            day = here.date().isoformat()
            answer(env, f"{day} ({env.zone})")
        answer(env, f"  {here:%H:%M:%S}  {_line(each)}")
    for damage in contents.damaged:
        tell(env, f"{log.path}:{damage.line}: {damage.why}; the line is left out")
    return Exit.DONE


def undone(env: Env, log: Log) -> int:
    """Take the last line back and say which it was."""
    gone = log.undo()
    if gone is None:
        raise PostmortemError(f"the log {log.name!r} has no line to take back")
    answer(env, f"took back {_clock(gone.at)} UTC  {_line(gone)}")
    return Exit.DONE


def cleared(env: Env, log: Log) -> int:
    """Put the log aside; it can be imported from there."""
    aside = log.clear(f"{env.now:%Y%m%dT%H%M%S}")
    if aside is None:
        raise PostmortemError(f"there is no log {log.name!r}")
    answer(env, f"the next line begins a new log; the old one is {aside}")
    return Exit.DONE


def _entry(env: Env, text: str, noted: Noted) -> Entry:
    at = env.now if noted.at is None else _moment(env, noted.at)
    return Entry(
        at=at.astimezone(UTC),
        text=text,
        id=fresh(),
        kind=noted.kind,
        host=_host() if noted.with_host else None,
        user=noted.role or (_login_name() if noted.with_user else None),
    )


def _moment(env: Env, said: str) -> datetime:
    """Read a time as somebody tells it now, by the clocks of this machine."""
    from postmortem import moments
    from postmortem.answers.times import lately

    zone = moments.zone(env.zone)
    span = moments.read(said, zone=zone, near=lately(said, env.now, zone))
    if span.until is not None:
        hint = "note its beginning and its end"
        raise PostmortemError(f"{said!r} is a span, and a line has one time", hint=hint)
    return span.at


def _line(entry: Entry) -> str:
    kind = f"{entry.kind}: " if entry.kind else ""
    parts = [each for each in (entry.user, entry.host) if each]
    if entry.exit is not None:
        parts.append(f"exit {entry.exit}")
    if entry.output is not None:
        parts.append(f"{len(entry.output.splitlines())} lines of output")
    aside = f"  ({', '.join(parts)})" if parts else ""
    return f"{kind}{entry.text}{aside}"


def _clock(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _host() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "")


def _login_name() -> str | None:
    """Return the login name as a handle, so that nobody takes it for a role."""
    import getpass

    with suppress(KeyError, OSError, ImportError):
        return f"@{getpass.getuser()}"
    return None


def _sink(stream: TextIO | None) -> Callable[[bytes], object]:
    """Return what gives bytes on as they are: another program printed them."""
    if stream is None:
        return len
    stream.flush()
    raw = getattr(stream, "buffer", None)

    def _give(piece: bytes) -> None:
        if raw is None:
            stream.write(piece.decode("utf-8", "replace"))
        else:
            raw.write(piece)
            raw.flush()

    return _give


def _reader(stream: TextIO) -> Callable[[], bytes]:
    raw = getattr(stream, "buffer", None)
    if raw is None:
        return lambda: stream.read(_PIECE).encode()
    read = getattr(raw, "read1", raw.read)
    return lambda: read(_PIECE)
