"""`postmortem check`: what makes a report weak, on its line, before people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import shapes
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env

SHAPES = ("text", "json", "sarif", "github", "gitlab")


@click.command("check")
@click.argument("parts", metavar="[ID|PATH]...", nargs=-1)
@shapes(*SHAPES)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "hint")),
    default="error",
    help="end with 1 on a finding of this level or a graver one (default: error)",
)
@click.option("--hints", is_flag=True, help="print hints as well")
@click.option(
    "--fix", is_flag=True, help="write anew what is derived, and add keys that miss"
)
@click.option(
    "--changed-since",
    "since",
    metavar="REF",
    help="only what is found since the branch left REF",
)
@click.option(
    "--staged", is_flag=True, help="check what git has staged, not the work tree"
)
@click.option(
    "--explain",
    metavar="[CODE]",
    is_flag=False,
    flag_value="",
    help="print the page of a rule, as of PM203, or the list of all rules",
)
@click.option(
    "--baseline",
    metavar="FILE",
    help="leave out what this file knows (default: .postmortem-baseline.json)",
)
@click.option("--no-baseline", is_flag=True, help="leave out nothing")
@click.option(
    "--write-baseline",
    is_flag=True,
    help="let that file know all that is found; of named reports, theirs alone",
)
@click.option("--no-cache", is_flag=True, help="find everything anew")
@click.pass_obj
def command(
    env: Env,
    parts: tuple[str, ...],
    *,
    shape: str,
    fail_on: str,
    hints: bool,
    fix: bool,
    since: str | None,
    staged: bool,
    explain: str | None,
    baseline: str | None,
    no_baseline: bool,
    write_baseline: bool,
    no_cache: bool,
) -> Exit:
    """Find what makes reports weak, each finding on its line.

    A draft is held up by nothing but secrets, what cannot be read, and a status that
    is none; from in-review on, what is missing is an error. Warnings do not fail unless
    --fail-on says so. `checks` in .postmortem.yaml gives a rule another level, or turns
    it off; a comment with a reason, `<!-- postmortem: allow PM412 because … -->`, keeps
    one finding back.
    """
    from postmortem.commands._json import mistakes_as

    if since == "":
        raise click.UsageError("--changed-since wants a branch or a commit")
    if explain is not None:
        if shape not in ("text", "json"):
            raise click.UsageError("--explain prints text or json")
        from postmortem.commands._checking_pages import explained, listed

        with mistakes_as(env, shape):
            return explained(env, explain, shape) if explain else listed(env, shape)
    if staged and (fix or since or write_baseline):
        said = "--staged goes with neither --fix, --changed-since nor --write-baseline"
        raise click.UsageError(said)
    from postmortem.commands._checking import Wishes
    from postmortem.commands._checking_run import check_reports

    wishes = Wishes(
        parts=parts,
        shape=shape,
        fail_on=fail_on,
        hints=hints,
        fix=fix,
        since=since,
        staged=staged,
        baseline=baseline,
        no_baseline=no_baseline,
        write_baseline=write_baseline,
        no_cache=no_cache,
    )
    with mistakes_as(env, shape):
        return check_reports(env, wishes)
