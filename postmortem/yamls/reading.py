"""The guards: YAML is judged event by event before anything is built of it.

A loader that builds objects guesses types (`NO`, `12:30`), lets the last of two equal
keys win, and libyaml's kills the process on deep nesting (yaml/pyyaml#895 is the
pure one's RecursionError). Imported by `load` only, since yaml is slow to import.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import yaml

from postmortem.errors import Problem, Problems
from postmortem.yamls.nodes import Node

DEPTH_LIMIT = 50
MOST = 150_000
"""Keys and values of one text: what is allowed by its size is read in two seconds."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_NEWLINE = re.compile(r"\r\n?|\n")
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_HINTS = (
    ("mapping values are not allowed", "Put a text that holds ': ' in quotes."),
    ("cannot start any token", "Indent with spaces; quote a text that starts so."),
    ("unexpected end of stream", "A quote that was opened is not closed."),
    ("expected ',' or", "A bracket that was opened is not closed."),
    ("could not find expected ':'", "Write `key: value`, one key on a line."),
    ("did not find expected key", "Begin all keys of one level in one column."),
    ("<document start>", "Write `key: value`, one key on a line."),
)


class Reading:
    """One pass over the events of one text; mistakes are collected on the way."""

    def __init__(
        self, text: str, path: str | None, first_line: int, limit: int
    ) -> None:
        self._text = text
        self._path = path
        self._first_line = first_line
        self._problems: list[Problem] = []
        self._starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]
        # libyaml does not count a byte order mark, so it never sees one.
        self._skipped = 1 if text.startswith("\ufeff") else 0
        self._closed = 0
        self._many = 0
        self._check_characters(limit)
        self._events = self._parsed()

    def mapping(self) -> Node:
        """Return the one mapping; raise Problems with every mistake found."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            end = len(self._text)
            return self._made({}, end, end, "block")
        top = self._node(next(self._events), 0)
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._stop("a second YAML document begins here", self._start(after))
        if not isinstance(top.value, Mapping) and not self._problems:
            self._mistake(
                "this is not a list of keys with values",
                top.start,
                "Write `key: value`, one key on a line.",
            )
        if self._problems:
            raise Problems(tuple(self._problems))
        return top

    def _check_characters(self, limit: int) -> None:
        size = len(self._text.encode("utf-8", "surrogatepass"))
        if size > limit:
            message = f"{size} bytes of YAML are more than the {limit} that are read"
            self._stop(message, 0, "Move long text out of it.")
        if found := _FORBIDDEN.search(self._text, self._skipped):
            self._stop(
                f"the character U+{ord(found[0]):04X} cannot stand in YAML as it is",
                found.start(),
                'Remove it, or write it as an escape in double quotes ("\\x1b").',
            )

    def _parsed(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self._text[self._skipped :], Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            said = error.problem or error.context or "this is not YAML"
            mark = error.problem_mark or error.context_mark
            at = len(self._text) if mark is None else mark.index + self._skipped
            hint = next((hint for words, hint in _HINTS if words in said), None)
            self._stop(said, at, hint, cause=error)
        except yaml.YAMLError as error:
            self._stop("this is not YAML", 0, cause=error)

    def _node(self, event: Any, depth: int, key: Node | None = None) -> Node:
        start = event.start_mark.index + self._skipped
        end = event.end_mark.index + self._skipped
        self._many += 1
        if self._many > MOST:
            self._stop(f"more than {MOST} keys and values are not read", start)
        is_scalar = isinstance(event, yaml.ScalarEvent)
        if is_scalar and event.tag is None and event.anchor is None:
            return self._scalar(event, start, end, key)  # like most of them
        if isinstance(event, yaml.AliasEvent):
            self._mistake(
                f"an alias (*{event.anchor}) is not read",
                start,
                "Write the value out, or put a text that starts with * in quotes.",
            )
            return self._made(None, start, end, "plain", key)
        if event.anchor is not None or event.tag is not None:
            self._mark_refused(event, start)
        if is_scalar:
            return self._scalar(event, start, end, key)
        if depth == DEPTH_LIMIT:
            self._stop(f"this is nested more than {DEPTH_LIMIT} deep", start)
        value: tuple[Node, ...] | dict[str, Node]
        if isinstance(event, yaml.SequenceStartEvent):
            value = self._items(depth + 1)
            last = value[-1].end if value else end
        else:
            if event.flow_style and self._text[start] == "?":
                hint = "Put a text that starts with ? in quotes."
                self._mistake("a key in a list is not read", start, hint)
            value = self._entries(depth + 1)
            last = next(reversed(value.values())).end if value else end
        if event.flow_style:
            return self._made(value, start, self._closed, "flow", key)
        # libyaml ends a block where the next thing begins, comments included.
        return self._made(value, start, last, "block", key)

    def _scalar(self, event: Any, start: int, end: int, key: Node | None) -> Node:
        style = _STYLES.get(event.style or "", "plain")
        value = event.value
        if style == "plain":
            value = None if value in _NULLS else value
        elif style in ("literal", "folded"):
            end = start + len(self._text[start:end].rstrip())
        return self._made(value, start, end, style, key)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth))
        self._closed = self._end(event)
        return tuple(items)

    def _entries(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth)
            value = self._node(next(self._events), depth, key)
            if (name := self._name(key, entries)) is not None:
                entries[name] = value
        self._closed = self._end(event)
        return entries

    def _name(self, key: Node, taken: Mapping[str, Node]) -> str | None:
        """Return the text of a key that may be used; None after noting a mistake."""
        name = key.value
        if not isinstance(name, str):
            self._mistake("a key is a word before ':'", key.start, "Put it in quotes.")
            return None
        if name == "<<" and key.style == "plain":
            self._mistake("a merge key (<<) is not read", key.start, "Write it out.")
            return None
        if (first := taken.get(name)) and first.key:
            message = f"the key {name!r} stands here and on line {first.key.line}"
            self._mistake(message, key.start, "Keep one of the two.")
            return None
        return name

    def _mark_refused(self, event: Any, start: int) -> None:
        if event.anchor is not None:
            message = f"an anchor (&{event.anchor}) is not read"
            hint = "Remove it, or put a text that starts with & in quotes."
        else:
            message = f"a tag ({event.tag}) is not read; every value is text"
            hint = "Remove it, or put a text that starts with ! in quotes."
        self._mistake(message, start, hint)

    def _made(
        self, value: Any, start: int, end: int, style: str, key: Node | None = None
    ) -> Node:
        row = bisect_right(self._starts, start) - 1
        return Node(
            value=value,
            start=start,
            end=end,
            line=self._first_line + row,
            column=start - self._starts[row] + 1,
            style=style,
            key=key,
        )

    def _start(self, event: Any) -> int:
        return int(event.start_mark.index) + self._skipped

    def _end(self, event: Any) -> int:
        return int(event.end_mark.index) + self._skipped

    def _place(self, at: int) -> tuple[int, int]:
        row = bisect_right(self._starts, at) - 1
        return self._first_line + row, at - self._starts[row] + 1

    def _mistake(self, message: str, at: int, hint: str | None = None) -> None:
        line, column = self._place(min(at, len(self._text)))
        self._problems.append(
            Problem(
                message=message, path=self._path, line=line, column=column, hint=hint
            )
        )

    def _stop(
        self,
        message: str,
        at: int,
        hint: str | None = None,
        cause: Exception | None = None,
    ) -> NoReturn:
        self._mistake(message, at, hint)
        raise Problems(tuple(self._problems)) from cause
