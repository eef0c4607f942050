"""What files were in the commits that changed them: read, and nothing of theirs run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from postmortem.history.heads import head
from postmortem.history.objects import things
from postmortem.history.running import look

if TYPE_CHECKING:
    from postmortem.history.place import History

MOST = 5_000
"""Commits that are looked at, the newest ones."""
_LINK = b"120000"
_QUIET = ("-c", "core.fsmonitor=false", "--literal-pathspecs")


@dataclass(frozen=True, kw_only=True)
class Then:
    """What a file was in one commit."""

    at: datetime
    """When it was committed."""
    content: bytes


def past(
    history: History, paths: Sequence[str], since: datetime | None = None
) -> Mapping[str, Sequence[Then]]:
    """Return what each path was in the commits of HEAD that changed it, oldest first.

    Commits of before `since` need not be among them, nor what a merge changed.
    """
    wanted = {path for path in paths if "\n" not in path}
    if not wanted or head(history).sha is None:
        return {}
    times = dict(_commits(history, wanted, since))
    changed = list(_changed(history, list(times), wanted)) if times else []
    found: dict[str, list[Then]] = {}
    for (commit, path, _), thing in zip(
        changed, things(history.root, [blob for *_, blob in changed]), strict=True
    ):
        if thing is not None:
            then = Then(at=times[commit], content=thing.content)
            found.setdefault(path, []).append(then)
    return found


def _commits(
    history: History, paths: set[str], since: datetime | None
) -> Iterator[tuple[str, datetime]]:
    """Yield the commits that changed the folders of these paths, the oldest first."""
    folders = sorted({path.rpartition("/")[0] or "." for path in paths})
    age = (f"--max-age={int(since.timestamp())}",) if since else ()
    args = (f"--max-count={MOST}", "--topo-order", "--no-merges", "--timestamp", *age)
    ran = look(history.root, *_QUIET, "rev-list", *args, "HEAD", "--", *folders)
    for line in reversed(ran.out.decode("ascii").splitlines()):
        seconds, commit = line.split()
        yield commit, datetime.fromtimestamp(int(seconds), UTC)


def _changed(
    history: History, commits: Sequence[str], paths: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield commit, path and blob of what these commits changed or brought.

    Raw lines name blobs alone: no filter, driver or other program is asked.
    """
    args = ("--stdin", "--root", "-r", "--raw", "-z", "--no-renames", "--no-abbrev")
    stdin = "".join(f"{commit}\n" for commit in commits).encode()
    ran = look(history.root, *_QUIET, "diff-tree", *args, stdin=stdin)
    words = iter(ran.out.split(b"\0"))
    commit = ""
    for word in words:
        if not word.startswith(b":"):
            commit = word.strip().decode("ascii")
            continue
        path = next(words).decode("utf-8", "surrogateescape")
        _, mode, _, blob, status = word[1:].split(b" ")
        if path in paths and status != b"D" and mode != _LINK:
            yield commit, path, blob.decode("ascii")
