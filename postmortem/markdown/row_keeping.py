"""What somebody wrote about a row beside its parts: no change of the row may lose it.

Where the new text has no place for it, the change is refused, and the line is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postmortem.errors import Refused
from postmortem.markdown import row_fitting
from postmortem.markdown.change import Change
from postmortem.markdown.rows import LOOSE, Container, Found


def check_below(
    change: Change, every: Sequence[Found], row: Found, *, carried: bool
) -> None:
    """Refuse to take a row away with what stands below it, unless that is `carried`.

    `every` are the rows of its field.
    """
    start, end = change.spans.body + row.start, change.spans.body + row.end
    more = row.notes and not carried
    if row.container.shape == LOOSE:
        lines = change.edits.lines[start:end]
        more = row_fitting.leaves_out(lines, row.parts) or _is_apart(change, every, row)
    if more:
        what = "event" if row.container.field == "timeline" else "row"
        message = f"what stands below this {what} would be lost"
        hint = "give each time a line of its own, or do it in an editor"
        raise Refused(message, path=change.path, line=start + 1, hint=hint)


def check_moved(
    change: Change, row: Found, into: Container | None, old: Any, new: Any
) -> None:
    """Refuse to move a row away from a column or a remark that speaks of it.

    None is a table or list that is not there yet.
    """
    if row.container is not into:
        _check_beside(change, row)
    elif row.container.shape == "table":
        return
    check_read(change, row, old, new)


def _check_beside(change: Change, row: Found) -> None:
    line = change.spans.body + row.start
    container, what = row.container, ""
    if container.shape == "table" and row_fitting.says_more(
        change.edits.lines[line], container.columns
    ):
        what = "a row with cells of your own would leave its table and lose them"
    elif row.remarks:
        what = "a row with a remark of your own would leave its list and lose it"
    if what:
        hint = "move it in an editor; what is in the file is untouched"
        raise Refused(what, path=change.path, line=line + 1, hint=hint)


def spliced(
    line: str, cells: Sequence[str | None], row: Found, old: Any, new: Any
) -> str:
    """Return a table's line with other cells put in; what nobody can read stays."""
    kept = _unread(row, old, new)
    columns = row.container.columns
    mine = [
        None if at < len(columns) and not kept.isdisjoint(columns[at]) else cell
        for at, cell in enumerate(cells)
    ]
    return row_fitting.spliced(line, mine)


def _unread(row: Found, old: Any, new: Any) -> set[str]:
    """Return the parts of a row that nobody can read, and that do not change."""
    parts = row_fitting.unread(old, row.parts)
    return {part for part in parts if getattr(new, part) is None}


def check_read(change: Change, row: Found, old: Any, new: Any) -> None:
    """Refuse to spell a row anew that has words which nobody can read."""
    if parts := sorted(_unread(row, old, new)):
        message = f"{row.parts[parts[0]]!r} is no {parts[0]} that can be read"
        line = change.spans.body + row.start + 1
        hint = "it would be lost: write it otherwise, or into the words of the row"
        raise Refused(message, path=change.path, line=line, hint=hint)


def _is_apart(change: Change, every: Sequence[Found], row: Found) -> bool:
    """Tell whether there is text between the rows of a text that is no list."""
    rows = [each for each in every if each.container is row.container]
    held = {at for each in rows for at in range(each.start, each.end)}
    lines = change.edits.lines[change.spans.body :]
    between = range(min(held), max(held))
    return any(lines[at].strip() for at in between if at not in held)
