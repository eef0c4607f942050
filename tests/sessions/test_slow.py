"""TTY-LATENCY, CR-SLEEP: a slow line, and a machine that slept, lose no key."""

from __future__ import annotations

import signal
import sys
import time

from tests.sessions.interview import FIRST, begin, say
from tests.sessions.person import Person

LATE = 0.3
"""Seconds that every key takes on its way, and as many for what is shown."""
LINE = """
import fcntl, os, pty, select, sys, termios, time, tty

late, command = float(sys.argv[1]), sys.argv[2:]
size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
child, inner = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    os.execvp(command[0], command)
tty.setraw(0)
going, lagging = True, []
while going or lagging:
    wait = max(0, lagging[0][0] - time.monotonic()) if lagging else None
    ready = select.select([0, inner] if going else [], [], [], wait)[0]
    for each in ready:
        try:
            said = os.read(each, 65536)
        except OSError:
            said = b""
        going = going and bool(said)
        to = inner if each == 0 else 1
        lagging.append((time.monotonic() + late, to, said))
    while lagging and lagging[0][0] <= time.monotonic():
        _, to, said = lagging.pop(0)
        os.write(to, said)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_slow_line_loses_no_key(person: Person) -> None:
    """TTY-LATENCY: nothing waits for an answer of the terminal, which never comes."""
    line = [sys.executable, "-c", LINE, str(LATE)]
    terminal = person.start([*line, *person.program, "new"])
    for step in FIRST[:2]:
        say(terminal, step)
    terminal.see(FIRST[2].asked)
    terminal.write("web, ap")
    person.keeps(terminal, "web, ap")
    terminal.key("\x03")

    assert terminal.end() == 130
    assert b"\x1b[6n" not in terminal.raw
    assert "CPR" not in terminal.told
    kept = str(person.draft)
    assert all(word in kept for word in ("X down", "SEV-2", "web, ap"))


def test_a_machine_may_sleep(person: Person) -> None:
    """CR-SLEEP: no question runs out of time; what was half typed stands there."""
    terminal = person.sit("new")
    say(terminal, FIRST[0])
    say(terminal, FIRST[1])
    terminal.see(FIRST[2].asked)
    terminal.write("we")
    terminal.kill(signal.SIGSTOP)
    time.sleep(1)
    terminal.kill(signal.SIGCONT)
    terminal.write("b, api")
    terminal.enter()
    begin(terminal, FIRST[3:])

    assert "services: [web, api]" in person.report.read_text()
