"""What git may know of our environment: a person's choices, never another call's."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = frozenset(
    {
        "GIT_ALLOW_PROTOCOL",
        "GIT_ASKPASS",
        "GIT_AUTHOR_DATE",
        "GIT_AUTHOR_EMAIL",
        "GIT_AUTHOR_NAME",
        "GIT_CEILING_DIRECTORIES",
        "GIT_COMMITTER_DATE",
        "GIT_COMMITTER_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        "GIT_EXEC_PATH",
        "GIT_HTTP_PROXY_AUTHMETHOD",
        "GIT_PROTOCOL_FROM_USER",
        "GIT_PROXY_COMMAND",
        "GIT_PROXY_SSL_CAINFO",
        "GIT_TERMINAL_PROMPT",
    }
)
"""Whom they are, how they sign, how they reach a server. All other GIT_* names, such as
GIT_DIR, GIT_INDEX_FILE and GIT_CONFIG_PARAMETERS, are what a hook or an alias of
another call was given, see https://github.com/pre-commit/pre-commit/issues/300."""

KEPT_STARTS = (
    "GIT_CONFIG_KEY_",
    "GIT_CONFIG_VALUE_",
    "GIT_PYTHON_",
    "GIT_SSH",
    "GIT_SSL_",
)

ENGLISH: Mapping[str, str] = {"LANGUAGE": "C", "LC_ALL": "C"}
"""For commands whose words we read; GitPython sets the same."""

LOOKING: Mapping[str, str] = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
"""For commands that only look: no lock, no network (a partial clone would fetch what is
missing, and run the ssh command that its configuration names)."""


def known() -> dict[str, str]:
    """Return the environment that git may know."""
    return {name: said for name, said in os.environ.items() if _kept(name)}


@contextmanager
def scrubbed() -> Iterator[None]:
    """Take away, while GitPython is at work, what git is not to know."""
    taken = {name: os.environ[name] for name in os.environ if not _kept(name)}
    for name in taken:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(taken)


def hooks_see(*, interactive: bool) -> dict[str, str]:
    """Return what changes for commands that run hooks, signers and transports.

    They keep the person's character set; only messages are in the one language in which
    we look for the word "lock". GitPython sets LC_ALL; an empty one counts as unset.
    """
    language = os.environ.get("LC_ALL", "")
    changes = {"LC_ALL": "", "LANGUAGE": "", "LC_MESSAGES": "C"}
    if language:
        changes |= {"LANG": language, "LC_CTYPE": language}
    if not interactive:
        changes |= {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}
    return changes


def given(*names: str) -> str | None:
    """Return the first of these variables that says something."""
    found = (os.environ.get(name, "").strip() for name in names)
    return next((text for text in found if text), None)


def _kept(name: str) -> bool:
    if not name.startswith("GIT_"):
        return True
    return name in KEPT or name.startswith(KEPT_STARTS)
