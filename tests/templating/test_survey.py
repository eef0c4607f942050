"""Every mistake that can be seen is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortem import templating
from postmortem.errors import Untrusted
from postmortem.templating import Source, Worker

if TYPE_CHECKING:
    from tests.templating.conftest import Folder


def told(folder: Folder) -> list[tuple[str, int | None, str]]:
    """Return file, line and message of every mistake of the template `t`."""
    problems = templating.mistakes("t", folder.sources)
    return [
        ((one.path or "").rpartition("/")[2], one.line, one.message) for one in problems
    ]


def test_a_good_template_has_none(folder: Folder) -> None:
    """Names are not looked at: only whoever gives the context knows them."""
    folder.write("t", "---\na: b\n---\n{% extends 'base' %}{{ unknown|upper }}")
    folder.write("base", "{% include 'part' %}{% include 'gone' ignore missing %}")
    folder.write("part", "{% from 'words' import w %}{{ w() }}")
    folder.write("words", "{% macro w() %}{% endmacro %}")

    assert told(folder) == []


def test_all_mistakes_of_all_files_are_told(folder: Folder) -> None:
    """File by file, those that are needed first, in the order of their lines."""
    folder.write(
        "t",
        "---\na: b\n---\n{% extends 'base' %}\n{{ a b }}\n{{ a|uper }}\n"
        "{% include 'gone' %}\n{{ c d }}\n{% include x %}\n",
    )
    folder.write("base", "\n{{ a|uper }}{{ a is od }}\n{% include '../x' %}")

    assert told(folder) == [
        ("base", 2, "there is no filter 'uper'"),
        ("base", 2, "there is no test 'od'"),
        ("base", 3, "'../x' is not the name of a template"),
        ("t", 5, "'}}' is expected, not 'b'"),
        ("t", 7, "there is no template 'gone'"),
        ("t", 8, "'}}' is expected, not 'd'"),
        ("t", 9, "the tag does not name its file"),
    ]


def test_the_nearest_right_word_is_named(folder: Folder) -> None:
    """For files, filters and tests alike."""
    folder.write("t", "{% include 'prat' %}{{ a|uper }}{{ a is od }}")
    folder.write("part", "")

    problems = templating.mistakes("t", folder.sources)

    assert [one.hint for one in problems] == [
        "did you mean 'part'?",
        "did you mean 'upper'?",
        "did you mean 'odd'?",
    ]


def test_what_we_add_is_known(folder: Folder) -> None:
    """Filters and tests of the caller are no mistakes."""
    folder.write("t", "{{ a|ours }}{{ a is mine }}{{ a|theirs }}")

    problems = templating.mistakes(
        "t", folder.sources, filters=("ours",), tests=("mine",)
    )

    assert [one.message for one in problems] == ["there is no filter 'theirs'"]


OTHERS = {
    "itself": (
        {"t": "\n{% include 't' %}"},
        [("t", 2, "the template needs itself: t -> t")],
    ),
    "only when compiled": (
        {"t": "{% block a %}{% endblock %}\n{% block a %}{% endblock %}"},
        [("t", 2, "there are two blocks 'a'")],
    ),
    "too deep to compile": (
        {"t": "{% for a in b %}" * 25 + "{% endfor %}" * 25},
        [("t", None, "this is nested too deep")],
    ),
    "too deep to read": (
        {"t": "{{ a b }}\n{{ " + "(" * 3000},
        [("t", 1, "'}}' is expected, not 'b'"), ("t", 2, "this is nested too deep")],
    ),
    "a parent that cannot be read": (
        {"t": "{% extends 'base' %}", "base": "\n{% if %}"},
        [("base", 2, "a value is missing before '%}'")],
    ),
    "a block that is open": (
        {"t": "{{ a b }}\n{% if c %}"},
        [
            ("t", 1, "'}}' is expected, not 'b'"),
            ("t", 2, "{% if %} is not closed; 'elif' or 'else' or 'endif' is missing"),
        ],
    ),
    "over lines": (
        {"t": "{{ a\n  b\n  c }}\n{{ d e }}"},
        [
            ("t", 2, "'}}' is expected, not 'b'"),
            ("t", 4, "'}}' is expected, not 'e'"),
        ],
    ),
}


@pytest.mark.parametrize("files, expected", OTHERS.values(), ids=OTHERS.keys())
def test_other_mistakes(
    folder: Folder,
    files: dict[str, str],
    expected: list[tuple[str, int | None, str]],
) -> None:
    """Each with its file and line where it has one."""
    for name, text in files.items():
        folder.write(name, text)

    assert told(folder) == expected


def test_a_template_that_is_not_there_is_said_so(folder: Folder) -> None:
    """There is no file whose mistakes could be listed."""
    with pytest.raises(templating.TemplateMistake, match="there is no template 't'"):
        templating.mistakes("t", folder.sources)


def test_a_large_file_is_read_once(folder: Folder) -> None:
    """Looking for more mistakes must not cost more than the text is worth."""
    folder.write("t", "{{ a b }}\n" * 100)
    assert len(told(folder)) == 20

    folder.write("t", "{{ a b }}\n" * 20_000)
    assert told(folder) == [("t", 1, "'}}' is expected, not 'b'")]


def test_a_template_that_is_not_trusted_is_read_in_a_child(folder: Folder) -> None:
    """Reading is not free: without a child it is not done."""
    folder.write("t", "{{ a b }}")
    sources = (Source(folder.path, trusted=False),)

    with pytest.raises(Untrusted):
        templating.mistakes("t", sources)
    with Worker() as worker:
        problems = templating.mistakes("t", sources, worker=worker)
        assert worker.pid

    assert problems == templating.mistakes("t", folder.sources)


def test_what_is_told_is_what_rendering_says_first(folder: Folder) -> None:
    """The two ways to find a mistake find the same."""
    folder.write("t", "\n{% include 'part' %}")
    folder.write("part", "\n\n{{ a|uper }}")
    engine = templating.environment(folder.sources)

    with pytest.raises(templating.TemplateMistake) as caught:
        templating.render(engine, "t", {})

    assert caught.value.problems == templating.mistakes("t", folder.sources)
