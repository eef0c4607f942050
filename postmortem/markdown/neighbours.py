"""Values spelled so that they do nothing to what stands beside them on a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from postmortem.markdown import inline

_ADDRESS = re.compile(
    r"""( (?<!\\) < [a-zA-Z][a-zA-Z0-9+.-]+ : [^\s<>]* >
        | (?<= [^\\] \] \( ) (?: < [^<>]* > | [^\s()<>]+ ) (?= (?:\s"[^"]*")? \) ) )""",
    re.VERBOSE,
)
ADDRESSES = "\ue000"
"""What stands among separators where addresses are broken, too."""
_LONE = re.compile(
    r"""(?: (?<!\s) \* | \* (?!\s) | ~~ | (?<!\w) _ (?!\s) | (?<!\s) _ (?!\w) )""",
    re.VERBOSE,
)
"""A mark that emphasis could begin or end with, were something beside it."""
_SQUARE = re.compile(r"\\[\[\]]")
_ODD = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def slanted(text: str) -> str:
    r"""Spell emphasis with other marks, between those of a template; else as it is.

    >>> slanted("*Down* for *all*")
    '_Down_ for _all_'
    """
    if "*" not in text:
        return text
    from postmortem.markdown import spelling

    tokens = spelling.parsed(text)
    said = [each.content for each in tokens if each.type.startswith("text")]
    lone = any("*" in each or "`" in each for each in said)
    style = spelling.Style(full=lone, marks="__")
    made = spelling.spelled(tokens, style, html_is_text=False)
    wanted = spelling.meaning(tokens, html_is_text=False)
    back = spelling.meaning(spelling.parsed(made), html_is_text=False)
    return made if back == wanted else text


def closed(text: str) -> str:
    r"""Escape the marks of emphasis that stand alone: a neighbour could close it.

    >>> closed("*.log, *all* of it")
    '\\*.log, *all* of it'
    """
    if not _LONE.search(text) or sum(map(text.count, "[<`")) > inline.MOST_OPENED:
        return text
    from postmortem.markdown import spelling

    tokens = spelling.parsed(text)
    said = (each.content for each in tokens if each.type == "text")
    if not any(map(_LONE.search, said)):
        return text
    made = spelling.spelled(
        tokens, spelling.Style(full=True, marks="**"), html_is_text=False
    )
    wanted = spelling.meaning(tokens, html_is_text=False)
    back = spelling.meaning(spelling.parsed(made), html_is_text=False)
    return made if back == wanted else text


def broken(text: str, separators: Collection[str]) -> str:
    """Put an empty comment behind every separator that stands in the text.

    A backslash is one at the end of a line alone, where it is escaped.
    An address in brackets would be none with a comment in it, nor what a link goes to:
    it stays whole, unless ADDRESSES is among the separators.
    """
    if ("<" in text or "](" in text) and ADDRESSES not in separators:
        pieces = _ADDRESS.split(text)
        pieces[::2] = [_broken(piece, separators) for piece in pieces[::2]]
        return "".join(pieces)
    return _broken(text, separators)


def ended(text: str) -> str:
    """Escape a backslash at the end, so that it does not escape what comes behind."""
    return f"{text}\\" if "\\" in text and _ODD.search(text) else text


def _broken(text: str, separators: Iterable[str]) -> str:
    for separator in separators:
        if separator.strip().endswith("\\"):
            text = ended(text)
        elif separator.strip():
            before, bracket, rest = separator.partition("[")
            if bracket:  # not within a link, which it would undo
                behind = _SQUARE.sub(r"\\\\?\g<0>", re.escape(rest))
                found = rf"({re.escape(before)})(\\?\[{behind})"
                text = re.sub(found, rf"\1{inline.BREAK}\2", text)
            else:
                text = text.replace(separator, separator + inline.BREAK)
    return text
