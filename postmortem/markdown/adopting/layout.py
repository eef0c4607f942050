"""A template's own text, spelled so that Jinja and Markdown read what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from postmortem.markdown import fields, inline, prose
from postmortem.markdown.adopting.document import Document
from postmortem.markdown.adopting.notes import quoted
from postmortem.markdown.blocks import COMMENT, PARAGRAPH, Block
from postmortem.markdown.fields import STANDARD

_JINJA = re.compile(r"\{\{[^{}%#\n]*\}\}|\{[{%#]")
_UNKNOWN = '"?"'


@dataclass(kw_only=True)
class Own:
    """Lines of the template's own: fixed text, or a label with its value."""

    lines: Sequence[str]
    """As Jinja reads them."""
    label: bool = False
    bullet: bool = False
    """For a label: it stood in a list or table."""
    plain: bool = True
    """A paragraph: what follows cannot run into it."""


@dataclass(kw_only=True)
class Section:
    """A heading of the template, and what stands below it."""

    level: int
    heading: str
    """As Markdown has it; without the title, for the title's."""
    line: int
    title: bool = False
    own: list[Own] = field(default_factory=list)
    home: Sequence[str] = ()
    """The lines in which its field lives."""
    below: list[Own] = field(default_factory=list)
    """Fixed text behind them."""

    def lines(self) -> Iterable[str]:
        """Yield the lines of the template."""
        if self.level:
            spelled = escaped(self.heading)
            title = " {{ title }}" if self.title else ""
            yield f"{'#' * self.level} {spelled}".rstrip() + title
            yield ""
        bullets = False
        for own in self.own:
            as_item = own.bullet and not self.home
            if bullets and not as_item:
                yield ""
            yield from self._spelled(own, as_item=as_item)
            if not as_item:
                yield ""
            bullets = as_item
        if bullets:
            yield ""
        if self.home:
            yield from self.home
            yield ""
        for own in self.below:
            yield from self._spelled(own, as_item=False)
            yield ""

    def _spelled(self, own: Own, *, as_item: bool) -> Iterable[str]:
        """Yield fixed text; quoted where an answer could run into it."""
        if own.label:
            yield f"- {own.lines[0]}" if as_item else own.lines[0]
        elif own.plain or not self.home:
            yield from own.lines
        else:
            yield from (f"> {line}".rstrip() for line in own.lines)


def escaped(text: str) -> str:
    """Return a line so that Jinja prints it as it is.

    >>> escaped("For {{ COMPANY }}: 100 {%")
    'For {% raw %}{{ COMPANY }}{% endraw %}: 100 {%+ raw %}{%{% endraw +%}'
    """

    def kept(found: re.Match[str]) -> str:
        alone = not text[: found.start()].strip() or not text[found.end() :].strip()
        first, last = (
            ("{%+ raw %}", "{% endraw +%}")
            if alone
            else (
                "{% raw %}",
                "{% endraw %}",
            )
        )
        return f"{first}{found[0]}{last}"

    return _JINJA.sub(kept, text)


def fixed(document: Document, block: Block) -> Own:
    """Return a block of the document as fixed text, closed in itself."""
    if block.kind == COMMENT:
        said = comment_words(document.raw(block))
        return Own(lines=[escaped(f"<!-- {said} -->")])
    said = prose.spelled(
        [block], document.lines, env=document.env, span=(block.start, block.end)
    )
    lines = [escaped(line) for line in said.split("\n")]
    return Own(lines=lines, plain=block.kind == PARAGRAPH)


def comment_words(text: str) -> str:
    """Return what a comment says, on one line that ends nowhere else."""
    said = " ".join(text.replace("<!--", " ").replace("-->", " ").split())
    return re.sub(r"-{2,}", "\u2013", said).strip("-> ")


def shown_fact(name: str, label: str) -> str:
    """Return the expression that shows a fact, or `?` while it is not known."""
    match STANDARD[name].kind:
        case fields.MOMENT:
            clock = "utc" if "UTC" in label else "local"
            return f"{{{{ {name} | {clock} if {name} else {_UNKNOWN} }}}}"
        case fields.LINES:
            return f'{{{{ {name} | join(", ") or {_UNKNOWN} }}}}'
    return f"{{{{ {name} or {_UNKNOWN} }}}}"


def shown_length(name: str) -> str:
    """Return what shows a duration of that name, or `?` while it is not known."""
    named = f'selectattr("name", "equalto", "{name}")'
    return f'{{{{ durations | {named} | map(attribute="length") | join or "?" }}}}'


def declaration(name: str, said: str, **more: str | Sequence[str]) -> str:
    """Return the call that declares a field: `field("name", "Question?", …)`."""
    given = [quoted(name), *([quoted(said)] if said else [])]
    for key, value in more.items():
        if isinstance(value, str):
            given += [f"{key}={quoted(value)}"] if value else []
        else:
            given.append(f"{key}=[{', '.join(quoted(each) for each in value)}]")
    return f"field({', '.join(given)})"


def cell(text: str) -> str:
    """Return the head of a column as a table has it."""
    return escaped(inline.cell(text))
