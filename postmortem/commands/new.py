"""`postmortem new`: from answers to a report in its folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from postmortem.commands._templates import TemplateName
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.answers import Answered
    from postmortem.archive import Entry
    from postmortem.commands._desk import Desk
    from postmortem.env import Env
    from postmortem.errors import Problem
    from postmortem.markdown import Template
    from postmortem.model import Report
    from postmortem.settings import Place


@click.command("new")
@click.argument("title", required=False)
@click.option(
    "--answers", metavar="FILE", help="read the answers from YAML or JSON; - is stdin"
)
@click.option(
    "--set",
    "assignments",
    metavar="FIELD=VALUE",
    multiple=True,
    help="answer one field, after those of the file (may be repeated)",
)
@click.option(
    "--template", "name", type=TemplateName(), help="lay it out by this template"
)
@click.option("--dir", "folder", metavar="FOLDER", help="which folder of reports")
@click.option("--submit", is_flag=True, help="commit it when it is written")
@click.pass_obj
def command(
    env: Env,
    *,
    title: str | None,
    answers: str | None,
    assignments: Sequence[str],
    name: str | None,
    folder: str | None,
    submit: bool,
) -> Exit:
    """Begin a report, from answers in a file or on the command line.

    What is not answered stays in the report as a question. `postmortem schema` says
    what an answers file can hold.
    """
    from postmortem.commands._begin import (
        begun,
        hangs_on_zone,
        into_folder,
        said_in,
        understood,
        written,
    )
    from postmortem.commands._desk import Desk
    from postmortem.commands._streams import answer, tell

    with Desk(env) as desk:
        where = into_folder(desk, folder)
        said = said_in(desk, answers)
        template = desk.template(name or (said and said.template))
        answered = understood(desk, template, title, said, assignments)
        if answers is None and not assignments:
            _check_answered(desk, template, answered)
        report = begun(desk, template, answered)
        if hangs_on_zone(desk, template, title, said, assignments):
            tell(env, _zone_told(env))
        entry = written(desk, template, report, where)
        answer(env, _said(desk, entry, template))
    return _submitted(env, desk.place, entry) if submit else Exit.DONE


def _check_answered(desk: Desk, template: Template, answered: Answered) -> None:
    """Raise Problems that name all that is asked first and nobody has answered."""
    from postmortem.errors import Problem, Problems

    fields = desk.asked(template).fields
    wanted = [
        fields[name]
        for name in template.outline.first
        if name in fields and answered.report.value(name) is None
    ]
    hint = (
        "`postmortem new --answers FILE` reads them, --set FIELD=VALUE sets one\n"
        f"`postmortem template show {template.name} --form` says what is asked, and\n"
        "`postmortem schema` what an answers file can hold"
    )
    missing: list[Problem] = [
        Problem(message=f"{each.name} is missing", hint=each.question)
        for each in wanted
    ]
    if missing:
        ways = Problem(message="the answers come from a file or from --set", hint=hint)
        raise Problems((*answered.problems, *missing, ways))


def _zone_told(env: Env) -> str:
    """Say in which zone times were read that named none."""
    named = env.zone_name() is not None
    whose = ", this machine's zone" if named else ", as this machine names no zone"
    return f"times are read in {env.zone}{whose}; set zone: to say another"


def _said(desk: Desk, entry: Entry, template: Template) -> str:
    from postmortem import answers, markdown

    snapshot = desk.archive.load(entry)
    report: Report = markdown.read(snapshot.text, template).report
    many = len(answers.unknown(report, template.outline))
    fields = f"{many} field{'' if many == 1 else 's'} not known yet"
    return f"wrote {desk.shown(entry)}   ({fields if many else 'nothing is missing'})"


def _submitted(env: Env, place: Place, entry: Entry) -> Exit:
    from postmortem.commands.submit import submit_report

    return submit_report(env, place, entry)
