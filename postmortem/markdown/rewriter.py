"""A changed record put into a text that people have edited, by the smallest diff."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from postmortem import yamls
from postmortem.errors import Refused
from postmortem.markdown import (
    derived,
    last_section,
    panel_edits,
    reader,
    row_edits,
    row_places,
    section_edits,
    text_edits,
    writer,
)
from postmortem.markdown.change import BESIDE, GATHERED, PLAIN, Change
from postmortem.markdown.template import Template
from postmortem.markdown.values import tree
from postmortem.model import STANDARD, Report


def rewrite(
    text: str,
    report: Report,
    template: Template,
    *,
    path: str | None = None,
    named: bool = True,
) -> str:
    """Return the text with the record's changes put in.

    Only the lines of changed values change, and the derived lines that they lead to.
    Rows that are written gain their keys; those that people added beside a table move
    into it where the change cannot be put beside it. Raises Refused when a change
    cannot be put into this text so that it reads back; nothing is lost then, and the
    message says what to do. A text without a template is to name this one if `named`.
    """

    def changed(way: str) -> Change:
        made = Change(text, report, template, path, way=way)
        if not named:
            made.new = made.new.replace(template=made.old.template)
            made.changed.discard("template")
        return made

    change = changed(PLAIN)
    try:
        return _rewritten(change)
    except Refused:
        if not row_places.scattered(change):
            raise
    with suppress(Refused):
        return _rewritten(changed(BESIDE))
    return _rewritten(changed(GATHERED))


def refresh(text: str, template: Template, *, path: str | None = None) -> str:
    """Return the text with its derived lines as the record now makes them."""
    return _rewritten(Change(text, None, template, path))


def _rewritten(change: Change) -> str:
    if change.old.other != change.new.other:
        message = "sections that the template does not know are changed in an editor"
        raise Refused(message, path=change.path)
    if change.alone:
        text_edits.lone(change)
    else:
        _edit(change)
    text = "\n".join(change.edits.applied())
    scalars = _scalars(change)
    if scalars.keys() == {"template"} and not change.inserted:
        change.changed.discard("template")  # nothing is laid out by it
    elif scalars:
        order = writer.order(change.outline)
        text = yamls.splice(text, scalars, order=order, path=change.path)
    _check(change, text)
    newline = change.spans.newline
    return text if newline == "\n" else text.replace("\n", newline)


def _edit(change: Change) -> None:
    """Collect the edits of the body that a change leads to."""
    section_edits.title(change)
    section_edits.missing(change)
    text_edits.texts(change)
    row_edits.rows(change)
    last_section.hidden(change)
    last_section.rewritten(change)
    if change.new.template is None:
        return  # no line of it was ever ours
    for start, end, new in derived.replacements(change):
        change.edits.replace(start, end, new)
    panel_edits.panels(change)


def _scalars(change: Change) -> dict[str, Any]:
    """Return what changes in the front matter."""
    changes: dict[str, Any] = {}
    written = writer.keys(change.new, change.outline)
    for name in dict.fromkeys((*change.spans.front, *written)):
        if name not in change.changed or (name == "title" and change.outline.title):
            continue
        known = change.known.get(name)
        if known is not None and known.in_body:
            continue
        new = tree(known, change.new.value(name))
        if new is not None or name in change.spans.front:
            changes[name] = new
    return changes


def _check(change: Change, text: str) -> None:
    """Read the text back before it is given away.

    Front matter is read back by its own splice; derived lines hold no values.
    """
    if not change.in_body:
        return
    only = None if change.whole else change.changed
    back, spans, _ = reader.read(text, change.outline, path=change.path, only=only)
    names = (
        {*STANDARD, *back.extra, *change.new.extra} if change.whole else change.changed
    )
    lost = sorted(name for name in names if back.value(name) != change.new.value(name))
    if back.other != change.new.other:
        lost.append("the sections that the template does not know")
    if spans.sections.keys() != change.spans.sections.keys() | change.inserted:
        lost.append("a section")
    if not lost:
        return
    line = change.spans.line_of(lost[0])
    message = f"{', '.join(lost)} cannot be changed here so that it reads back"
    hint = "change it in an editor; what is in the file is untouched"
    raise Refused(message, path=change.path, line=line, hint=hint)
