"""Where reports go from here: the nearest settings, the repository, the person's own.

The first of these that there is: a settings file at or above the folder, up to the top
of its repository; a repository with a folder of reports; the repository that the
person's own settings name; the repository, or the folder, without anything yet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from postmortem import files
from postmortem.errors import Missing
from postmortem.settings.reading import read, read_user
from postmortem.settings.values import Settings

FILE = ".postmortem.yaml"
OWN_FILE = "settings.yaml"
"""A person's settings, in the folder in which the system keeps those of programs."""
_GIT = ".git"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A team's folder of settings and reports."""

    root: Path
    """Absolute; the settings' folders start here."""
    settings: Settings
    file: Path | None = None
    """The settings file that was read, if there is one."""
    text: str = ""
    """What it says."""
    chosen: bool = False
    """The person's own settings named it: it is not where they stand."""
    personal: Path | None = None
    """The folder of the person's own templates, which need not exist."""
    held: tuple[tuple[str, str | None], ...] = ()
    """What some of the team's templates say, whatever lies in their folder."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of reports, whether they exist or not."""
        return tuple(self.root / folder for folder in self.settings.folders)

    @property
    def templates(self) -> Path:
        """The folder of the team's own templates, whether it exists or not."""
        return self.root / self.settings.templates

    def saying(self, text: str) -> Place:
        """Return it with settings that say something else.

        Raises PostmortemError for what cannot be read.
        """
        file = self.file or self.root / FILE
        settings = read(text, str(file))
        return msgspec.structs.replace(self, settings=settings, file=file, text=text)

    def folder(self, start: Path) -> Path:
        """Return the folder of reports that somebody who stands in `start` means.

        It is the nearest of those whose parent folder they are in, else the first.
        """
        around = [it for it in self.folders if start.is_relative_to(it.parent)]
        return max(around, key=lambda it: len(it.parts), default=self.folders[0])


def find(start: Path, *, own: Callable[[], Path] | None = None) -> Place:
    """Return the place of somebody who stands in the folder `start`.

    `own` returns the person's settings file, which need not exist; it is asked only
    when it matters. Raises PostmortemError when a settings file cannot be read, or
    names a repository that is not there.
    """
    root, file = home(start)
    if file:
        return _read_place(file)
    here = Place(root=root, settings=Settings())
    if any(folder.is_dir() for folder in here.folders):
        return here
    return (_chosen(own()) if own else None) or here


def home(start: Path) -> tuple[Path, Path | None]:
    """Return the folder that a folder belongs to, and its settings file if it has one.

    That is the folder of the nearest settings, else the top of the repository, else
    the folder itself. Nothing is read, and nothing of it need exist.
    """
    start = start.absolute()
    if file := _nearest(start, FILE):
        return file.parent, file
    top = _nearest(start, _GIT)
    return top.parent if top else start, None


def _nearest(start: Path, name: str) -> Path | None:
    """Return the nearest thing of that name, not above the top of the repository."""
    for folder in (start, *start.parents):
        if _is_there(folder / name):
            return folder / name
        if _is_there(folder / _GIT):
            return None
    return None


def _is_there(path: Path) -> bool:
    try:
        return path.is_file() or (path.name == _GIT and path.is_dir())
    except OSError:  # a folder above may be closed to this person
        return False


def _read_place(file: Path, *, chosen: bool = False) -> Place:
    text = files.read(file).text
    settings = read(text, str(file))
    return Place(
        root=file.parent, settings=settings, file=file, text=text, chosen=chosen
    )


def _chosen(own: Path) -> Place | None:
    if not own.is_file():
        return None
    repository = read_user(files.read(own).text, str(own)).repository
    if repository is None:
        return None
    root = Path(repository).expanduser()
    if not root.is_absolute() or not root.is_dir():
        message = f"repository: {repository!r} is not a folder that is there"
        hint = "write the whole path of a folder, or one that begins with ~/"
        raise Missing(message, path=str(own), hint=hint)
    if _is_there(root / FILE):
        return _read_place(root / FILE, chosen=True)
    return Place(root=root, settings=Settings(), chosen=True)
