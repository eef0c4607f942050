"""An edit of front matter that changes the lines of the keys it is about, no others.

Re-emitting a document loses comments, quoting and alignment, so new values are put
where the old ones stood; what came out is read again and compared before it is given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.errors import Problems, Refused
from postmortem.yamls.edits import Edits, content
from postmortem.yamls.fences import Split, split
from postmortem.yamls.nodes import Node, Tree, load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortem.yamls.nodes import Value

_NEWLINE = re.compile(r"\r\n|\n|\r")


def splice(
    text: str,
    changes: Mapping[str, Value],
    *,
    order: Sequence[str] = (),
    path: str | None = None,
) -> str:
    """Return a report's text with keys of its front matter set, added or removed.

    None removes a key. A new key goes behind the nearest present key that precedes it
    in `order`, else before the nearest that follows, else behind the last. Front
    matter is begun where there is none. A value that stays equal keeps its lines byte
    for byte; comments, quoting, newline and list style (flow or block) are kept.

    Raises Problems when the front matter cannot be read, Refused when the change
    cannot be made without touching more than these keys.
    """
    cut = split(text, path)
    if cut.problem:
        raise Problems((cut.problem,))
    top = load(cut.front or "", path, cut.front_line)
    old = {name: node.tree() for name, node in top.entries.items()}
    removed = {name for name, value in changes.items() if value is None}
    values = {name: content(changes[name]) for name in changes if name not in removed}
    wanted = {name: kept for name, kept in old.items() if name not in removed} | values
    if wanted == old:
        return text
    if top.style == "flow":
        raise _refused(path, top, "Write one key on each line, without braces.")
    edits = Edits(cut.front or "", _newline(text))
    edits.change(top, values, removed, order)
    front = edits.applied()
    if not _holds(front, wanted, old):
        raise _refused(path, top, "Change it in an editor.")
    return _assembled(text, cut, front)


def _holds(front: str, wanted: Mapping[str, Tree], old: Mapping[str, Tree]) -> bool:
    """Tell whether front matter reads back as wanted, old keys in their old order."""
    if split(f"---\n{front}---\n").front != front:
        return False
    try:
        entries = load(front).entries
    except Problems:
        return False
    found = {name: node.tree() for name, node in entries.items()}
    kept = [name for name in found if name in old]
    return found == wanted and kept == [name for name in old if name in wanted]


def _assembled(text: str, cut: Split, front: str) -> str:
    if cut.front is not None:
        return text[: cut.front_start] + front + text[cut.front_end :]
    newline, body = _newline(text), text[cut.body_start :]
    gap = newline if body and not _NEWLINE.match(body) else ""
    mark = text[: cut.body_start]
    return f"{mark}---{newline}{front}---{newline}{gap}{body}"


def _newline(text: str) -> str:
    found = _NEWLINE.search(text)
    return found[0] if found else "\n"


def _refused(path: str | None, top: Node, hint: str) -> Refused:
    return Refused(
        "this front matter cannot be changed without touching other lines",
        path=path,
        line=top.line,
        hint=hint,
    )
