"""What `template` prints of the templates that somebody has before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from postmortem.errors import Missing, PostmortemError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from postmortem.markdown import Outline, Template
    from postmortem.templating import Found, Source, Worker


class TemplateName(click.types.StringParamType):
    """The name of a template; Tab completes it."""

    name = "template"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin so; none where it cannot tell."""
        from click.shell_completion import CompletionItem

        from postmortem.commands._places import place_of, report_sources
        from postmortem.env import Env

        with suppress(PostmortemError, OSError):
            found = names(report_sources(place_of(Env.real())))
            return [
                CompletionItem(each) for each in found if each.startswith(incomplete)
            ]
        return []


def text(name: str, sources: Sequence[Source]) -> str:
    """Return a template's own file as it is."""
    return file_of(name, sources).text


def form(name: str, sources: Sequence[Source], worker: Worker) -> str:
    """Return what a template asks, a field a line, in the order of the questions."""
    from postmortem.markdown.outline import ALWAYS

    outline = loaded(name, sources, worker).outline
    wide = max(len(each) for each in outline.fields)
    lines = []
    for known in outline.fields.values():
        asking = outline.required.items()
        by = [each for each, them in asking if known.name in them and each != ALWAYS]
        marks = [known.kind, *(["required"] if known.required else [])]
        marks += [f"required for {', '.join(by)}"] if by and not known.required else []
        marks += ["asked first"] if known.name in outline.first else []
        choices = f" [{' | '.join(known.choices or known.columns)}]"
        said = f"{known.question}{choices if known.choices or known.columns else ''}"
        lines.append(f"{known.name:{wide}}  {said} ({', '.join(marks)})")
    return "\n".join(lines)


def outline(name: str, sources: Sequence[Source], worker: Worker) -> str:
    """Return the headings of a template, and below each what has its home there."""
    made = loaded(name, sources, worker).outline
    return "\n".join(_outline_lines(made))


def plain(
    name: str, sources: Sequence[Source], worker: Worker, part: str | None
) -> dict[str, Any]:
    """Return a template, or a part of it, as JSON has it."""
    import msgspec

    from postmortem.markdown import outline as room

    template = loaded(name, sources, worker)
    if part == "outline":
        shown: dict[str, Any] = room.plain(template.outline)
        return shown
    asked = [msgspec.to_builtins(each) for each in template.outline.fields.values()]
    required = {by: list(them) for by, them in template.outline.required.items()}
    if part == "form":
        return {
            "first": list(template.outline.first),
            "required": required,
            "fields": asked,
        }
    return {
        "name": template.name,
        "version": template.outline.version,
        "digest": template.outline.digest,
        "path": template.path,
        "description": template.description,
        "source": template.source,
        "when": list(template.when),
        "restricted": template.restricted,
        "first": list(template.outline.first),
        "required": required,
        "fields": asked,
        "text": text(name, sources),
    }


def file_of(name: str, sources: Sequence[Source]) -> Found:
    """Return a template's own file; raises Missing with the nearest name."""
    from postmortem import templating
    from postmortem.markdown import SUFFIX

    there = names(sources)
    if name not in there:
        near = templating.nearest(name, there)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(there)}"
        raise Missing(f"there is no template {name!r}", hint=hint)
    return templating.find(f"{name}{SUFFIX}", sources)


def loaded(name: str, sources: Sequence[Source], worker: Worker) -> Template:
    """Return a template with its outline; raises Missing, TemplateMistake, Problems."""
    from postmortem import markdown

    file_of(name, sources)
    return markdown.load(name, sources, worker=worker)


def names(sources: Sequence[Source]) -> list[str]:
    """Return the templates; files in folders are parts of others."""
    from postmortem import templating
    from postmortem.markdown import SUFFIX

    return [
        name.removesuffix(SUFFIX)
        for name in templating.names(sources)
        if name.endswith(SUFFIX) and "/" not in name and not name.startswith("_")
    ]


def _outline_lines(made: Outline) -> Iterator[str]:
    for number, section in enumerate(made.sections):
        if section.level:
            title = " (title)" if section.regex and section.level == 1 else ""
            said = f"{'#' * section.level} {section.heading}".rstrip()
            yield f"{said}{title}{' (optional)' if section.optional else ''}"
        if section.text:
            yield f"  text: {section.text}"
        for rows in made.rows:
            if rows.section != number:
                continue
            fixed = ", ".join(f"{part} = {said}" for part, said in rows.fixed.items())
            heads = " | ".join(column.head for column in rows.columns)
            shape = f"table: {rows.field} | {heads}" if heads else f"list: {rows.field}"
            yield f"  {shape}{f' ({fixed})' if fixed else ''}"
