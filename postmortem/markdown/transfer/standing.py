"""A text that is already what another version of its template would have made.

Where the version that wrote a text is lost, this alone lets it name a later one: every
line is a value that the later one reads, or a line that it writes itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from postmortem.escape import uncommented
from postmortem.markdown import reader, writer
from postmortem.markdown.reading import Reading
from postmortem.markdown.template import Template
from postmortem.markdown.transfer.stretches import Stretch, stretches

_SLANTED = re.compile(r"\s*([*_])[^*_\n]+\1\s*")


def stands(text: str, template: Template) -> bool:
    """Tell whether a text reads completely by a template, as it stands."""
    outline = template.outline
    found = reader.read(text, outline)
    if found.spans.others or found.spans.elsewhere is not None or _unsure(found):
        return False
    made = reader.read(writer.write(found.report, template), outline)
    if found.spans.front.keys() != made.spans.front.keys():
        return False
    ours, theirs = (stretches(each, outline) for each in (found, made))
    return [*_fixed(ours)] == [*_fixed(theirs)]


def _unsure(found: Reading) -> bool:
    """Tell whether a text may be what an earlier template wrote for no answer."""
    spans = found.spans
    said = (
        "\n".join(spans.lines[at:end])
        for name, (at, end) in spans.texts.items()
        if found.report.value(name) is not None
    )
    return any(_SLANTED.fullmatch(uncommented(each)) for each in said)


def _fixed(found: Sequence[Stretch]) -> Iterator[tuple[object, str, Counter[str]]]:
    """Yield of each stretch what no value is: its heading, and the lines below it."""
    for each in found:
        lines = (line for at, line in enumerate(each.body) if at not in each.held)
        kept = uncommented("\n".join(lines)).split("\n")
        told = Counter(line.strip() for line in kept if line.strip())
        yield each.key, each.heading, told
