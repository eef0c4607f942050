"""Arguments that several commands take, so that they mean the same everywhere."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.errors import PostmortemError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class ReportId(click.types.StringParamType):
    """The id of a report, or the part of one that is enough; Tab completes it."""

    name = "report"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the ids that begin so, with their titles; none where it cannot tell.

        A shell shows whatever is said while it completes, so nothing is.
        """
        from click.shell_completion import CompletionItem

        with suppress(PostmortemError, OSError, ImportError):
            archive = import_module("postmortem.archive")
            return [
                CompletionItem(key, help=title)
                for key, title in archive.completions(Path.cwd(), incomplete)
            ]
        return []
