"""What several commands take, so that it means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_Command = TypeVar("_Command", bound=Callable[..., Any])


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


def shapes(
    *names: str, about: str = "how to print it"
) -> Callable[[_Command], _Command]:
    """Offer --format with these names, of which the first is the default."""
    usual = names[0]
    said = f"{about} (default: {usual})"
    kind = click.Choice(names)
    return click.option("--format", "shape", type=kind, default=usual, help=said)
