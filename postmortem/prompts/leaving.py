"""How somebody leaves a question other than by answering it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from postmortem.errors import Interrupted

_LEAVING = ("SIGHUP", "SIGTERM")


def interrupted() -> Interrupted:
    """Return what every question raises when somebody leaves."""
    return Interrupted("interrupted")


def leave_now() -> None:
    """Leave from wherever we are."""
    raise interrupted()


@contextmanager
def on_leaving(leave: Callable[[], None] = leave_now) -> Iterator[None]:
    """Call `leave` when the process is told to end or the terminal hangs up.

    Ctrl-C and the end of the input leave too: they are raised as Interrupted. As a
    decorator, it is for all that a function does.

    What is done about these signals otherwise is as before afterwards. Who started us
    with one of them ignored, as nohup does, is obeyed; other threads hear of none.
    """
    before = {}

    def _leave(_number: int, _frame: FrameType | None) -> None:
        leave()

    try:
        for number in [getattr(signal, name, None) for name in _LEAVING]:
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, _leave)
    except ValueError:  # only the main thread may
        before = {}
    try:
        yield
    except (EOFError, KeyboardInterrupt) as error:
        raise interrupted() from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
