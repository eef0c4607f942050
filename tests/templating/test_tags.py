"""Tags are where Jinja sees them."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from postmortem.templating import references
from postmortem.templating.naming import Reference
from postmortem.templating.tags import Tag, tags

PIECES = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "{{-", "-}}", "{%-", "-%}", "{%+", "-#}"),
    *(" raw ", " endraw ", " include ", " extends ", " from ", " import ", " as m"),
    *("'a'", '"b"', "'", '"', "'\\''", "'}}'", "'%}'", "'{#'", "\\", "['a', 'b']"),
    *("(", ")", "[", "]", "{", "}", "x", " ", "\n", ", ", "~", "|e", " import y"),
    *(" ignore missing", " without context", "{% include 'c' %}", "{{ {1: {}} }}"),
    *("{% raw %}", "{% endraw %}", "{% include ['d', 'e'] %}", " if ", "%", "-"),
)
JINJA = jinja2.Environment(optimized=False)  # noqa: S701 - it only parses
NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_references_are_those_of_jinja(text: str) -> None:
    """Whatever Jinja can read, it reads the same files out of it as we do."""
    try:
        tree = JINJA.parse(text)
    except (jinja2.TemplateSyntaxError, ValueError):
        return
    seen = [(one.line, one.names) for one in references(text)]

    meant = [(node.lineno, named(node)) for node in tree.find_all(NAMING)]

    assert sorted(seen) == sorted(meant)


def named(node: nodes.Node) -> tuple[str, ...]:
    """Return the files that Jinja's node names, () unless all are written out."""
    template = next(iter(node.iter_fields(only=("template",))))[1]
    try:
        value = template.as_const()
    except nodes.Impossible:
        return ()
    if isinstance(template, (nodes.Const, nodes.List, nodes.Tuple)):
        values = (value,) if isinstance(value, str) else tuple(value)
        return values if all(isinstance(one, str) for one in values) else ()
    return ()


CASES = {
    "extends": ("{% extends 'a' %}", Reference(tag="extends", names=("a",), line=1)),
    "include": (
        '\n{%- include "a" -%}',
        Reference(tag="include", names=("a",), line=2),
    ),
    "optional": (
        "{% include 'a' ignore missing with context %}",
        Reference(tag="include", names=("a",), line=1, optional=True),
    ),
    "many": (
        "{% include ['a', \"b\",] %}",
        Reference(tag="include", names=("a", "b"), line=1),
    ),
    "import": ("{% import 'a' as b %}", Reference(tag="import", names=("a",), line=1)),
    "from": ("{% from 'a' import b %}", Reference(tag="from", names=("a",), line=1)),
    "escape": (r"{% include '\x61' %}", Reference(tag="include", names=("a",), line=1)),
    "over lines": (
        "{%\n\ninclude 'a'\n%}",
        Reference(tag="include", names=("a",), line=3),
    ),
    "a name": ("{% include a %}", Reference(tag="include", names=(), line=1)),
    "a sum": ("{% include 'a' ~ b %}", Reference(tag="include", names=(), line=1)),
    "a choice": (
        "{% extends 'a' if b else 'c' %}",
        Reference(tag="extends", names=(), line=1),
    ),
    "half a list": (
        "{% include ['a', b] %}",
        Reference(tag="include", names=(), line=1),
    ),
}


@pytest.mark.parametrize("text, reference", CASES.values(), ids=CASES.keys())
def test_a_tag_names_its_files(text: str, reference: Reference) -> None:
    """A name that is not written out is no name."""
    assert list(references(text)) == [reference]


@pytest.mark.parametrize(
    "text",
    [
        "{# {% include 'a' %} #}",
        "{% raw %}{% include 'a' %}{% endraw %}",
        "{{ \"{% include 'a' %}\" }}",
        "{{ {'a': {'b': {}}, 'c': \"{% include 'a' %}\"} }}",
        "{% set x = \"{% include 'a' %}\" %}",
        "---\na: \"{% include 'a' %}\"\n---\n",
        "{% includes 'a' %}",
        "{{ include('a') }}",
    ],
)
def test_what_only_looks_like_a_tag_is_none(text: str) -> None:
    """Comments, raw text, strings and front matter name nothing."""
    assert [one.names for one in references(text + "{% include 'z' %}")] == [("z",)]


@pytest.mark.parametrize(
    "text",
    ["{{ '", "{% include 'a", "{# x", "{% raw %} x", "{{ ) }}", "{{ %} }}", "{{ (%}"],
)
def test_where_jinja_cannot_read_there_are_no_more_tags(text: str) -> None:
    """Whoever parses the text says what is wrong with it."""
    assert list(references(text + "{% include 'b' %}")) == []


def test_a_tag_has_its_place() -> None:
    """From the first brace to behind the last."""
    text = "a {{ b }} {# c #}{% raw %}{{ d }}{% endraw %}"

    assert [text[tag.start : tag.end] for tag in tags(text)] == [
        "{{ b }}",
        "{# c #}",
        "{% raw %}",
    ]
    assert next(tags(text)) == Tag("{{", 2, 9)
