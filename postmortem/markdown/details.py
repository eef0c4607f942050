"""The parts of an action behind its text: `(owner, due 2026-12-01, prevent, P1, F1)`.

Each part says by its look what it is; one that looks like another part, or whose look
is not its own, carries its name: `owner: P1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from postmortem import model
from postmortem.markdown import neighbours
from postmortem.markdown.inline import BREAK

_NAMED = re.compile(
    r"(owner|due|type|priority|factor|link|status)\s*[:=]\s*(.+)", re.IGNORECASE
)
_LOOKS: Sequence[tuple[str, re.Pattern[str]]] = (
    (
        "due",
        re.compile(r"due\s+(.+)|(?:by\s+|bis\s+)?(\d{4}-\d\d-\d\d)", re.IGNORECASE),
    ),
    ("type", re.compile("(" + "|".join(model.ACTION_TYPES) + ")", re.IGNORECASE)),
    ("priority", re.compile(r"(P\d)")),
    ("factor", re.compile(r"(F\d+)")),
    ("status", re.compile(r"(open|in progress|done|dropped)", re.IGNORECASE)),
    ("link", re.compile(r"(<?https?://\S+|\[.*\]\(.*\)|#\d+|[A-Z][A-Z0-9]+-\d+)")),
)
_HANDLE = r"@\w[\w.-]*(?:/[\w.-]+)?"
_DEEPEST = 3
_BRACKET = re.compile(r"\]\((?:<[^<>]*>|[^()]*)\)|[()]")
"""A bracket; or what a link goes to, which no comment may stand in."""
_SEPARATOR = re.compile(rf",\s+(?!{re.escape(BREAK)})")
_SEMICOLON = re.compile(rf";\s+(?!{re.escape(BREAK)})")


def written(parts: Sequence[str], row: Mapping[str, str | None]) -> str:
    """Spell the parts that are set, in the order asked for; empty when none is.

    A status stands here only where a check box cannot show it.
    """
    said = []
    for part in parts:
        value = row.get(part)
        if not value or (part == "status" and value in (model.OPEN, model.DONE)):
            continue
        safe = _balanced(re.sub(r",(?=\s)", f",{BREAK}", neighbours.ended(value)))
        bare = f"due {safe}" if part == "due" else safe
        looks = next(_recognised(bare, parts), None)
        named = bare if looks == (part, safe) else f"{part}: {safe}"
        if len(_parted(named, parts)) > 1:
            named = re.sub(r";(?=\s)", f";{BREAK}", named)
        said.append(neighbours.closed(named))
    return f" ({', '.join(said)})" if said else ""


def read(inside: str, parts: Sequence[str]) -> dict[str, str]:
    """Read what stands between the brackets; words of no other look are the owner.

    Parts that cannot be told, because theirs is taken, are joined to the owner.
    """
    row: dict[str, str] = {}
    for whole in _SEPARATOR.split(inside):
        for number, said in enumerate(_parted(whole, parts)):
            text = said.replace(BREAK, "").strip()
            for part, value in _recognised(said.strip(), parts):
                if part not in row:
                    row[part] = value.replace(BREAK, "").strip()
                    break
            else:
                if text:
                    mark = ";" if number else ","
                    own = row.get("owner")
                    row["owner"] = f"{own}{mark} {text}" if own else text
    return row


def labelled(text: str, parts: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Part a text from brackets at its end that say themselves what they hold.

    They do by a label, as in `(owner: edge lead)`, or where they hold handles alone.
    """
    said = text.rstrip()
    start = _opening(said)
    inside = said[start + 1 : -1]
    if start < 1 or not said[start - 1].isspace() or inside.startswith(BREAK):
        return text, {}
    pieces = [
        piece.strip()
        for whole in _SEPARATOR.split(inside)
        for piece in _parted(whole, parts)
    ]
    handles = "owner" in parts and all(re.fullmatch(_HANDLE, it) for it in pieces)
    if handles or any(_label(piece) in parts for piece in pieces):
        return said[:start].rstrip(), read(inside, parts)
    return text, {}


def _opening(text: str) -> int:
    """Return where the bracket begins that a text ends with; -1 without one."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at if text[at] == "(" else -1
    return -1


def _label(said: str) -> str | None:
    """Return the part that words name in front of what they say of it."""
    named = _NAMED.fullmatch(said)
    return named and named[1].lower()


def _parted(said: str, parts: Sequence[str]) -> list[str]:
    """Cut words at their semicolons, where one of the pieces says what it is.

    A link that is named may have semicolons of its own.
    """
    if ";" not in said:
        return [said]
    pieces = _SEMICOLON.split(said)
    for number, piece in enumerate(pieces):
        part, value = next(_recognised(piece.strip(), parts), ("owner", ""))
        is_day = value[:1].isdigit() if part == "due" else part != "owner"
        if is_day and (number or part != "link" or not _NAMED.fullmatch(piece.strip())):
            return pieces
    return [said]


def _balanced(value: str) -> str:
    """Break the brackets of a value in which they do not pair, or nest deeply."""
    depth = deepest = 0
    for character in value:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth == 0 and deepest < _DEEPEST:
        return value
    return _BRACKET.sub(lambda found: found[0] + BREAK * (len(found[0]) == 1), value)


def _recognised(said: str, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    named = _NAMED.fullmatch(said)
    if named and named[1].lower() in parts:
        yield named[1].lower(), named[2]
    for part, look in _LOOKS:
        found = look.fullmatch(said) if part in parts else None
        if found:
            yield part, found[found.lastindex or 1]
    if "owner" in parts:
        yield "owner", said
