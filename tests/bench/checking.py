"""Checking reports: beside a bare parse of them, a second time, and as a hook does."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from postmortem.commands._checking_values import Job, Shared
from postmortem.commands._checking_work import all_checked, checked
from postmortem.settings import Settings
from tests.bench.commit import git
from tests.bench.lens import report
from tests.bench.paired import Pair, Step

MANY = 1_000
EDITED = 22
"""Reports that are edited after they were checked: one for each round, and one more."""
SOME = 100
"""Reports that the slower of the comparisons is made with."""
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RUN = "import sys; from postmortem.cli import main; sys.exit(main())"
PARSED = (
    "import sys, pathlib; import postmortem.cli; from markdown_it import MarkdownIt;"
    " MarkdownIt('commonmark').enable('table')"
    ".parse(pathlib.Path(sys.argv[1]).read_text('utf-8'))"
)
OWN = (
    "import sys, pathlib; from postmortem.cli import main; name = sys.argv.pop(1);"
    " main(); from markdown_it import MarkdownIt;"
    " MarkdownIt('commonmark').enable('table')"
    ".parse(pathlib.Path(name).read_text('utf-8'))"
)


def pairs() -> Iterator[Pair]:
    """Compare one report, many on all cores, a second run, and one file alone."""
    from markdown_it import MarkdownIt

    template, text = report()
    texts = different(text, MANY)
    settings = Settings(trailers={}, checks={}, publish_within={})
    shared = Shared(
        digests={"default": "it"}, settings=settings, now=NOW, ids=frozenset()
    )
    kinds = {"default": template}
    jobs = [Job(path="r.md", text=it, kind="default", folder=None) for it in texts]
    parser = MarkdownIt("commonmark").enable("table")
    ours, theirs = cycle(jobs), cycle(texts)
    yield Pair(
        name=f"check {len(text)} characters",
        ours=lambda: checked(next(ours), shared, kinds),
        theirs=lambda: parser.parse(next(theirs)),
        at_most=1.5,
        rounds=101,
        clock=time.process_time,
    )
    yield Pair(
        name=f"check {MANY}, all cores",
        ours=lambda: list(all_checked(jobs, shared, kinds)),
        theirs=lambda: sum(len(parser.parse(each)) for each in texts),
        rounds=3,
    )
    yield from _commands(texts)


def different(text: str, many: int) -> Sequence[str]:
    """Return so many reports of which no two are alike."""
    head, rest = text.split("\n# ", 1)
    head = head.replace("\nid: ", "\nid: {0}-", 1)
    return [f"{head.format(at)}\n# {at} {rest}" for at in range(many)]


def _commands(texts: Sequence[str]) -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".postmortem.yaml").write_text("folders: [postmortems]\n")
        (folder / "postmortems").mkdir()
        for at, text in enumerate(texts):
            path = folder / "postmortems" / f"2026-01-01-{at}.md"
            path.write_text(text, "utf-8")
        (related,) = re.findall(r"(?m)^related: \[(.*)\]$", texts[0])
        (folder / "postmortems" / f"{related}.md").write_text("# It\n", "utf-8")
        yield from _hooks(folder / "hooked", texts)
        yield Pair(
            name=f"check {len(texts)} again",
            ours=_started(folder, RUN, "check"),
            theirs=_started(folder, RUN, "check", "--no-cache"),
            at_most=0.1,
            rounds=3,
        )
        for path in sorted((folder / "postmortems").iterdir())[SOME:]:
            path.unlink()
        yield Pair(
            name=f"beside mdformat --check, {SOME}",
            ours=_started(folder, RUN, "check", "--no-cache"),
            theirs=_started(folder, "-m", "mdformat", "--check", "postmortems"),
            at_most=1.0,
            rounds=3,
        )


def _hooks(folder: Path, texts: Sequence[str]) -> Iterator[Pair]:
    """Compare what a hook runs on a staged report with a process that parses it.

    That is any process, or the hook's own, which finds no report in another file.
    """
    names = [f"postmortems/2026-01-01-{at}.md" for at in range(EDITED)]
    name, other = names[-1], "NOTES.md"
    (folder / "postmortems").mkdir(parents=True)
    (folder / ".postmortem.yaml").write_text("folders: [postmortems]\n")
    (folder / other).write_text("# Notes\n", "utf-8")
    git(folder, "init", "--quiet")
    _stage(folder, names, texts)
    hook = (RUN, "check", "--staged")
    anew = _started(folder, *hook, "--no-cache", name)
    parsed = _started(folder, PARSED, name)
    own = _started(folder, OWN, name, "check", "--staged", other)
    again = _started(folder, *hook, name)
    yield Pair(name="the hook on a new text", ours=anew, theirs=parsed, at_most=1.5)
    yield Pair(name="a text that was checked", ours=again, theirs=parsed, at_most=1.5)
    yield Pair(name="the hook, its own start", ours=anew, theirs=own)
    for each in names:
        _started(folder, *hook, each)()
    _stage(folder, names, [it.replace(". ", ", as we saw. ", 1) for it in texts])
    for theirs, at_most in ((parsed, 1.5), (own, None)):
        turns = iter([_started(folder, *hook, each) for each in names])
        beside = "" if theirs is parsed else ", its own start"
        yield Pair(
            name=f"an edited text{beside}",
            ours=partial(_next, turns),
            theirs=theirs,
            at_most=at_most,
            rounds=EDITED - 1,
        )
        _stage(folder, names, [it.replace(". ", ", as seen. ", 1) for it in texts])


def _next(steps: Iterator[Step]) -> None:
    next(steps)()


def _stage(folder: Path, names: Sequence[str], texts: Sequence[str]) -> None:
    for name, text in zip(names, texts, strict=False):
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")


def _started(folder: Path, *words: str) -> Step:
    command = [sys.executable, *(() if words[0] == "-m" else ("-c",)), *words]

    def _start() -> None:
        subprocess.run(command, cwd=folder, capture_output=True, check=False)

    return _start
