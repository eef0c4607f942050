"""Where rows of a text stand, and where others of the same field go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from postmortem.markdown.change import GATHERED, PLAIN, Change
from postmortem.markdown.cut import Cut
from postmortem.markdown.fields import Field
from postmortem.markdown.outline import Rows
from postmortem.markdown.rows import Container, Found
from postmortem.markdown.straying import containers, strays


class Places:
    """The tables and lists of a text that hold the rows of one field."""

    def __init__(self, change: Change, known: Field, found: Sequence[Found]) -> None:
        self.change, self.known, self.found = change, known, found
        self.body = change.spans.body
        outline, spans = change.outline, change.spans
        others = [] if change.way == PLAIN else strays(outline, spans, known.name)
        self.strays = others if change.way == GATHERED else []
        self.passed_over = others
        """The tables and lists into which no new row goes."""

    def home(self, loop: str) -> Rows:
        """Return the home that a loop of the template is."""
        return next(each for each in self.change.outline.rows if each.loop == loop)

    def container(self, home: Rows) -> Container | None:
        """Return the table or list of the text in which a home's rows stand."""
        return next(iter(containers(self.change.spans, home, self.strays)), None)

    def near(
        self, home: Rows, new: int, pairs: Mapping[int, int], *, moved: bool = False
    ) -> Container | None:
        """Return the table or list of a home in which a new row has its neighbours."""
        passed = self.strays if moved else self.passed_over
        ours = containers(self.change.spans, home, passed)
        by_distance = sorted(pairs, key=lambda at: (at > new, abs(at - new)))
        for at in by_distance:
            container = self.found[pairs[at]].container
            if any(container is each for each in passed):
                return None
            if any(container is each for each in ours):
                return container
        return ours[0] if ours else None

    def below(self, home: Rows) -> int | None:
        """Return the line behind the tables and lists that new rows pass over."""
        ends = [
            self.body + each.end
            for each in containers(self.change.spans, home, self.strays)
        ]
        lines, at = self.change.edits.lines, max(ends, default=0)
        while at and not lines[at - 1].strip():
            at -= 1
        return at or None

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
        known.parts and strays(change.outline, change.spans, name)
        for name, known in change.known.items()
        if change.differs(name)
    )
