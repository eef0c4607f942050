"""The screen of a preview: a page at a time, and keys that turn it."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, TextIO

from postmortem.commands._streams import answer
from postmortem.commands._words import counted
from postmortem.escape import terminal

if TYPE_CHECKING:
    from postmortem.commands._preview import Made, Subject
    from postmortem.env import Env
    from postmortem.prompts.keyboard import Keyboard

_OTHER_SCREEN, _FIRST_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
_TOP, _REST_OF_LINE, _REST = "\x1b[H", "\x1b[K", "\x1b[J"
_REVERSED, _BOLD, _PLAIN = "\x1b[7m", "\x1b[1m", "\x1b[0m"
_LEAVING = ("q", "Q", "\x04")
_LEAVE, _TURN = "q leaves", "space and b turn pages"
_ROWS = 24
"""Where a terminal does not say how many it has."""


@contextmanager
def screen_of(env: Env, subject: Subject) -> Iterator[Screen | Paper]:
    """Have the terminal show pages; afterwards it is as it was."""
    from postmortem.env import is_terminal

    keyboard = _keyboard(env.stdin) if is_terminal(env.stdin) else None
    screen = (Paper if env.dumb else Screen)(env, subject, keyboard)
    with keyboard.open() if keyboard else nullcontext():
        if keyboard:
            keyboard.redraw = screen.draw
        screen.enter()
        try:
            yield screen
        finally:
            screen.leave()


class Paper:
    """A terminal that knows no control sequences: a page follows the other."""

    def __init__(self, env: Env, subject: Subject, keyboard: Keyboard | None) -> None:
        self.env, self.subject, self.keyboard = env, subject, keyboard
        self.left = False
        """Whether somebody wants no more."""
        self.status = ""

    def enter(self) -> None:
        """Take the terminal."""

    def leave(self) -> None:
        """Give it back."""

    def show(self, made: Made) -> None:
        """Show what is made now."""
        self.status = _status(self.env, self.subject, made)
        mistakes = "\n".join(made.mistakes(self.env))
        for each in (made.text or "", mistakes, f"--- {self.status} · {_LEAVE} ---"):
            if each:
                answer(self.env, each)

    def draw(self) -> None:
        """Show it once more."""

    def wait(self, seconds: float) -> None:
        """Wait for a key as long as that, and do what it says."""
        if self.keyboard is None:
            time.sleep(seconds)
            return
        streams = [self.env.stdin] if self.env.stdin else []
        if self.keyboard.more or select.select(streams, [], [], seconds)[0]:
            key = self.keyboard.next()
            self.left = key in _LEAVING
            self.turn(key)

    def turn(self, key: str) -> None:
        """Turn the page."""


class Screen(Paper):
    """A terminal on whose other screen a page is drawn over the one before it."""

    def __init__(self, env: Env, subject: Subject, keyboard: Keyboard | None) -> None:
        super().__init__(env, subject, keyboard)
        self.lines: Sequence[str] = ()
        self.body: Sequence[str] = ()
        """The lines of the last report that there was, without its front matter."""
        self.top = 0
        """The first line that is seen."""
        self.made: Made | None = None
        self.size = (0, 0)

    def enter(self) -> None:
        """Take the other screen."""
        self._print(_OTHER_SCREEN)

    def leave(self) -> None:
        """Go back to what was there before."""
        self._print(_FIRST_SCREEN)

    def show(self, made: Made) -> None:
        """Show what is made now, from where it is not as it was before."""
        self.made, self.size = made, self._size()
        self.status = _status(self.env, self.subject, made)
        mistakes, page = self._mistakes(made), self._page(made.text)
        body = self._page(_body(made.text)) if made.text else []
        self.lines = [*mistakes, *([""] if mistakes and page else []), *page]
        if mistakes:
            self.top = 0
        elif body and not self.body:
            self.top = len(page) - len(body)
        elif body and (changed := _first_change(self.body, body)) is not None:
            self._go_to(len(page) - len(body) + changed)
        self.body = body or self.body
        self.draw()

    def draw(self) -> None:
        """Draw the page and the line below it."""
        columns, rows = self.size
        rows -= 1
        self.top = max(0, min(self.top, len(self.lines) - rows))
        seen = self.lines[self.top : self.top + rows]
        last = min(self.top + rows, len(self.lines))
        place = f"{self.top + 1}-{last} of {len(self.lines)}"
        status = f" {self.status} · {_LEAVE} · {place} · {_TURN}"[: columns - 1]
        out = [_TOP, *(f"{line}{_PLAIN}{_REST_OF_LINE}\n" for line in seen)]
        out += [_REST, f"\x1b[{rows + 1};1H", _REVERSED, status, _PLAIN]
        self._print("".join(out).replace("\n", "\r\n"))

    def wait(self, seconds: float) -> None:
        """Wait for a key; draw anew when the terminal has another size."""
        super().wait(seconds)
        if self.made is not None and self._size() != self.size:
            self.show(self.made)

    def turn(self, key: str) -> None:
        """Go down with space or j, up with b or k, to the ends with g and G."""
        rows = self.size[1] - 1
        step = {" ": rows - 1, "b": 1 - rows, "j": 1, "\r": 1, "\n": 1, "k": -1}
        step |= {"g": -len(self.lines), "G": len(self.lines)}
        if key in step:
            self.top += step[key]
            self.draw()

    def _go_to(self, line: int) -> None:
        """Turn to a line, unless it is seen already."""
        rows = self.size[1] - 1
        if not self.top <= line < self.top + rows:
            self.top = line - rows // 3

    def _mistakes(self, made: Made) -> list[str]:
        columns = self.size[0]
        weight = _BOLD if self.env.colour else ""
        return [
            f"{weight}{piece}"
            for line in made.mistakes(self.env)
            for piece in _wrapped(terminal(line), columns)
        ]

    def _page(self, text: str | None) -> list[str]:
        from postmortem.commands._terminal import laid_out

        return [] if text is None else laid_out(self.env, text).splitlines()

    def _size(self) -> tuple[int, int]:
        import os

        try:
            stream = self.env.stdout
            rows = os.get_terminal_size(stream.fileno()).lines if stream else _ROWS
        except (OSError, ValueError):
            rows = _ROWS
        return self.env.width, max(rows or _ROWS, 2)

    def _print(self, text: str) -> None:
        stream = self.env.stdout
        if stream is not None:
            encoding = stream.encoding or "utf-8"
            stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()


def _keyboard(stream: TextIO | None) -> Keyboard | None:
    try:
        from postmortem.prompts.keyboard import Keyboard
    except ImportError:  # not everywhere can a terminal give every key at once
        return None
    return Keyboard(stream) if stream is not None else None


def _status(env: Env, subject: Subject, made: Made) -> str:
    from postmortem import moments

    of = subject.report or "sample"
    many = len(made.problems)
    found = counted(many, "mistake") if many else "no mistakes"
    at = env.now.astimezone(moments.zone(env.zone))
    return f"{subject.name} · {of} · {found} · {at:%H:%M:%S}"


def _body(text: str) -> str:
    """Return a report without its front matter, which no template lays out."""
    from postmortem import yamls

    return text[yamls.split(text).body_start :]


def _first_change(before: Sequence[str], now: Sequence[str]) -> int | None:
    """Return the first line that is another one; None for none."""
    both = enumerate(zip(before, now, strict=False))
    changed = next((at for at, (old, new) in both if old != new), None)
    if changed is None and len(before) != len(now):
        return min(len(before), len(now))
    return changed


def _wrapped(line: str, columns: int) -> Sequence[str]:
    from textwrap import wrap

    return wrap(line, max(columns - 1, 1), subsequent_indent="  ") or [""]
