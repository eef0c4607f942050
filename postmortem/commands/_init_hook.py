"""The hook that `init --hook` writes: what is staged is checked before a commit."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from postmortem.errors import PostmortemError, Refused

if TYPE_CHECKING:
    from postmortem.history import History

NAME = "pre-commit"
FRAMEWORK = ".pre-commit-config.yaml"

_OURS = "# Written by `postmortem init --hook`: it checks the reports that are staged."
_SCRIPT = """\
#!/bin/sh
{ours}
{check}
code=$?
if [ "$code" -eq 1 ] && ! {there} 2>/dev/null; then
  code=127
fi
case $code in
0) exit 0 ;;
1) said={held} ;;
126 | 127) said={gone} ;;
*) said={stopped} ;;
esac
printf '%s\\n' "$said" >&2
exit 1
"""
"""Python ends with 1 where it lacks the package, which is what a finding ends with."""
_MODE = 0o755


def put_hook(history: History, *, aside: str | None = None) -> tuple[str, Path]:
    """Write the hook of a repository; return a word of what became of it, and where.

    It is one hook for all settings in it. Raises Refused, with what to add by hand,
    where somebody else's hook is there or git takes hooks from elsewhere. With `aside`
    that other one is kept under its name with this behind it, and no longer runs.
    """
    from postmortem.history.configuration import configuration

    elsewhere = configuration(history).last("core.hookspath")
    path = history.shared / "hooks" / NAME
    if elsewhere:
        raise Refused(
            f"git takes the hooks of this repository from {elsewhere!r}",
            hint=_by_hand(history, _beside(elsewhere)),
        )
    text, done = _script(), "wrote"
    try:
        found = path.read_text("utf-8", "replace") if os.path.lexists(path) else None
        if found == text:
            return "kept", path
        if found is not None and (_OURS not in found or path.is_symlink()):
            if aside is None:
                raise Refused(
                    "there is a hook already, and it is left as it is",
                    path=str(path),
                    hint=_by_hand(history, str(path), "it"),
                )
            kept = _kept(path, aside)
            done = f"kept the old one as {kept.name}, which runs no more, and wrote"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)
    except OSError as error:
        raise PostmortemError(
            f"the hook cannot be written: {error.strerror}", path=str(path)
        ) from error
    return done, path


def _kept(path: Path, aside: str) -> Path:
    """Copy a file to the first name beside it that is free, and return where it is."""
    others = (path.with_name(f"{path.name}-{at}{aside}") for at in count(2))
    names = chain([path.with_name(f"{path.name}{aside}")], others)
    free = next(it for it in names if not os.path.lexists(it))
    return Path(shutil.copy2(path, free, follow_symlinks=False))


def _script() -> str:
    """Return the hook; git starts it at the top of the work tree."""
    anew = "`postmortem init --hook --force` writes the hook anew"
    no_run = "the check of reports could not run"
    return _SCRIPT.format(
        ours=_OURS,
        check=_check(_own()),
        there=f"{_python()} -c 'import postmortem.cli'",
        held=shlex.quote(
            "a report holds this commit up: its errors stand above, and\n"
            "  `postmortem check --explain CODE` says what mends one;\n"
            "  a draft (`status: draft`) waits for nothing but secrets and what cannot"
            " be read;\n"
            "  `postmortem submit ID --allow-findings` commits all else but a secret as"
            " it is;\n"
            "  `git restore --staged FILE` leaves a report out of this commit"
        ),
        gone=shlex.quote(f"{no_run}, as its program is gone;\n  {anew}"),
        stopped=shlex.quote(f"{no_run}; what it says above is to be mended first"),
    )


def _check(program: str) -> str:
    """Return what the hook runs."""
    return f"{program} check --staged"


def _own() -> str:
    return f"{_python()} -m postmortem"


def _python() -> str:
    return f"{shlex.quote(sys.executable)} -P"


def _beside(folder: str) -> str:
    """Return the hook in a folder; husky has its users' hooks above its own."""
    ours = folder.removesuffix("/_") if folder.endswith(".husky/_") else folder
    return f"{ours}/{NAME}"


def _by_hand(history: History, path: str, called: str = "") -> str:
    """Return what to add to the hook at a path, which may be relative to the top."""
    program = "postmortem" if _is_shared(history, path) else _own()
    also = ""
    if (history.root / FRAMEWORK).is_file():
        also = f"\nor name the hook postmortem-check in {FRAMEWORK}"
    return f"add to {called or path}:\n  {_check(program)} || exit 1{also}"


def _is_shared(history: History, path: str) -> bool:
    """Tell whether a file is one of the work tree: others have it, and no such path."""
    if path.startswith("~"):
        return False
    found, git = (history.root / path).resolve(), history.shared.resolve()
    return found.is_relative_to(history.root) and not found.is_relative_to(git)


def _write(path: Path, text: str) -> None:
    """Put a program in its place at once, whatever was there."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(made, flags, _MODE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
