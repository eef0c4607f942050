"""Hand a branch to a server: only when a person has said yes to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.errors import Interrupted, Missing, PostmortemError, Refused
from postmortem.history.configuration import Configuration, configuration
from postmortem.history.heads import tip
from postmortem.history.watching import watch
from postmortem.history.words import Ran, plain, without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.history.place import History
    from postmortem.history.running import Progress

_USUAL = "origin"


@dataclass(frozen=True, kw_only=True)
class Pushed:
    """A branch that a server has taken."""

    branch: str
    remote: str
    url: str
    """Without name and password."""
    said: str
    """What the server said, such as where to open a pull request."""


def remotes(history: History) -> dict[str, str]:
    """Return the remotes by name, with their addresses without name and password."""
    urls = configuration(history).named("remote", "url")
    return {name: without_credentials(url) for name, url in urls.items()}


def push(
    history: History,
    branch: str,
    *,
    remote: str | None = None,
    deadline: float = 600.0,
    interactive: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Push a branch and make it follow the server's; only after an explicit yes.

    `remote` is the name of one that is configured, by default the one that git would
    take. Only an interactive push may ask for a password. Raises Refused with the
    server's own words; the local commit stays as it is.
    """
    config = configuration(history)
    name = _remote(config, branch, remote)
    if tip(history, branch) is None:
        raise Missing(f"there is no branch {branch!r} to push")
    ref = f"refs/heads/{branch}"
    args = ("--porcelain", "--set-upstream", "--end-of-options", name, f"{ref}:{ref}")
    try:
        ran = watch(
            history.root,
            "push",
            *args,
            deadline=deadline,
            interactive=interactive,
            progress=progress,
        )
    except KeyboardInterrupt:
        raise Interrupted(
            f"the push of {branch!r} was stopped",
            hint=f"the commit is kept; push it with: git push -u {name} {branch}",
        ) from None
    if ran.code:
        raise _refusal(ran, branch, name)
    url = config.named("remote", "url").get(name, name)
    return Pushed(
        branch=branch, remote=name, url=without_credentials(url), said=ran.said
    )


def _remote(config: Configuration, branch: str, asked: str | None) -> str:
    """Return the name of a remote; an address is none, so none can be smuggled in."""
    known = config.named("remote", "url")
    if asked is not None:
        if asked not in known or asked.startswith("-"):
            listed = ", ".join(map(repr, sorted(known))) or "none"
            raise Missing(
                f"there is no remote {plain(asked)!r}", hint=f"there are: {listed}"
            )
        return asked
    wanted = (
        config.last(f"branch.{branch}.pushremote"),
        config.last("remote.pushdefault"),
        config.last(f"branch.{branch}.remote"),
        _USUAL,
        next(iter(known)) if len(known) == 1 else None,
    )
    for name in wanted:
        if name in known and not name.startswith("-"):
            return name
    raise Missing(
        "there is no remote to push to",
        hint="git remote add origin ADDRESS; the commit is kept",
    )


def _refusal(ran: Ran, branch: str, remote: str) -> PostmortemError:
    said = "\n".join(part for part in (*_rejected(ran), ran.said) if part)
    return Refused(
        f"{remote!r} did not take {branch!r}:\n{said}",
        hint=(
            "the commit is kept here; push another branch and open a pull request, or "
            f"try again: git push -u {remote} {branch}"
        ),
    )


def _rejected(ran: Ran) -> Iterator[str]:
    """Yield what the lines of `git push --porcelain` say that refuse a ref."""
    for line in plain(ran.out).splitlines():
        if line.startswith("!"):
            yield line.lstrip("! ").replace("\t", " ")
