"""Whoever leaves a question finds the terminal as it was, and nothing is asked on."""

from __future__ import annotations

import signal
import time

import pytest

from tests.prompts.conftest import Sit
from tests.prompts.sitting import Sitting

KINDS = {
    "line": "? why",
    "text": "? why",
    "choose": "SEV-3",
    "several": "SEV-3",
    "yes": "Type y ",
}

every_kind = pytest.mark.parametrize("kind", KINDS)
both = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])


@both
@every_kind
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_key_leaves(sit: Sit, kind: str, key: str, *, plain: bool) -> None:
    """Ctrl-C and Ctrl-D end a question of any kind, and the terminal is as it was."""
    asking = _asking(sit, kind, plain=plain)

    if kind == "yes":  # what is typed before it is seen is dropped
        asking.press_until(key, "finished")
    else:
        asking.press(key)

    _left(asking, plain=plain)


@both
@every_kind
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves(sit: Sit, kind: str, number: str, *, plain: bool) -> None:
    """A process that is told to end ends the question first."""
    asking = _asking(sit, kind, plain=plain)

    asking.child.kill(getattr(signal, number))

    _left(asking, plain=plain)


@both
@every_kind
def test_a_closed_terminal_leaves(sit: Sit, kind: str, *, plain: bool) -> None:
    """When the connection drops, the program ends within two seconds."""
    asking = _asking(sit, kind, plain=plain)

    asking.child.ptyproc.fileobj.close()
    asking.child.closed = True
    began = time.monotonic()
    came = asking.came()

    assert time.monotonic() - began < 2
    assert came["left"] == "Interrupted"


@both
def test_what_was_typed_last_is_told(sit: Sit, *, plain: bool) -> None:
    """Keys that came right before Ctrl-C are in what was told."""
    asking = _asking(sit, "line", plain=plain)

    asking.press("half")
    asking.see("half")
    asking.press("\x03")

    assert asking.came()["told"] == "half"


def _asking(sit: Sit, kind: str, *, plain: bool) -> Sitting:
    return sit(kind, plain=plain)


def _left(asking: Sitting, *, plain: bool) -> None:
    came = asking.came()
    assert (came.get("left"), came["restored"]) == ("Interrupted", True)
    if plain:
        assert b"\x1b" not in asking.raw
    else:
        on, off = asking.raw.rfind(b"\x1b[?2004h"), asking.raw.rfind(b"\x1b[?2004l")
        assert 0 <= on < off
