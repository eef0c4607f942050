"""Where rows of a text stand, and where others of the same field go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from postmortem.markdown.change import Change
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Rows
from postmortem.markdown.rejoining import is_elsewhere
from postmortem.markdown.rows import Container, Found


class Places:
    """The tables and lists of a text that hold the rows of one field."""

    def __init__(self, change: Change, known: Field, found: Sequence[Found]) -> None:
        self.change, self.known, self.found = change, known, found
        self.body = change.spans.body
        self.strays = _strays(change, known, found) if change.gathers else []

    def home(self, loop: str) -> Rows:
        """Return the home that a loop of the template is."""
        return next(each for each in self.change.outline.rows if each.loop == loop)

    def container(self, home: Rows) -> Container | None:
        """Return the table or list of the text in which a home's rows stand."""
        return next(iter(_of(self.change, home, self.strays)), None)

    def near(self, home: Rows, new: int, pairs: Mapping[int, int]) -> Container | None:
        """Return the table or list of a home in which a new row has its neighbours."""
        ours = _of(self.change, home, self.strays)
        by_distance = sorted(pairs, key=lambda at: (at > new, abs(at - new)))
        for at in by_distance:
            container = self.found[pairs[at]].container
            if any(container is each for each in ours):
                return container
        return ours[0] if ours else None

    def is_stray(self, container: Container) -> bool:
        """Tell whether the rows of a table or list are put into the home's own."""
        return any(container is each for each in self.strays)

    def before(
        self,
        new: int,
        pairs: Mapping[int, int],
        container: Container,
        gone: Collection[int],
    ) -> int:
        """Return the line before which a new row goes: behind the row before it.

        `gone` are the old rows that leave their table or list.
        """
        for before in range(new - 1, -1, -1):
            if before in pairs and self.found[pairs[before]].container is container:
                return self.end(self.found[pairs[before]])
        after = {was for at, was in pairs.items() if at > new}
        for old, found in enumerate(self.found):
            if found.container is container and old in after and old not in gone:
                return self.body + found.start
        start = self.body + container.start
        return start + 2 if container.shape == "table" else start

    def end(self, found: Found) -> int:
        """Return the line behind a row, without blank ones below it."""
        end = self.body + found.end
        first = self.body + found.start
        while end > first + 1 and not self.change.edits.lines[end - 1].strip():
            end -= 1
        return end

    def inside(self, line: int, cut: Cut | None) -> bool:
        """Tell whether a line stands in a section."""
        return cut is not None and cut.start <= line - self.body < cut.end


def scattered(change: Change) -> bool:
    """Tell whether people added rows beside a table or list that could join it."""
    return any(
        known.parts and _strays(change, known, change.spans.rows.get(name, ()))
        for name, known in change.known.items()
        if change.differs(name)
    )


def _of(change: Change, home: Rows, without: Sequence[Container]) -> list[Container]:
    return [
        each
        for each in change.spans.containers
        if each.home is not None
        and each.home.loop == home.loop
        and not any(each is other for other in without)
    ]


def _strays(change: Change, known: Field, found: Sequence[Found]) -> list[Container]:
    """Return the tables and lists of a field beside the first of the home's own shape.

    One with text below a row stays: no other place would hold that.
    """
    strays: list[Container] = []
    noted = [each.container for each in found if each.notes]
    for home in change.outline.rows:
        if home.field != known.name:
            continue
        own = [each for each in _of(change, home, ()) if not is_elsewhere(each)]
        shape = "table" if home.columns else "list"
        proper = next((each for each in own if each.shape == shape), None)
        strays += [
            each
            for each in own
            if each is not proper and not any(each is other for other in noted)
        ]
    return strays
