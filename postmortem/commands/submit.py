"""`postmortem submit`: a report becomes a commit for review, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from postmortem.commands._arguments import ReportId
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("submit")
@click.argument("report", metavar="ID", type=ReportId())
@click.option(
    "--way",
    type=click.Choice(("switch", "stay", "here", "ask")),
    default="ask",
    help="switch to a new branch, stay and commit to one, or here on the current one"
    " (default: as the settings say, else what is proposed)",
)
@click.option("--branch", metavar="B", help="the new branch (default: prefix and id)")
@click.option("--message", "-m", metavar="M", help="the message, its first line first")
@click.option(
    "--message-file",
    "-F",
    metavar="F",
    type=click.File(encoding="utf-8", errors="replace"),
    help="take the message from a file, or from standard input with -",
)
@click.option("--author", metavar="A", help='another author, as "Name <e-mail>"')
@click.option("--force", is_flag=True, help="commit what .gitignore excludes, too")
@click.option("--push", is_flag=True, help="push it as well, after a yes typed here")
@click.option(
    "--allow-findings",
    is_flag=True,
    help="commit it although a check finds errors; a secret holds it up all the same",
)
@click.option("--pr-body", is_flag=True, help="print Markdown for `gh pr create -F -`")
@click.option("--dry-run", is_flag=True, help="say what would be committed, and how")
@click.option("--no-git", is_flag=True, help="leave the report a file")
@click.pass_obj
def command(
    env: Env,
    report: str,
    message_file: TextIO | None,
    *,
    way: str,
    branch: str | None,
    message: str | None,
    author: str | None,
    force: bool,
    push: bool,
    allow_findings: bool,
    pr_body: bool,
    dry_run: bool,
    no_git: bool,
) -> Exit:
    """Commit a report for review, with nothing else that is changed here.

    What is staged, changed or half done stays as it is. Hooks, signing and ignore rules
    apply. What `check` calls an error holds it up. When it is refused, a message of
    yours is kept, and the command that finishes it later is printed.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._submitting import Wishes, submit_report

    if message is not None and message_file is not None:
        raise click.UsageError("--message and --message-file are two messages")
    if message_file is not None:
        message = message_file.read()
    if message is not None and not message.strip():
        raise click.UsageError("the message is empty")
    wishes = Wishes(
        way=way,
        branch=branch,
        message=message,
        author=author,
        force=force,
        push=push,
        allow_findings=allow_findings,
        pr_body=pr_body,
        dry_run=dry_run,
        no_git=no_git,
    )
    with Desk(env) as desk:
        return submit_report(env, desk.place, desk.archive.find(report), wishes)
