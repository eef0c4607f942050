"""What a heading of the file says besides its name, kept where the heading changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from postmortem.markdown import clocks, inline, section_edits
from postmortem.markdown.fields import STANDARD
from postmortem.markdown.synonyms import heading_field, plain_heading
from postmortem.markdown.transfer.stretches import LEFT, TITLE, Stretch
from postmortem.moments.zones import abbreviated

_BRACKETS = re.compile(r"(?P<blank>\s*)(?P<said>[(\uff08].*)$")
_PLURAL = re.compile(r"[(\uff08]\w{1,2}[)\uff09]")
_WORD = re.compile(r"[^\W\d_]+")
EVENTS = "timeline"
_OF_TIMES = {"all", "times", "time", "zone", "are", "in", "is", "local"}


class Unsure(Exception):
    """The new heading cannot say it and still be known for what it is."""


def beyond(file: Stretch, old: Stretch | None, new: Stretch | None) -> list[str]:
    """Return what a heading says besides a name, and neither template does.

    That is a comment, attributes, the mark of a note, words in brackets.
    """
    known = [each.heading for each in (old, new) if each is not None]
    if not file.head or file.heading in known:
        return []
    hung = section_edits.hung_on(file.heading)
    bare = file.heading
    for each in hung:
        bare = bare.replace(each, "", 1)
    said = [*_bracketed(bare, file.names), *(each.strip() for each in hung)]
    return [each for each in said if not any(each in other for other in known)]


def kept(
    file: Stretch, new: Stretch, said: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return the new heading with what the old one said, and lines to go below it.

    Raises Unsure where neither can have it.
    """
    head = "".join(new.head)
    if TITLE in new.names:
        for each in section_edits.hung_on(file.heading):
            mark = each.strip()
            head = head.replace(inline.canonical(mark), mark, 1)
        return [head], []
    timed = [] if new.text else [each for each in said if _tells_time(each)]
    more = [each for each in said if each not in timed]
    longer = " ".join((new.heading, *more))
    same = plain_heading(longer) == plain_heading(new.heading)
    made_up = new.kind == LEFT and new.names[0] not in STANDARD
    if new.shaped or made_up or len(new.head) != 1 or not same:
        raise Unsure
    return [" ".join((head, *more))], [_hidden(each) for each in timed]


def _bracketed(heading: str, names: Collection[str]) -> Iterator[str]:
    """Yield the words in brackets at the end of a heading, if they say something.

    The zone and the day of events do not: each of them has its own now.
    """
    found = _BRACKETS.search(heading)
    if found is None or not found.start():
        return
    said = found["said"].strip()
    inner = said.strip("()\uff08\uff09 ")
    if heading_field(inner) or (not found["blank"] and _PLURAL.fullmatch(said)):
        return
    words = [each for each in _WORD.findall(said) if each.casefold() not in _OF_TIMES]
    if EVENTS in names and _tells_time(said) and all(map(_is_zone, words)):
        return
    if re.search(r"\w", inner):
        yield said


def _tells_time(said: str) -> bool:
    """Tell whether words could be read as the zone or the day of what is below."""
    heading = f"Timeline {said}"
    return (
        any(map(_is_zone, _WORD.findall(said)))
        or clocks.zone_of(heading) is not None
        or clocks.day_of(heading) is not None
        or clocks.day_within(heading) is not None
    )


def _is_zone(word: str) -> bool:
    return word.isupper() and abbreviated(word)


def _hidden(said: str) -> str:
    return said if said.startswith("<!--") else f"<!-- {said.replace('--', '- -')} -->"
