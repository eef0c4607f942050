"""Roles for people: asked once, kept in the state folder, and never committed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from postmortem import files, timeline
from postmortem.errors import Interrupted, Missing, PostmortemError
from postmortem.timeline import People, Sifted

if TYPE_CHECKING:
    from pathlib import Path

    from postmortem.commands._timeline_asked import Ask
    from postmortem.commands._timeline_import import Job
    from postmortem.env import Env

FILE = "people.json"
"""In the program's state folder."""
_FEW = 12
"""Authors who are asked about; of more, those who wrote most."""
_VERSION = 1
_MACHINE = re.compile(
    r"bot\b|\bapp$|alert|webhook|workflow|service|jenkins|argo|github|gitlab|grafana"
    r"|datadog|pagerduty|opsgenie|jira|sentry|prometheus|statuspage|nagios|pingdom",
    re.IGNORECASE,
)
"""What is nobody, by its name."""


def people(env: Env, ask: Ask) -> People:
    """Return the roles that are known, those of the command line among them."""
    roles = dict(_kept(env))
    said: dict[str, str] = {}
    for each in ask.roles:
        name, equals, role = each.partition("=")
        if not equals or not name.strip():
            hint = 'write --role "NAME=ROLE", as in --role "jdoe=incident commander"'
            raise PostmortemError(f"{each!r} gives nobody a role", hint=hint)
        said[name.strip().removeprefix("@")] = role.strip()
    if said and not ask.dry_run:
        _keep(env, {**roles, **said})
    return People(roles={**roles, **said}, names=ask.names)


def asked(
    job: Job, people: People, sifted: Sifted, chosen: Mapping[int, str]
) -> People:
    """Ask for the roles of those who wrote what was chosen, each person once."""
    if people.names or not job.attended or job.ask.every:
        return people
    members = [each for at in chosen for each in sifted.offered[at].members]
    every = [who for who, _ in timeline.authors(members) if not _MACHINE.search(who)]
    new = [who for who in every if who not in people.roles]
    if not new:
        return people
    from postmortem.commands._talk import Talk
    from postmortem.prompts import Question

    prompts = Talk(job.env, plain=job.ask.plain).prompts
    prompts.say(
        "People stand in a report by their role. Who was this, in a word or two?"
    )
    prompts.say(
        "Empty: nobody in particular. It is kept for you, and not in the report."
    )
    roles = dict(people.roles)
    try:
        for number, name in enumerate(new[:_FEW], 1):
            progress = f"{number}/{min(len(new), _FEW)}"
            said = prompts.line(Question(text=name, progress=progress))
            if not isinstance(said, str):
                break
            roles[name] = " ".join(said.split())
    except Interrupted as error:
        raise Interrupted("interrupted; nothing was added") from error
    finally:
        _keep(job.env, roles)
    return replace(people, roles=roles)


def _kept(env: Env) -> Mapping[str, str]:
    try:
        told = json.loads(files.read_private(_path(env)))
    except (Missing, ValueError):
        return {}
    roles = told.get("roles") if isinstance(told, dict) else None
    if not isinstance(roles, dict):
        return {}
    return {str(name): str(role) for name, role in roles.items()}


def _keep(env: Env, roles: Mapping[str, str]) -> None:
    said = json.dumps({"version": _VERSION, "roles": dict(roles)}, indent=1)
    files.write_private(_path(env), f"{said}\n", root=env.state_dir)


def _path(env: Env) -> Path:
    return env.state_dir / FILE
