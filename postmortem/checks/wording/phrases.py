"""Words that blame, judge or blur, as data: one file of phrases for each language."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec

from postmortem.checks.vocabulary import Index, Vocabulary, indexed
from postmortem.checks.windows import Window, found_in

_END = re.compile(r"(?<=[.!?])\s+(?=\S)|\n\s*\n|\n[ \t]*(?=[-*+|]|\d+[.)])")


_ARTICLE = re.compile(
    r"\b(?<!\bin.)(?<!\bof.)(?<!\bon.)(?<!\bat.)(?<!\bfrom.)(?:an?|our|the|their)[ \n]",
    re.DOTALL,
)
"""What a person's name may begin with; not that of a place behind it."""


class Phrase(msgspec.Struct, kw_only=True, dict=True):
    """One kind of wording, and what to say of it."""

    code: str
    source: str
    """The pattern as it is written; see `pattern`."""
    words: tuple[str, ...]
    """Lower case; every match has one of them in its paragraph."""
    say: str
    hint: str
    instead: str | None = None
    fields: tuple[str, ...] = ()
    """Only in these, where there are any."""
    outside: tuple[str, ...] = ()
    """Not in these fields."""
    against: str | None = None
    """Not in a sentence in which this is found; see `unless`."""
    along: str | None = None
    """Only in a sentence in which this is found; see `needed`."""
    who: str | None = None
    """Where it is said of a person, what that may be."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for; compiled when a text has one of the words."""
        return _compiled(self.source)

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        """What must not be in the same sentence."""
        return _compiled(self.against) if self.against else None

    @cached_property
    def needed(self) -> re.Pattern[str] | None:
        """What must be in the same sentence."""
        return _compiled(self.along) if self.along else None

    def in_text(self, text: str, windows: Iterable[Window]) -> Iterator[re.Match[str]]:
        """Yield what is found in parts of a text, if it fits into its sentence.

        The text is in small letters.
        """
        matches = [*found_in(self.pattern, text, windows)]
        if not matches or (self.unless is None and self.needed is None):
            yield from matches
            return
        stops = [stop.span() for stop in _END.finditer(text)]
        fits = cache(lambda start, end: self._fits(text[start:end]))
        for found in matches:
            if fits(*_sentence(stops, found, len(text))):
                yield found

    def told(self, found: re.Match[str]) -> Window:
        """Return where the words stand that say it: from the person on, if one leads.

        What the pattern takes for words of a name may be the sentence before it.
        """
        text, (start, end) = found.string, found.span()
        who = _compiled(self.who).match(text, start, end) if self.who else None
        articles = [*_ARTICLE.finditer(text, start, who.end())] if who else []
        start = articles[-1].start() if articles else start
        return start, start + len(text[start:end].rstrip())

    def _fits(self, sentence: str) -> bool:
        if self.unless and self.unless.search(sentence):
            return False
        return not self.needed or self.needed.search(sentence) is not None


class Language(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The phrases of one language, and how to know a text that is written in it."""

    name: str
    known_by: tuple[str, ...]
    """Everyday words, in small letters."""
    phrases: tuple[Phrase, ...]

    @cached_property
    def index(self) -> Index:
        """The words of the phrases, by which those are found that a text may have."""
        return indexed(each.words for each in self.phrases)


@cache
def languages() -> Sequence[Language]:
    """Return every language that there are phrases for."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return tuple(_language(each.read_text("utf-8")) for each in files)


def languages_of(words: Vocabulary) -> Sequence[Language]:
    """Return the language of a text by its everyday words; all, where none tells."""
    found = [words.count(each.known_by) for each in languages()]
    most = max(found)
    return [each for each, of in zip(languages(), found, strict=True) if of == most]


def phrases_in(words: Vocabulary) -> Iterator[tuple[Phrase, Sequence[int]]]:
    """Yield the phrases that may be in a text, with where their words stand in it."""
    for language in languages_of(words):
        for number, places in words.spots_by_group(language.index):
            yield language.phrases[number], places


def _language(text: str) -> Language:
    import tomllib

    read = tomllib.loads(text)
    return Language(
        name=read["language"],
        known_by=tuple(read["function_words"]),
        phrases=tuple(_phrase(each, read["stand_ins"]) for each in read["phrase"]),
    )


def _phrase(read: Mapping[str, Any], stand_ins: Mapping[str, str]) -> Phrase:
    told = {
        name: _filled(read[key], stand_ins)
        for name, key in (
            ("source", "pattern"),
            ("against", "unless"),
            ("along", "with"),
        )
        if key in read
    }
    return Phrase(
        code=read["code"],
        words=tuple(read["words"]),
        say=read["say"],
        hint=read["hint"],
        instead=read.get("instead"),
        fields=tuple(read.get("fields", ())),
        outside=tuple(read.get("outside", ())),
        who=stand_ins.get("person") if "{person}" in read["pattern"] else None,
        **told,
    )


def _filled(text: str, stand_ins: Mapping[str, str]) -> str:
    for name, words in stand_ins.items():
        text = text.replace(f"{{{name}}}", words)
    return text


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text.replace(" ", r"[ \n]"), re.MULTILINE)


def _sentence(stops: Sequence[Window], found: re.Match[str], length: int) -> Window:
    """Return where the sentence of a match begins and ends, between these stops."""
    before = bisect_right(stops, found.start(), key=itemgetter(1))
    behind = bisect_left(stops, found.end(), key=itemgetter(0))
    begin = stops[before - 1][1] if before else 0
    return begin, stops[behind][0] if behind < len(stops) else length
