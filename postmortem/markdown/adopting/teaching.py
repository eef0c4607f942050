"""A preset copied for a team, with comments that say how to change it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortem import yamls

_TOP = """\
{# This template is the form, the layout and the parser of a report, all at once.
   Words in double braces are fields: each is a question of the interview, and its
   answer stands where the field does. What stands in a comment like this one is in no
   report. Behind every change: postmortem template check NAME #}
"""
_HEADING = """\
{# To rename a section, edit its heading. To take one out, take out its lines. #}
"""
_QUESTION = """\
{# To ask one more question, add a heading of its own and a field below it:

   ## Weather

   {{ field("weather", "What was the weather that day?") }}

   Other kinds: kind="line", "number", "date", "moment", "yes/no", "choice" with
   choices=["sun", "rain"], "list", "table" with columns=["host", "role"]. #}
"""
_ROWS = """\
{# A loop makes rows: what stands in it is one row, and `row.part` a part of it. Rename
   heads, reorder columns, or take some out; the parts keep their names. #}
"""
_KEYS = {
    "labels": """\
# What you call a write-up, and the words that we write ourselves, in your language:
# labels:
#   postmortem: incident review
#   unknown: Not known yet.
#   none: None.
""",
    "prompts": """\
# Another wording of a question stands under `prompts`, by the name of its field:
# prompts:
#   summary: What happened, in three sentences?
""",
    "required": """\
# What a report must have, by the status that it has reached, or by its severity:
# required: {in-review: [summary, impact], final: [actions], SEV-1: [timeline]}
""",
}
"""Of each key that a preset does not use: how it is written."""
_ALONE = re.compile(r"\s*\{\{\s*(?:\w+|field\(.*\))\s*\}\}\s*")
_LOOP = re.compile(r"\s*\{%-?\s*for\b")
_TABLE = re.compile(r"\s*\|")
_SECTION = re.compile(r"#{2,6}\s")


def taught(text: str, *, name: str, preset: str) -> str:
    """Return a template under another name, with comments that change no outline.

    `preset` is the name and version of the one that it is a copy of.
    """
    text = text.replace("\r\n", "\n")
    cut = yamls.split(text)
    front = [
        line
        for line in (cut.front or "").splitlines()
        if not line.startswith(("name:", "from:"))
    ]
    head = [f"name: {yamls.scalar(name)}", f"from: {yamls.scalar(preset)}", *front]
    for key, lesson in _KEYS.items():
        if not re.search(rf"^{key}:", cut.front or "", re.MULTILINE):
            head += lesson.splitlines()
    body = "".join(_commented(text[cut.body_start :], name))
    return "\n".join(["---", *head, "---", ""]) + body


def _commented(body: str, name: str) -> Iterator[str]:
    """Yield the lines of a body, each lesson above the first line that it is about."""
    lines = body.splitlines(keepends=True)
    lessons = {_SECTION: _HEADING, _ALONE: _QUESTION}
    if not any("{% extends" in line for line in lines):
        yield _TOP.replace("NAME", name)
    rows = _rows_at(lines)
    for number, line in enumerate(lines):
        if number == rows:
            yield _ROWS
        for look in [each for each in lessons if each.match(line)]:
            yield lessons.pop(look)
        yield line


def _rows_at(lines: list[str]) -> int:
    """Return the line above which the first rows begin, a table's heads included."""
    loop = next((n for n, line in enumerate(lines) if _LOOP.match(line)), -1)
    while loop > 0 and _TABLE.match(lines[loop - 1]):
        loop -= 1
    return loop
