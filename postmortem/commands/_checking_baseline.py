"""The baseline of a check: the file of what a team knows of and does not mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from postmortem import files
from postmortem.checks import WARNING, baseline
from postmortem.checks.prints import OF_SECTIONS
from postmortem.checks.results import Result
from postmortem.errors import Missing, PostmortemError, Problem, Problems

if TYPE_CHECKING:
    from postmortem.archive import Entry
    from postmortem.commands._checking import Outcome, Wishes
    from postmortem.commands._desk import Desk


def known_of(
    desk: Desk, wishes: Wishes, text: str | None = None
) -> Mapping[str, Sequence[str]]:
    """Return what the baseline knows; nothing where there is none, or none is asked.

    With `text` it says that, whatever its file does. What is written anew is not asked
    for; what a branch adds to it is.
    """
    path = baseline_of(desk, wishes)
    if text is not None and wishes.baseline is None:
        return {} if wishes.no_baseline else baseline.read(text, str(path))
    if wishes.write_baseline:
        asked = wishes.since is not None and path.is_file()
    else:
        asked = not wishes.no_baseline
        asked = asked and (wishes.baseline is not None or path.is_file())
    return baseline.read(files.read(path).text, str(path)) if asked else {}


def heirs_of(
    desk: Desk, known: Mapping[str, Sequence[str]], found: Mapping[str, Result]
) -> Mapping[str, str]:
    """Return what the baseline calls those of these reports that it knows otherwise.

    They have been given another name: the file of the old one is gone. That a section
    is missing tells nothing, as any two may lack it.
    """
    new = {name: each for name, each in found.items() if name not in known}
    if not (new and known):
        return {}
    root = desk.place.root
    gone = {it: known[it] for it in known if it not in found}
    gone = {it: marks for it, marks in gone.items() if not (root / it).exists()}
    pairs = {
        name: [mark.split(" ") for mark in baseline.marks(each)]
        for name, each in (new if gone else {}).items()
    }
    marks = {name: [mark for _, mark in own] for name, own in pairs.items()}
    now = {
        then: mark
        for each in (new.values() if gone else ())
        for then, mark in zip(each.formers, each.prints, strict=bool(each.formers))
    }
    gone = {it: [now.get(mark, mark) for mark in those] for it, those in gone.items()}
    every = [pair for own in pairs.values() for pair in own]
    vague = {mark for code, mark in every if code in OF_SECTIONS}
    return baseline.heirs(gone, marks, vague)


def rename_known(desk: Desk, old: Entry, new: Entry) -> str | None:
    """Let the baseline know a report by its new name, and return what its file is.

    None where it does not know it; one that cannot be read is left to a check.
    """
    from postmortem.commands._places import shown_path

    path = desk.place.root / baseline.FILE
    was, now = name_of(desk, old), name_of(desk, new)
    with suppress(PostmortemError):
        held = files.read(path)
        known = dict(baseline.known(held.text))
        if was != now and was in known:
            known[now] = known.pop(was)
            files.write(path, baseline.text(known), root=path.parent, expected=held)
            return shown_path(path, desk.env)
    return None


def write_known(desk: Desk, wishes: Wishes, outcome: Outcome) -> None:
    """Write the baseline that knows what was found, and say so.

    Where some of the reports were looked at, all else in it stays as it is; where it
    was asked what is new since, what is known of these reports does too.
    """
    from postmortem.commands._places import shown_path
    from postmortem.commands._streams import answer

    path = baseline_of(desk, wishes)
    if not path.parent.is_dir():
        raise _homeless(path, desk)
    named = [
        each.called(name)
        for each, name in zip(outcome.results, outcome.names, strict=True)
    ]
    old = files.read(path) if path.is_file() else None
    known = _staying(old.text, path, wishes) if old else {}
    new = {each.path: baseline.marks(each) for each in named}
    if wishes.since:
        names = {name: outcome.heirs.get(name, name) for name in new}
        new = {it: (*known.get(names[it], ()), *those) for it, those in new.items()}
    here = {it: marks for it, marks in known.items() if (desk.place.root / it).exists()}
    text = baseline.text({**here, **new})
    files.write(path, text, root=path.parent, expected=old, exclusive=old is None)
    told = _told(baseline.known(text), named, wishes)
    answer(desk.env, f"wrote {shown_path(path, desk.env)} ({told})")


def _staying(text: str, path: Path, wishes: Wishes) -> baseline.Known:
    """Return what stays known: nothing where all is written anew.

    That is the way out of a file that is none, but not of what a newer version wrote.
    """
    anew = not (wishes.parts or wishes.since)
    try:
        known = baseline.known(text, str(path))
    except baseline.Newer:
        raise
    except PostmortemError:
        if anew:
            return {}
        raise
    return {} if anew else known


def unwritten(problems: Sequence[Problem]) -> Problems:
    """Return the error for reports that nobody could check, so that none is known.

    With the command that mends a text of an old editor.
    """
    from shlex import quote

    hint = "mend what is said above, or name the reports that it is to know"
    old = [each.path for each in problems if each.message.endswith("is not UTF-8")]
    if old and old[0]:
        name, new = quote(old[0]), quote(f"{old[0]}.new")
        hint += "\nif it is Latin-1, as older editors write it:"
        hint += f"\n  iconv -f WINDOWS-1252 -t UTF-8 {name} > {new} && mv {new} {name}"
    said = Problem(message="so nothing was written, and no finding is known", hint=hint)
    return Problems((*problems, said))


def _homeless(path: Path, desk: Desk) -> Missing:
    from shlex import quote

    from postmortem.commands._places import shown_path

    folder = quote(shown_path(path.parent, desk.env))
    return Missing(
        "there is no folder for this",
        path=shown_path(path, desk.env),
        hint=f"make it first: mkdir -p {folder}",
    )


def _told(known: baseline.Known, found: Sequence[Result], wishes: Wishes) -> str:
    """Return how many findings a baseline knows, and how many it does not and why."""
    many, own = (
        sum(map(len, known.values())),
        sum(len(baseline.marks(it)) for it in found),
    )
    said = f"{many} finding{'s' * (many != 1)}"
    if wishes.since:
        said += f"; {own} of them new"
    elif wishes.parts:
        names = {PurePath(each.path).stem for each in found}
        of = names.pop() if len(names) == 1 else f"{len(names)} reports"
        said += f"; {own} of them of {of}"
    left = sum(len(each.at_least(WARNING).findings) for each in found) - own
    if not left:
        return said
    why = "since secrets and what cannot be read are never kept back"
    return f"{said}; {left} {'is' if left == 1 else 'are'} left out, {why}"


def baseline_of(desk: Desk, wishes: Wishes) -> Path:
    """Return where the baseline is, or would be."""
    if wishes.baseline is not None:
        return desk.env.cwd / wishes.baseline
    return desk.place.root / baseline.FILE


def name_of(desk: Desk, entry: Entry) -> str:
    """Return what a report is called in the baseline: its path from the settings on."""
    try:
        return entry.path.relative_to(desk.place.root).as_posix()
    except ValueError:
        return entry.path.as_posix()
