"""Who said it: roles stand for people, whose names stay only on request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from postmortem.importers import Candidate
from postmortem.timeline.merging import tool

_LOG = "log"
SOMEBODY = "somebody"
"""Stands for a person who is spoken to, and whose role nobody said."""

_AT = re.compile(r"(?<![\w@./])@([\w][\w.-]*\w|\w)")
_GROUPS = re.compile(
    r"here|channel|everyone|all|.*(?:on-?call|team|group)", re.IGNORECASE
)
"""What is called by `@` and is no person."""
_TELLING = re.compile(r"\w[ ._-]\w|\w\d")
_SHORTEST = 3
_SHORTEST_ALONE = 4
_WORDS = frozenset(
    (
        *("april", "august", "chase", "dash", "drew", "faith", "frank", "gene"),
        *("grace", "grant", "hope", "jack", "june", "mark", "page", "pearl", "pick"),
        *("rich", "robin", "root", "rose", "test", "user", "will"),
        *("admin", "call", "commander", "communications", "customer", "database"),
        *("developer", "duty", "engineer", "incident", "lead", "manager", "network"),
        *("operations", "operator", "owner", "platform", "product", "release"),
        *("responder", "scribe", "security", "service", "site", "support", "team"),
    )
)
"""Names and roles that are words too: by itself none of them is somebody."""
_WRITING = 1
"""The weight of what people write, and bots do not."""


@dataclass(frozen=True)
class People:
    """Which role each person has, by handle or name."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """An empty role is nobody in particular."""
    names: bool = False
    """Whether handles and names stay."""
    known: frozenset[str] = frozenset()
    """Handles and names of people, whether they have a role or not."""
    alone: frozenset[str] = frozenset()
    """Those among them who talked, so that they are people for sure."""

    def told(self, candidate: Candidate) -> str:
        """Return what happened, said by a role where the person has one."""
        if self.names:
            who = candidate.author
            return f"{who}: {candidate.text}" if who else candidate.text
        role = self.roles.get(_name(candidate) or "") or _own_role(candidate)
        text = self._unnamed(candidate.text)
        return f"{role}: {text}" if role else text

    def _unnamed(self, text: str) -> str:
        if self._names is not None:
            text = self._names.sub(lambda found: self._role(found[0]), text)
        return _AT.sub(self._spoken_to, text) if "@" in text else text

    def _spoken_to(self, found: re.Match[str]) -> str:
        if _GROUPS.fullmatch(found[1]):
            return found[0]
        return self._role(found[1])

    def _role(self, name: str) -> str:
        bare = name.removeprefix("@")
        whole = self._parts.get(bare, bare)
        return self.roles.get(bare) or self.roles.get(whole) or SOMEBODY

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """First and last names alone, and whose they are; "" where it is not clear."""
        found: dict[str, str] = {}
        for name in sorted(self.alone):
            words = name.split()
            for word in words if len(words) > 1 else ():
                if word[:1].isupper() and _is_alone(word):
                    found[word] = name if word not in found else ""
        return found

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Names that cannot be another word: two words, a dot or a digit in them."""
        sure = [each for each in self.known if _TELLING.search(each)]
        sure += [each for each, role in self.roles.items() if role]
        sure += [*filter(_is_alone, self.alone), *self._parts]
        long = sorted({each for each in sure if len(each) >= _SHORTEST}, key=_first)
        if not long:
            return None
        return re.compile(rf"(?<!\w)@?(?:{'|'.join(map(re.escape, long))})(?!\w)")


def authors(candidates: Iterable[Candidate]) -> list[tuple[str, int]]:
    """Return who wrote them, with how many each, the most first."""
    counted = Counter(
        name for each in candidates if (name := _name(each)) and _own_role(each) is None
    )
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def talkers(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Return who wrote what only people write: no bot and no tool is among them."""
    return frozenset(
        name
        for each in candidates
        if each.weight == _WRITING and each.kind == "message" and (name := _name(each))
    )


def _is_alone(name: str) -> bool:
    """Tell whether a word by itself is somebody's name, and hardly another word."""
    return len(name) >= _SHORTEST_ALONE and name.casefold() not in _WORDS


def _name(candidate: Candidate) -> str | None:
    return candidate.author.removeprefix("@") if candidate.author else None


def _own_role(candidate: Candidate) -> str | None:
    """Return the role under which somebody noted it in our own log."""
    author = candidate.author or ""
    noted = tool(candidate.source) == _LOG and not author.startswith("@")
    return (author or None) if noted else None


def _first(name: str) -> tuple[int, str]:
    return (-len(name), name)
