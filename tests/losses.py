"""Which lines of a text an edit may take with it: those of values that changed."""

from __future__ import annotations

from collections import Counter

from postmortem import markdown
from postmortem.markdown import Template, everything, prose
from postmortem.model import Report
from tests.once import reading, written
from tests.oracles import changed, phrases, told


def gone(by_hand: str, new: str, made: Template, wanted: Report) -> list[str]:
    """Return the lines that went with no value of theirs, and are nowhere else.

    What may go: what our own layout of the old record has and that of the new one has
    not, the rows and texts that are others now, derived lines, and as many words for
    what is not known, or known to be none, as there are values now.
    """
    read = reading(by_hand, made).report
    went, came = changed(by_hand, new)
    may_go, _ = changed(written(read, made), markdown.write(wanted, made))
    may_go += [line for line in went if line.startswith("retired: ")]
    may_go += gone_rows(by_hand, made, wanted) + gone_texts(by_hand, made, wanted)
    stale = markdown.stale(by_hand, made)
    may_go += [by_hand.split("\n")[finding.line - 1] for finding in stale]
    may_go += _questions(made, wanted)
    left = [line for line in went if line and line not in may_go]
    said = _words_for_nothing(by_hand, made, wanted)
    fewer = Counter(went) - Counter(came)
    return [
        line
        for line in left
        if fewer[line] > said[line]
        if line in said or line.lstrip("- ") not in new
    ]


def lost(by_hand: str, new: str, made: Template, wanted: Report) -> list[str]:
    """Return the words added by hand that went with no value that they belong to."""
    report = reading(by_hand, made).report
    own = [str(v) for name, v in told(report).items() if v != wanted.value(name)]
    gone = [words for words in phrases(by_hand) if words not in new]
    return [words for words in gone if not any(words in line for line in own)]


def gone_rows(by_hand: str, made: Template, wanted: Report) -> list[str]:
    """Return the lines of the rows that a change takes out or makes others."""
    report, spans, _ = reading(by_hand, made)
    lines = by_hand.split("\n")
    return [
        line
        for name, found in spans.rows.items()
        for row, each in zip(report.value(name), found, strict=True)
        if row not in (wanted.value(name) or ())
        for line in lines[spans.body + each.start : spans.body + each.end]
    ]


def gone_texts(by_hand: str, made: Template, wanted: Report) -> list[str]:
    """Return the lines of the texts that a change makes others, as they are written."""
    report = reading(by_hand, made).report
    return [
        line
        for name in reading(by_hand, made).spans.texts
        if report.value(name) and report.value(name) != wanted.value(name)
        for line in prose.written(report.value(name))
    ]


def _questions(made: Template, new: Report) -> list[str]:
    """Return the questions of what is known now."""
    form = everything(made.outline.fields)
    return [
        f"<!-- {known.question} -->"
        for name, known in form.items()
        if new.value(name) is not None
    ]


def _words_for_nothing(by_hand: str, made: Template, new: Report) -> Counter[str]:
    """Return how often each of our two words may go: where another value is now.

    They may stand beside a value, too: people who write below leave them there.
    """
    old, spans, _ = reading(by_hand, made)
    lines = by_hand.split("\n")
    words = [f"_{made.outline.labels[name]}_" for name in ("unknown", "none")]
    may_go: Counter[str] = Counter()
    for name in everything(made.outline.fields):
        within = list(spans.placeholders.get(name, ()))
        if name in spans.texts and old.value(name) != new.value(name):
            within.append(spans.texts[name])
        stand = [line for each in within for line in lines[each.start : each.end]]
        may_go.update({word: stand.count(word) for word in words})
    return may_go
