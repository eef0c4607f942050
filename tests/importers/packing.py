"""Zips for tests, honest and not, and evidence made of text."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from postmortem.importers import Evidence
from postmortem.importers.opening import opened


def zipped(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write a zip with these members and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def piped(content: bytes | str | Any) -> Evidence:
    """Return what a pipe gave: bytes, text, or anything else as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    raw = content.encode() if isinstance(content, str) else content
    return opened(None, io.BytesIO(raw))


def message(ts: str, text: str = "db is down", **more: Any) -> dict[str, Any]:
    """Return a message of Slack's."""
    return {"type": "message", "ts": ts, "user": "U1", "text": text, **more}
