"""The first question of a new report, asked before all that answers it is loaded.

What it needs is kept from the last time, with the files that it was made of; while
somebody reads and types, the rest is loaded, and what they type gets its journal.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Any, NamedTuple

import postmortem
from postmortem.errors import Interrupted, PostmortemError
from postmortem.prompts import Move, Option, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortem.commands._talk import Talk
    from postmortem.drafts import Journal
    from postmortem.env import Env

FOLDER = "openings"
_MOST = 1024 * 1024


class Said(NamedTuple):
    """What came of the first question."""

    name: str
    """The field."""
    words: str | Move
    journal: Journal


class Opening:
    """A first question that is known, and where its report will be."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self.root: str = kept["root"]
        self.template: str = kept["template"]
        self.folder: str = kept["folder"]
        self.intro: str = kept["intro"]
        self._asked: list[dict[str, Any]] = kept["asked"]

    def ask(self, env: Env, talk: Talk, title: str | None) -> Said | None:
        """Ask it, and load the rest meanwhile; None when it is not of those known.

        Raises Interrupted when somebody leaves; what they typed is in the journal.
        """
        wanted = [each for each in self._asked if not (title and each["title"])]
        if not wanted:
            return None
        first = wanted[0]
        loading = _Loading(env, talk, self, title, first["name"])
        talk.prompts.say(self.intro, quiet=True)
        try:
            words = _ask(talk, first, loading.start)
        except Interrupted as error:
            from postmortem.commands._talk import stopped

            raise stopped(loading.ended()) from error
        return Said(first["name"], words, loading.ended())


def kept(env: Env) -> Opening | None:
    """Return the opening that is kept for where somebody stands, if it still holds."""
    try:
        with _path(env).open("rb") as file:
            found = json.loads(file.read(_MOST))
        if found["by"] != _made_by() or found["cwd"] != str(env.cwd):
            return None
        if all(_stamp(path) == stamp for path, stamp in found["files"]):
            return Opening(found)
    except (OSError, ValueError, LookupError, TypeError):
        pass
    return None


def keep(
    env: Env,
    *,
    files: Sequence[Path],
    asked: Sequence[tuple[str, Question, Sequence[Option]]],
    **where: str,
) -> None:
    """Keep the first questions, as they are asked when nothing is known.

    `files` are all that they were made of, those that are not there among them.
    """
    from postmortem.commands._cached import put

    tree = {
        "by": _made_by(),
        "cwd": str(env.cwd),
        "files": [[str(path), _stamp(str(path))] for path in files],
        "asked": [
            {
                "name": name,
                "title": name == "title",
                "options": [list(option) for option in options],
                **{part: getattr(question, part) for part in _PARTS},
            }
            for name, question, options in asked
        ],
        **where,
    }
    put(env.cache_dir, _path(env), json.dumps(tree).encode("utf-8", "surrogatepass"))


_PARTS = ("text", "progress", "given", "help", "keys")


class _Loading:
    """What is loaded while somebody answers, and the journal that it opens."""

    def __init__(
        self, env: Env, talk: Talk, opening: Opening, title: str | None, name: str
    ) -> None:
        self._env, self._talk, self._opening = env, talk, opening
        self._title, self._name = title, name
        self._thread: threading.Thread | None = None
        self._journal: Journal | None = None
        self._error: BaseException | None = None

    def start(self) -> None:
        """Begin, now that the question is on the screen."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, daemon=True)
            self._thread.start()

    def ended(self) -> Journal:
        """Wait for the end, and return the journal; raises what was raised."""
        self.start()
        if self._thread:
            self._thread.join()
        if self._journal is None:
            raise self._error or RuntimeError("nothing was loaded")
        return self._journal

    def _load(self) -> None:
        try:
            self._journal = journal = self._opened()
            self._talk.begin(journal)
            import postmortem.commands._beginning  # noqa: F401 - it is used soon
        except BaseException as error:  # noqa: BLE001 - raised by whoever waits for it
            self._error = error

    def _opened(self) -> Journal:
        from postmortem.commands._drafts import drafts_of
        from postmortem.drafts import Draft, key_of

        draft = Draft(
            key=key_of(self._opening.root),
            root=self._opening.root,
            title=self._title,
            template=self._opening.template,
            folder=self._opening.folder,
            at=self._name,
        )
        return drafts_of(self._env).open(draft)


def _ask(talk: Talk, first: dict[str, Any], shown: Any) -> str | Move:
    question = Question(
        **{part: first[part] for part in _PARTS},
        understood=_needed if first["title"] else None,
        shown=shown,
    )
    if first["options"]:
        options = [Option(*option) for option in first["options"]]
        return talk.prompts.choose(question, options)
    return talk.prompts.line(question)


def _needed(said: str) -> str:
    if not said.strip():
        raise PostmortemError("a title is needed")
    return ""


def _path(env: Env) -> Path:
    from zlib import crc32

    name = f"{crc32(os.fsencode(env.cwd)):08x}.json"
    return env.cache_dir / FOLDER / name


def _stamp(path: str) -> list[int] | str | None:
    """Return what is another when a file is; of a folder, that there is one."""
    try:
        state = Path(path).stat()
    except OSError:
        return None
    if S_ISDIR(state.st_mode):
        return "folder"
    return [state.st_mtime_ns, state.st_size]


def _made_by() -> str:
    """Return what tells this program from any other version of it."""
    package = Path(postmortem.__file__).parent
    parts = ("markdown/fields.py", "wizard/reasons.py", "wizard/facts.py")
    latest = max((package / part).stat().st_mtime_ns for part in parts)
    return f"{postmortem.__version__}/{latest}"
