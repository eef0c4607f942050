"""The rules about wording: each looks for the phrases of its code in the language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postmortem.checks.rules import HINT, rule
from postmortem.checks.searching import among
from postmortem.checks.windows import sentences
from postmortem.checks.wording.phrases import Phrase, phrases_in

if TYPE_CHECKING:
    from postmortem.checks.passages import Passage
    from postmortem.checks.subject import Subject
    from postmortem.model import Finding

_PHRASES = "phrases"


@rule(code="PM501", name="a person as the cause", group="language")
def blame(subject: Subject) -> Iterator[Finding]:
    """Yield words that end at somebody's mistake."""
    yield from _found(subject, "PM501")


@rule(code="PM502", name="a world that was not", group="language")
def counterfactual(subject: Subject) -> Iterator[Finding]:
    """Yield what should, could or would have been."""
    yield from _found(subject, "PM502")


@rule(code="PM503", name="judgement", group="language")
def judgement(subject: Subject) -> Iterator[Finding]:
    """Yield words that judge, or call plain what was not."""
    yield from _found(subject, "PM503")


@rule(code="PM504", name="alarm in the words", group="language")
def animated(subject: Subject) -> Iterator[Finding]:
    """Yield words that say how it felt."""
    yield from _found(subject, "PM504")


@rule(code="PM505", name="a fact that may be a guess", group="language")
def hedge(subject: Subject) -> Iterator[Finding]:
    """Yield facts of which nobody can tell how they are known."""
    yield from _found(subject, "PM505")


@rule(code="PM506", name="all of it, or a part", group="language", severity=HINT)
def whole(subject: Subject) -> Iterator[Finding]:
    """Yield words for everything where a part is meant."""
    yield from _found(subject, "PM506")


def _found(subject: Subject, code: str) -> Iterator[Finding]:
    found = subject.shared.get(_PHRASES)
    if found is None:
        found = subject.shared[_PHRASES] = _phrases(subject)
    for phrase, passage, starts in found.get(code, ()):
        text = passage.masked
        for match in phrase.in_text(text, sentences(text, starts)):
            yield subject.marked(
                passage,
                match,
                phrase.say,
                hint=phrase.hint,
                suggestion=phrase.instead,
            )


_Spot = tuple[Phrase, "Passage", list[int]]
"""A phrase, a passage that it concerns, and where words of the phrase stand in it."""


def _phrases(subject: Subject) -> dict[str, list[_Spot]]:
    """Return by code where phrases may be: their words are looked for all at once."""
    found: dict[str, list[_Spot]] = {}
    for phrase, places in phrases_in(subject.folded):
        for passage, starts in among(subject, places):
            if _concerns(phrase, passage):
                found.setdefault(phrase.code, []).append((phrase, passage, starts))
    return found


def _concerns(phrase: Phrase, passage: Passage) -> bool:
    if phrase.fields and passage.field not in phrase.fields:
        return False
    return passage.field not in phrase.outside
