"""`postmortem template`: which templates there are, what they ask, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.commands import _templates
from postmortem.commands._checked import checked
from postmortem.commands._json import json_text
from postmortem.commands._places import place_of, report_sources, shown_path
from postmortem.commands._streams import answer
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env

_shape = click.option(
    "--format",
    "shape",
    type=click.Choice(("text", "json")),
    default="text",
    help="how to print it (default: text)",
)


@click.group("template")
def command() -> None:
    """List, show and check the templates of reports."""


@command.command("list")
@_shape
@click.pass_obj
def list_templates(env: Env, shape: str) -> Exit:
    """List the templates that a new report can have."""
    found = _templates.listed(report_sources(place_of(env)))
    if shape == "json":
        answer(env, json_text([each.plain() for each in found]))
        return Exit.DONE
    wide = max((len(each.name) for each in found), default=0)
    for each in found:
        whose = "" if each.shipped else f" ({shown_path(Path(each.path), env)})"
        said = each.problem or each.description
        answer(env, f"{each.name:{wide}}  {said}{whose}".rstrip())
    return Exit.DONE


@command.command("show")
@click.argument("name", metavar="T", type=_templates.TemplateName())
@click.option("--form", "part", flag_value="form", help="show what it asks")
@click.option(
    "--outline", "part", flag_value="outline", help="show where each field lives"
)
@_shape
@click.pass_obj
def show(env: Env, name: str, part: str | None, shape: str) -> Exit:
    """Show a template: its text, the form that it makes, or its outline."""
    from postmortem.templating import Worker

    sources = report_sources(place_of(env))
    with Worker() as worker:
        if shape == "json":
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

    sources = report_sources(place_of(env))
    named = names or [each.name for each in _templates.listed(sources)]
    with Worker() as worker:
        found = [
            checked(name, sources, worker, records=records, seed=seed) for name in named
        ]
    if shape == "json":
        plain = [each.plain() for each in found]
        answer(env, json_text(plain))
    else:
        for each in found:
            answer(env, each.text(lambda path: shown_path(Path(path), env)))
    return Exit.FINDINGS if any(each.problems for each in found) else Exit.DONE
