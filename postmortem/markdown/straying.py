"""Tables and lists in which people keep rows beside those of the template's shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from postmortem.markdown.outline import Outline, Rows
from postmortem.markdown.reading import Spans
from postmortem.markdown.rejoining import is_elsewhere
from postmortem.markdown.row_fitting import says_more
from postmortem.markdown.rows import Container, Found


def strays(outline: Outline, spans: Spans, name: str) -> list[Container]:
    """Return the tables and lists of a field beside the first of the home's own shape.

    One with more about a row than its parts stays: no other place would hold that.
    """
    found: list[Container] = []
    rows = spans.rows.get(name, ())
    noted = [row.container for row in rows if _says_more(row, spans)]
    for home in outline.rows:
        if home.field != name:
            continue
        own = [each for each in containers(spans, home) if not is_elsewhere(each)]
        shape = "table" if home.columns else "list"
        proper = next((each for each in own if each.shape == shape), None)
        found += [
            each
            for each in own
            if each is not proper and not any(each is other for other in noted)
        ]
    return found


def _says_more(row: Found, spans: Spans) -> bool:
    """Tell whether there is text below a row, a remark at its end, or another cell."""
    line = spans.lines[spans.body + row.start]
    own = row.container.shape == "table" and says_more(line, row.container.columns)
    return row.notes or bool(row.remarks) or own


def containers(
    spans: Spans, home: Rows, without: Sequence[Container] = ()
) -> list[Container]:
    """Return the tables and lists of a text that hold the rows of a home."""
    return [
        each
        for each in spans.containers
        if each.home is not None
        and each.home.loop == home.loop
        and not any(each is other for other in without)
    ]


def rows_in_strays(
    outline: Outline, spans: Spans, names: Iterable[str]
) -> Mapping[str, Collection[int]]:
    """Return the numbers of the rows of each field that stand in such a place."""
    away = {name: strays(outline, spans, name) for name in names}
    return {
        name: [
            at
            for at, row in enumerate(spans.rows.get(name, ()))
            if any(row.container is each for each in found)
        ]
        for name, found in away.items()
        if found
    }
