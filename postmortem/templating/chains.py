"""Which files make one template: what it extends, includes and imports, and their hash.

Reads the tags without Jinja, so that a cached outline is found without loading it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortem.templating.sources import find, holder
from postmortem.templating.words import TemplateMistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from postmortem.errors import Problem
    from postmortem.templating.naming import Reference
    from postmortem.templating.sources import Found, Source

MOST_FILES = 64
"""Files that one template may be made of."""
MOST_TEXT = 1_000_000
"""Characters in all of them."""

UNNAMED = "the tag does not name its file"
WRITTEN_OUT = "write the file's name out, in quotes, as the only thing after the tag"

_ANY = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")


def chain(name: str, sources: Sequence[Source]) -> tuple[Found, ...]:
    """Return every file that this template is made of, each after those it needs.

    The template itself is the last one. Raises TemplateMistake, at the tag, for a name
    that is not written out, a file that is not there, and a file that needs itself.
    """
    return tuple(walk(name, sources).values())


def trusted(files: Sequence[Found]) -> bool:
    """Tell whether every file of a chain comes from a trusted folder."""
    return all(file.trusted for file in files)


def digest(files: Sequence[Found]) -> str:
    """Return twelve hexadecimal digits that stand for names and texts of a chain."""
    import hashlib

    total = hashlib.sha256()
    for file in files:
        for part in (file.name.encode(), file.text.encode("utf-8", "surrogatepass")):
            total.update(b"%d:" % len(part))
            total.update(part)
    return total.hexdigest()[:12]


def references(text: str) -> Iterator[Reference]:
    """Return the tags of a template that name other files, in the order they stand.

    They stop without a word where the text is no Jinja: whoever parses it says so.
    """
    if not _ANY.search(text):
        return iter(())
    from postmortem.templating import naming

    return naming.references(text)


def walk(
    name: str,
    sources: Sequence[Source],
    note: Callable[[Problem], object] | None = None,
) -> dict[str, Found]:
    """Return the files of a template by name, each after those it needs.

    What is wrong with a tag is raised, or given to `note` and the tag passed over.
    """
    walk = _Walk(sources, note)
    walk.follow(find(name, sources), ())
    return walk.done


class _Walk:
    """One way through the files of a template, deepest first."""

    def __init__(
        self, sources: Sequence[Source], note: Callable[[Problem], object] | None
    ) -> None:
        self.sources = sources
        self.note = note
        self.done: dict[str, Found] = {}
        self.size = 0

    def follow(self, file: Found, way: tuple[str, ...]) -> None:
        """Put this file behind all that it needs; `way` are those that need it."""
        way = (*way, file.name)
        self.size += len(file.text)
        for reference in dict.fromkeys(references(file.text)):
            try:
                needed = self.needed(file, reference, way)
            except TemplateMistake as error:
                if self.note is None:
                    raise
                self.note(error.problem)
                continue
            if needed:
                self.follow(needed, way)
        self.done[file.name] = file

    def needed(
        self, file: Found, reference: Reference, way: tuple[str, ...]
    ) -> Found | None:
        """Return the file that a tag means, None when it is there or need not be."""
        if not reference.names:
            raise _mistake(file, reference, UNNAMED, WRITTEN_OUT)
        name = self.meant(file, reference)
        if name is None or name in self.done:
            return None
        if name in way:
            circle = " -> ".join((*way[way.index(name) :], name))
            message = f"the template needs itself: {circle}"
            hint = f"take one of these tags out: {reference.tag} {name!r}"
            raise _mistake(file, reference, message, hint)
        if len(self.done) + len(way) >= MOST_FILES or self.size > MOST_TEXT:
            message = f"the template is made of more than {MOST_FILES} files or 1 MB"
            raise _mistake(file, reference, message, "put less into it")
        return self.read(file, reference, name)

    def meant(self, file: Found, reference: Reference) -> str | None:
        """Return the first of the names that is there, None when none need be."""
        for name in reference.names:
            try:
                if name in self.done or holder(name, self.sources):
                    return name
            except TemplateMistake as error:
                raise _at(error, file, reference) from error
        return None if reference.optional else reference.names[0]

    def read(self, file: Found, reference: Reference, name: str) -> Found:
        """Return the file; what is wrong with it is blamed on the tag or on itself."""
        try:
            return find(name, self.sources)
        except TemplateMistake as error:
            raise _at(error, file, reference) from error


def _at(error: TemplateMistake, file: Found, reference: Reference) -> TemplateMistake:
    """Return the mistake at the tag, unless it has a place of its own."""
    said = error.problem
    return error if said.path else _mistake(file, reference, said.message, said.hint)


def _mistake(
    file: Found, reference: Reference, message: str, hint: str | None
) -> TemplateMistake:
    path = str(file.path)
    return TemplateMistake(message, path=path, line=reference.line, hint=hint)
