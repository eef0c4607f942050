"""Tables and lists of a document as loops over rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postmortem import moments
from postmortem.errors import PostmortemError
from postmortem.markdown import fields
from postmortem.markdown.adopting.document import Document, plain
from postmortem.markdown.adopting.layout import cell, declaration
from postmortem.markdown.adopting.names import part_names, slug
from postmortem.markdown.adopting.notes import Notes
from postmortem.markdown.blocks import Block
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.synonyms import plain_heading

_VARIABLES: Mapping[str, str] = {
    fields.EVENTS: "event",
    fields.ACTIONS: "action",
    fields.FACTORS: "factor",
    fields.REVISIONS: "revision",
    fields.LIST: "question",
}
_HEADS: Mapping[str, Mapping[str, str]] = {
    fields.EVENTS: {"at": "Time (UTC)", "text": "Event", "source": "Source"},
    fields.REVISIONS: {"on": "Date", "text": "Change"},
    fields.ACTIONS: {
        "key": "Key",
        "text": "Action",
        "owner": "Owner",
        "due": "Due",
        "status": "Status",
    },
    fields.FACTORS: {"key": "Key", "kind": "Kind", "text": "Factor"},
}
_NEEDED: Mapping[str, Sequence[str]] = {
    fields.EVENTS: ("at", "text", "source"),
    fields.REVISIONS: ("on", "text"),
    fields.ACTIONS: ("key", "text", "owner", "due", "status"),
    fields.FACTORS: ("key", "text"),
}
_LEADING = ("key", "at", "on")
"""Parts whose column, where the document has none, comes first."""
_EVENT: Mapping[str, str] = {
    "at": "{{ event.at | utc }}",
    "kind": "{% if event.kind %}**{{ event.kind }}:** {% endif %}",
    "link": "{% if event.link %} ([link]({{ event.link }})){% endif %}",
}
"""How parts of an event are shown: time in its column, others around the text."""
_DETAILS = '"owner", "due", "type", "priority", "factor", "link", "status"'
_LISTS: Mapping[str, Sequence[str]] = {
    fields.ACTIONS: (
        (
            "- [{{ action.status | box }}] **{{ action.key }}** {{ action.text }}"
            f"{{{{ action | details({_DETAILS}) }}}}"
            "{% if action.done_when %}\\{% endif +%}"
        ),
        "{% if action.done_when %}",
        "  done when: {{ action.done_when }}",
        "{% endif %}",
    ),
    fields.FACTORS: (
        (
            "- **{{ factor.key }}** {{ factor.kind }}: {{ factor.text }}"
            "{% if factor.evidence %}\\{% endif +%}"
        ),
        "{% if factor.evidence %}",
        "  evidence: {{ factor.evidence }}",
        "{% endif %}",
    ),
    fields.LIST: ("- {{ question }}",),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table that has rows."""

    head: str
    part: str


def standard(
    name: str, block: Block | None, document: Document, notes: Notes
) -> list[str]:
    """Return the loop of a standard field, as a table where the document has one."""
    kind = STANDARD[name].kind
    heads = list(block.heads) if block is not None else []
    if kind == fields.LIST or (not heads and kind in _LISTS):
        return _loop(name, _VARIABLES[kind], _LISTS[kind])
    columns = _columns(heads, kind, document, notes, block)
    return _table(columns, name, _VARIABLES[kind], kind)


def fits(heads: Sequence[str], kind: str) -> int:
    """Return how many columns of a table are parts of rows of a kind."""
    found = [part for part in part_names(heads, kind) if part]
    return len(found) if "text" in found else 0


def timeless(heading: str) -> str:
    """Return the heading of a timeline without a zone: its times are in UTC."""
    if not _names_other_zone(heading):
        return heading
    said = heading.partition("(")[0].strip()
    clear = bool(said) and not _names_other_zone(said)
    return said if clear else STANDARD["timeline"].label


def declared(
    name: str, asked: str, label: str, block: Block, document: Document
) -> list[str]:
    """Return the loop of a table of the template's own, with the document's columns."""
    columns: list[Column] = []
    for number, said in enumerate(block.heads, 1):
        head = plain(said, document.env) or f"Column {number}"
        stump = slug(plain_heading(head)) or f"column_{number}"
        part, count = stump, 1
        while any(part == each.part for each in columns):
            count += 1
            part = f"{stump}_{count}"
        if any(plain_heading(head) == plain_heading(each.head) for each in columns):
            head = f"{head} {number}"
        columns.append(Column(head=head, part=part))
    parts = [each.part for each in columns]
    called = declaration(name, asked, label=label, kind="table", columns=parts)
    return _table(columns, called, "row", fields.TABLE)


def own_list(name: str, asked: str, label: str) -> list[str]:
    """Return the loop of a list of the template's own."""
    called = declaration(name, asked, label=label, kind="list")
    return _loop(called, "each", ("- {{ each }}",))


def _columns(
    heads: Sequence[str],
    kind: str,
    document: Document,
    notes: Notes,
    block: Block | None,
) -> list[Column]:
    """Return the columns of a table of a standard field; others are left out."""
    found: list[Column] = []
    said = [plain(each, document.env) for each in heads]
    for head, part in zip(said, part_names(said, kind), strict=True):
        if part is not None:
            found.append(Column(head=_timed(head) if part == "at" else head, part=part))
            usual_ = (part, _HEADS[kind].get(part, part).casefold())
            if block is not None and plain_heading(head) not in usual_:
                why = f"a column of {kind}"
                notes.guess(document.line_of(block), head, part, why)
        elif block is not None and head:
            why = f"no part of {kind} is called so"
            notes.left_out(document.line_of(block), f"column {head!r}", why)
    usual = _HEADS[kind]
    wanted = _NEEDED[kind] if heads else tuple(usual)
    missing = [part for part in wanted if part not in [each.part for each in found]]
    more = [Column(head=usual[part], part=part) for part in missing]
    if block is not None:
        for each in more:
            why = f"{kind} are kept with it"
            line = document.line_of(block)
            notes.guess(
                line, f"no column for {each.part}", f"column {each.head!r}", why
            )
    before = [each for each in more if each.part in _LEADING]
    behind = [each for each in more if each.part not in _LEADING]
    if not heads:
        return [Column(head=head, part=part) for part, head in usual.items()]
    return [*before, *found, *behind]


def _timed(head: str) -> str:
    """Return the head of a column of times, which are printed in UTC."""
    if "UTC" in head and not _names_other_zone(head):
        return head
    return f"{head.partition('(')[0].strip() or 'Time'} (UTC)"


def _table(columns: Sequence[Column], over: str, row: str, kind: str) -> list[str]:
    heads = " | ".join(cell(each.head or each.part.capitalize()) for each in columns)
    shown = (_shown(each.part, row, columns, kind) for each in columns)
    rows = [f"| {' | '.join(shown)} |"]
    rule = " | ".join("---" for _ in columns)
    return [f"| {heads} |", f"| {rule} |", *_loop(over, row, rows)]


def _shown(part: str, row: str, columns: Sequence[Column], kind: str) -> str:
    """Return the cell of a part; an event's text holds what has no column."""
    cell_ = f"{{{{ {row}.{part} }}}}"
    if kind != fields.EVENTS:
        return cell_
    if part == "text":
        parts = [each.part for each in columns]
        kind_, link = (
            "" if each in parts else _EVENT[each] for each in ("kind", "link")
        )
        return f"{kind_}{cell_}{link}"
    return _EVENT["at"] if part == "at" else cell_


def _loop(over: str, row: str, lines: Sequence[str]) -> list[str]:
    return [f"{{% for {row} in {over} %}}", *lines, "{% endfor %}"]


def _names_other_zone(text: str) -> bool:
    """Tell whether a text names a zone besides UTC, or one that nobody knows."""
    try:
        zone = moments.column_zone(text)
    except PostmortemError:
        return True
    return zone is not None and zone != moments.zone("UTC")
