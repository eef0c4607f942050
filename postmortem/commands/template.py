"""`postmortem template`: which templates there are, what they ask, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.commands import (
    _preview,
    _template_list,
    _template_new,
    _template_own,
    _templates,
)
from postmortem.commands._arguments import ReportId, shapes
from postmortem.commands._checked import Checked, checked
from postmortem.commands._json import json_text
from postmortem.commands._places import place_of, report_sources, shown_path
from postmortem.commands._pointing import InSight
from postmortem.commands._streams import answer, tell
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env
    from postmortem.settings import Place

_shape = shapes("text", "json")


@click.group("template", cls=InSight)
def command() -> None:
    """List, show, check, begin and edit the templates of reports."""


@command.command("list")
@_shape
@click.pass_obj
def list_templates(env: Env, shape: str) -> Exit:
    """List the templates that a new report can have, and whose they are.

    The repository's come first, then your own, then those that came with the program:
    of two with one name the first is used. In brackets: the severities each is for.
    """
    place = place_of(env)
    found = _template_list.listed(place)
    if shape == "json":
        from postmortem.templating import Worker

        with Worker() as worker:
            shown = [_template_list.plain(each, place, worker) for each in found]
        answer(env, json_text(shown))
        return Exit.DONE
    for line in _template_list.lines(found, env):
        answer(env, line)
    return Exit.DONE


@command.command("show")
@click.argument("name", metavar="T", type=_templates.TemplateName())
@click.option("--form", "part", flag_value="form", help="show what it asks")
@click.option(
    "--sample", "part", flag_value="sample", help="show a report that it makes"
)
@click.option(
    "--outline", "part", flag_value="outline", help="show where each field lives"
)
@_shape
@click.pass_obj
def show(env: Env, name: str, part: str | None, shape: str) -> Exit:
    """Show a template: its text, the form that it makes, its outline, or a sample."""
    from postmortem.templating import Worker

    sources = report_sources(place_of(env))
    with Worker() as worker:
        if part == "sample":
            text = _template_own.sample(name, sources, worker)
            shown = {"name": name, "text": text}
            said = json_text(shown) if shape == "json" else text
            answer(env, said, exact=shape != "json")
        elif shape == "json":
            shown = _templates.plain(name, sources, worker, part)
            answer(env, json_text(shown))
        elif part == "form":
            answer(env, _templates.form(name, sources, worker))
        elif part == "outline":
            answer(env, _templates.outline(name, sources, worker))
        else:
            answer(env, _templates.text(name, sources), exact=True)
    return Exit.DONE


@command.command("check")
@click.argument("names", metavar="[T]...", nargs=-1, type=_templates.TemplateName())
@click.option(
    "--records",
    type=click.IntRange(0),
    default=100,
    help="try the laws with that many made-up reports (default: 100)",
)
@click.option("--seed", type=int, default=0, help="make up others (default: 0)")
@_shape
@click.pass_obj
def check(env: Env, names: Sequence[str], records: int, seed: int, shape: str) -> Exit:
    """Say of each field what it is, and find what would not be read back.

    Without a name all templates are checked. Ends with 1 when something is found.
    """
    from postmortem.templating import Worker

    place = place_of(env)
    named = names or _templates.names(report_sources(place))
    with Worker() as worker:
        found = [
            checked(name, place, worker, records=records, seed=seed) for name in named
        ]
    if shape == "json":
        plain = [each.plain() for each in found]
        answer(env, json_text(plain))
    else:
        for each in found:
            answer(env, each.text(lambda path: shown_path(Path(path), env)))
    return Exit.FINDINGS if any(each.problems for each in found) else Exit.DONE


@command.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--from-file",
    "file",
    metavar="FILE",
    type=click.Path(),
    help="make it of a document of your own, in Markdown",
)
@click.option(
    "--from",
    "preset",
    metavar="T",
    type=_templates.TemplateName(),
    help="copy that template, with comments that teach (default: the settings' own)",
)
@click.option(
    "--user", is_flag=True, help="put it among your own, for all your repositories"
)
@click.option("--force", is_flag=True, help="replace a template of that name")
@_shape
@click.pass_obj
def new(
    env: Env,
    name: str,
    file: str | None,
    preset: str | None,
    *,
    user: bool,
    force: bool,
    shape: str,
) -> Exit:
    """Begin a template of your own, in the repository or in --user's, and check it.

    From a document it says line by line what it takes each piece for. Ends with 1 when
    the check finds something.
    """
    if file and preset:
        raise click.UsageError("--from and --from-file do not go together")
    place = place_of(env)
    home = _template_new.home_of(env, place, user=user)
    if file:
        made = _template_new.from_file(env, home, name, file)
    else:
        chosen = preset or place.settings.template
        sources = report_sources(place)
        made = _template_new.from_preset(home, name, chosen, sources)
    lines = _template_new.written(
        made, home, force=force, shown=lambda path: shown_path(path, env)
    )
    for line in made.talk():
        tell(env, line)
    if shape == "json":
        found = _found(place, name)
        answer(env, json_text({**made.plain(), "check": found.plain()}))
        return Exit.FINDINGS if found.problems else Exit.DONE
    for line in lines:
        answer(env, line)
    return _check(env, place, name)


@command.command("preview")
@click.argument("name", metavar="T", type=_templates.TemplateName())
@click.option(
    "--report",
    metavar="ID",
    type=ReportId(),
    help="with the record of that report (default: a sample)",
)
@click.option("--once", is_flag=True, help="print it once, and do not wait for a save")
@click.pass_obj
def preview(env: Env, name: str, report: str | None, *, once: bool) -> Exit:
    """Show what a template makes, again at every save; q or Ctrl-C leaves.

    What is wrong with it is said with line and column. Where nobody looks at a
    terminal it is printed once, and the command ends with 1 when something is wrong.
    """
    subject = _preview.Subject(name=name, report=report)
    if once or not env.stdout_is_terminal:
        return _preview.once(env, subject)
    return _preview.watch(env, subject)


@command.command("edit")
@click.argument("name", metavar="T", type=_templates.TemplateName())
@click.pass_obj
def edit(env: Env, name: str) -> Exit:
    """Open a template of your own in your editor, and check what you saved."""
    place = place_of(env)
    if not _template_own.edit(env, place, name, report_sources(place)):
        tell(env, f"{name} is as it was")
    return _check(env, place, name)


@command.command("diff")
@click.argument("name", metavar="T", type=_templates.TemplateName())
@click.pass_obj
def diff(env: Env, name: str) -> Exit:
    """Show what a template of your own changes in the preset that it came from."""
    found = _template_own.difference(env, name, report_sources(place_of(env)))
    answer(env, found, exact=True)
    return Exit.DONE


def _check(env: Env, place: Place, name: str) -> Exit:
    """Check a template, print what is found, and return how to end."""
    found = _found(place, name)
    answer(env, found.text(lambda path: shown_path(Path(path), env)))
    return Exit.FINDINGS if found.problems else Exit.DONE


def _found(place: Place, name: str) -> Checked:
    from postmortem.templating import Worker

    with Worker() as worker:
        return checked(name, place, worker, records=100, seed=0)
