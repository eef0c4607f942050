"""`postmortem schema`: what an answers file may hold, for editors and for CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._templates import TemplateName
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("schema")
@click.option(
    "--template", "name", type=TemplateName(), help="of this template's answers"
)
@click.pass_obj
def command(env: Env, name: str | None) -> Exit:
    """Print the JSON Schema of an answers file."""
    from postmortem import answers
    from postmortem.commands._desk import Desk
    from postmortem.commands._json import json_text
    from postmortem.commands._streams import answer

    with Desk(env) as desk:
        outline = desk.template(name).outline
        answer(env, json_text(answers.schema(outline, desk.choices)))
    return Exit.DONE
