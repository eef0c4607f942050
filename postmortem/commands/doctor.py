"""`postmortem doctor`: whether everything is there that a report needs on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortem.commands._arguments import shapes
from postmortem.commands._json import json_text
from postmortem.commands._streams import answer
from postmortem.commands._symptoms import PROBLEM, symptoms
from postmortem.errors import Exit

if TYPE_CHECKING:
    from postmortem.env import Env


@click.command("doctor")
@shapes("text", "json")
@click.pass_obj
def command(env: Env, shape: str) -> Exit:
    """Say what is well here, and what would stop a submit.

    Ends with 1 when something would stop a submit.
    """
    found = tuple(symptoms(env))
    if shape == "json":
        answer(env, json_text([each.plain() for each in found]))
    else:
        for each in found:
            answer(env, f"{each.state:8}{each.subject:12}{each.said}")
            if each.next_step:
                answer(env, f"{'':20}{each.next_step}")
    stopped = any(each.state == PROBLEM for each in found)
    return Exit.FINDINGS if stopped else Exit.DONE
