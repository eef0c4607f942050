"""Values as JSON that a terminal shows and never obeys, mistakes included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from postmortem.commands._streams import tell
from postmortem.errors import PostmortemError
from postmortem.escape import terminal

if TYPE_CHECKING:
    from postmortem.env import Env

_UNUSUAL = re.compile(r"[^\x20-\x7e\n]")


def json_text(value: Any) -> str:
    r"""Return plain values as indented JSON; what commands a terminal is `\u` escaped.

    >>> json_text({"é": "\x9b"})
    '{\n  "é": "\\u009b"\n}'
    """
    import json

    said = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNUSUAL.sub(_escaped, said)


@contextmanager
def mistakes_as(env: Env, shape: str) -> Iterator[None]:
    """Say what is raised within as JSON on stderr, where JSON is asked for."""
    try:
        yield
    except PostmortemError as error:
        if shape != "json":
            raise
        tell(env, json_text({"problems": [asdict(each) for each in error.problems]}))
        raise click.exceptions.Exit(error.exit) from error


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return character if terminal(character) == character else f"\\u{ord(character):04x}"
