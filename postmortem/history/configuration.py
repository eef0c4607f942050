"""What git is configured to do, read by git itself, once for every commit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortem.errors import Refused
from postmortem.history.environment import given
from postmortem.history.running import Running

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from postmortem.history.place import History

_AUTHOR = re.compile(r"(?P<name>[^<>\x00-\x1f\x7f]*[^<>\s]) <(?P<email>[^<>\s]+)>")
_HINT = (
    'say who you are: git config --global user.name "Your Name"; '
    "git config --global user.email you@example.com"
)


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Every value that holds in a work tree, from every file and variable."""

    values: Mapping[str, tuple[str, ...]]
    """By name, section and key in lower case; a name without a value says true."""

    def last(self, name: str) -> str | None:
        """Return the value that wins, if there is one."""
        found = self.values.get(name)
        return found[-1] if found else None

    def true(self, name: str) -> bool:
        """Tell whether it is switched on."""
        return (self.last(name) or "").lower() in ("true", "yes", "on", "1")

    def named(self, section: str, key: str) -> dict[str, str]:
        """Return the last value of a key by subsection, such as each remote's url."""
        begin, end = f"{section}.", f".{key}"
        return {
            name[len(begin) : -len(end)]: found[-1]
            for name, found in self.values.items()
            if name.startswith(begin) and name.endswith(end) and found
        }


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom a commit names."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


def configuration(history: History) -> Configuration:
    """Return what git is configured to do here."""
    return parsed(asked(history.root).end().out)


def asked(folder: Path) -> Running:
    """Ask git for all of its configuration."""
    return Running(folder, "config", "-z", "--list")


def parsed(out: bytes) -> Configuration:
    """Return the configuration that `git config -z --list` wrote."""
    values: dict[str, tuple[str, ...]] = {}
    for entry in out.decode("utf-8", "surrogateescape").split("\0"):
        name, separator, value = entry.partition("\n")
        if name:
            said = value if separator else "true"
            values[name] = (*values.get(name, ()), said)
    return Configuration(values=values)


def identity(history: History) -> Identity:
    """Return whom a commit would name; raises Refused when nobody has said it.

    git guesses one from the machine (`root@vm`); a guess is not what a report needs.
    """
    return identified(configuration(history))


def identified(config: Configuration, role: str = "author") -> Identity:
    """Return the author or committer that the configuration and environment give."""
    name = given(f"GIT_{role.upper()}_NAME") or _set(config, role, "name")
    email = given(f"GIT_{role.upper()}_EMAIL") or _set(config, role, "email")
    if email is None and not config.true("user.useconfigonly"):
        email = given("EMAIL")
    if name is None or email is None:
        raise Refused(f"git does not know the {role}'s name and e-mail", hint=_HINT)
    return Identity(name=name, email=email)


def known(config: Configuration, author: str | None) -> dict[str, str]:
    """Return the environment in which a commit has author and committer.

    Raises Refused, before anything is written, when there is nobody to name. An author
    given for this one commit is its committer too if there is no other.
    """
    if author is None:
        identified(config, "author")
        identified(config, "committer")
        return {}
    given_one = _AUTHOR.fullmatch(author)
    if given_one is None:
        raise Refused(
            f"{author!r} names no author",
            hint='write it as "Name <name@example.com>"',
        )
    name, email = given_one["name"], given_one["email"]
    names = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
    try:
        identified(config, "committer")
    except Refused:
        names |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}
    return names


def _set(config: Configuration, role: str, key: str) -> str | None:
    found = config.last(f"{role}.{key}") or config.last(f"user.{key}")
    return found.strip() or None if found else None
