"""The command line: which commands there are, and the one place where errors end.

It starts light: a command's module is imported when that command is asked for, and the
list of commands is written here, so that showing it imports none of them.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from postmortem import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from postmortem.env import Env

COMMANDS: Mapping[str, str] = {
    "init": "write the settings and a template into a repository",
    "new": "begin a report: a few questions at a terminal, or answers from a file",
    "edit": "answer questions of a report again: all of them, or a field by its name",
    "resume": "go on where an interview stopped, to the half-typed word",
    "discard": "throw away what is kept of an unfinished interview; its file stays",
    "show": "show a report",
    "list": "list the reports, the latest first, those on branches included",
    "set": "change values of a report, and no other line of it",
    "timeline": "show a report's timeline, or fill it from exports, commits and a log",
    "log": "note a line with its time during an incident; no repository is needed",
    "refresh": "bring the lines of a report up to date that are made from other lines",
    "rename": "give a report another title; with --id its file another name",
    "check": "find what makes reports weak, each finding on its line",
    "convert": "lay a report out by another template, and lose nothing of it",
    "upgrade": "lay a report out by its template as it is now",
    "submit": "commit a report for review, with nothing else that is changed here",
    "template": "list, show, check, begin and edit the templates of reports",
    "schema": "print the JSON Schema of an answers file",
    "doctor": "say what is well here, and what would stop a submit",
    "completion": "print the script that lets a shell complete commands and ids",
}
"""Every command and its line of help, in the order in which people meet them."""

COMPLETE = "_POSTMORTEM_COMPLETE"
"""Set by the shell's completion script: what is wanted is what could come next."""

OBJECTS = 100_000
"""New objects after which Python looks for circles of them that nobody holds.

By itself it looks after some hundred or thousand. A command makes 60,000 when it
starts, of which none can go: looking through them takes a tenth of its time.
"""


def main(args: Sequence[str] | None = None, *, env: Env | None = None) -> int:
    """Run one command and return its exit code; nothing else turns errors into words.

    `args` are the words behind the program's name, by default those of this process.
    """
    if args is None:  # a process of its own
        gc.set_threshold(OBJECTS)
        atexit.register(gc.freeze)  # or it looks through all of them as it ends
    words = list(sys.argv[1:] if args is None else args)
    if COMPLETE in os.environ:
        postmortem.main(words, "postmortem", complete_var=COMPLETE)
    context = None
    try:
        try:
            context = postmortem.make_context("postmortem", list(words), obj=env)
            with context:
                code = int(postmortem.invoke(context) or 0)
        except click.exceptions.Exit as done:  # what --help and --version end with
            code = done.exit_code
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the one boundary
        from postmortem.endings import ended

        debug = context is not None and context.params["debug"]
        return ended(error, words, debug=debug, env=env)
    return code


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of that name and return what it exposes."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"postmortem.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        command.help = command.help or COMMANDS[cmd_name]  # -OO leaves no docstring
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a slip of the finger is answered with the nearest name."""
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(name, COMMANDS, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise click.UsageError(f"there is no command {name!r}{hint}", ctx)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the table, without importing what it names."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Complete names from the table, then what every command has."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=words)
            for name, words in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="show the traceback of an error")
@click.version_option(
    __version__, prog_name="postmortem", message="%(prog)s %(version)s"
)
@click.pass_context
def postmortem(context: click.Context, *, debug: bool) -> None:
    """From the mess after an incident to a reviewed, committed, honest write-up."""
    del debug
    if context.obj is None:
        from postmortem.env import Env

        context.obj = Env.real()
