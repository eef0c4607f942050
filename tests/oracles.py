"""What the laws compare: records by field, texts by line, block and formatter."""

from __future__ import annotations

import difflib
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote

import mdformat
import msgspec
import yaml
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from markdown_it import MarkdownIt

from postmortem import markdown, model, yamls
from postmortem.markdown import Template, everything, fields
from postmortem.model import Report

BY_HAND = {
    "section": ("## A section of our own", "", "It has a line of text.", ""),
    "paragraph": ("A paragraph that somebody added by hand.", ""),
    "bullets": ("- A bullet of our own.", "- Another of ours.", ""),
    "bold": ("**A remark that somebody made in bold.**", ""),
    "note": ("<!-- a note to ourselves -->", ""),
}
"""What people add to a report where a section ends."""
PANEL = re.compile(r"<!-- derived from .+: (?P<by>\w+) -->")
_ADDRESS = re.compile(r"\]\((?:<[^<>]*>|[^\s<>]*)|<[a-zA-Z][\w+.-]*:[^\s<>]*>")
"""What a link goes to: behind its words, or between angle brackets."""
KEPT = ("key", "status", "cause")
"""Parts of a row that are no words of a person."""
T = TypeVar("T")
MD = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")


class Draws(Protocol):
    """What values are drawn from: hypothesis' own data, or one with a seed."""

    def draw(self, strategy: SearchStrategy[T], label: str | None = None) -> T:
        """Return a value that the strategy makes."""


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


def edited(data: Draws, text: str, within: range | None = None) -> str:
    """Return the text with something of BY_HAND added where a section ends.

    `within` are the lines, counted from 0, before which it may stand.
    """
    lines = text.split("\n")
    last = len(lines) - 1
    within = within or range(lines.index("---", 1) + 2, last + 1)
    places = [at for at in headings(text) if at in within]
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


def headings(text: str) -> list[int]:
    """Return the lines with a heading of the second or third level, in nothing else."""
    cut = yamls.split(text)
    return [
        cut.body_line - 1 + token.map[0]
        for token in BLOCKS.parse(_bodied(text))
        if token.type == "heading_open"
        and token.map
        and token.level == 0
        and token.markup in ("##", "###")
    ]


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


def rendered(text: str) -> tuple[Any, str]:
    """Return what others read: the facts by a reader of YAML, the body as HTML.

    Facts are None where that reader cannot read them.
    """
    try:
        front = yaml.load(yamls.split(text).front or "", yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError:
        front = None
    html = re.sub(r"(<code[^>]*>)\s+</code>", r"\1</code>", MD.render(_bodied(text)))
    code = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    return front, "".join(
        each if at % 2 else " ".join(each.split()) for at, each in enumerate(code)
    )


def alike(one: Any, two: Any, part: str = "") -> bool:
    """Tell whether values are equal, but for how addresses are quoted.

    Formatters do so where a link goes to: the `link` of a row is nothing else, and has
    no need of escapes.
    """
    if isinstance(one, str) and isinstance(two, str) and one != two:
        if part == "link":
            return unquote(_unescaped(one)) == unquote(_unescaped(two))
        return _unquoted(one) == _unquoted(two)
    if isinstance(one, msgspec.Struct) and type(one) is type(two):
        names = one.__struct_fields__
        return all(alike(getattr(one, n), getattr(two, n), n) for n in names)
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return one.keys() == two.keys() and all(alike(one[n], two[n], n) for n in one)
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(map(alike, one, two))
    return bool(one == two)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _unquoted(text: str) -> str:
    return _ADDRESS.sub(lambda found: unquote(found[0]), text)


def skeleton(text: str) -> tuple[list[Any], list[str]]:
    """Return the keys of the front matter, and the blocks and HTML of the body."""
    keys = list(yamls.load(yamls.split(text).front or "").entries)
    found: list[Any] = []
    for token in MD.parse(_bodied(text)):
        found.append((token.type, token.tag, token.level))
        found += [
            ("html", inner.content)
            for inner in token.children or ()
            if inner.type == "html_inline" and inner.content != "<!---->"
        ]
    return found, keys


def _bodied(text: str) -> str:
    return "\n".join(text.split("\n")[yamls.split(text).body_line - 1 :])


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
