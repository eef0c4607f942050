"""What Jinja says about a text that it cannot read, in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.templating.chains import WRITTEN_OUT
from postmortem.templating.words import TemplateMistake, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import TemplateSyntaxError

    from postmortem.templating.engine import Engine

TAGS = (
    *("block", "call", "elif", "else", "extends", "filter", "for", "from", "if"),
    *("import", "include", "macro", "raw", "set", "with"),
    *("endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endraw"),
    *("endset", "endwith"),
)

# What Jinja says, what we say, and where to look for the nearest right word.
_WORDS: tuple[tuple[str, str, str | None], ...] = (
    (r"unexpected char (?P<it>.+) at \d+", "{it} means nothing here", None),
    (
        r"unexpected '(?P<it>.)', expected '(?P<right>.)'",
        "{it!r} closes nothing; {right!r} is expected",
        None,
    ),
    (
        r"expected token '(?P<right>.+?)', got '(?P<it>.+)'",
        "{right!r} is expected, not {it!r}",
        None,
    ),
    (
        r"expected an expression, got '(?P<it>.+)'",
        "a value is missing before {it!r}",
        None,
    ),
    (r"unexpected 'end of template'", "the template ends inside a tag", None),
    (r"unexpected '(?P<it>.+)'", "{it!r} is not expected here", None),
    (
        rf"encountered unknown tag '(?P<it>{'|'.join(TAGS)})'\..*?(?P<right>'.+?')\..*",
        "{{% {it} %}} is not expected here; {right} is",
        None,
    ),
    (
        rf"encountered unknown tag '(?P<it>{'|'.join(TAGS)})'.*",
        "{{% {it} %}} closes nothing",
        None,
    ),
    (r"encountered unknown tag '(?P<it>\w+)'.*", "there is no tag {{% {it} %}}", "tag"),
    (
        r"unexpected end of template.*?: (?P<right>.+?)\. .*closed is '(?P<it>\w+)'.",
        "{{% {it} %}} is not closed; {right} is missing",
        None,
    ),
    (r"unexpected end of template.*", "the template ends inside a tag", None),
    (r"missing end of comment tag", "{{# is not closed; #}} is missing", None),
    (r"missing end of raw directive", "{{% raw %}} is not closed", None),
    (r"no filter named '(?P<it>.+)'.*", "there is no filter {it!r}", "filters"),
    (r"no test named '(?P<it>.+)'.*", "there is no test {it!r}", "tests"),
    (r"block '(?P<it>\w+)' defined twice", "there are two blocks {it!r}", None),
    (r"the tag does not name its file", "the tag does not name its file", "files"),
)
_LONG = 400
_SIGNS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "template data / text": "text",
}


def syntax(error: TemplateSyntaxError, engine: Engine) -> TemplateMistake:
    """Say what Jinja could not read, and where."""
    said = _token(" ".join((error.message or "")[:_LONG].split()))
    message, hint = f"this cannot be read: {lower(said)}", None
    for pattern, words, kind in _WORDS:
        match = re.fullmatch(pattern, said, re.IGNORECASE)
        if match is None:
            continue
        message = words.format(**match.groupdict())
        lists: dict[str, Iterable[str]] = {
            "tag": TAGS,
            "filters": engine.filters,
            "tests": engine.tests,
        }
        if kind in lists:
            hint = suggestion(match["it"], lists[kind])
        elif kind == "files":
            hint = WRITTEN_OUT
        break
    path = error.filename or error.name
    return TemplateMistake(message, path=path, line=error.lineno, hint=hint)


def lower(said: str) -> str:
    """Return what Jinja or Python says as the end of a sentence of ours."""
    return (said[:1].lower() + said[1:]).rstrip(".")


def _token(said: str) -> str:
    """Name the signs as they are written."""
    for name, sign in _SIGNS.items():
        said = said.replace(name, sign)
    return said
