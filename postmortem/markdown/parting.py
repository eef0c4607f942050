"""Comments put into text that mdformat would take for markup: it escapes too little."""

from __future__ import annotations

import re
from collections.abc import Sequence

BREAK = "<!---->"
"""An empty comment: invisible, kept by formatters, taken out again by the reader."""
_LONGEST = 1000
"""Characters of the longest line that is looked at."""
_PAIRS = re.compile(r"<(?=\\<)")
_PAIR = re.compile(
    r"""\\[\\`] | (?<!`)(`+)(?!`) .+? (?<!`)\1(?!`) | \]\(<(?:\\.|[^\\<>])*>
      | (?P<one> < (?=\\<) )""",
    re.VERBOSE,
)
"""Two `<` that are text; code and what a link goes to are stepped over."""
_TILDES = re.compile(
    r"""(?<![~\\]) (?= (?P<first> \\?~ ) (?P<rest> (?:\\?~\\?~)+ ) (?!\\?~) )
        (?P<most> (?:\\?~\\?~)+ ) (?P<last> \\?~ )""",
    re.VERBOSE,
)
"""An odd number of tildes, from three on."""
_FEW_TILDES = 4
"""As many of them make no two marks with one left over."""


def parted(line: str) -> str:
    r"""Put comments into text where mdformat escapes too little.

    Of two `<` it escapes the first alone; of three tildes, too, and the others strike.

    >>> parted("cat \\<\\<EOF > a")
    'cat \\<<!---->\\<EOF > a'
    """
    if "<\\<" in line:
        stepping = _PAIR.sub(lambda found: found[0] + BREAK * bool(found["one"]), line)
        line = _unchanged(line, (_PAIRS.sub(f"<{BREAK}", line), stepping))
    if line.count("~") > _FEW_TILDES:
        for run in reversed([*_TILDES.finditer(line)]):
            before, behind = line[: run.start()], line[run.end() :]
            places = (rf"\g<first>{BREAK}\g<rest>", rf"\g<most>{BREAK}\g<last>")
            broken = [f"{before}{run.expand(place)}{behind}" for place in places]
            line = _unchanged(line, broken)
    return line


def _unchanged(line: str, broken: Sequence[str]) -> str:
    """Return the first of several spellings that means what the line does, or it."""
    if len(line) > _LONGEST:
        return line
    from postmortem.markdown import spelling

    wanted = spelling.meaning(spelling.parsed(line), html_is_text=False)
    for each in broken:
        if spelling.meaning(spelling.parsed(each), html_is_text=False) == wanted:
            return each
    return line
