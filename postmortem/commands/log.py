"""`postmortem log`: a line with its time, noted while the incident goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import shapes
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env

_RUN = "postmortem.log.run"
_ORDERS = ("show", "undo", "clear")


class _Log(click.Command):
    """Keeps what stands behind `--` as the command to run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words behind `--` away before options are read."""
        if "--" in args:
            at = args.index("--")
            ctx.meta[_RUN] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command("log", cls=_Log)
@click.argument("words", metavar="[TEXT | - | -- COMMAND...]", nargs=-1)
@click.option("--at", metavar="TIME", help="when it was (default: now)")
@click.option("--kind", metavar="WORD", help="what it was: detected, mitigated, deploy")
@click.option("--as", "role", metavar="ROLE", help="the role of who notes it")
@click.option("--with-user", is_flag=True, help="keep your login name with it")
@click.option("--with-host", is_flag=True, help="keep this machine's name with it")
@click.option("--name", metavar="NAME", help="which log (default: incident)")
@click.option("--show", is_flag=True, help="print the log")
@click.option("--undo", is_flag=True, help="take the last line back")
@click.option("--clear", is_flag=True, help="put the log aside and begin a new one")
@shapes("text", "json", about="how --show prints it")
@click.pass_context
def command(
    context: click.Context,
    *,
    words: Sequence[str],
    at: str | None,
    kind: str | None,
    role: str | None,
    with_user: bool,
    with_host: bool,
    name: str | None,
    show: bool,
    undo: bool,
    clear: bool,
    shape: str,
) -> int:
    """Note a line with its time during an incident; no repository is needed.

    \b
    postmortem log rolled back api to 4.1
    postmortem log --at 14:02 --kind mitigated traffic is on the standby
    postmortem log -- kubectl get pods     run it, and keep what it prints
    df -h | postmortem log - disk usage    keep what is piped

    `postmortem timeline ID import --log` puts the lines into a report.
    """  # noqa: D301 - the character \b, with which click leaves a paragraph as it is
    from postmortem.commands import _log
    from postmortem.scribe import Log

    env: Env = context.obj
    run: Sequence[str] | None = context.meta.get(_RUN)
    orders = [each for each in _ORDERS if context.params[each]]
    if len(orders) > 1 or (orders and (words or run is not None)):
        raise click.UsageError("--show, --undo and --clear stand alone")
    log = Log(env.state_dir, name) if name else Log(env.state_dir)
    if show:
        return _log.shown(env, log, shape)
    if undo:
        return _log.undone(env, log)
    if clear:
        return _log.cleared(env, log)
    noted = _log.Noted(
        at=at, kind=kind, role=role, with_user=with_user, with_host=with_host
    )
    if run is not None:
        if not run:
            raise click.UsageError("there is no command behind --")
        return _log.ran(env, log, " ".join(words), noted, run)
    if words[:1] == ("-",):
        return _log.piped(env, log, " ".join(words[1:]), noted)
    text = " ".join(" ".join(words).split())
    if not text:
        raise click.UsageError("there is nothing to note")
    _log.note(env, log, text, noted)
    return Exit.DONE
