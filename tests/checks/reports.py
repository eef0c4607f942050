"""A clean report, pieces laid over it, and the subject that the rules look at.

A piece is what the examples of the rules' pages are: front matter whose keys replace
those of the clean report (without a value, take them out), and sections that stand in
the place of those with the same headings. A piece that begins with neither front
matter nor a heading is a whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from postmortem import markdown, shipped
from postmortem.checks import Around, Leak, Subject, check, subject_of
from postmortem.checks.around import NEW
from postmortem.checks.privacy.attached import looked_into
from postmortem.markdown import Template, foreign
from postmortem.model import Finding
from postmortem.settings import Settings
from postmortem.settings import read as read_settings
from postmortem.templating import Source

HERE = Path(__file__).parent
BASE = (HERE / "base.md").read_text("utf-8")
TODAY = date(2026, 3, 12)
NOW = datetime.combine(TODAY, time(12), UTC)
BEGUN = datetime(2026, 3, 3, 12, tzinfo=UTC)
"""When the statuses were committed that a report had before."""

_HEADING = re.compile(r"(?m)^(?=#{1,6} )")


@cache
def template(name: str = "default") -> Template:
    """Return a template that is shipped, or one of the tests'."""
    folders = (shipped.templates_folder() / "reports", HERE / "templates")
    sources = tuple(Source(path=folder, trusted=True) for folder in folders)
    return markdown.load(name, sources)


def laid_over(piece: str, base: str = BASE) -> str:
    """Return the clean report with a piece in it."""
    if not piece.startswith(("---\n", "#")):
        return piece
    front, body = "", piece
    if piece.startswith("---\n"):
        front, body = piece[4:].split("\n---", 1)
    _, own, text = base.split("---\n", 2)
    keys = dict(_key(line) for line in own.splitlines())
    keys |= dict(_key(line) for line in front.splitlines())
    lines = "".join(f"{key}:{value}\n" for key, value in keys.items() if value)
    parts = _HEADING.split(text)
    for part in _HEADING.split(body)[1:]:
        heading = _title(part)
        at = [n for n, each in enumerate(parts) if _title(each) == heading and n]
        new = f"{part.rstrip()}\n\n"
        if at:
            parts[at[0]] = new
        else:
            parts.append(f"\n{new}")
    return f"---\n{lines}---\n{''.join(parts)}"


def subject(
    text: str, *, refreshed: bool = False, path: str = "report.md", **where: Any
) -> Subject:
    """Return the subject of a text; `where` is what a page says under Where."""
    words = re.search(r"(?m)^template: (\S+)", text)
    name = words[1] if words else "default"
    known = template(name if name in ("minimal", "strict") else "default")
    bare = where.get("lost") == NEW and not text.startswith("---")
    outline = foreign.outline(text) if bare else known.outline
    if refreshed and not bare:
        text = markdown.refresh(text, known)
    reading = markdown.read(text, outline)
    stale: tuple[Finding, ...] = ()
    if not (bare or any(each.severity == "error" for each in reading.findings)):
        stale = markdown.stale(text, known)
    return subject_of(
        text,
        reading,
        outline,
        path=path,
        now=datetime.combine(
            date.fromisoformat(str(where.get("today") or TODAY)), time(12), UTC
        ),
        given=stale,
        settings=_settings(where.get("settings") or {}),
        around=Around(
            past=tuple((status, BEGUN) for status in where.get("earlier") or ()),
            is_file=_among(where, "files"),
            is_report=_among(where, "reports"),
            templates=tuple(where.get("templates") or ()),
            leaks=tuple(_leaks(text, where.get("leaks") or {})),
            attached=tuple(
                each
                for name, said in (where.get("attached") or {}).items()
                for each in looked_into(name, said.encode())
            ),
            namesakes=tuple((where.get("ids") or {}).get(reading.report.id, ())),
            lost=where.get("lost") or "",
        ),
    )


def found(text: str, **where: Any) -> tuple[Finding, ...]:
    """Return what the checks find in a text."""
    return check(subject(text, **where))


def codes(text: str, **where: Any) -> list[str]:
    """Return the codes of what the checks find in a text."""
    return [finding.code for finding in found(text, **where)]


def _leaks(text: str, words: Mapping[str, str]) -> Iterator[Leak]:
    """Yield what gitleaks would have seen: by its rule, the words, where they stand."""
    for rule, secret in words.items():
        start = text.find(secret)
        if start >= 0:
            yield Leak(rule=rule, start=start, end=start + len(secret))


def _among(where: Mapping[str, Any], name: str) -> Any:
    return where[name].__contains__ if name in where else None


def _settings(values: Mapping[str, Any]) -> Settings:
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{name}:", *(f"  {key}: {it}" for key, it in value.items())]
        elif isinstance(value, list):
            lines.append(f"{name}: [{', '.join(value)}]")
        else:
            lines.append(f"{name}: {value}")
    return read_settings("\n".join(lines))


def _key(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key, value


def _title(part: str) -> str:
    return part.partition("\n")[0].lstrip("# ").strip()
