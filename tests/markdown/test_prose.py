"""Authored prose: one spelling for what it means, and closed in its section."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postmortem.markdown import inline, prose
from tests import hostile

_ALPHABET = tuple("ab*_`[]<>&#-+|.1 \\")
texts = hostile.prose | st.lists(
    st.sampled_from(hostile.BLOCKS) | st.text(st.sampled_from(_ALPHABET), max_size=8),
    max_size=9,
).map("\n".join)
MD = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ENDS = re.compile(r"<(?:p|h\d|t[dh]|li)>\s+|\s+</(?:p|h\d|t[dh]|li)>")


@given(texts)
def test_canonical_is_idempotent(text: str) -> None:
    """The canonical form of canonical prose is itself, laid out in lines or not."""
    made = prose.canonical(text)

    assert prose.canonical(made) == made
    assert prose.canonical("\n".join(prose.written(made))) == made


@given(texts)
def test_the_layout_means_the_same(text: str) -> None:
    """One sentence a line is, to a reader of HTML, the same text."""
    made = prose.canonical(text)

    assert shown("\n".join(prose.written(made))) == shown(made)


@given(texts)
def test_prose_is_closed(text: str) -> None:
    """What stands before and after it is parsed as if it were not there."""
    written = "\n".join(prose.written(prose.canonical(text, level=3)))

    tokens = MD.parse(f"## S\n\n{written}\n\n## T\n\n[a]\n\n- z\n")
    levels = [
        int(token.tag[1])
        for token in tokens
        if token.type == "heading_open" and token.level == 0
    ]

    assert levels[0] == levels[-1] == 2
    assert [level for level in levels[1:-1] if level < 3] == []
    assert [token.type for token in tokens[-7:]] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    ]


@given(texts)
def test_prose_leaves_no_definitions(text: str) -> None:
    """No link definition is left that another section would use."""
    env: dict[str, Any] = {}

    MD.parse("\n".join(prose.written(prose.canonical(text))), env)

    assert not env.get("references")


@given(texts)
def test_canonical_prose_means_what_its_source_meant(text: str) -> None:
    """Where the source is closed, both give the same HTML but for soft breaks."""
    assume(closed(text))

    assert shown(prose.canonical(text)) == shown(text)


def shown(text: str) -> str:
    """Return the HTML of a text, with blanks outside of code as one space.

    At the ends of a paragraph, a heading or a line of code there are none.
    """
    html = ENDS.sub(lambda found: found[0].strip(), MD.render(text))
    html = re.sub(r"(<code[^>]*>)\s+</code>", r"\1</code>", html)
    html = re.sub(r"[ \t]+$", "", html, flags=re.MULTILINE)
    parts = html.split("<pre>")
    folded = [" ".join(parts[0].split())]
    for part in parts[1:]:
        code, _, rest = part.partition("</pre>")
        folded.append(f"{code}</pre>{' '.join(rest.split())}")
    return "<pre>".join(folded)


def closed(text: str) -> bool:
    """Tell whether nothing in a text reaches out of it or is not its own.

    HTML is left out, as are link definitions and controls: prose gives them another
    form on purpose.
    """
    env: dict[str, Any] = {}
    plain = not any(
        token.type == "html_block"
        or any(inner.type == "html_inline" for inner in token.children or ())
        for token in MD.parse(text, env)
    )
    html = MD.render(text)
    ends = MD.render(f"{text}\n\nend") == f"{html}<p>end</p>\n"
    same = all(said == inline.scrubbed(said) for said in (text, html))
    same &= "\r" not in text and "*&#32;" not in text
    return plain and ends and same and not env.get("references")
