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
@click.option("--plain", is_flag=True, help="ask in plain lines, without colours")
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
    plain: bool,
) -> Exit:
    """Begin a report: a few questions at a terminal, or answers from a file.

    What is not answered stays in the report as a question. `postmortem schema` says
    what an answers file can hold.
    """
    from postmortem.commands._consent import somebody

    if answers is None and not submit and somebody(env):
        return _asked(env, title, name, folder, assignments, plain=plain)

    from postmortem.commands._begin import (
        begun,
        hangs_on_zone,
        into_folder,
        said_in,
        understood,
        written,
    )
    from postmortem.commands._cautions import tell_cautions
    from postmortem.commands._desk import Desk
    from postmortem.commands._log_offer import offered
    from postmortem.commands._streams import answer, tell
    from postmortem.commands._writing import wrote

    with Desk(env) as desk:
        where = into_folder(desk, folder)
        said = said_in(desk, answers)
        template = desk.template(name or (said and said.template))
        tell_cautions(env, desk.place, template)
        answered = understood(desk, template, title, said, assignments)
        if answers is None and not assignments:
            _check_answered(desk, template, answered)
        report = begun(desk, template, answered)
        if hangs_on_zone(desk, template, title, said, assignments):
            tell(env, _zone_told(env))
        entry = written(desk, template, report, where)
        answer(env, wrote(desk, entry, template))
        if noted := offered(env, report.replace(id=entry.id)):
            tell(env, noted)
    return _submitted(env, desk.place, entry) if submit else Exit.DONE


def _asked(
    env: Env,
    title: str | None,
    name: str | None,
    folder: str | None,
    assignments: Sequence[str],
    *,
    plain: bool,
) -> Exit:
    """Ask what is not said on the command line, at this terminal."""
    from postmortem.commands import _opening
    from postmortem.commands._talk import Talk

    talk = Talk(env, plain=plain)
    said = None
    if not (name or folder or assignments) and (opening := _opening.kept(env)):
        said = opening.ask(env, talk, title)
    from postmortem.commands._begin import into_folder, understood
    from postmortem.commands._beginning import Start, begin
    from postmortem.commands._cautions import tell_cautions
    from postmortem.commands._desk import Desk
    from postmortem.commands._drafts import drafts_of
    from postmortem.drafts import Draft, key_of
    from postmortem.errors import Problems

    with Desk(env) as desk:
        where = into_folder(desk, folder)
        template = desk.template(name)
        tell_cautions(env, desk.place, template)
        answered = understood(desk, template, title, None, assignments)
        if answered.problems:
            raise Problems(answered.problems)
        report = answered.report
        zone = report.zone or desk.place.settings.zone or env.zone
        draft = Draft(
            key=key_of(desk.place.root),
            root=str(desk.place.root),
            title=title,
            template=template.name,
            folder=str(where),
        )
        start = Start(
            report=report.replace(zone=zone),
            template=template,
            where=where,
            zone=report.zone,
            said=(said.name, said.words) if said else None,
        )
        journal = said.journal if said else drafts_of(env).open(draft)
        return begin(desk, talk, journal, start)


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


def _submitted(env: Env, place: Place, entry: Entry) -> Exit:
    from postmortem.commands._submitting import submit_report

    return submit_report(env, place, entry)
