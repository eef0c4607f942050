"""Run template code with a budget: in a child process, unless it is trusted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from postmortem.errors import PostmortemError, Untrusted
from postmortem.templating.plain import plain
from postmortem.templating.travel import SPENT, named, raised, resolve, search_path
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from subprocess import Popen
    from typing import Self

_BOOT = (
    "import json, sys; said = json.loads(sys.argv[1]); sys.path[:] = said.pop('path');"
    " from postmortem.templating.child import main; main(**said)"
)
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "__PYVENV_LAUNCHER__")
_ENVELOPE = 1000
"""Bytes around an answer."""
_BROKEN = 1
"""How Python ends that cannot import us."""
_QUICK = 0.25
"""Seconds of a call that do not count against what is left for the template."""
_LOOPS = "look for a loop in a loop, or for something that doubles each time"


def run(
    function: str,
    request: dict[str, Any],
    *,
    trusted: bool,
    worker: Worker | None,
    path: str | None = None,
) -> dict[str, Any]:
    """Return what the function answers; in this process only when trusted.

    `function` is a constant of ours, such as "postmortem.templating.work:render".
    Request and answer are plain values. `path` is the file that is blamed for a spent
    budget.
    """
    if trusted:
        return plain(resolve(function)(plain(request, name="request")), name="answer")
    if worker is None:
        message = "the template is not trusted, and nothing is there to run it safely"
        raise Untrusted(message, path=path)
    return worker.call(function, request, path=path)


class Worker:
    """One child process at most, with a budget for each call; a context manager.

    The child starts with the first call and serves all others; one that overspends is
    killed, and the next call starts another. It inherits no environment, no terminal
    and no open file; where the platform can say so, it cannot start processes or write
    large files.
    """

    def __init__(
        self,
        *,
        seconds: float = 4.5,
        megabytes: int = 512,
        output: int = 4_000_000,
    ) -> None:
        self.seconds = seconds
        """For one template by the clock, the child's start included. Calls for the same
        `path` share them, but for the first quarter of a second of each."""
        self.megabytes = megabytes
        self.output = output
        """Bytes of one answer."""
        self._child: Popen[bytes] | None = None
        self._spent: dict[str | None, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process id, None when there is no child."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            _kill(child)
            with child:  # closes the pipes and waits
                pass

    def call(
        self, function: str, request: dict[str, Any], *, path: str | None = None
    ) -> dict[str, Any]:
        """Return what the function answers in the child.

        Raises what it raises, where that is an error of ours, and TemplateMistake when
        it spends its budget.
        """
        import json
        from time import monotonic

        named(function)
        said = json.dumps(
            {"function": function, "request": plain(request, name="request")}
        )
        start = monotonic()
        line = self._exchange(said.encode() + b"\n", path)
        self._spend(path, monotonic() - start)
        try:
            answer = json.loads(line.decode("utf-8", "surrogatepass"))
            error = None if "answer" in answer else raised(answer, path)
            result: dict[str, Any] = answer.get("answer", {})
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as bad:
            self.close()
            message = "the template breaks the process in which it runs"
            raise TemplateMistake(message, path=path) from bad
        if error:
            raise error
        return result

    def _exchange(self, line: bytes, path: str | None) -> bytes:
        """Send one line and return the line that answers it, within the budget."""
        from threading import Event, Timer

        late = Event()
        if self._child and self._child.poll() is not None:
            self.close()  # something else has ended it since the last call
        child = self._child = self._child or self._started()

        def end() -> None:
            late.set()
            _kill(child)

        timer = Timer(max(self.seconds - self._spent.get(path, 0.0), _QUICK), end)
        timer.daemon = True
        timer.start()
        try:
            answer = _sent(child, line, self.output + _ENVELOPE)
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
            timer.join()
        if answer.endswith(b"\n") and not late.is_set():
            return answer
        self._spend(path, self.seconds if late.is_set() else 0.0)
        code = _ending(child) if answer == b"" else None
        self.close()
        if code == _BROKEN:
            message = "the process for templates does not start"
            raise RuntimeError(message)
        raise self._overspent(late=late.is_set(), code=code, path=path)

    def _spend(self, path: str | None, seconds: float) -> None:
        """Note what a call took, for one that names no template nothing."""
        if path is not None:
            spent = self._spent.get(path, 0.0)
            self._spent[path] = spent + max(seconds - _QUICK, 0.0)

    def _started(self) -> Popen[bytes]:
        """Start a child that imports what we import, but not from this folder."""
        import json
        from subprocess import DEVNULL, PIPE, Popen

        told = {
            "path": search_path(),
            "seconds": self.seconds,
            "megabytes": self.megabytes,
            "output": self.output,
        }
        command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT]
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            return Popen(
                [*command, json.dumps(told)],
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=kept,
                start_new_session=True,
            )
        except OSError as error:
            message = f"the process for templates cannot start: {error.strerror}"
            raise PostmortemError(message) from error

    def _overspent(
        self, *, late: bool, code: int | None, path: str | None
    ) -> TemplateMistake:
        """Say which part of the budget is spent."""
        if late:
            message = f"the template takes longer than {self.seconds:g} seconds"
        elif code is None:
            message = f"the template writes more than {self.output} bytes"
        elif code == SPENT:
            message = f"the template takes more than {self.megabytes} MB of memory"
        else:
            message = "the template takes too much memory or time"
        return TemplateMistake(message, path=path, hint=_LOOPS)


def _sent(child: Popen[bytes], line: bytes, most: int) -> bytes:
    """Return the child's next line, cut off behind `most`; nothing when it is dead."""
    requests, answers = child.stdin, child.stdout
    try:
        requests.write(line)  # type: ignore[union-attr]  # both are pipes
        requests.flush()  # type: ignore[union-attr]
        return answers.readline(most)  # type: ignore[union-attr]
    except OSError:  # it was killed while it was being told
        return b""


def _ending(child: Popen[bytes]) -> int:
    """Return how a child ended that says nothing any more."""
    from subprocess import TimeoutExpired

    try:
        return child.wait(timeout=1)
    except TimeoutExpired:
        return 0


def _kill(child: Popen[bytes]) -> None:
    """End a child and whatever it started."""
    if child.poll() is not None:
        return
    if hasattr(os, "killpg"):
        import signal
        from contextlib import suppress

        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
