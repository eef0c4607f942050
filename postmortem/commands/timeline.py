"""`postmortem timeline`: a report's timeline, shown, filled from evidence, repaired."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import click

from postmortem.commands._arguments import ReportId, shapes
from postmortem.errors import Exit

_PART = "postmortem.timeline.part"
_BACK = re.compile(r"[-\u2212]\d")
_VALUED = ("--format", "--gap", "--zone")


class _Timeline(click.Group):
    """Lets options stand behind the ID too, as everywhere, and before a verb."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options of the group before the ID."""
        verbs = (at for at, word in enumerate(args) if at and word in self.commands)
        end = next(verbs, len(args))
        options: list[str] = []
        words: list[str] = []
        rest = iter(args[:end])
        for word in rest:
            if word.startswith("-") and word != "-":
                options.append(word)
                options += islice(rest, 1) if word in _VALUED else ()
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, *words, *args[end:]])


@click.group("timeline", cls=_Timeline, invoke_without_command=True)
@click.argument("part", metavar="ID", type=ReportId())
@shapes("text", "json", "csv", "mermaid")
@click.option("--zone", metavar="ZONE", help="by which clocks (default: the report's)")
@click.option("--gap", metavar="LENGTH", help="what counts as a gap (default: 20 min)")
@click.pass_context
def command(
    context: click.Context, *, part: str, shape: str, zone: str | None, gap: str | None
) -> Exit:
    """Show a report's timeline, or fill it from exports, commits and a log.

    Moments, sources and gaps stand with it.
    """
    context.meta[_PART] = part
    if context.invoked_subcommand is not None:
        return Exit.DONE
    from postmortem.commands._timeline_show import show

    return show(context.obj, part, shape=shape, zone=zone, gap=gap)


@command.command("import", short_help="put events from evidence into the timeline")
@click.argument("files", metavar="[FILE | -]...", nargs=-1)
@click.option(
    "--git",
    "repository",
    metavar="[FOLDER]",
    is_flag=False,
    flag_value=".",
    help="take commits, merges and tags of this repository, or of another",
)
@click.option(
    "--log",
    "log",
    metavar="[NAME]",
    is_flag=False,
    flag_value="",
    help="take the lines of `postmortem log`",
)
@click.option(
    "--between",
    nargs=2,
    metavar="TIME TIME",
    help="the window (default: 2 h before the onset to 2 h after the end)",
)
@click.option("--grep", multiple=True, metavar="WORDS", help="only what says this")
@click.option(
    "--kind", "kinds", multiple=True, metavar="WORD", help="only of this kind"
)
@click.option(
    "--author", "authors", multiple=True, metavar="NAME", help="only by this author"
)
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="only from this source"
)
@click.option("--zone", metavar="ZONE", help="of times that name no zone")
@click.option("--date", metavar="DAY", help="of times that name no day")
@click.option(
    "--columns",
    multiple=True,
    metavar="time=NAME,text=NAME",
    help="which column of a table says what: time, text, author, kind, link …",
)
@click.option(
    "--day-first/--month-first",
    default=None,
    help="how a date such as 03/04/2025 is meant",
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="NAME=ROLE",
    help="which role an author has; it is kept, and never in the repository",
)
@click.option("--names", is_flag=True, help="keep handles and names of people")
@click.option("--minutes", is_flag=True, help="write times to the minute")
@click.option("--all", "every", is_flag=True, help="take all that is offered")
@click.option(
    "--pick/--no-pick", default=None, help="choose, or take what the filters leave"
)
@click.option("--dry-run", is_flag=True, help="say what would be added, and stop")
@click.option("--plain", is_flag=True, help="ask in plain lines, without colours")
@shapes("text", "json", about="how to print what became of it")
@click.pass_context
def import_(context: click.Context, /, **options: Any) -> Exit:
    """Put events from evidence into the timeline; what it has already is left out.

    FILE is a chat's or a tool's export, a folder or zip of them, or pasted text; they
    are known by what is in them. The same event by several tools is one.
    """
    from postmortem.commands._timeline_asked import Ask
    from postmortem.commands._timeline_import import imported

    return imported(context.obj, context.meta[_PART], Ask(**options))


class _Shift(click.Command):
    """Takes `-1h` for a length, and not for options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put lengths with a minus sign behind all options."""
        lengths = [word for word in args if _BACK.match(word)]
        others = [word for word in args if word not in lengths]
        return super().parse_args(
            ctx, [*others, *(["--", *lengths] if lengths else [])]
        )


@command.command("shift", cls=_Shift, short_help="move times: +1h, -30min")
@click.argument("length", metavar="LENGTH")
@click.option("--source", metavar="NAME", help="only rows from this source")
@click.pass_context
def shift(context: click.Context, *, length: str, source: str | None) -> Exit:
    """Move times of the timeline: +1h, -30min; moments stay as they are."""
    from postmortem.commands._timeline_repair import shift_rows

    return shift_rows(context.obj, context.meta[_PART], length, source)


@command.command("drop", short_help="take out what came from a source or a file")
@click.option(
    "--source", metavar="NAME|FILE", required=True, help="what comes from there"
)
@click.pass_context
def drop(context: click.Context, *, source: str) -> Exit:
    """Take out what came from a source, or from a file that was imported."""
    from postmortem.commands._timeline_repair import drop_rows

    return drop_rows(context.obj, context.meta[_PART], source)
