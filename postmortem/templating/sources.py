"""Find and read one template file, never anything outside the template folders."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from postmortem.templating.words import TemplateMistake, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LARGEST = 256 * 1024
"""Bytes that one template file may have."""

_AS_IT_IS = ("utf-8", "surrogateescape")
_LONGEST_NAME = 255
_LISTED = 500
_FRONT = re.compile(
    r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL | re.MULTILINE
)
_TAG_AT_END = re.compile(r"^.*%\}$", re.MULTILINE)
_RAW = re.compile(
    r"\{%[-+]?\s*raw\s*-?%\}(?P<inside>.*?)(?=\{%[-+]?\s*endraw\b)", re.DOTALL
)
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_OUTSIDE = "a template is a file inside the template folders, and nothing else"
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Source(NamedTuple):
    """One folder of templates."""

    path: Path
    trusted: bool
    """False for a folder that came along with a repository."""
    within: Path | None = None
    """The folder that this one must really be inside: the repository it came with."""
    held: tuple[tuple[str, str | None], ...] = ()
    """What some of its files say, whatever lies there; see `holding`."""


class Found(NamedTuple):
    """One template file."""

    name: str
    """As templates name it: relative to its folder, with forward slashes."""
    path: Path
    """The folder's path as it was given, with the name below it."""
    trusted: bool
    text: str
    """Front matter and all, line ends as LF, without a byte order mark."""


def find(name: str, sources: Sequence[Source]) -> Found:
    """Return the template of that name in the first folder that has it.

    Raises TemplateMistake when none has it, when the name is no plain relative path,
    and when the file is not a UTF-8 text of at most LARGEST bytes that really lies
    inside its folder (symbolic links resolved).
    """
    source = holder(name, sources)
    if source is None:
        message = f"there is no template {quoted(name)}"
        raise TemplateMistake(message, hint=suggestion(name, names(sources)))
    path = source.path.joinpath(*name.split("/"))
    held = dict(source.held).get(name)
    raw = _bytes(path, _root(source)) if held is None else held.encode(*_AS_IT_IS)
    text = _text(path, raw)
    return Found(name=name, path=path, trusted=source.trusted, text=text)


def holding(files: Mapping[str, bytes | None]) -> tuple[tuple[str, str | None], ...]:
    """Return what a source is told to hold in the place of its files, by their names.

    None stands for one that is not there.
    """
    return tuple(
        (name, None if raw is None else raw[: LARGEST + 1].decode(*_AS_IT_IS))
        for name, raw in files.items()
    )


def holder(name: str, sources: Sequence[Source]) -> Source | None:
    """Return the first folder that has something of that name."""
    check_name(name)
    parts = name.split("/")
    for source in sources:
        held = dict(source.held)
        if name in held:
            if held[name] is not None:
                return source
        elif os.path.lexists(source.path.joinpath(*parts)):
            return source
    return None


def names(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the names of the files in these folders, sorted; a few hundred at most."""
    return tuple(sorted({name for source in sources for name in _names(source)}))


def split(text: str) -> tuple[str | None, str]:
    """Return the front matter of a template, and the template without it.

    The front matter is the YAML between two `---` lines, None when there is none; a
    comment that prints nothing stands in its place, so that lines keep their numbers.
    """
    match = _FRONT.match(text)
    if match is None:
        return None, _kept_ends(text)
    lines = match.group().count("\n")
    rest = _kept_ends(text[match.end() :])
    return match.group(1), "{#" + "\n" * lines + "#}" + rest


def _kept_ends(text: str) -> str:
    """Keep the end of a line that prints something and ends with a tag.

    Jinja's trim_blocks takes the newline behind every tag. That is right for a tag on a
    line of its own, and joins two lines behind an `{% endif %}` at the end of one.
    """
    if "%}\n" not in text:
        return text
    raw = [found.span("inside") for found in _RAW.finditer(text)]
    return _TAG_AT_END.sub(lambda found: _with_end(found, raw), text)


def _with_end(found: re.Match[str], raw: Sequence[tuple[int, int]]) -> str:
    line = found.group()
    if any(start <= found.end() <= end for start, end in raw):
        return line  # what looks like a tag is text, or opens it
    shown = _TAGS.sub("", line).strip()
    return f"{line[:-2]}+%}}" if shown and line[-3] not in "-+" else line


def check_name(name: str) -> None:
    """Refuse a name that is anything but a plain path below a template folder."""
    parts = name.split("/")
    if (
        any(part == "" or part.startswith(".") for part in parts)
        or any(char in '\\:*?"<>|' or not char.isprintable() for char in name)
        or len(name.encode("utf-8", "replace")) > _LONGEST_NAME
    ):
        message = f"{quoted(name)} is not the name of a template"
        raise TemplateMistake(message, hint=_OUTSIDE)


def _root(source: Source) -> Path:
    """Return where a template folder really is; it is no way out of a repository."""
    path, within = source.path, source.within
    try:
        root = path.resolve(strict=True)
        leaves = within and not root.is_relative_to(within.resolve(strict=True))
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error) from error
    if leaves or (not source.trusted and not within and path.is_symlink()):
        message = "the template folder is outside the repository"
        raise TemplateMistake(message, path=str(path), hint=_OUTSIDE)
    return root


def _text(path: Path, raw: bytes) -> str:
    if len(raw) > LARGEST:
        message = f"the template is larger than {LARGEST // 1024} KB"
        raise TemplateMistake(message, path=str(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "the template is not UTF-8 text"
        hint = "save it as UTF-8"
        raise TemplateMistake(message, path=str(path), line=line, hint=hint) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path, root: Path) -> bytes:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root) or real == root:
            message = "the template is outside the template folder"
            raise TemplateMistake(message, path=str(path), hint=_OUTSIDE)
        handle = os.open(real, _FLAGS)
        with open(handle, "rb") as file:  # noqa: PTH123 - a handle is no path
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                message = "the template is not a regular file"
                raise TemplateMistake(message, path=str(path))
            return file.read(LARGEST + 1)
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> TemplateMistake:
    why = getattr(error, "strerror", None) or "a circle of links"
    return TemplateMistake(f"the template cannot be read: {why}", path=str(path))


def _names(source: Source) -> Iterator[str]:
    held = dict(source.held)
    yield from (name for name, text in held.items() if text is not None)
    yield from (name for name in _lying(source.path) if name not in held)


def _lying(folder: Path) -> Iterator[str]:
    seen = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = sorted(name for name in files if not name.startswith("."))
        seen += 1 + len(shown)
        if seen > _LISTED:
            return
        for file in shown:
            yield (Path(place) / file).relative_to(folder).as_posix()
