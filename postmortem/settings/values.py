"""What can be set, with its default; every use of a setting reads it from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

ASK, SWITCH, STAY, HERE = "ask", "switch", "stay", "here"
WAYS = (ASK, SWITCH, STAY, HERE)
DRAFT, FINAL = "draft", "final"
TRAILER_FIELDS = ("id", "title", "severity", "status", "owner", "audience", "template")
"""The fields of a report that a commit's trailer can carry: one line each."""
LEVELS = ("off", "hint", "warning", "error")
"""How grave a rule's findings can be."""
TEMPLATES = ".templates"
"""Where a team's templates are, within its first folder of reports, unless set."""


class Severity(msgspec.Struct, frozen=True, kw_only=True):
    """One level of the team's scale."""

    name: str
    meaning: str | None = None
    """When an incident has it, in the team's words."""


SEVERITIES = (
    Severity(
        name="SEV-1",
        meaning="most customers cannot use the product, or data is lost or exposed;"
        " tell the public and the executives",
    ),
    Severity(
        name="SEV-2",
        meaning="many customers cannot use an important part of the product",
    ),
    Severity(
        name="SEV-3", meaning="a part is slow or missing, or it may become a SEV-2 soon"
    ),
    Severity(
        name="SEV-4",
        meaning="something needs work, and customers can do what they want",
    ),
    Severity(name="SEV-5", meaning="it looks wrong, and hinders nobody"),
)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a repository; made without arguments, the defaults."""

    folders: tuple[str, ...] = ("postmortems",)
    """The folders of reports, from the settings' own folder, with / between parts;
    "." is that folder itself. Never empty."""
    templates: str = f"postmortems/{TEMPLATES}"
    """The folder of the team's own templates, written as `folders` are."""
    template: str = "default"
    zone: str | None = None
    """An IANA name; None is the zone of the machine on which a report is begun."""
    severities: tuple[Severity, ...] = SEVERITIES
    """The gravest first. Never empty."""
    statuses: tuple[str, ...] = (DRAFT, "in-review", FINAL, "closed", "not-required")
    """In the order in which a report goes through them: it begins with the first."""
    branch_prefix: str = "postmortem/"
    way: str = ASK
    """One of WAYS: how a report is committed when nobody says so."""
    protected: tuple[str, ...] = ()
    """Branches that never get a commit of ours; `*` stands for anything."""
    trailers: Mapping[str, str] = msgspec.field(
        default_factory=lambda: MappingProxyType({})
    )
    """Trailer of a commit's message to one of TRAILER_FIELDS."""
    deadline: int = 600
    """Seconds that hooks, signing or a push may take."""
    remote: str = "origin"
    restricted: bool = False
    """Only those who may know of a restricted template's reports can read it."""
    services: tuple[str, ...] = ()
    """What the team runs; none named means that any name is fine."""
    people: tuple[str, ...] = ()
    """Who can own an action, and whom no sentence is to blame; none named means that
    any name is fine."""
    checks: Mapping[str, str] = msgspec.field(
        default_factory=lambda: MappingProxyType({})
    )
    """Code of a rule to one of LEVELS: how grave what it finds is."""
    terms: tuple[str, ...] = ()
    """Words that no report may hold: customers' names, code names, host names."""
    publish_within: Mapping[str, int] = msgspec.field(
        default_factory=lambda: MappingProxyType({})
    )
    """Severity to the days after which its report is final; none has no deadline."""

    def severity(self, name: str) -> Severity | None:
        """Return the level of that name, written in whatever case."""
        wanted = name.casefold()
        return next(
            (it for it in self.severities if it.name.casefold() == wanted), None
        )


class User(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a person, for all their repositories."""

    repository: str | None = None
    """Where reports go from where no repository has any; absolute or with ~."""
