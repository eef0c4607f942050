"""What one commit brings, on which terms, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortem.errors import Interrupted, PostmortemError, Refused
from postmortem.history.heads import resolved, tip
from postmortem.history.words import Contended, Ran, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postmortem.history.place import History
    from postmortem.history.running import Progress
    from postmortem.history.standing import Way

NEVER = (
    *("-c", "maintenance.auto=false", "-c", "gc.auto=0"),
    *("-c", "i18n.commitEncoding=UTF-8"),
)
"""For every command that writes: nobody waits for git's housekeeping, and a message is
in the encoding in which we write it."""
COMMIT = ("commit", "--quiet", "--cleanup=whitespace", "--file=-")
"""No line is taken for a comment; with a message at hand no editor opens."""

_IGNORED = "ignored by one of your .gitignore files"
_NOTHING = ("nothing to commit", "nothing added to commit", "no changes added")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one commit brings."""

    path: str
    """The report, from the top of the repository, with `/`."""
    content: bytes
    """Its whole text."""
    message: str
    others: tuple[str, ...] = ()
    """More paths, as they are in the work tree; one that is gone there is deleted."""
    replaces: str | None = None
    """The id of the text (a blob) on the branch that this one was made from. Without it
    a branch that is there already gets no commit."""
    author: str | None = None
    """`Name <email>` for this commit alone; None is whom git knows."""
    force: bool = False
    """Whether to commit paths that .gitignore excludes."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Variables of the environment that git and the hooks of this commit have more."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path of the commit."""
        return (self.path, *(path for path in self.others if path != self.path))

    @property
    def pathspecs(self) -> tuple[str, ...]:
        """Every path, in the words in which git takes no sign for a pattern."""
        return tuple(f":(top,literal){path}" for path in self.paths)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On which terms to commit; each is somebody's setting."""

    deadline: float = 600.0
    """Seconds for what runs hooks, filters and signers."""
    patience: float = 5.0
    """Seconds to go on trying while somebody else holds a lock."""
    protected: tuple[str, ...] = ()
    """Branches, or patterns, on which nothing is committed directly."""
    interactive: bool = False
    """Whether a person is there whom a signer may ask for a passphrase."""
    progress: Progress | None = None
    """Is told, line by line, what hooks and signers say."""


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit that is in the repository, and on its branch."""

    sha: str
    branch: str
    path: str
    way: Way
    content: bytes
    """The report's text as it was committed; a hook may have changed it."""
    rewritten: bool = False
    """Whether a hook has changed it; then the file in the work tree is changed too."""
    again: bool = False
    """Whether this very text was there already, so that there was nothing to do."""


def concluded(
    history: History, branch: str, start: str | None, run: Callable[[], Ran]
) -> str:
    """Run `git commit` and return the new commit, also when it was stopped too late.

    What counts is where the branch stands: a hook that runs after the commit may fail
    or hang, and Ctrl-C may come when all is done.
    """
    try:
        ran = run()
    except (KeyboardInterrupt, PostmortemError) as error:
        sha = _new(history, branch, start)
        if sha is not None:
            return sha
        if isinstance(error, KeyboardInterrupt):
            raise Interrupted(
                "stopped before anything was committed",
                hint="the report is as it was; commit it again when you like",
            ) from error
        raise
    sha = tip(history, branch)
    if ran.code == 0 and sha is not None and sha != start:
        return sha
    raise refusal(ran)


def refusal(ran: Ran) -> PostmortemError:
    """Return why git, or a hook or a signer that it ran, would not."""
    said = ran.said
    if _IGNORED in said:
        return Refused(
            f"the path is ignored by this repository's rules:\n{said}",
            hint="change .gitignore, or use --force",
        )
    if any(words in ran.out.decode("utf-8", "replace") for words in _NOTHING):
        return Refused("there is nothing to commit: this text is committed already")
    error = failed(ran)
    if isinstance(error, Contended | Refused) or ran.verb != "commit":
        return error
    return Refused(
        f"the commit was refused:\n{said}" if said else "the commit was refused",
        hint="the report is kept; mend what is said here, and commit again",
    )


def _new(history: History, branch: str, start: str | None) -> str | None:
    """Return the tip of a branch if it is one commit on from where it stood."""
    sha = tip(history, branch)
    if sha is None or sha == start:
        return None
    return sha if resolved(history, f"{sha}^") == start else None
