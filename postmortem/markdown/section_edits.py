"""Headings put into a text: the title, and sections that changed values need."""

from __future__ import annotations

import re

from postmortem.errors import Refused
from postmortem.markdown import inline, patterns
from postmortem.markdown.change import Change
from postmortem.markdown.remarking import COMMENT

_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
_HUNG = re.compile(
    rf"""(?: (?P<comment> {COMMENT} )
      | (?<!\\) \{{ :?\s* (?: [#.][^\W\d] | [\w-]+= ) [^{{}}]* \}}
      | (?<!\\) <a\s [^<>]* > \s* </a>
      | (?<![\\!]) \[\^ [^\[\]\s]+ \] (?![(:])
      | (?<!\\) !\[ [^\[\]]* \] (?: \([^()]*\) | \[[^\[\]]*\] ) )""",
    re.VERBOSE,
)
"""What hangs on a title and is no word of it: a comment, attributes, an empty anchor,
the mark of a footnote, an image."""


def title(change: Change) -> None:
    """Put a changed title into its heading."""
    if not change.differs("title") or not change.outline.title:
        return
    hung = _hung(change)
    for each in hung:
        _hang(change, each)
    spot = next(
        each
        for each in change.written.made.sections
        if each.raw is not None
        and any(mark.of == ("title",) for mark in each.raw.values)
    )
    new = change.written.made.lines[spot.line]
    for each in hung:
        mark = each.strip()
        new = new.replace(inline.canonical(mark), mark, 1)
    at = change.spans.title
    if at is None:
        change.edits.insert_block(change.spans.body, [new])
        return
    end = at + 1
    following = change.edits.lines[end : end + 1]
    if following and _UNDERLINE.fullmatch(following[0]):
        end += 1
    change.edits.replace(at, end, [new])


def _hung(change: Change) -> list[str]:
    """Return what hangs on the old title; Refused where its line has more of that."""
    at = change.spans.title
    if at is None:
        return []
    cuts = change.spans.sections.values()
    line = next(each.heading for each in cuts if change.spans.body + each.line == at)
    said = (patterns.read(change.outline.title, line) or {}).get("title", "")
    hung = hung_on(said)
    beside = line.replace(said, "", 1) if said else line
    if hung_on(beside) or (hung and not change.new.title):
        message = "the title's line holds a comment that would go with the title"
        hint = "change the title in an editor; what is in the file is untouched"
        raise Refused(message, path=change.path, line=at + 1, hint=hint)
    return hung


def hung_on(said: str) -> list[str]:
    """Return what hangs on a heading: comments anywhere, and all else at its end."""
    closed = said.rfind("-->") + 1
    spelled = said[:closed] + said[closed:].replace("<!--", "<!==")
    found = [
        (len(said[: each.start()].rstrip()), each.end(), bool(each["comment"]))
        for each in _HUNG.finditer(spelled)
        if "`" not in said or said.count("`", 0, each.start()) % 2 == 0
    ]
    ends, last = len(said.rstrip()), len(found)
    while last and found[last - 1][1] == ends:
        last -= 1
        ends = found[last][0]
    return [
        said[start:end]
        for at, (start, end, comment) in enumerate(found)
        if at >= last or comment
    ]


def _hang(change: Change, mark: str) -> None:
    """Put what hung on the old title behind the new one, unless it is in there."""
    title, said = change.new.title or "", inline.canonical(mark)
    if said in title:
        return
    blank = " " if mark[:1].isspace() or said.startswith("\\") else ""
    change.new = change.new.replace(title=f"{title}{blank}{said}")


def missing(change: Change) -> None:
    """Insert sections that hold changed values and are not in the text."""
    made = change.written.made
    wanted = {
        change.section_of(section)
        for section, name in (
            *((spot.section, spot.field) for spot in made.texts),
            *((spot.section, spot.field) for spot in made.loops),
        )
        if change.differs(name)
    }
    for section in sorted(each for each in wanted if each is not None):
        if section not in change.spans.sections and section not in change.inserted:
            _insert(change, section)


def _insert(change: Change, section: int) -> None:
    """Insert a section, below the one that it belongs to."""
    spot = change.spot_of(section)
    if spot is None:
        return
    sections = change.written.made.sections
    start = max(sections[spot].line, 0)
    last = sections[spot + 1].line if spot + 1 < len(sections) else None
    lines = change.written.made.lines[start:last]
    change.inserted.add(section)
    parent = change.outline.sections[section].parent
    if (
        parent is not None
        and parent not in change.spans.sections
        and parent not in change.inserted
        and change.outline.sections[parent].level > 1
    ):
        _insert(change, parent)
    while lines and not lines[-1]:
        lines.pop()
    change.edits.insert_block(_place_of(change, section), lines)


def _place_of(change: Change, section: int) -> int:
    """Return the line before which a section that is missing belongs."""
    for later in range(section + 1, len(change.outline.sections)):
        cut = change.spans.sections.get(later)
        if cut is not None and cut.line >= 0:
            return change.spans.body + cut.line
    if change.spans.elsewhere is not None:
        return change.spans.elsewhere.start
    return len(change.edits.lines) - (not change.edits.lines[-1])
