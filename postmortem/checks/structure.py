"""Rules that the reader keeps: what of a file cannot be read as a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile
from pathlib import PurePath

from postmortem.checks.around import FRONT_MATTER
from postmortem.checks.rules import ERROR, Check, Rule, rule
from postmortem.checks.subject import Subject
from postmortem.markdown import STANDARD
from postmortem.model import Finding

_MANY = 4
"""So many rows with the same trouble are one finding."""
_WRECK = re.compile(r"_{3,}|\*{3,}|-{4,}")
_KEY = re.compile(r"(?:#+ )?(?:id|template|status|severity):")
_ABOVE = re.compile(r"\S{0,2}[-–—]{1,4}|<!--.*-->")
"""What can be left of a fence, or stand above one."""
_ANY_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_FRONT = re.compile(r"[\w-]+:(?:\s|$)|\s|- |#")
"""How a line of front matter begins."""
_ENDS = ("---", "...")
_ENOUGH = 3
"""So many keys at the top of a file may have been front matter."""
_BELOW_NOTHING = re.compile(r"(?<![\w.])[-−]\d+ ?(?:s|min|h|d)\b")
"""A length of time that is negative."""


def _passed(code: str) -> Check:
    def check(subject: Subject) -> Iterator[Finding]:
        """Yield what the reader found under that code."""
        return (finding for finding in subject.given if finding.code == code)

    return check


unreadable = Rule(
    code="PM001",
    name="front matter or a merge that cannot be read",
    group="structure",
    severity=ERROR,
    check=_passed("PM001"),
)
misplaced = Rule(
    code="PM002",
    name="a value whose home is the body stands in the front matter",
    group="structure",
    check=_passed("PM002"),
)
no_such_zone = Rule(
    code="PM101", name="no such time zone", group="facts", check=_passed("PM101")
)
no_value = Rule(
    code="PM102",
    name="a fact that cannot be read, or could mean two things",
    group="facts",
    severity=ERROR,
    check=_passed("PM102"),
)


@rule(code="PM103", name="a row that cannot be read whole", group="facts")
def no_row(subject: Subject) -> Iterator[Finding]:
    """Yield what the reader found in rows; what many of them lack is said once."""
    found = [each for each in subject.given if each.code == "PM103"]
    alike = Counter((each.field, each.hint) for each in found)
    told = set()
    for each in found:
        kind = (each.field, each.hint)
        if each.hint is None or alike[kind] < _MANY:
            yield each
        elif kind not in told:
            told.add(kind)
            more = f"{each.message}, and {alike[kind] - 1} more rows like it"
            yield each.replace(message=more)


below_event = Rule(
    code="PM104",
    name="text below an event is not in the record",
    group="facts",
    check=_passed("PM104"),
)


@rule(code="PM110", name="a derived line is out of date", group="facts")
def out_of_date(subject: Subject) -> Iterator[Finding]:
    """Yield what the reader found; no line that would tell a negative length.

    The moments behind such a length are wrong, not the line; PM111 says so.
    """
    for each in subject.given:
        if each.code == "PM110" and not _BELOW_NOTHING.search(each.message):
            yield each


@rule(
    code="PM003",
    name="front matter that a formatter or an edit has wrecked",
    group="structure",
    severity=ERROR,
)
def wrecked(subject: Subject) -> Iterator[Finding]:
    """Yield what stands where the front matter was, or its first fence."""
    if subject.spans.front or any(each.code == "PM001" for each in subject.given):
        return
    lines = [(at, line) for at, line in enumerate(subject.lines, 1) if line.strip()]
    told = [line for _, line in lines[1:4] if _KEY.search(line)]
    if lines and told and _WRECK.fullmatch(lines[0][1].strip()):
        yield subject.finding(
            "the front matter is no longer one: a formatter has rewritten it",
            line=lines[0][0],
            hint="take the file from git again (`git checkout -- FILE`), and give"
            " mdformat its front matter plugin: pip install mdformat-front-matters",
        )
    elif _unopened([line for _, line in lines]):
        yield subject.finding(
            "the front matter does not begin with ---, so nothing of it is read",
            line=lines[0][0],
            hint="put a line --- above its first key, as the first line of the file",
        )
    elif _unfenced(subject):
        yield subject.finding(
            "the front matter stands between no lines ---, so nothing of it is read",
            line=lines[0][0],
            hint="put a line --- above its first key, and one below its last",
        )
    elif subject.around.lost == FRONT_MATTER:
        yield subject.finding(
            "the front matter is gone, so nothing is asked of this report any more",
            line=1,
            hint="put it back at the top: `git log -p -- FILE` shows what it was",
        )


def _unopened(lines: Sequence[str]) -> bool:
    """Tell whether lines begin with keys of a report, and a fence that ends them."""
    bare = [line.lstrip("\ufeff") for line in lines]
    whole = [*dropwhile(lambda line: _ABOVE.fullmatch(line.strip()), bare)]
    own = [*takewhile(_FRONT.match, whole)]
    ended = len(own) < len(whole) and whole[len(own)].rstrip() in _ENDS
    keyed = bool(own) and bool(_ANY_KEY.match(own[0]))
    return ended and keyed and any(map(_KEY.match, own))


def _unfenced(subject: Subject) -> bool:
    """Tell whether a text begins with keys of a report, and no fence is left.

    Other people begin theirs with such lines as well: these name a template, or the
    file itself.
    """
    bare = (line.lstrip("\ufeff") for line in subject.lines)
    whole = dropwhile(lambda it: not it.strip() or _ABOVE.fullmatch(it.strip()), bare)
    own = [*takewhile(lambda line: line.strip() and _FRONT.match(line), whole)]
    if not own or not _ANY_KEY.match(own[0]):
        return False
    keys = dict(_key(line) for line in own if _ANY_KEY.match(line))
    known = [name for name in keys if name in STANDARD and not STANDARD[name].in_body]
    name, *version = keys.get("template", "").split() or [""]
    laid_out = name in subject.around.templates or "".join(version[:1]).isdecimal()
    called = keys.get("id", "").casefold() == PurePath(subject.path).stem.casefold()
    return len(known) >= _ENOUGH and (laid_out or called)


def _key(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name, value.partition(" #")[0].strip().strip("'\"")
