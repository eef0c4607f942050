"""Frames as one animated SVG, without scripts and without anything from elsewhere.

Each row of the terminal is a strip of all lines that it ever shows, one below the
other, behind a window of one line; the strip jumps to the line of the moment. A line
is drawn once, whatever rows show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from tests.recording.screens import COLUMNS, PLAIN, ROWS, Frame, Line

HELD = 6.0
"""Seconds for which the last frame stays."""

_WIDE, _HIGH, _FONT, _BASE = 8.4, 19, 14, 14
"""Pixels: a character, a row, the letters, and where in a row these stand."""
_MARGIN, _TITLE = 18, 36
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_COLOURS = {
    PLAIN: "#d4d9e0",
    "ground": "#14181f",
    "black": "#5b6472",
    "red": "#ff7b72",
    "green": "#7ee787",
    "brown": "#e3b341",
    "blue": "#79c0ff",
    "magenta": "#d2a8ff",
    "cyan": "#56d4dd",
    "white": "#f0f3f6",
}
_FAMILY = (
    "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,"
    "'DejaVu Sans Mono','Liberation Mono',monospace"
)
_WIDTH = round(COLUMNS * _WIDE + 2 * _MARGIN)
_HEIGHT = ROWS * _HIGH + _TITLE + _MARGIN
_NAME = "The interview of postmortem, recorded at a terminal"
_STORY = (
    "postmortem new asks six questions about an outage of X, reconstructed from public"
    " reporting with invented times, and writes the report; more questions follow, and"
    " after Ctrl-C it says how to go on."
)


class Drawing:
    """All frames, and what is drawn for them."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._seconds = frames[-1].at + HELD
        self._names: dict[Line, str] = {}
        self._moves: list[str] = []

    def svg(self) -> str:
        """Return the whole file."""
        rows = [text for row in range(ROWS) for text in self._row(row)]
        cursor = list(self._cursor())
        lines = [
            text for line, name in self._names.items() for text in _drawn(line, name)
        ]
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" role="img"'
            f' aria-labelledby="name story" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
            f' width="{_WIDTH}" height="{_HEIGHT}">'
        )
        parts = (
            (head, f'<title id="name">{_NAME}</title>'),
            (f'<desc id="story">{_STORY}</desc>',),
            ("<style>", *self._style(), "</style>"),
            ("<defs>", *lines, "</defs>"),
            _window(),
            (f'<g transform="translate({_MARGIN} {_TITLE})">', *cursor, *rows, "</g>"),
            ("</svg>\n",),
        )
        return "\n".join(text for part in parts for text in part)

    def _row(self, row: int) -> Iterator[str]:
        """Draw the strip of a row behind its window, and have it move."""
        places: dict[Line, int] = {}
        shown = [(each.at, each.lines[row]) for each in self._frames]
        for _, line in shown:
            places.setdefault(line, len(places))
        if not any(places):
            return
        tops = [(at, -places[line] * _HIGH) for at, line in shown]
        name = f"r{_digits(row)}"
        yield (
            f'<svg y="{row * _HIGH}" width="{_WIDTH - _MARGIN}" height="{_HIGH}">'
            f'<g class="{name}" transform="translate(0 {tops[-1][1]})">'
        )
        for line, place in places.items():
            if line:
                known = self._names.setdefault(line, f"l{_digits(len(self._names))}")
                top = f' y="{place * _HIGH}"' if place else ""
                yield f'<use href="#{known}"{top}/>'
        yield "</g></svg>"
        self._move(
            name, [(at, f"transform:translateY({_px(top)})") for at, top in tops]
        )

    def _cursor(self) -> Iterator[str]:
        """Draw the cursor; it is behind the text, and away where it is hidden."""
        places = [(each.at, each.cursor or (-COLUMNS, 0)) for each in self._frames]
        pixels = [(at, x * _WIDE, y * _HIGH) for at, (x, y) in places]
        _, x, y = pixels[-1]
        yield (
            f'<rect class="c" transform="translate({x:g} {y})"'
            f' y="1" width="{_WIDE}" height="{_HIGH - 2}"/>'
        )
        self._move(
            "c",
            [(at, f"transform:translate({_px(x)},{_px(y)})") for at, x, y in pixels],
        )

    def _move(self, name: str, states: Sequence[tuple[float, str]]) -> None:
        """Keep what becomes of an element when; nothing for one that stays."""
        first = (0.0, states[0][1])
        changes = [now for before, now in pairwise(states) if before[1] != now[1]]
        if not changes:
            return
        steps = "".join(
            f"{_number(at / self._seconds * 100, 3)}%{{{state}}}"
            for at, state in (first, *changes)
        )
        self._moves.append(
            f"@keyframes {name}{{{steps}}}\n.{name}{{animation-name:{name}}}"
        )

    def _style(self) -> Iterator[str]:
        yield f"text{{font:{_FONT}px {_FAMILY};fill:{_COLOURS[PLAIN]};white-space:pre}}"
        yield ".b{font-weight:700}.d{opacity:.62}"
        inks = {run.style.ink for line in self._names for run in line} - {PLAIN}
        yield "".join(f".{_class(ink)}{{fill:{_colour(ink)}}}" for ink in sorted(inks))
        yield ".c{fill:#8b949e}"
        yield (
            f"g,.c{{animation-duration:{_number(self._seconds, 2)}s;"
            "animation-timing-function:step-end;animation-iteration-count:infinite}"
        )
        yield from self._moves
        yield "@media (prefers-reduced-motion:reduce){g,.c{animation:none!important}}"


def _window() -> Iterator[str]:
    """Draw a plain window."""
    yield (
        f'<rect x=".5" y=".5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" rx="8"'
        f' fill="{_COLOURS["ground"]}" stroke="#454c58"/>'
    )
    for at in range(3):
        yield f'<circle cx="{_MARGIN + 4 + at * 18}" cy="18" r="5" fill="#454c58"/>'


def _drawn(line: Line, name: str) -> Iterator[str]:
    """Draw a line in the place of the first row, as wide as its characters."""
    text = "".join(run.text for run in line)
    left = len(text) - len(text.lstrip(" "))
    width = _number((len(text) - left) * _WIDE, 1)
    drawn = (
        f' x="{_number(left * _WIDE, 1)}" y="{_BASE}" textLength="{width}"'
        f' lengthAdjust="spacingAndGlyphs">{"".join(_spans(line, left))}</text>'
    )
    grounds = "".join(_grounds(line))
    if grounds:
        yield f'<g id="{name}">{grounds}<text{drawn}</g>'
    else:
        yield f'<text id="{name}"{drawn}'


def _grounds(line: Line) -> Iterator[str]:
    column = 0
    for run in line:
        if run.style.ground != PLAIN:
            yield (
                f'<rect x="{_number(column * _WIDE, 1)}" height="{_HIGH}"'
                f' width="{_number(len(run.text) * _WIDE, 1)}"'
                f' fill="{_colour(run.style.ground)}"/>'
            )
        column += len(run.text)


def _spans(line: Line, left: int) -> Iterator[str]:
    """Yield the text in its styles, without so many characters at its beginning."""
    for run in line:
        text, left = run.text[left:], max(left - len(run.text), 0)
        if text:
            style = run.style
            names = [_class(style.ink)] if style.ink != PLAIN else []
            names += ["b"] * style.bold + ["d"] * style.dim
            shown = escape(text, quote=False)
            classes = " ".join(names)
            yield f'<tspan class="{classes}">{shown}</tspan>' if names else shown


def _class(colour: str) -> str:
    return f"i-{colour}"


def _colour(name: str) -> str:
    return _COLOURS.get(name, f"#{name}")


def _px(number: float) -> str:
    return f"{_number(number, 1)}px" if number else "0"


def _number(number: float, places: int) -> str:
    text = f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(number: int) -> str:
    high, low = divmod(number, len(_DIGITS))
    return (_digits(high) if high else "") + _DIGITS[low]
