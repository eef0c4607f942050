"""Words that may complete an answer: the team's, and those of earlier reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortem.commands._desk import Desk

_PEOPLE = ("owner", "reviewers")
_AUTHORS = 100
_REPORTS = 200


class Known:
    """Looked for when a question first needs them, and not before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def words(self, name: str) -> Sequence[str]:
        """Return the words for a field, or a part of a row, of that name."""
        settings = self._desk.place.settings
        if name == "services":
            return _once(settings.services, self._seen("services"))
        if name in _PEOPLE:
            people = _once(
                settings.people, self._seen("owner"), self._seen("reviewers")
            )
            return _once(people, self._owners)
        return self._seen(name) if name == "tags" else ()

    def _seen(self, name: str) -> Sequence[str]:
        return self._earlier.get(name, ())

    @cached_property
    def _earlier(self) -> dict[str, tuple[str, ...]]:
        from postmortem.archive import seen

        return dict(seen(self._desk.archive, _REPORTS))

    @cached_property
    def _owners(self) -> tuple[str, ...]:
        from postmortem.archive import code_owners

        history = self._desk.history
        authors = history.authors(_AUTHORS) if history else ()
        return tuple(_once(code_owners(self._desk.place.root), authors))


def _once(*several: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in several for word in words))
