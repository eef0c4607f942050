"""The rules about wording: each looks for the phrases of its code in the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.checks.rules import HINT, WARNING, Rule, once, rule
from postmortem.checks.searching import among
from postmortem.checks.windows import sentences
from postmortem.checks.wording.phrases import Phrase, phrases_in

if TYPE_CHECKING:
    from postmortem.checks.passages import Passage
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_NAME = "\N{LATIN SMALL LETTER HV}"
"""What the phrases have for each character of a name: a letter that no text has."""
_Spot = tuple[Phrase, "Passage", list[int]]
"""A phrase, a passage that it concerns, and where words of the phrase stand in it."""


def _wording(code: str, name: str, severity: str = WARNING) -> Rule:
    """Make the rule that yields the phrases of its code."""

    @rule(code=code, name=name, group="language", severity=severity)
    def found(subject: Subject) -> Iterator[Finding]:
        for phrase, passage, starts in _spots(subject).get(code, ()):
            text = _nameless(subject)[passage.start : passage.end]
            for match in phrase.in_text(text, sentences(text, starts)):
                yield subject.marked(
                    passage,
                    match,
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
    """Return the text in small letters, with a stand-in for the people of the settings.

    Their names are whole words, as they are written there: many a one is, in small
    letters, a word like others. It is as long.
    """
    people = sorted(filter(_is_name, subject.settings.people), key=len, reverse=True)
    if not people:
        return subject.lowered
    begun = (f"[{it[0]}{it[0].upper()}]{re.escape(it[1:])}" for it in people)
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(begun)})(?![\w-])")
    parts, end = [], 0
    for found in names.finditer(subject.masked):
        parts += [subject.lowered[end : found.start()], _NAME * len(found[0])]
        end = found.end()
    return "".join([*parts, subject.lowered[end:]])


def _is_name(text: str) -> bool:
    """Tell whether it can be told from other words: it is no single letter."""
    return len(text) > 1 and text[0].isalnum()


@once
def _spots(subject: Subject) -> dict[str, list[_Spot]]:
    """Return by code where phrases may be: their words are looked for all at once."""
    found: dict[str, list[_Spot]] = {}
    for phrase, places in phrases_in(subject.words):
        for passage, starts in among(subject, places):
            if _concerns(phrase, passage):
                found.setdefault(phrase.code, []).append((phrase, passage, starts))
    return found


def _concerns(phrase: Phrase, passage: Passage) -> bool:
    if phrase.fields and passage.field not in phrase.fields:
        return False
    return passage.field not in phrase.outside
