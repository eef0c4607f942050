"""What the laws compare: records by field, texts by line, block and formatter."""

from __future__ import annotations

import difflib
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mdformat
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postmortem import markdown, model, yamls
from postmortem.markdown import Template, everything, fields
from postmortem.model import Report

BY_HAND = {
    "section": ("## A section of our own", "", "It has a line of text.", ""),
    "paragraph": ("A paragraph that somebody added by hand.", ""),
    "bullets": ("- A bullet of our own.", "- Another of ours.", ""),
    "note": ("<!-- a note to ourselves -->", ""),
}
"""What people add to a report where a section ends."""
PANEL = re.compile(r"<!-- derived from .+: (?P<by>\w+) -->")
KEPT = ("key", "status", "cause")
"""Parts of a row that are no words of a person."""
MD = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def told(report: Report) -> dict[str, Any]:
    """Return what a record holds, by name, so that a failure names the field."""
    held = {name: report.value(name) for name in model.STANDARD}
    held |= {**report.extra, "other": report.other or None}
    return {name: value for name, value in held.items() if value is not None}


def asked(report: Report) -> dict[str, Any]:
    """Return what a record holds, but for the keys of rows that rewriting retires."""
    return {name: value for name, value in told(report).items() if name != "retired"}


def instants(report: Report) -> list[Any]:
    """Return when each event was."""
    return [
        (each.at, each.until, each.approximate, each.said)
        for each in report.timeline or ()
    ]


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    lines = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    came = [line[2:] for line in lines if line.startswith("+ ")]
    return gone, came


def underived(lines: Sequence[str]) -> list[str]:
    """Return the lines without the tables, lists and diagrams that filters made.

    With them go the blank lines: there are fewer where nothing is left to show.
    """
    left: list[str] = []
    end = ""
    for line in lines:
        begins = PANEL.fullmatch(line)
        end = f"<!-- end of {begins['by']} -->" if begins else end
        if not end and line:
            left.append(line)
        end = "" if line == end else end
    return left


def edited(data: st.DataObject, text: str, within: range | None = None) -> str:
    """Return the text with something of BY_HAND added where a section ends.

    `within` are the lines, counted from 0, before which it may stand.
    """
    lines = text.split("\n")
    last = len(lines) - 1
    within = within or range(lines.index("---", 1) + 2, last + 1)
    places = [
        at
        for at in within
        if lines[at].startswith(("## ", "### ")) and not in_fence(lines[:at])
    ]
    places += [last] if last in within else []
    at = data.draw(st.sampled_from(places), label="place")
    added = BY_HAND[data.draw(st.sampled_from(sorted(BY_HAND)), label="added")]
    if at == last:
        return "\n".join([*lines[:at], "", *added])
    return "\n".join([*lines[:at], *added, *lines[at:]])


def phrases(text: str) -> list[str]:
    """Return which words of BY_HAND a text has, whatever mark stands before them."""
    said = (line.lstrip("#- ") for added in BY_HAND.values() for line in added)
    return [words for words in said if words and words in text]


def in_fence(lines: Sequence[str]) -> bool:
    """Tell whether a fence is open behind these lines."""
    tokens = MD.parse("\n".join([*lines, "", "the end"]))
    return tokens[-1].type != "paragraph_close" or tokens[-1].level > 0


def mdformatted(text: str) -> str:
    """Return the text as mdformat leaves it, with its plugins."""
    return mdformat.text(text, extensions={"gfm", "front_matters"})


def prettied(prettier: str, texts: Sequence[str]) -> list[str]:
    """Return the texts as prettier leaves them, in one run of it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.md" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8", newline="")
        subprocess.run(
            [prettier, "--write", "--log-level", "error", folder], check=True
        )
        return [path.read_bytes().decode() for path in paths]


def skeleton(text: str) -> tuple[list[Any], list[str]]:
    """Return the keys of the front matter, and the blocks and HTML of the body."""
    cut = yamls.split(text)
    keys = list(yamls.load(cut.front or "").entries)
    body = "\n".join(text.split("\n")[cut.body_line - 1 :])
    found: list[Any] = []
    for token in MD.parse(body):
        found.append((token.type, token.tag, token.level))
        found += [
            ("html", inner.content)
            for inner in token.children or ()
            if inner.type == "html_inline" and inner.content != "<!---->"
        ]
    return found, keys


def disarmed(report: Report, made: Template) -> Report:
    """Return the record with a plain word in place of every text that a row holds."""
    for name, known in everything(made.outline.fields).items():
        value = report.value(name)
        if name in ("zone", "template") or value is None:
            continue
        if known.kind == fields.LINE:
            report = report.with_value(name, "word")
        elif isinstance(value, tuple):
            rows = tuple(_plain(row, known) for row in value)
            report = report.with_value(name, rows)
    return report


def _plain(row: Any, known: markdown.Field) -> Any:
    if isinstance(row, str):
        return "word"
    if isinstance(row, dict):
        return {part: said and "word" for part, said in row.items()}
    changes = {
        part: "word"
        for part in row.__struct_fields__
        if part not in KEPT
        and getattr(row, part)
        and isinstance(getattr(row, part), str)
        and not _sorts(known.kind, part, getattr(row, part))
    }
    return row.replace(**changes)


def _sorts(kind: str, part: str, said: str) -> bool:
    """Tell whether a part may decide in which section its row stands."""
    return (kind, part) in ((fields.FACTORS, "kind"), (fields.ACTIONS, "type")) and (
        said in (*model.FACTOR_KINDS, *model.ACTION_TYPES)
    )
