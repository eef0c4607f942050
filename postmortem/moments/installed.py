"""The zones that this machine, or Python's own data, knows by their IANA names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PART = re.compile(r"[A-Za-z0-9_+-]+")
_NO_ZONES = ("Factory", "localtime", "posix", "posixrules", "right")
_MAGIC = b"TZif"
"""How a file begins that holds a zone: RFC 8536, 3.1."""


def iana(name: str) -> str | None:
    """Return a name of a zone as IANA spells it; None where there is none.

    The hundreds of files that hold zones are listed only for what is spelled otherwise.
    """
    return name if _is_file(name) else spelled().get(name.lower())


def _is_file(name: str) -> bool:
    """Tell whether a file of this machine holds a zone of that very name."""
    from zoneinfo import TZPATH

    first, *rest = name.split("/")
    if first in _NO_ZONES or not all(map(_PART.fullmatch, (first, *rest))):
        return False
    for folder in TZPATH:
        path = Path(folder)
        try:
            for part in (first, *rest):
                path /= part
                if path not in path.parent.iterdir():  # capitals differ anywhere
                    break
            else:
                with path.open("rb") as file:
                    return file.read(len(_MAGIC)) == _MAGIC
        except OSError:
            continue
    return False


@cache
def spelled() -> dict[str, str]:
    """Return the name of each zone as IANA spells it, by its small letters."""
    from zoneinfo import available_timezones

    return {
        name.lower(): name for name in available_timezones() if name not in _NO_ZONES
    }
