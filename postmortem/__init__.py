"""From the mess after an incident to a committed, honest write-up.

What other programs may use: the record of one incident, and the two directions
between it and its Markdown file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.lazy import exported

if TYPE_CHECKING:
    from postmortem.markdown import read, rewrite, write
    from postmortem.model import Report

__version__ = "0.1.0"
__all__ = ["Report", "__version__", "read", "rewrite", "write"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "Report": "model",
            **dict.fromkeys(("read", "rewrite", "write"), "markdown"),
        },
    )
