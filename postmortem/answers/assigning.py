"""`field=value` as typed on a command line, put into a record.

severity=SEV-2          set a value; nothing behind the = makes it not known,
impact=[]               and [] known to be none
services+=api           add to a list, or a paragraph to a text
timeline+=14:02 text    add a row: one line as in an interview, parts and all,
                        or {at: 14:02, text: …}
actions.A1.status=done  set a part of a row that has a key

A field can be called by its label as well: `What ended it=…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from postmortem import model, yamls
from postmortem.answers.asked import OURS, Answered, Asked
from postmortem.answers.labels import field_named, nearest_field
from postmortem.answers.notes import Notes
from postmortem.answers.reading import answered, prose
from postmortem.answers.row_adding import columns, put
from postmortem.answers.row_changes import Rows, node_of
from postmortem.answers.row_lines import Row, rows_of
from postmortem.answers.rows import LETTERS
from postmortem.errors import Problem, Problems
from postmortem.markdown import Field, values
from postmortem.markdown.fields import LINES, ROW_KINDS, SEVERAL, TEXT
from postmortem.model import Report
from postmortem.yamls import Node

_ASSIGNMENT = re.compile(
    r"\s*(?P<name>[^\s=+.][^=+.\n]*?)(?:\.(?P<key>\w+)\.(?P<part>\w+(?:[ -]\w+)*))?\s*"
    r"(?P<sign>\+?=)(?P<value>.*)",
    re.DOTALL,
)
_LONGEST = 60
_SEVERAL = (LINES, SEVERAL)


def assign(report: Report, assignments: Iterable[str], asked: Asked) -> Answered:
    """Return the record with these values put in, one after the other.

    A zone comes first wherever it stands: it holds for all the times beside it. Nothing
    is raised: mistakes are in `problems`, each under its assignment.
    """
    problems: list[Problem] = []
    named: set[str] = set()
    for said in sorted(assignments, key=lambda each: not _is_zone(each)):
        shown = " ".join(said.split())
        cut = f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
        notes = Notes(cut, lines=False)
        found = _ASSIGNMENT.fullmatch(said)
        if found is None:
            hint = "write field=value, field+=one more, or actions.A1.status=done"
            problems.append(Problem(message=f"{cut!r} assigns nothing", hint=hint))
            continue
        name = field_named(found["name"], asked.fields)
        if name is None:
            name = found["name"]
            near = nearest_field(name, asked.fields)
            notes.unknown(node_of(name), "field", name, asked.fields, near)
        elif name in OURS:
            notes.wrong(node_of(name), f"{name} is not set by hand", _ways(name))
        else:
            report = _Assignment(report, name, found, asked, notes).made()
            named.add(name)
        problems += notes.problems
    return Answered(report, tuple(problems), frozenset(named))


def zone_assigned(assignments: Iterable[str], asked: Asked) -> str | None:
    """Return the zone that is among what is assigned; None where it is none."""
    return assign(Report(), filter(_is_zone, assignments), asked).report.zone


class _Assignment:
    """One assignment to one field."""

    def __init__(
        self,
        report: Report,
        name: str,
        found: re.Match[str],
        asked: Asked,
        notes: Notes,
    ) -> None:
        self.report, self.asked, self.notes = report, asked, notes
        self.name, self.key = name, found["key"]
        self.part = re.sub(r"[ -]", "_", found["part"] or "")
        self.known: Field = asked.fields[self.name]
        self.adds = found["sign"] == "+="
        self.rows = Rows(known=self.known, asked=asked, notes=notes)
        self.node = self._read(found["value"])
        self.found = found

    def made(self) -> Report:
        """Return the record with it made; or as it was, after noting why not."""
        if self.node is None:
            return self.report
        if self.key:
            made = self._part(self.node)
        elif self.adds:
            made = self._added(self.node)
        else:
            made = self._set(self.node)
        return self.report if self.notes.problems else model.keyed(made)

    def _set(self, node: Node) -> Report:
        """Set the whole field."""
        rows = self.known.kind in ROW_KINDS
        if rows and isinstance(node.value, str) and not values.unset(node.value):
            message = f"{self.name} holds rows, and this would replace them all"
            hint = f"{self.name}+=… adds one; {self.name}=[…] replaces them"
            self.notes.wrong(node, message, hint)
            return self.report
        return answered({self.name: node}, self.asked, self.notes, self.report)

    def _read(self, text: str) -> Node | None:
        """Return a value: what stands in brackets is YAML where it can be."""
        bare = text.strip()
        listed = self.known.kind in (*ROW_KINDS, *_SEVERAL) and not self.part
        if bare == "[]" or (listed and f"{bare[:1]}{bare[-1:]}" in ("[]", "{}")):
            try:
                return yamls.load(f"value: {bare}").entries["value"]
            except Problems as error:
                first = error.problems[0]
                self.notes.wrong(node_of(bare), first.message, first.hint)
                return None
        return node_of(text)

    def _added(self, node: Node) -> Report:
        old = self.report.value(self.name)
        if self.known.kind in ROW_KINDS:
            text = node.value if isinstance(node.value, str) else ""
            said = rows_of(text, self.known)
            if len(said) == 1:
                return self._row(said[0])
            return self.rows.add(self.report, node)
        if self.known.kind == TEXT:
            more = prose(self.known, node, self.notes)
            if not more:
                return self.report
            return self.report.with_value(
                self.name, f"{old}\n\n{more}" if old else more
            )
        if self.known.kind in _SEVERAL:
            with self.notes.at(node, self.name):
                more = values.scalar(self.known, node.tree()) or ()
                both = tuple(dict.fromkeys((*(old or ()), *more)))
                return self.report.with_value(self.name, both)
            return self.report
        message = f"{self.name} takes one value"
        self.notes.wrong(node, message, f"write {self.name}=…")
        return self.report

    def _row(self, said: Row) -> Report:
        """Add a row that one line says, and note what is no part of it."""
        own, line = Notes(None), self.found.string
        made, _ = put(self.report, said, self.known, self.asked, own)
        places = columns(line, said, self.known)
        for each in own.problems:
            at = places.get(each.message)
            self.notes.wrong(node_of(line), each.message, each.hint, column=at)
        return made

    def _part(self, node: Node) -> Report:
        """Set a part of the row that has the key."""
        kind = self.known.kind
        if kind not in LETTERS:
            keyed = [
                name for name, it in self.asked.fields.items() if it.kind in LETTERS
            ]
            hint = f"only rows of {' and '.join(keyed)} have keys"
            self.notes.wrong(node, f"the rows of {self.name} have no keys", hint)
            return self.report
        rows = self.report.value(self.name) or ()
        keys = [each.key for each in rows]
        parts = [each for each in self.known.parts if each != "key"]
        if keys.count(self.key) > 1:
            hint = "give one of them another key in the report"
            self.notes.wrong(node, f"two rows have the key {self.key}", hint)
        elif self.key not in keys:
            self._no_row(node, keys)
        elif self.part not in parts:
            self.notes.unknown(node, f"part of {self.name}", self.part, parts)
        elif self.adds:
            message = f"{self.part} takes one value"
            self.notes.wrong(
                node, message, f"write {self.name}.{self.key}.{self.part}=…"
            )
        else:
            text = node.value if isinstance(node.value, str) else ""
            return self.rows.say(self.report, keys.index(self.key), self.part, text)
        return self.report

    def _no_row(self, node: Node, keys: Sequence[str | None]) -> None:
        """Note that no row has the key, and which keys there are."""
        known = [key for key in keys if key]
        if known:
            self.notes.unknown(node, f"row of {self.name}", self.key, known)
            return
        letter = LETTERS[self.known.kind]
        if not keys:
            hint = f"there are none yet: `{self.name}+=…` adds one"
        elif self.report.template:
            hint = "its rows have no keys yet: `postmortem check --fix` gives them some"
        else:
            hint = f"its rows have no keys yet: write {letter}1, {letter}2 before them"
        message = f"there is no row of {self.name} {self.key!r}"
        self.notes.wrong(node, message, hint)


def _is_zone(said: str) -> bool:
    found = _ASSIGNMENT.fullmatch(said)
    return found is not None and found["name"].casefold() == "zone"


def _ways(name: str) -> str:
    return "`postmortem rename ID --id NEW` does it" if name == "id" else "leave it out"
