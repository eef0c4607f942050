"""Rules about characters that are not what they look like, or look like nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from postmortem.checks.rules import rule
from postmortem.checks.subject import Subject
from postmortem.escape import terminal, unseen
from postmortem.model import Finding

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ALPHABETS = {"LATIN", "CYRILLIC", "GREEK"}
"""Those of which letters look alike."""
_OTHER_FORMS = {"FULLWIDTH", "MATHEMATICAL"}


@rule(code="PM612", name="a character that nobody sees", group="form")
def invisible(subject: Subject) -> Iterator[Finding]:
    """Yield the first character of each line that is not drawn, or turns text round."""
    text = subject.text
    end = text.rfind("-->") + 3
    comments = [each.span() for each in _COMMENT.finditer(text, 0, end)]
    last = 0
    for at in unseen(text):
        line, _ = subject.place(at)
        commented = any(start <= at < behind for start, behind in comments)
        if at == 0 or line == last or commented:
            continue  # a byte order mark, and what questions of ours are made of
        last = line
        yield subject.span(
            at,
            at + 1,
            f"{terminal(text[at])} stands here, and nobody sees it",
            hint="take it out: a line with it may read otherwise than it is drawn",
        )


@rule(code="PM611", name="a name in two alphabets", group="form")
def mixed(subject: Subject) -> Iterator[Finding]:
    """Yield owners and reviewers with a word whose letters are of two alphabets."""
    report = subject.report
    for name, people in (
        ("owner", (report.owner,)),
        ("reviewers", report.reviewers or ()),
    ):
        for person in people:
            if word := _mixed(person):
                message, hint = _told(word)
                yield subject.finding(message, field=name, hint=hint)
    for number, action in enumerate(report.actions or ()):
        if word := _mixed(action.owner):
            message, hint = _told(word)
            yield subject.at_row("actions", number, message, part="owner", hint=hint)


def _mixed(name: str | None) -> str | None:
    """Return the first word of a name that mixes alphabets; None for most."""
    if name is None or name.isascii():
        return None
    for word in name.split():
        kinds = {unicodedata.name(it, "").split(" ")[0] for it in word if it.isalpha()}
        if len(kinds & _ALPHABETS) > 1 or kinds & _OTHER_FORMS:
            return word
    return None


def _told(word: str) -> tuple[str, str]:
    return (
        f"{word!r} has letters of two alphabets",
        "write it in one of them: it looks like a name that it is not",
    )
