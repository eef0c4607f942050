"""From the mess after an incident to a committed, honest write-up.

What other programs may use: the record of one incident, and the two directions
between it and its Markdown file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.markdown import read, rewrite, write
    from postmortem.model import Report

__version__ = "0.1.0"
__all__ = ["Report", "__version__", "read", "rewrite", "write"]

_HOMES = {
    "Report": "postmortem.model",
    "read": "postmortem.markdown",
    "rewrite": "postmortem.markdown",
    "write": "postmortem.markdown",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for, so that commands start light."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
