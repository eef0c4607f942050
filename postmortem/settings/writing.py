"""The settings file that `init` writes: every key, explained, with its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from postmortem.settings.values import LEVELS, TRAILER_FIELDS, Settings, Severity
from postmortem.yamls import flow, scalar

_TOP = """\
How this team writes its reports. What stands here are the defaults: a line that goes,
or has no value, means the same. Everyone who works in this repository shares it.
"""

_MEANINGS: Mapping[str, str] = {
    "folders": """\
The folders of the reports, from this file's folder on. Where there are several, the
one nearest to where you stand is meant, else the first.
""",
    "templates": """\
The folder of your own templates. `init` copies the chosen ones there, so that what
reads your reports travels with them. Unset, it is .templates in the first folder.
""",
    "template": """\
The template of a new report, unless --template names another.
""",
    "zone": """\
The zone in which a new report's times are read and written, as in Europe/Paris or
UTC. Without one it is the zone of the machine on which the report is begun.
""",
    "severities": """\
Your scale, the gravest first, with what each level means.
""",
    "statuses": """\
What a report goes through; it begins with the first. From `final` on, the checks ask
for everything.
""",
    "branch_prefix": """\
The beginning of the branch on which a report is committed; its id follows. Reports
are looked for on the local branches that begin so.
""",
    "way": """\
How a report is committed when nobody says: `switch` to a new branch, `stay` where you
are and commit to a new branch all the same, `here` on the current branch, or `ask`.
""",
    "protected": """\
Branches that get no commit from here, whatever is chosen, as in [main, release/*].
""",
    "trailers": f"""\
Trailers of the commit's message and the field that each carries, as in
`Incident: id`. The fields are {", ".join(TRAILER_FIELDS)}.
""",
    "deadline": """\
Seconds that your hooks, your signing program or a push may take before they are
stopped.
""",
    "remote": """\
The remote that a push goes to, once you have said yes to it.
""",
    "restricted": """\
Whether only those who may read the report of a security incident can read this
repository. Where it is false, `submit` refuses reports of restricted templates.
""",
    "services": """\
What you run: the names to use for a report's services. Any other is fine as well.
""",
    "people": """\
Who can own an action, by role or name, as in [storage on-call, edge lead]. Where
somebody stands here, the checks ask about any other owner, and find sentences that
blame one of these.
""",
    "checks": f"""\
How grave the findings of a rule are, as in `PM412: error`; `postmortem check --explain`
lists the rules, and with a code says why. The levels are {", ".join(LEVELS)}.
""",
    "terms": """\
Words that no report may hold, as in [Example Bank, project-x]: names of customers,
code names, host names.
""",
    "publish_within": """\
Days after the end of an incident by which its report is final, by severity, as in
`SEV-1: 5`.
""",
}


def default_text() -> str:
    """Return a settings file that says the defaults: `read` of it is `Settings()`."""
    defaults = Settings()
    parts = [_comment(_TOP)]
    for name, meaning in _MEANINGS.items():
        lines = "".join(_lines(name, getattr(defaults, name)))
        parts.append(_comment(meaning) + lines)
    return "\n".join(parts)


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _lines(name: str, value: Any) -> Iterator[str]:
    match value:
        case None:
            yield f"{name}:\n"
        case bool():
            yield f"{name}: {str(value).lower()}\n"
        case str() | int():
            yield f"{name}: {value if isinstance(value, int) else scalar(value)}\n"
        case (Severity(), *_):
            yield f"{name}:\n"
            for level in value:
                yield f"  {scalar(level.name)}: {scalar(level.meaning or '')}\n"
        case tuple():
            yield f"{name}: {flow(value)}\n"
        case _:
            yield f"{name}: {{}}\n"
