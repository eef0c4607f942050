"""Arguments that several commands take, so that they mean the same everywhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
        """Return the ids that begin so; none where it cannot tell.

        A shell shows whatever is said while it completes, so nothing is.
        """
        from click.shell_completion import CompletionItem

        from postmortem.commands._ids import ids

        with suppress(OSError):
            return [CompletionItem(name) for name in ids(Path.cwd(), incomplete)]
        return []
