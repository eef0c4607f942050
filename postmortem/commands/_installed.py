"""How this copy was installed, so that another machine can install the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import postmortem

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_NAME = "postmortem"
_ANYWHERE = ("https", "http", "ssh")
"""Addresses that another machine may reach; a folder of this one is none."""
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def own_requirement() -> str | None:
    """Return what installs this very copy; None where nobody has noted it."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(_NAME)
    except PackageNotFoundError:
        return None
    ours = Path(postmortem.__file__).resolve()
    there = Path(str(found.locate_file(f"{_NAME}/__init__.py"))).resolve()
    return requirement(found) if there == ours else None


def requirement(found: Distribution) -> str | None:
    """Return the address and commit that a distribution was installed from.

    They are in `direct_url.json`, see
    https://packaging.python.org/en/latest/specifications/direct-url/. One from an index
    is not named: the same name may be another project's on another index.
    """
    try:
        noted: Any = json.loads(found.read_text("direct_url.json") or "{}")
        address, vcs = urlsplit(noted["url"]), noted["vcs_info"]
        kind, commit = str(vcs["vcs"]), str(vcs["commit_id"])
    except (KeyError, TypeError, ValueError):
        return None
    if address.scheme not in _ANYWHERE or not _COMMIT.fullmatch(commit):
        return None
    host = address.netloc
    if address.scheme != "ssh":
        host = host.rpartition("@")[2]  # a token, perhaps
    place = urlunsplit((address.scheme, host, address.path, "", ""))
    folder = noted.get("subdirectory")
    below = f"#subdirectory={folder}" if isinstance(folder, str) and folder else ""
    return f"{_NAME} @ {kind}+{place}@{commit}{below}"
