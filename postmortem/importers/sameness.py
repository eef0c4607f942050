"""What different tools call the same thing, so that its accounts can be folded."""

from __future__ import annotations

import re

_PREFIX = re.compile(
    r"""
    \s*(?:
      \[[^\]]{0,60}\]                       # [FIRING:1], [Triggered on {host:a}]
      | \#\d+\b                             # the number of an incident
      | (?:alert|alarm|firing|resolved|triggered|recovered|ok|problem|incident)\b[:\s-]
    )\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][a-z0-9]+){2,}\b|\w+(?:_\w+)+\b|\w+(?:-\w+){2,}\b")
_SERVICE = re.compile(r"\(([\w.-]+)[^()]{0,80}\)\s*$")
_HASH = 12
_LONGEST = 200


def alert(title: str, service: str | None, state: str | None = None) -> str:
    """Return the identity of an alert: its name and service, and what became of it.

    A message about an alert names the service in parentheses at its end.

    >>> alert("HighErrorRate", "API")
    'alert higherrorrate api'
    >>> alert("[FIRING:1] HighErrorRate: 5xx above 5 % (api)", None)
    'alert higherrorrate api'
    >>> alert("HighErrorRate", "api", "resolved")
    'alert higherrorrate api resolved'
    """
    if service is None and (found := _SERVICE.search(title[:_LONGEST])):
        service = found[1]
    parts = ("alert", _name(title), service, state)
    return " ".join(part for part in parts if part).lower()


def commit(sha: str) -> str:
    """Return the identity of a commit, by as much of its hash as people write.

    >>> commit("8F3C2A1B9D4E5F60718293A4B5C6D7E8F9001122")
    'commit 8f3c2a1b9d4e'
    """
    return f"commit {sha[:_HASH].lower()}"


def deploy(sha: str, where: str | None, state: str | None = None) -> str:
    """Return the identity of a deployment of a commit to an environment."""
    parts = ("deploy", sha[:_HASH], where, state)
    return " ".join(part for part in parts if part).lower()


def incident(tool: str, number: str, state: str | None = None) -> str:
    """Return the identity of an incident of that tool, and of what became of it."""
    parts = ("incident", tool, number, state)
    return " ".join(part for part in parts if part).lower()


def _name(title: str) -> str:
    """Return what programs call it, else the title without what goes around it."""
    rest = " ".join(title[:_LONGEST].split())
    while (found := _PREFIX.match(rest)) and found.end() < len(rest):
        rest = rest[found.end() :]
    rest = _SERVICE.sub("", rest).strip() or rest
    named = _NAME.match(rest)
    return named[0] if named else rest
