"""Record to text: the template's layout, every value escaped for its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from postmortem import yamls
from postmortem.markdown import canon, elsewhere, fields, inline, parting, prose, values
from postmortem.markdown.compose import compose
from postmortem.markdown.outline import Outline
from postmortem.markdown.spots import Composition
from postmortem.markdown.synonyms import heading_field, plain_heading
from postmortem.markdown.template import Template
from postmortem.model import Report


class Written(NamedTuple):
    """A report as text, and what stands where in its body."""

    text: str
    made: Composition
    report: Report
    """The record as it was written: every row has its key."""


def write(report: Report, template: Template) -> str:
    """Return the report as Markdown, laid out by the template; LF, one final newline.

    Rows without a key gain one; the template's reference is set. Raises
    TemplateMistake when the template fails.
    """
    return written(report, template).text


def written(report: Report, template: Template) -> Written:
    """Return the text together with where each value stands in it."""
    outline = template.outline
    report = canon.canonical(report, outline)
    tagged = template.rendered(report)
    made = compose(tagged, report, template.known, outline.labels, outline)
    lines = [*made.lines, *_others(report, outline), ""]
    lines += elsewhere.lines(report, outline, made)
    while lines and not lines[-1]:
        lines.pop()
    front = front_matter(report, outline)
    return Written("\n".join((*front, "", *lines, "")), made, report)


def front_matter(report: Report, outline: Outline) -> list[str]:
    """Return the lines of the front matter, fences included; unset keys left out.

    A text that ends in white space is not the last of them while there is another:
    formatters take its quotes away, and then what is blank at the end of it all.
    """
    lines: list[str] = []
    firm = 0
    for name, tree in scalars(report, outline):
        lines.append(f"{yamls.scalar(name)}: {_yaml(tree)}")
        if not (isinstance(tree, str) and tree[-1:].isspace()):
            firm = len(lines)
    if firm:
        lines.append(lines.pop(firm - 1))
    return ["---", *lines, "---"]


def scalars(report: Report, outline: Outline) -> Iterable[tuple[str, values.Tree]]:
    """Yield the keys of the front matter with their values, in the order written."""
    for name in keys(report, outline):
        tree = values.tree(None, report.value(name))
        if tree is not None:
            yield name, tree


def keys(report: Report, outline: Outline) -> Iterable[str]:
    """Return the keys that the front matter may have, in the order written."""
    names = dict.fromkeys(fields.FRONT_MATTER)
    names |= {
        name: None
        for name, each in outline.fields.items()
        if not each.in_body and name != "title"
    }
    names |= {
        name: None
        for name, value in report.extra.items()
        if name not in outline.fields and not elsewhere.in_body(value)
    }
    if not outline.title:
        names = {"title": None, **names}
    return names


def order(outline: Outline) -> list[str]:
    """Return the keys of the front matter in the order in which they are written."""
    own = [name for name, each in outline.fields.items() if not each.in_body]
    return list(dict.fromkeys(("title", *fields.FRONT_MATTER, *own)))


def _yaml(tree: Any) -> str:
    if isinstance(tree, list):
        if any(isinstance(each, list | dict) for each in tree):
            return "[" + ", ".join(_yaml(each) for each in tree) + "]"
        return yamls.flow(tree)
    if isinstance(tree, dict):
        inner = (
            f"{yamls.flow([key])[1:-1]}: {_inner(each)}" for key, each in tree.items()
        )
        return "{" + ", ".join(inner) + "}"
    return yamls.scalar(tree)


def _inner(tree: Any) -> str:
    return yamls.flow([tree])[1:-1] if isinstance(tree, str) else _yaml(tree)


def _others(report: Report, outline: Outline) -> list[str]:
    lines: list[str] = []
    taken = {plain_heading(section.heading) for section in outline.sections}
    taken.add(plain_heading(outline.labels["elsewhere"]))
    for other in report.other:
        level = elsewhere.LEVEL
        heading = inline.heading(parting.parted(other.heading))
        if plain_heading(heading) in taken or heading_field(heading):
            heading = f"{inline.BREAK}{heading}"
        lines += ["", f"{'#' * level} {heading}", ""]
        lines += prose.written(other.text) if other.text else []
    return lines
