"""What guarded YAML reads, what it refuses and where it says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postmortem import yamls
from postmortem.errors import Problem, Problems
from postmortem.yamls import reading

BAD = {
    "tab": ("a:\n\tb: c", 2, 1),
    "two colons": ("title: db: down", 1, 10),
    "open quote": ('a: "b\nc: d', 2, 5),
    "open bracket": ("a: [b\nc: d", 2, 2),
    "no key": ("a: b\nhello\n", 3, 1),
    "columns": ("a: b\n  c: d", 2, 4),
    "twice": ("a: 1\nb: 2\na: 3", 3, 1),
    "twice, deep": ("x:\n  a: 1\n  'a': 3", 3, 3),
    "anchor": ("a: &x b", 1, 4),
    "alias": ("a: *x", 1, 4),
    "tag": ("a: !!int x", 1, 4),
    "own tag": ("a: ! x", 1, 4),
    "merge": ("a: b\n<<: {c: d}", 2, 1),
    "list as key": ("? [a]\n: b", 1, 3),
    "key in a list": ("a: [? b (from F1)]", 1, 5),
    "no key text": ("~: b", 1, 1),
    "a list": ("- a\n- b", 1, 1),
    "a text": ("hello", 1, 1),
    "two documents": ("a: b\n---\nc: d", 2, 1),
    "escape": ("a: \x1b[2J", 1, 4),
    "null": ("a: b\nc: \0", 2, 4),
    "surrogate": ("a: \ud800", 1, 4),
    "inner byte order mark": ("a: b\ufeff", 1, 5),
    "deep": ("a: " + "[" * 3000, 1, 53),
    "deep enough to kill": ("[" * 60000, 1, 51),
    "deep block": ("".join(f"{' ' * n}a:\n" for n in range(60)), 51, 51),
    "directive": ("%YAML 3.0\n---\na: b", 1, 1),
}

pieces = st.sampled_from(
    [
        *"abAB01-:?,[]{}#&*!|>'\"%@`~<= \n\t\r.\\",
        *("\r\n", ": ", "- ", "  ", "\n  ", "\n- ", "---\n", "...\n", "<<: ", "a: "),
        *("\ufeff", "\x85", "\u2028", "\0", "\x1b", "\ud800", "😀", "|\n  ", "null"),
        *("&a ", "*a", "!!int ", "%YAML 1.1\n", "? ", "'b'", '"\\x41"', "[b, c]"),
    ]
)
yamlish = st.lists(pieces, max_size=40).map("".join)
anything = st.one_of(
    yamlish,
    st.text(),
    st.text(st.characters(categories=("Cs", "Cc", "Po", "Nd", "Ll"))),
    st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")),
)
trees = st.recursive(
    st.text(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(autouse=True, params=["CBaseLoader", "BaseLoader"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything here is so with libyaml and without it."""
    monkeypatch.setattr(reading, "_LOADER", getattr(yaml, request.param))


def test_every_scalar_is_the_text_that_stands_there() -> None:
    """YAML-TYPES: no type is guessed; only an empty value, ~ and null are None."""
    text = (
        "country: NO\nat: 12:30\nversion: 1.10\nport: 010\non: 1e3\nday: 2026-11-20\n"
        "feb: 2026-02-31\nis: =\nempty:\ntilde: ~\nnil: null\nquoted: ''\n"
        "word: 'null'\nlist: [1, ~, '']\nmap:\n  a: +99:99\n"
    )

    assert yamls.load(text).tree() == {
        "country": "NO",
        "at": "12:30",
        "version": "1.10",
        "port": "010",
        "on": "1e3",
        "day": "2026-11-20",
        "feb": "2026-02-31",
        "is": "=",
        "empty": None,
        "tilde": None,
        "nil": None,
        "quoted": "",
        "word": "null",
        "list": ["1", None, ""],
        "map": {"a": "+99:99"},
    }


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "\ufeff", "---\n..."])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    """Front matter without a key is no mistake."""
    if text.startswith("---"):
        with pytest.raises(Problems, match="not a list of keys"):
            yamls.load(text)
    else:
        assert yamls.load(text).tree() == {}


@pytest.mark.parametrize("text, line, column", BAD.values(), ids=BAD.keys())
def test_a_mistake_has_its_place(text: str, line: int, column: int) -> None:
    """YAML-ERR: path, line and column point at what is to be mended."""
    with pytest.raises(Problems) as caught:
        yamls.load(text, "r.md", 2)

    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.column) == ("r.md", line + 1, column)


def test_every_mistake_is_told_at_once() -> None:
    """Collected in the order in which they stand, each with what to do."""
    with pytest.raises(Problems) as caught:
        yamls.load("a: 1\na: 2\nb: *x\nc: &d e\n<<: {}\nf: !x 3\n", "r.md", 2)

    assert str(caught.value) == (
        "r.md:3:1: the key 'a' stands here and on line 2\n  Keep one of the two.\n"
        "r.md:4:4: an alias (*x) is not read\n"
        "  Write the value out, or put a text that starts with * in quotes.\n"
        "r.md:5:4: an anchor (&d) is not read\n"
        "  Remove it, or put a text that starts with & in quotes.\n"
        "r.md:6:1: a merge key (<<) is not read\n  Write it out.\n"
        "r.md:7:4: a tag (!x) is not read; every value is text\n"
        "  Remove it, or put a text that starts with ! in quotes."
    )


@given(anything)
def test_any_text_is_read_or_refused_with_problems(text: str) -> None:
    """YAML-ERR: there is no third way; every problem has a line of the text."""
    found: tuple[Problem, ...] = ()
    try:
        yamls.load(text, "r.md")
    except Problems as error:
        found = error.problems

    rows = text.count("\n") + text.count("\r") + 1
    assert all(1 <= (problem.line or 0) <= rows for problem in found)


@given(yamlish)
def test_what_is_read_is_what_yaml_says(text: str) -> None:
    """The tree is that of PyYAML's own loader of texts, but for None."""
    try:
        node = yamls.load(text)
    except Problems:
        return

    plain = yaml.load(text.removeprefix("\ufeff"), Loader=reading._LOADER)  # noqa: S506
    assert _as_text(node.tree()) == _as_text({} if plain in (None, "") else plain)


@given(
    st.dictionaries(st.text(), trees),
    st.sampled_from([True, None]),
    st.sampled_from([20, 80, 999]),
)
def test_marks_enclose_the_value(
    tree: dict[str, yamls.Tree], flow: Any, width: int
) -> None:
    """What stands between start and end reads as the value, wherever it stands."""
    text = yaml.dump(tree, default_flow_style=flow, width=width)
    top = yamls.load(text)

    assert top.tree() == tree
    for node in _every(top):
        raw = text[node.start : node.end]
        if node.style != "block" and not (node.style == "plain" and "\n" in raw):
            assert raw == raw.strip()
            assert yaml.load(raw, Loader=yaml.BaseLoader) == node.tree()  # noqa: S506


def test_marks_leave_out_comments_and_blank_lines() -> None:
    """A block ends with its last value, not where the next key begins."""
    text = "a:\n  - b  # why\n  # more\n\nc: |\n  d\n\n# end\ne:  # none\n"
    entries = yamls.load(text).entries

    assert text[entries["a"].start : entries["a"].end] == "- b"
    assert text[entries["c"].start : entries["c"].end] == "|\n  d"
    assert text[: entries["e"].start].endswith("e:")
    assert [node.line for node in entries.values()] == [2, 5, 9]
    assert [node.key.line for node in entries.values() if node.key] == [1, 5, 9]


def test_lines_are_those_of_an_editor() -> None:
    """CRLF is one line break, and a line separator inside a text is none."""
    text = '\ufeffa: "x\u2028y"\r\nb: 😀\r\nc: 😀 d\r\n'
    entries = yamls.load(text, "r.md", 2).entries

    assert entries["c"].line == 4
    assert text[entries["c"].start : entries["c"].end] == "😀 d"


def test_a_large_text_is_refused_by_its_size() -> None:
    """YAML-BOMB: 64 KB of front matter, 1 MB of answers; counted in bytes."""
    text = "a: " + "é" * 33000

    with pytest.raises(Problems, match="more than the 65536"):
        yamls.load(text)
    assert yamls.load(text, limit=yamls.ANSWERS_LIMIT).entries["a"].end == len(text)


BOMBS = {
    "keys": "".join(f"k{n}: v\n" for n in range(50_000)),
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(20_000)),
    "laughs": "a0: &a0 [lol]\n"
    + "".join(f"a{n + 1}: &a{n + 1} [{f'*a{n}, ' * 9}]\n" for n in range(9)),
    "merges": "a0: &a0 {k: v}\n"
    + "".join(f"a{n + 1}: &a{n + 1} {{<<: [{f'*a{n}, ' * 9}]}}\n" for n in range(9)),
    "one text": "a: '" + "x" * 1_000_000 + "'",
    "one long text": "a: '" + "x" * 5_000_000 + "'",
    "items": "a: [" + "{b: c}, " * 100_000 + "]",
    "question marks": "? " * 100_000,
    "dashes": "- " * 100_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_soon(text: str, request: pytest.FixtureRequest) -> None:
    """YAML-BOMB: read or refused within two seconds by libyaml."""
    if "-BaseLoader" in request.node.name or "[BaseLoader" in request.node.name:
        pytest.skip("the fallback is slow, and bounded by size all the same")
    begun = time.process_time()

    with suppress(Problems):
        yamls.load(text, limit=yamls.ANSWERS_LIMIT)

    assert time.process_time() - begun < 2


def test_more_values_than_anybody_writes_are_refused() -> None:
    """YAML-BOMB: whatever their size; what is just not too many is read."""
    if reading._LOADER is yaml.BaseLoader:
        pytest.skip("the fallback is slow, and bounded by size all the same")
    items = reading.MOST - 3  # beside the mapping, its key, and the list
    fitting = "a:\n" + "- b\n" * items

    read = yamls.load(fitting, limit=yamls.ANSWERS_LIMIT)

    assert len(read.entries["a"].items) == items
    with pytest.raises(Problems, match="more than 150000 keys and values"):
        yamls.load(f"{fitting}- b\n", limit=yamls.ANSWERS_LIMIT)


def test_a_bomb_takes_little_memory() -> None:
    """YAML-BOMB: those that nest, one after the other, in a process of its own."""
    if reading._LOADER is yaml.BaseLoader:
        pytest.skip("the fallback is slow, and bounded by size all the same")
    code = """
import json, resource, sys
from postmortem import yamls
from postmortem.errors import Problems
bombs = json.load(sys.stdin)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for text in bombs:
    try:
        yamls.load(text, limit=yamls.ANSWERS_LIMIT)
    except Problems as problems:
        assert problems.problems
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    bombs = [BOMBS[name] for name in ("laughs", "merges", "aliases", "question marks")]

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(bombs),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 200 * 1024 * 1024


def test_usual_front_matter_is_read_in_well_under_a_millisecond() -> None:
    """A list of two thousand reports has to read two thousand of them."""
    if reading._LOADER is yaml.BaseLoader:
        pytest.skip("the fallback is slow")
    front = "".join(f"key{n}: 2025-05-24T13:05Z and\n" for n in range(18))
    front += "tags: [a, b, c]\n"
    assert len(front) > 520

    def once() -> float:
        begun = time.perf_counter()
        yamls.load(front)
        return time.perf_counter() - begun

    assert min(once() for _ in range(50)) < 0.001


def _every(node: yamls.Node) -> list[yamls.Node]:
    inner = (*node.items, *node.entries.values())
    return [node, *(found for part in inner for found in _every(part))]


def _as_text(tree: object) -> object:
    if isinstance(tree, dict):
        return {name: _as_text(part) for name, part in tree.items()}
    if isinstance(tree, list):
        return [_as_text(part) for part in tree]
    return "" if tree in (None, "~", "null", "Null", "NULL") else tree
