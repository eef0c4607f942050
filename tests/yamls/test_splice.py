"""An edit of front matter changes the lines of its keys and no others."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem import yamls
from postmortem.errors import Problems, Refused

FRONT = """\
# what a forge shows above the title
id: 2025-05-24-x  # fixed at birth
status:   draft
severity: "SEV-1"
owner: 'it''s me'
summary: |
  two
  lines

services: [ checkout, "payments, eu" ]
tags:  # words
  - failover  # why
  # the next one
  - dns
empty:   # nothing yet
links:
  chat: a
  # of the alert
  alert: b
last: ~
"""
REPORT = f"---\n{FRONT}---\n\n# Title\n\nstatus: draft\n"

EDITS = {
    "plain": ({"status": "final"}, "status:   draft", "status:   final"),
    "comment": ({"id": "z"}, "id: 2025-05-24-x  # f", "id: z  # f"),
    "double": ({"severity": "SEV-2"}, '"SEV-1"', '"SEV-2"'),
    "single": ({"owner": "it's you"}, "'it''s me'", "'it''s you'"),
    "single with a newline": ({"owner": "a\nb"}, "'it''s me'", '"a\\nb"'),
    "needs quotes": ({"status": "12:30"}, "draft\nsev", '"12:30"\nsev'),
    "block text": ({"summary": "one"}, "|\n  two\n  lines\n", "one\n"),
    "text to list": ({"status": ["a", "b: c"]}, "draft\nsev", '[a, "b: c"]\nsev'),
    "flow, more": (
        {"services": ["x", "payments, eu", "checkout"]},
        '[ checkout, "payments, eu" ]',
        '[ x, "payments, eu", checkout ]',
    ),
    "flow to none": ({"services": ()}, '[ checkout, "payments, eu" ]', "[]"),
    "flow to text": ({"services": "a"}, '[ checkout, "payments, eu" ]', "a"),
    "row added": ({"tags": ["failover", "dns", "x: y"]}, "dns\n", 'dns\n  - "x: y"\n'),
    "row before": (
        {"tags": ["new", "failover", "dns"]},
        "  - failover",
        "  - new\n  - failover",
    ),
    "row between": (
        {"tags": ["failover", "a", "b", "dns"]},
        "# why\n",
        "# why\n  - a\n  - b\n",
    ),
    "row removed": ({"tags": ["dns"]}, "  - failover  # why\n", ""),
    "row changed": ({"tags": ["failing", "dns"]}, "- failover", "- failing"),
    "rows to none": (
        {"tags": []},
        "tags:  # words\n  - failover  # why\n  # the next one\n  - dns\n",
        "tags: []  # words\n",
    ),
    "rows to text": (
        {"tags": "a"},
        "tags:  # words\n  - failover  # why\n  # the next one\n  - dns\n",
        "tags: a  # words\n",
    ),
    "empty": ({"empty": "now"}, "empty:   # n", "empty: now   # n"),
    "empty to list": ({"empty": ["a"]}, "empty:   # n", "empty: [a]   # n"),
    "tilde": ({"last": "x"}, "last: ~", "last: x"),
    "inner key": ({"links": {"chat": "c", "alert": "b"}}, "chat: a", "chat: c"),
    "inner key added": (
        {"links": {"chat": "a", "alert": "b", "page": "d"}},
        "  alert: b\n",
        "  alert: b\n  page: d\n",
    ),
    "inner key removed": ({"links": {"alert": "b"}}, "  chat: a\n", ""),
    "mapping to text": (
        {"links": "x"},
        "links:\n  chat: a\n  # of the alert\n  alert: b\n",
        "links: x\n",
    ),
    "removed": ({"status": None}, "status:   draft\nsev", "sev"),
    "rows removed": (
        {"tags": None},
        "tags:  # words\n  - failover  # why\n  # the next one\n  - dns\n",
        "",
    ),
    "added": ({"zone": "Europe/Paris"}, "last: ~\n", "last: ~\nzone: Europe/Paris\n"),
    "added list": ({"new": ["a", "b, c"]}, "~\n", '~\nnew: [a, "b, c"]\n'),
    "added mapping": ({"new": {"a": "b"}}, "~\n", "~\nnew: {a: b}\n"),
    "odd key": ({"on": "x"}, "~\n", '~\n"on": x\n'),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("changes, old, new", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_this_replacement(
    changes: dict[str, object], old: str, new: str, newline: str
) -> None:
    """The text differs in this place only, with the newline that it had."""
    assert REPORT.count(old) == 1
    text, wanted = REPORT, REPORT.replace(old, new)

    result = yamls.splice(text.replace("\n", newline), changes)  # type: ignore[arg-type] # each is a value

    assert result == wanted.replace("\n", newline)


def test_several_keys_change_in_one_go() -> None:
    """Neighbours set, added and removed do not disturb one another."""
    text = "---\na: 1\nb: 2\nc: 3\n---\n"
    changes = {"b": None, "bb": "x", "c": "4", "ab": "z"}

    result = yamls.splice(text, changes, order=["a", "ab", "b", "bb", "c"])

    assert result == '---\na: 1\nab: z\nbb: x\nc: "4"\n---\n'


@pytest.mark.parametrize(
    "name, wanted",
    [
        ("b", "---\na: x\nb: z\nc: x\nother: x\n---\n"),
        ("d", "---\na: x\nc: x\nd: z\nother: x\n---\n"),
        ("0", '---\n"0": z\na: x\nc: x\nother: x\n---\n'),
        ("unknown", "---\na: x\nc: x\nother: x\nunknown: z\n---\n"),
    ],
)
def test_a_new_key_has_its_place_in_the_order(name: str, wanted: str) -> None:
    """Behind the nearest before it, else before the nearest after it, else last."""
    text = "---\na: x\nc: x\nother: x\n---\n"

    assert yamls.splice(text, {name: "z"}, order=["0", "a", "b", "c", "d"]) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("# H\n", "---\na: b\n---\n\n# H\n"),
        ("\n# H\n", "---\na: b\n---\n\n# H\n"),
        ("\ufeff# H\r\n", "\ufeff---\r\na: b\r\n---\r\n\r\n# H\r\n"),
        ("", "---\na: b\n---\n"),
        ("---\n---\n# H\n", "---\na: b\n---\n# H\n"),
        ("---\n# why\n---\n", "---\n# why\na: b\n---\n"),
    ],
)
def test_front_matter_is_begun_where_there_is_none(text: str, wanted: str) -> None:
    """A report without any gains it, and keeps its body."""
    assert yamls.splice(text, {"a": "b"}) == wanted


def test_a_list_over_several_lines_stays_so() -> None:
    """A formatter breaks a long flow list; its layout is kept."""
    text = "---\na: [\n    b,\n    'c',\n  ]\nd: e\n---\n"

    result = yamls.splice(text, {"a": ["c", "b", "f, g"]})

    assert result == "---\na: [\n    'c',\n    b,\n    \"f, g\",\n  ]\nd: e\n---\n"


def test_a_long_list_changes_by_one_row() -> None:
    """However often its items repeat."""
    rows = "".join(f"- {'ab'[number % 2]}  # {number}\n" for number in range(300))
    items = ["ab"[number % 2] for number in range(300)]

    result = yamls.splice(f"---\na:\n{rows}---\n", {"a": ["c", *items]})

    assert result == f"---\na:\n- c\n{rows}---\n"


def test_rows_without_indent_stay_so() -> None:
    """`- a` under its key at the same column is YAML too."""
    text = "---\na:\n-   b\nc: d\n---\n"

    assert yamls.splice(text, {"a": ["b", "e"]}) == "---\na:\n-   b\n-   e\nc: d\n---\n"


@pytest.mark.parametrize(
    "changes", [{}, {"status": "draft"}, {"none": None}, {"tags": ("failover", "dns")}]
)
def test_nothing_to_change_is_the_same_text(changes: dict[str, yamls.Value]) -> None:
    """YAML-UNKNOWN: a value that stays equal keeps its bytes, however written."""
    assert yamls.splice(REPORT, changes) == REPORT


@pytest.mark.parametrize(
    "kept", ["word\u00a0", "'word\u3000'", '"\\xA0word"'], ids=ascii
)
def test_white_space_at_an_end_is_kept_as_it_is_spelled(kept: str) -> None:
    """What a person wrote is not quoted, escaped or moved by another key's change."""
    text = f"---\nid: a\nstatus: draft\nours: {kept}\n---\n"

    changed = yamls.splice(text, {"status": "final"})

    assert changed == text.replace("draft", "final")


@pytest.mark.parametrize(
    "text",
    [
        "---\n{a: b, c: d}\n---\n",
        "---\na:\n  -\n    b\n  - c\nd: e\n---\n",
    ],
    ids=["braces", "dash alone"],
)
def test_what_cannot_be_done_by_lines_is_refused(text: str) -> None:
    """Better an editor than a wrong line."""
    with pytest.raises(Refused, match="without touching other lines"):
        yamls.splice(text, {"a": ["c"]}, path="r.md")


def test_front_matter_that_cannot_be_read_is_not_changed() -> None:
    """The problem has its line in the file."""
    with pytest.raises(Problems) as caught:
        yamls.splice("---\na: b\na: c\n---\n", {"a": "d"}, path="r.md")
    assert caught.value.problems[0].line == 3

    with pytest.raises(Problems, match="not closed"):
        yamls.splice("---\na: b\n", {"a": "d"})


names = st.sampled_from(["id", "status", "tags", "on", "owner", "é", "a b", "zone"])
values = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["NO", "a: b", "#", "x # y", "---", "it's", "a\nb", "[x", "2"]),
)
lists = st.lists(values, max_size=5)
layouts = st.sampled_from(["flow", "lines", "rows"])
comments = st.sampled_from(["", "  # why", " # a: b"])


@st.composite
def blocks(draw: st.DrawFn, name: str) -> str:
    """Return the lines of one key, in any of the layouts that people use."""
    key, note = yamls.scalar(name), draw(comments)
    value = draw(st.one_of(values, lists, st.none()))
    if value is None:
        return f"{key}:{note}\n"
    if isinstance(value, str):
        if value.isalnum() and draw(layouts) == "lines":
            return f"{key}: >-{note}\n   {value}\n   more\n"
        return f"{key}:  {yamls.scalar(value)}{note}\n"
    layout = draw(layouts) if value else "flow"
    if layout == "rows":
        dash = draw(st.sampled_from(["- ", "  - ", "    -   "]))
        rows = [f"{dash}{yamls.scalar(item)}{draw(comments)}\n" for item in value]
        return f"{key}:{note}\n" + "".join(rows)
    if layout == "lines":
        rows = [f"    {yamls.flow([item])[1:-1]},\n" for item in value]
        return f"{key}: [\n{''.join(rows)}  ]{note}\n"
    return f"{key}: {yamls.flow(value)}{note}\n"


@st.composite
def fronts(draw: st.DrawFn) -> dict[str, str]:
    """Return front matter as the lines of each key, comments above it included."""
    above = st.sampled_from(["", "# about it\n", "\n", "\n  # here\n"])
    keys = draw(st.lists(names, unique=True, min_size=1))
    return {name: draw(above) + draw(blocks(name)) for name in keys}


@given(st.data(), fronts(), st.one_of(values, lists, st.none()))
def test_other_keys_keep_their_bytes(
    data: st.DataObject, front: dict[str, str], value: str | list[str] | None
) -> None:
    """YAML-UNKNOWN: what stands around a changed key is the same, byte for byte."""
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    name = data.draw(st.sampled_from(sorted(front)))
    texts = [part.replace("\n", newline) for part in front.values()]
    at = list(front).index(name)
    body = f"---{newline}# H{newline}"
    text = f"---{newline}{''.join(texts)}{body}"
    before = yamls.load("".join(texts)).tree()
    assert isinstance(before, dict)

    result = yamls.splice(text, {name: value})

    assert result.startswith(f"---{newline}{''.join(texts[:at])}")
    assert result.endswith(f"{''.join(texts[at + 1 :])}{body}")
    assert result.count("\r") == (result.count("\n") if newline == "\r\n" else 0)
    after = yamls.load(yamls.split(result).front or "").tree()
    wanted = before | {name: value}
    assert after == {
        key: part for key, part in wanted.items() if key != name or value is not None
    }


@given(fronts(), names, values)
def test_an_edit_and_its_undoing_give_the_text_back(
    front: dict[str, str], name: str, value: str
) -> None:
    """A key that is added and removed again leaves no trace."""
    text = f"---\n{''.join(front.values())}---\n# H\n"
    if name in front:
        return

    added = yamls.splice(text, {name: value})

    assert (
        len(added.splitlines(keepends=True)) == len(text.splitlines(keepends=True)) + 1
    )
    assert yamls.splice(added, {name: None}) == text


def test_an_edit_is_quick() -> None:
    """Two reads and a splice."""

    def once() -> float:
        begun = time.perf_counter()
        yamls.splice(REPORT, {"status": "final"})
        return time.perf_counter() - begun

    assert min(once() for _ in range(20)) < 0.005
