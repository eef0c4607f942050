"""The rules about wording: each looks for the phrases of its code in the language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.checks.prints import heading
from postmortem.checks.rules import HINT, WARNING, Rule, once, rule
from postmortem.checks.searching import among
from postmortem.checks.vocabulary import Vocabulary
from postmortem.checks.windows import sentences
from postmortem.checks.wording.phrases import Phrase, phrases_in

if TYPE_CHECKING:
    from postmortem.checks.passages import Passage
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_SPOKEN = ("PM502", "PM503", "PM504")
_CHATS = ("chat log", "chat logs", "transcript", "chatverlauf", "chatprotokoll")
"""How the headings end below which a chat is, in small letters."""
_Spot = tuple[Phrase, "Passage", list[int]]
"""A phrase, a passage that it concerns, and where words of the phrase stand in it."""


def _wording(code: str, name: str, severity: str = WARNING) -> Rule:
    """Make the rule that yields the phrases of its code: the same words once."""

    @rule(code=code, name=name, group="language", severity=severity)
    def found(subject: Subject) -> Iterator[Finding]:
        taken: set[int] = set()
        for phrase, passage, starts in _spots(subject).get(code, ()):
            text = _nameless(subject)[passage.start : passage.end]
            for match in phrase.in_text(text, sentences(text, starts)):
                places = range(
                    passage.start + match.start(), passage.start + match.end()
                )
                if not taken.isdisjoint(places):
                    continue
                taken.update(places)
                if _is_pasted(subject, phrase, places.start):
                    continue
                yield subject.marked(
                    passage,
                    phrase.told(match),
                    phrase.say,
                    hint=phrase.hint,
                    suggestion=phrase.instead,
                )

    return found


blame = _wording("PM501", "a person as the cause")
counterfactual = _wording("PM502", "a world that was not")
judgement = _wording("PM503", "judgement")
animated = _wording("PM504", "alarm in the words")
hedge = _wording("PM505", "a fact that may be a guess")
whole = _wording("PM506", "all of it, or a part", HINT)


@once
def _nameless(subject: Subject) -> str:
    """Return the text in small letters, with a stand-in for the settings' people."""
    if not subject.settings.people:
        return subject.lowered
    from postmortem.checks.wording.names import nameless

    return nameless(subject.masked, subject.lowered, subject.settings.people)


@once
def _spots(subject: Subject) -> dict[str, list[_Spot]]:
    """Return by code where phrases may be: their words are looked for all at once."""
    found: dict[str, list[_Spot]] = {}
    text, words = _nameless(subject), subject.words
    if text is not subject.lowered:
        words = Vocabulary(text.replace("\n", " "))
    for phrase, places in phrases_in(words):
        for passage, starts in among(subject, places):
            if _concerns(phrase, passage) and not _is_spoken(subject, phrase, passage):
                found.setdefault(phrase.code, []).append((phrase, passage, starts))
    return found


def _is_spoken(subject: Subject, phrase: Phrase, passage: Passage) -> bool:
    """Tell whether words may be what somebody said then, and nobody rewrites.

    Other people's timelines are made of chat as often as not, and so is what stands
    between their rows.
    """
    if phrase.code not in _SPOKEN or not subject.foreign:
        return False
    is_row = passage.field == "timeline" and passage.row is not None
    return is_row or passage.start in _below_events(subject)


@once
def _below_events(subject: Subject) -> range:
    """Return where the text is that stands below a first event, under its heading."""
    rows, body = subject.spans.rows.get("timeline"), subject.spans.body
    homes = [it.section for it in subject.outline.rows if it.field == "timeline"]
    cut = subject.spans.sections.get(homes[0]) if rows and homes else None
    if not rows or cut is None:
        return range(0)
    first, end = body + rows[0].start, body + cut.end
    return range(subject.starts[first], subject.starts[end])


def _is_pasted(subject: Subject, phrase: Phrase, start: int) -> bool:
    """Tell whether words stand under the heading of a chat."""
    if phrase.code not in _SPOKEN:
        return False
    above = heading(subject, subject.place(start)[0])
    return above.casefold().endswith(_CHATS)


def _concerns(phrase: Phrase, passage: Passage) -> bool:
    if phrase.fields and passage.field not in phrase.fields:
        return False
    return passage.field not in phrase.outside
