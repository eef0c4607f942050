"""`postmortem show`: one report, for a person, a program, a document or a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import ReportId, shapes
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("show")
@click.argument("part", metavar="ID", type=ReportId())
@click.option("--raw", is_flag=True, help="print the file as it is")
@shapes("text", "json", "html")
@click.pass_obj
def command(env: Env, part: str, *, raw: bool, shape: str) -> Exit:
    """Show a report.

    In a terminal it is laid out, else it is the Markdown of the file. JSON has the
    record, the lines on which its values stand, and as findings what could not be
    read; `postmortem check ID` has all that rules find. HTML is one page that loads
    nothing and can be pasted into documents and mail.
    """
    from postmortem.commands._desk import Desk
    from postmortem.commands._json import json_text, mistakes_as
    from postmortem.commands._streams import answer

    with mistakes_as(env, shape), Desk(env) as desk:
        if shape == "json" and not raw:
            from postmortem.commands._record import plain

            answer(env, json_text(plain(desk.open(part))))
            return Exit.DONE
        entry = desk.archive.find(part)
        text = desk.archive.load(entry).text
        if shape == "html" and not raw:
            from postmortem.commands._page import page

            answer(env, page(text, entry.title), exact=True)
        elif not raw and env.stdout_is_terminal and not env.dumb:
            from postmortem.commands._terminal import print_laid_out

            print_laid_out(env, text)
        else:
            answer(env, text, exact=True)
    return Exit.DONE
