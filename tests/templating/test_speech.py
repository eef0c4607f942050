"""Mistakes are told in our words, at the line where they are made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from postmortem import templating
from postmortem.templating import Source, TemplateMistake
from postmortem.templating.grammar import TAGS

if TYPE_CHECKING:
    from tests.templating.conftest import Folder

FRONT = "---\nname: x\nfields:\n  - a\n---\n"

SYNTAX = {
    "two words": ("{{ a b }}", 1, "'}}' is expected, not 'b'"),
    "nothing": ("\n{{ }}", 2, "a value is missing before '}}'"),
    "a sign": ("\n\n{{ a ? b }}", 3, "'?' means nothing here"),
    "brackets": ("{{ (a] }}", 1, "']' closes nothing; ')' is expected"),
    "a bracket": ("{{ a) }}", 1, "')' is not expected here"),
    "a quote": ("{{ 'a }}", 1, '"\'" means nothing here'),
    "open for": (
        "\n{% for a in b %}\n\n",
        2,
        "{% for %} is not closed; 'endfor' or 'else' is missing",
    ),
    "open if in for": (
        "{% for a in b %}\n{% if a %}\n{% endfor %}",
        3,
        "{% endfor %} is not expected here; 'elif' or 'else' or 'endif' is",
    ),
    "open block": (
        "x\n{% block a %}\n",
        2,
        "{% block %} is not closed; 'endblock' is missing",
    ),
    "closes nothing": ("\n{% endif %}", 2, "{% endif %} closes nothing"),
    "unknown tag": ("\n{% fro a in b %}", 2, "there is no tag {% fro %}"),
    "open comment": ("\n{# a", 2, "{# is not closed; #} is missing"),
    "open raw": ("\n{% raw %} a", 2, "{% raw %} is not closed"),
    "open tag": ("\n{% set a = ", 2, "the template ends inside a tag"),
    "no tag": ("{% %}", 1, "this cannot be read: tag name expected"),
    "filter": ("\n{{ a|uper }}", 2, "there is no filter 'uper'"),
    "filter block": (
        "\n{% filter uper %}{% endfilter %}",
        2,
        "there is no filter 'uper'",
    ),
    "test": ("\n{{ a is od }}", 2, "there is no test 'od'"),
    "blocks": (
        "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
        2,
        "there are two blocks 'a'",
    ),
    "include": ("\n{% include a %}", 2, "the tag does not name its file"),
    "escaping": (
        "\n{% autoescape false %}{% endautoescape %}",
        2,
        "this cannot be read: a template does not switch escaping on or off",
    ),
    "a long number": ("\n{{ " + "9" * 5000 + " }}", 2, "a number is too long"),
    "deep brackets": ("\n{{ " + "(" * 3000 + " }}", 2, "this is nested too deep"),
    "deep sums": ("\n{{ a" + "+a" * 3000 + " }}", 2, "this is nested too deep"),
    "deep tags": (
        "{% if a %}" * 300 + "{% endif %}" * 300,
        1,
        "this is nested too deep",
    ),
    "deep loops": (
        "{% for a in b %}" * 25 + "{% endfor %}" * 25,
        None,
        "this is nested too deep",
    ),
}


@pytest.mark.parametrize("front", ["", FRONT], ids=["alone", "behind front matter"])
@pytest.mark.parametrize("text, line, message", SYNTAX.values(), ids=SYNTAX.keys())
def test_what_cannot_be_read(
    folder: Folder, text: str, line: int | None, message: str, front: str
) -> None:
    """One sentence, and the line of the file as the editor counts it."""
    said, at = folder.mistake(front + text)

    assert said == message
    assert at == (line and line + front.count("\n"))


RUNNING = {
    "a name": ("\n{{ titel }}", 2, "nothing is called 'titel' here", "title"),
    "two names": (
        "\n{{ titell }}{{ titel }}",
        2,
        "nothing is called 'titell' here",
        "title",
    ),
    "a part": ("\n\n{{ row.txt }}", 3, "a dict has no 'txt'", "text"),
    "a key": ("{{ row['txt'] }}", 1, "a dict has no 'txt'", "text"),
    "a part of nothing": (
        "{{ nothing.text }}",
        1,
        "a value that is not known yet has no 'text'",
        None,
    ),
    "a part of a text": ("{{ title.text }}", 1, "a text has no 'text'", None),
    "a place": ("{{ rows[9] }}", 1, "a list has no item 9", None),
    "in a loop": (
        "{% for row in rows %}\n{{ row.text }}\n{{ rwo }}\n{% endfor %}",
        3,
        "nothing is called 'rwo' here",
        "row",
    ),
    "in a macro": (
        "{% macro m(word) %}\n{{ wrod }}\n{% endmacro %}\n{{ m(1) }}",
        2,
        "nothing is called 'wrod' here",
        "word",
    ),
    "in a condition": (
        "\n{% if titel %}{% endif %}",
        2,
        "nothing is called 'titel' here",
        "title",
    ),
    "in a filter": (
        "\n{{ titel|upper }}",
        2,
        "nothing is called 'titel' here",
        "title",
    ),
    "as a loop": (
        "\n{% for a in row_s %}{% endfor %}",
        2,
        "nothing is called 'row_s' here",
        "rows",
    ),
    "called": ("\n{{ rang(3) }}", 2, "nothing is called 'rang' here", "range"),
    "a function": ("\n{{ titles() }}", 2, "nothing is called 'titles' here", "title"),
    "an argument": (
        "{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m() }}",
        1,
        "parameter 'a' was not provided",
        None,
    ),
    "no parent": (
        "{% block a %}\n{{ super() }}{% endblock %}",
        2,
        "there is no parent block called 'a'",
        None,
    ),
    "a sum": (
        "\n{{ 1 + 'a' }}",
        2,
        "this cannot be worked out: unsupported operand type(s) for +: 'int' and 'str'",
        None,
    ),
    "a division": (
        "\n{{ 1 / 0 }}",
        2,
        "this cannot be worked out: division by zero",
        None,
    ),
    "arguments": (
        "\n{{ range() }}",
        2,
        "this cannot be worked out: range expected at least 1 argument, got 0",
        None,
    ),
    "a call": ("\n{{ title() }}", 2, "this is not allowed here", None),
    "not allowed": (
        "\n{{ title.format(1) }}",
        2,
        "'format' of a text is not allowed here",
        None,
    ),
    "without end": (
        "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}",
        2,
        "the template calls itself, or lists hold lists, without end",
        None,
    ),
    "twice a child": (
        "{% extends 'base' %}\n{% extends 'base' %}",
        2,
        "this cannot be read: a template extends one file at most",
        None,
    ),
    "an unknown filter by name": (
        "\n{{ rows|map('uper')|list }}",
        2,
        "no filter named 'uper'",
        None,
    ),
}


@pytest.mark.parametrize("front", ["", FRONT], ids=["alone", "behind front matter"])
@pytest.mark.parametrize(
    "text, line, message, right", RUNNING.values(), ids=RUNNING.keys()
)
def test_what_cannot_be_rendered(
    folder: Folder, text: str, line: int, message: str, right: str | None, front: str
) -> None:
    """A typo names the nearest right word; the line is that of the innermost code."""
    folder.write("base", "")
    context: dict[str, Any] = {
        "title": "a",
        "rows": [{"text": "b"}],
        "row": {"text": "c"},
        "nothing": None,
    }

    with pytest.raises(TemplateMistake) as caught:
        folder.render(front + text, **context)

    said = caught.value.problem
    assert (said.message, said.path) == (message, str(folder.path / "t.md.j2"))
    assert said.line == line + front.count("\n")
    if right or message.startswith("nothing is called"):
        assert said.hint == f"did you mean {right!r}?"


FILES = {
    "in a parent": (
        {"base": FRONT + "\n{{ titel }}", "t": "{% extends 'base' %}"},
        ("base", 7),
    ),
    "in a block of the child": (
        {
            "base": "{% block a %}{% endblock %}",
            "t": FRONT + "{% extends 'base' %}{% block a %}\n{{ titel }}{% endblock %}",
        },
        ("t", 7),
    ),
    "in a block of the parent": (
        {
            "base": "\n{% block a %}\n{{ titel }}{% endblock %}",
            "t": "{% extends 'base' %}{% block a %}\n{{ super() }}{% endblock %}",
        },
        ("base", 3),
    ),
    "in an include": (
        {"part": FRONT + "{{ titel }}", "t": "\n{% include 'part' %}"},
        ("part", 6),
    ),
    "in an include of an include": (
        {"b": "\n{{ titel }}", "a": "{% include 'b' %}", "t": "{% include 'a' %}"},
        ("b", 2),
    ),
    "in a macro of another file": (
        {
            "m": FRONT + "{% macro m() %}\n{{ titel }}{% endmacro %}",
            "t": "{% import 'm' as m %}\n{{ m.m() }}",
        },
        ("m", 7),
    ),
    "a name that is not in a file": (
        {"m": "", "t": "\n{% from 'm' import titel %}{{ titel }}"},
        ("t", 2),
    ),
    "the syntax of an include": (
        {"part": FRONT + "\n{{ a b }}", "t": "{% include 'part' %}"},
        ("part", 7),
    ),
    "a file that is not there": (
        {"part": FRONT + "{% include 'gone' %}", "t": "{% include 'part' %}"},
        ("part", 6),
    ),
    "none of several": (
        {"t": "\n{% include ['gone', 'lost'] %}"},
        ("t", 2),
    ),
    "itself": ({"t": "\n{% include 't' %}"}, ("t", 2)),
}


@pytest.mark.parametrize("files, place", FILES.values(), ids=FILES.keys())
def test_the_place_is_in_the_file_where_it_is(
    folder: Folder, files: dict[str, str], place: tuple[str, int]
) -> None:
    """Behind front matter, in parents, parts and macros alike."""
    for name, text in files.items():
        folder.write(name, text)
    engine = templating.environment(folder.sources)

    with pytest.raises(TemplateMistake) as caught:
        templating.render(engine, "t", {"title": "a"})

    said = caught.value.problem
    assert (said.path, said.line) == (str(folder.path / place[0]), place[1])


@pytest.mark.parametrize("tag", ["include", "extends", "import"])
def test_a_link_that_leaves_is_told_where_it_is(folder: Folder, tag: str) -> None:
    """SEC-TPL-LINK: rendering reads no more than looking for the chain does."""
    outside = folder.path.parent / "secret"
    outside.write_text("secret")
    (folder.path / "x").symlink_to(outside)
    more = " as x" if tag == "import" else ""

    folder.write("t.md.j2", f"{{% {tag} 'x'{more} %}}")
    engine = templating.environment(folder.sources)
    with pytest.raises(TemplateMistake) as caught:
        templating.render(engine, "t.md.j2", {})

    assert caught.value.problem.message == "the template is outside the template folder"
    assert caught.value.problem.path == str(folder.path / "x")


def test_a_mistake_of_our_own_functions_gets_its_place(folder: Folder) -> None:
    """What we give to templates need not know where it is called."""

    def field(name: str) -> str:
        message = f"there is no field {name!r}"
        raise TemplateMistake(message, hint="declare it")

    folder.write("t", "\n\n{{ field('a') }}")
    engine = templating.environment(folder.sources, globals={"field": field})
    with pytest.raises(TemplateMistake) as caught:
        templating.render(engine, "t", {})

    said = caught.value.problem
    assert (said.path, said.line, said.hint) == (
        str(folder.path / "t"),
        3,
        "declare it",
    )


def test_too_little_memory_is_a_mistake(folder: Folder) -> None:
    """Whatever was being made when there was no more."""

    def large() -> str:
        raise MemoryError

    folder.write("t", "\n{{ large() }}")
    engine = templating.environment(folder.sources, globals={"large": large})

    with pytest.raises(TemplateMistake, match="t:2: the template takes too"):
        templating.render(engine, "t", {})


def test_a_tree_that_is_too_deep_for_jinja_is_a_mistake(folder: Folder) -> None:
    """Even where it was made by those who change it."""

    def deeper(tree: nodes.Template, name: str) -> nodes.Template:
        expression: nodes.Expr = nodes.Const(1)
        for _ in range(2000):
            expression = nodes.Not(expression)
        return nodes.Template([nodes.Output([expression])])

    folder.write("t", "")
    engine = templating.environment(folder.sources, transform=deeper)

    with pytest.raises(TemplateMistake, match="this is nested too deep"):
        templating.load(engine, "t")


@pytest.mark.parametrize(
    "text", ["{{ a|_ours }}", "{{ a is _ours }}", "{{ [a]|map('_ours')|list }}"]
)
def test_words_with_an_underscore_are_for_the_tree(folder: Folder, text: str) -> None:
    """A template cannot use what is put into its tree."""

    def ours(tree: nodes.Template, name: str) -> nodes.Template:
        for output in tree.find_all(nodes.Output):
            first = output.nodes[0]
            output.nodes[0] = nodes.Filter(first, "_ours", [], [], None, None)
        return tree

    folder.write("theirs", text)
    folder.write("t", "{{ a }}")
    engine = templating.environment(
        folder.sources,
        filters={"_ours": lambda value: f"<{value}>"},
        tests={"_ours": bool},
        transform=ours,
    )

    assert templating.render(engine, "t", {"a": "x"}) == "<x>"
    with pytest.raises(TemplateMistake, match=r"(?i)no filter|no test"):
        templating.render(engine, "theirs", {"a": "x"})


def test_a_bug_of_ours_stays_one(folder: Folder) -> None:
    """What no template asked for is not blamed on one."""

    def broken(tree: nodes.Template, name: str) -> nodes.Template:
        message = f"{name}: not the template's fault"
        raise KeyError(message)

    folder.write("t", "")
    engine = templating.environment(folder.sources, transform=broken)

    with pytest.raises(KeyError):
        templating.load(engine, "t")


def test_every_parsed_file_is_transformed(folder: Folder) -> None:
    """The caller sees each file of a chain once, by its name, and may change it."""
    seen = []

    def shout(tree: nodes.Template, name: str) -> nodes.Template:
        seen.append(name)
        for data in tree.find_all(nodes.TemplateData):
            data.data = data.data.upper()
        return tree

    folder.write("base", FRONT + "a{% block b %}b{% endblock %}{% include 'part' %}")
    folder.write("part", "c")
    folder.write("t", "{% extends 'base' %}{% block b %}d{{ 'e' }}{% endblock %}")
    engine = templating.environment(folder.sources, transform=shout)

    assert templating.render(engine, "t", {}) == "ADeC"
    assert templating.render(engine, "t", {}) == "ADeC"
    assert seen == ["t", "base", "part"]


def test_white_space_is_that_of_the_layout(folder: Folder) -> None:
    """A tag alone on its line leaves no line; the last line end is kept."""
    text = FRONT + "a\n  {% for x in [1, 2] %}\n- {{ x }}\n  {% endfor %}\nb\n"

    assert folder.render(text) == "a\n- 1\n- 2\nb\n"


def test_what_we_add_is_there(folder: Folder) -> None:
    """Filters, tests, functions and the way to write are the caller's to give."""
    folder.write("t", "{{ a|twice }}{{ a is short }}{{ two() }}{{ made() }}{{ none }}")
    engine = templating.environment(
        folder.sources,
        filters={"twice": lambda text: text * 2},
        tests={"short": lambda text: len(text) < 3},
        globals={"two": lambda: 2, "made": "a".upper},
        finalize=lambda value: "?" if value is None else value,
    )

    assert templating.render(engine, "t", {"a": "x"}) == "xxTrue2A?"


def test_a_template_that_is_not_there_is_named(folder: Folder) -> None:
    """With the nearest that is."""
    folder.write("default.md.j2", "")
    engine = templating.environment(folder.sources)

    with pytest.raises(TemplateMistake) as caught:
        templating.load(engine, "defualt.md.j2")

    assert caught.value.problem.hint == "did you mean 'default.md.j2'?"


def test_every_tag_of_jinja_is_known() -> None:
    """The nearest right tag is looked for among all that there are."""
    theirs = {*jinja2.parser._statement_keywords} - {"print", "autoescape"}

    assert theirs <= {*TAGS}


PIECES = st.sampled_from(
    (
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{%-",
            "-%}",
            " ",
            "\n",
            "a",
            "b.c",
            "'d'",
        ),
        *("1", "0", "-", "+", "*", "**", "/", "//", "%", "~", "|", "(", ")", "[", "]"),
        *("{", "}", ",", ":", ".", "=", "==", "<", " is ", " in ", " not ", " and "),
        *(" if ", " else ", "for ", "endfor", "endif", "set ", "endset", "block e"),
        *("endblock", "macro m()", "endmacro", "call ", "endcall", "include 't'"),
        *(
            "join",
            "list",
            "map",
            "sort",
            "format",
            "upper",
            "loop",
            "self",
            "m",
            "super()",
        ),
        *("range", "namespace", "none", "true", "tojson", "sum", "round", "___class__"),
        *("{{ a }}", "{% if a %}", "{% endif %}", "{% for x in b %}", "{% endfor %}"),
    )
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_makes_anything_but_text_or_a_mistake(text: str) -> None:
    """Whatever stands in a template, no error of Jinja or Python comes out of it."""
    engine = templating.environment(())
    engine.loader = jinja2.DictLoader({"t": text})
    context = {"a": "x", "b": [1, "y"], "c": {"d": None}}

    try:
        made = templating.render(engine, "t", context)
    except TemplateMistake:
        return

    assert isinstance(made, str)


def test_places_are_as_the_folder_was_given(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative folder stays relative in what is said."""
    folder.write("t", "{{ a b }}")
    monkeypatch.chdir(folder.path.parent)
    engine = templating.environment((Source(Path("templates"), trusted=True),))

    with pytest.raises(TemplateMistake) as caught:
        templating.load(engine, "t")

    assert caught.value.problem.path == "templates/t"
