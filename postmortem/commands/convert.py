"""`postmortem convert`: a report laid out by another template, over the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId, shapes
from postmortem.commands._templates import TemplateName
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("convert")
@click.argument("part", metavar="ID", type=ReportId())
@click.option(
    "--template", "-t", "name", required=True, metavar="T", type=TemplateName()
)
@click.option("--dry-run", is_flag=True, help="show the difference, write nothing")
@click.option("--yes", is_flag=True, help="do not ask")
@shapes("text", "json", about="how to say what was done")
@click.pass_obj
def command(
    env: Env, part: str, name: str, *, dry_run: bool, yes: bool, shape: str
) -> Exit:
    """Lay a report out by another template, and lose nothing of it.

    What the template has no place for goes under its last heading, and comes out again
    where another template has one. Sections, paragraphs, columns and notes of your own
    stay where their field goes; a comment keeps a place that the template has not. The
    difference is shown first. What cannot be decided stands between git's marks: it
    ends with 1 then, and `submit` refuses them.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._json import mistakes_as
    from postmortem.commands._moving import Wishes, carried_out, worked_out
    from postmortem.commands._older import Older
    from postmortem.commands._places import report_sources
    from postmortem.commands._templates import file_of

    wishes = Wishes(dry_run=dry_run, yes=yes, shape=shape, unsaid=True)
    with mistakes_as(env, shape), Desk(env) as desk, Older(desk) as older:
        entry = desk.archive.find(part)
        file_of(name, report_sources(desk.place))
        move = worked_out(desk, older, entry, desk.template(name))
        return carried_out(desk, [move], wishes)
