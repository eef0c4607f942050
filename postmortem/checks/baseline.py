"""A file of findings that a team knows of and does not mend: old reports, mostly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from postmortem.checks.catalogue import rules
from postmortem.checks.prints import is_former
from postmortem.checks.results import Result
from postmortem.checks.rules import HINT
from postmortem.errors import PostmortemError

FILE = ".postmortem-baseline.json"
_VERSION = 1

Known = Mapping[str, Sequence[str]]
"""The marks of each report, by its path: `PM412 17ae63472aa19fae6450`."""


class Newer(PostmortemError):
    """A newer version wrote the file: it may say more than is read here."""


def marks(result: Result) -> tuple[str, ...]:
    """Return what a file knows of a report: each warning and error of it.

    Secrets, what cannot be read and a status that is none are never among them.
    """
    known = rules()
    return tuple(
        f"{finding.code} {mark}"
        for finding, mark in zip(result.findings, result.prints, strict=True)
        if finding.severity != HINT and not known[finding.code].holds_drafts
    )


def added(before: Known, now: Known) -> int:
    """Return how many more findings a file knows, of whatever report.

    One may have been renamed; and what was known by an older fingerprint of a rule may
    be known by a newer one.
    """
    then, since = (
        Counter(mark for those in known.values() for mark in those)
        for known in (before, now)
    )
    more, less = since - then, then - since
    newer = _codes(more, former=False) & _codes(less, former=True)
    return more.total() - newer.total()


def is_older(known: Known) -> bool:
    """Tell whether a file has fingerprints of the older form."""
    every = (mark for those in known.values() for mark in those)
    return any(is_former(mark.split(" ")[-1]) for mark in every)


def _codes(marks: Counter[str], *, former: bool) -> Counter[str]:
    """Return the rules of the marks that are of the one form, or of the other."""
    pairs = [mark.split(" ") for mark in marks.elements()]
    return Counter(code for code, mark in pairs if is_former(mark) is former)


def heirs(gone: Known, found: Known, vague: Collection[str] = ()) -> Mapping[str, str]:
    """Return which reports that are gone others are under new names, by these.

    Of both it takes fingerprints. Such a report has at least half of its own in common
    with one that is gone, and none of the others has more; each is one report. What is
    `vague` any two may have in common, so it counts for nothing.
    """
    telling = {name: own for name, own in found.items() if {*own} - {*vague}}
    taken = dict(_same(gone, telling))
    left = {it: Counter(gone[it]) for it in gone.keys() - {*taken.values()}}
    alike = []
    for name in found.keys() - taken.keys():
        own = Counter(found[name])
        for old, marks in left.items():
            common = sum(many for it, many in (own & marks).items() if it not in vague)
            if common and 2 * common >= own.total():
                alike.append((-common, name, old))
    for _, name, old in sorted(alike):
        if name not in taken and old in left:
            taken[name] = old
            del left[old]
    return taken


def _same(gone: Known, found: Known) -> Iterator[tuple[str, str]]:
    """Yield those that have all in common: most of them, where a folder was moved."""
    left: dict[tuple[str, ...], list[str]] = {}
    for old in sorted(gone, reverse=True):
        left.setdefault(tuple(sorted(gone[old])), []).append(old)
    for name in sorted(found):
        if found[name] and (those := left.get(tuple(sorted(found[name])))):
            yield name, those.pop()


def text(known: Known) -> str:
    """Return the file that knows that; a report without marks is left out."""
    import json

    reports = {name: sorted(known[name]) for name in sorted(known) if known[name]}
    said = {"version": _VERSION, "reports": reports}
    return f"{json.dumps(said, indent=1, ensure_ascii=False)}\n"


def read(content: str, path: str | None = None) -> Mapping[str, Sequence[str]]:
    """Return the fingerprints that a file knows; as `known`."""
    return {
        name: [mark.split(" ")[1] for mark in those]
        for name, those in known(content, path).items()
    }


def known(content: str, path: str | None = None) -> Known:
    """Return what a file knows.

    Raises PostmortemError for a text that `text` did not make.
    """
    import json

    version = None
    try:
        told = json.loads(content)
        version = told["version"]
        if version != _VERSION:
            raise ValueError("another version")  # noqa: TRY301 - one answer to all
        found = {
            str(name): tuple(" ".join(mark.split(" ")[:2]) for mark in those)
            for name, those in told["reports"].items()
        }
        if any(" " not in mark for those in found.values() for mark in those):
            raise ValueError("a mark without a code")  # noqa: TRY301 - as above
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise _unread(content, path, version) from error
    return found


def _unread(content: str, path: str | None, version: object) -> PostmortemError:
    """Return why a file is none; to write it anew is no way out of each of these."""
    import re

    if isinstance(version, int) and version > _VERSION:
        return Newer(
            "a newer version of postmortem wrote this baseline",
            path=path,
            hint="install that version here too",
        )
    if mark := re.search(r"^(?:<{7}|={7}|>{7})(?= |\r?$)", content, re.MULTILINE):
        return PostmortemError(
            "a merge is not resolved here",
            path=path,
            line=content.count("\n", 0, mark.start()) + 1,
            hint="keep the lines of both sides, with commas between them",
        )
    return PostmortemError(
        "this is no baseline",
        path=path,
        hint="`postmortem check --write-baseline` writes a new one",
    )
