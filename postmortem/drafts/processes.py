"""Which process this is, and whether another one still runs."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from postmortem.drafts.draft import Writer, moment

UNSEEN = timedelta(days=1)
"""For how long a process that cannot be looked at, on another machine, is believed."""

_START = 19
"""The 22nd field of /proc/PID/stat, counted behind the name in brackets (proc(5))."""


def this(now: datetime) -> Writer:
    """Return the process that runs this."""
    pid = os.getpid()
    return Writer(
        pid=pid,
        host=host(),
        started=started(pid),
        since=moment(now),
        terminal=_terminal(),
    )


def host() -> str:
    """Return the name of this machine."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "")


def started(pid: int) -> str | None:
    """Return the boot and the tick in which a process began, where Linux tells them."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        fields = Path(f"/proc/{pid}/stat").read_bytes()
    except (OSError, ValueError):
        return None
    behind = fields.rpartition(b")")[2].split()
    return f"{boot.strip()} {behind[_START].decode()}"


def _terminal() -> str | None:
    """Return the terminal that keys come from, or that questions are shown at."""
    for descriptor in (0, 2):
        with suppress(AttributeError, OSError):
            return os.ttyname(descriptor)
    return None


def lives(writer: Writer, now: datetime) -> bool:
    """Tell whether a process still has what it took.

    Where that cannot be seen, on another machine or on Windows, it has for a day.
    """
    if writer.host != host() or os.name == "nt":
        return writer.age(now) < UNSEEN
    try:
        os.kill(writer.pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass  # it is another person's, and runs
    return writer.started in (None, started(writer.pid))
